import { lines } from "../../language/phrase.ts";

/** A fourth set of ways to ask whether a word is there. */
export const MENTIONS = lines`
  (The word|The name|The term) <word>(,|:) (is it there|is it in it|yes or no|does it occur|can you see it)(|, yes or no|).
  (Look|Search|Scan) for <word>(,|:) (is it in the text|is it there|yes or no|found or not, yes or no).
  (Does|Did) <word> (occur|come|stand|turn up) (anywhere|in this|there|in these words)(|, yes or no|).
  (Find|Seek) <word>(:|,) (there or not, yes or no|yes or no|is it there).
  (Any|Some) (mention|trace|sign) of <word>(|, yes or no|: yes or no).
  (Is|Are) (<word>|the letters <word>|the word <word>) (part of it|part of the text|among these words|in the line)(|, yes or no|).
  (Yes or no|Just yes or no)(:|,) (the word <word> occurs|<word> is there|it contains <word>|<word> stands in it).
  (Contains|Includes|Mentions) <word>(,|:|) (yes or no|true or not, yes or no).
`;

/** A fourth set of ways to ask what the writer wants. */
export const WANTS = lines`
  (Here|In this one)(,|:) does (the customer|the writer|the person|he|she) <wants>(|, yes or no|? Yes or no).
  (Yes or no|One word)(:|,) does (this person|the author|the writer|our customer) <wants>.
  Does (our|this|that) (customer|colleague|user|caller) <wants>(|, yes or no|: yes or no).
  (Question|My question)(:|,) does (the customer|the sender|the person) <wants>(|, yes or no|? Yes or no).
`;
