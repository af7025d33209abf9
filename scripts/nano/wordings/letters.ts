import { lines } from "../language/phrase.ts";

/** More ways to ask for capitals. */
export const TO_UPPER = lines`
  (How|What) (would|does|is|will) (this|it|the text) (be|look|look like|read|be written|be spelled) (in|with) (capitals|upper case|uppercase|capital letters|block letters|all caps).
  (How|What) (is|about) (this|it|the same) (like |)in (capitals|upper case|uppercase|capital letters|caps).
  (Transform|Switch|Shift|Bring|Raise) (this|it|the text|all letters|everything) (to|into) (capitals|upper case|uppercase|capital letters|big letters).
  (I'd like|I want|I need|Let me see|Show me|Give me) (it|this|everything|the text) (in|with) (capitals|upper case|big letters|all caps|capital letters).
  (Every letter|All letters|Each letter|Everything) (as|in|into) (a capital|capitals|upper case|uppercase)(|, please|).
  (Only|Just|All|Nothing but) (capitals|capital letters|upper case|big letters|block letters)(|, please|).
  (Can|Could|Would) you (write|put|type|say|make|turn) (this|it|the text) (in|into|to) (capitals|upper case|uppercase|capital letters)(|, please|).
  (Uppercase|Upper-case|Capitalise|Capitalize) (it|this|all|every letter|the whole text|each letter)(|, please|).
  (Write|Type|Print|Spell) (it|this|the text|the words) (in big letters|in large letters|with capitals|as capitals|as if shouting|all in capitals).
  (Caps|Caps lock|ALL CAPS|All caps|Upper case|Uppercase) (on|it|this|please|only|version).
  (Replace|Change) (all small letters|small letters|the small letters|each small letter) (by|with|to|into) (capitals|capital letters|big ones).
  (The same|The text|This) in (capitals|upper case|uppercase|capital letters|big letters)(|, please|).
`;

/** More ways to ask for small letters. */
export const TO_LOWER = lines`
  (How|What) (would|does|is|will) (this|it|the text) (be|look|look like|read|be written|be spelled) (in|with) (lower case|lowercase|small letters|no capitals).
  (How|What) (is|about) (this|it|the same) (like |)in (lower case|lowercase|small letters).
  (Transform|Switch|Shift|Bring|Lower) (this|it|the text|all letters|everything) (to|into) (lower case|lowercase|small letters).
  (I'd like|I want|I need|Let me see|Show me|Give me) (it|this|everything|the text) (in|with) (lower case|lowercase|small letters only|small letters).
  (Every letter|All letters|Each letter|Everything) (in|into|as) (lower case|lowercase|small letters|a small one)(|, please|).
  (Only|Just|All|Nothing but) (small letters|lower case|lowercase)(|, please|).
  (Can|Could|Would) you (write|put|type|say|make|turn) (this|it|the text) (in|into|to) (lower case|lowercase|small letters)(|, please|).
  (Lowercase|Lower-case|Decapitalise|Uncapitalise) (it|this|all|every letter|the whole text|each letter)(|, please|).
  (Write|Type|Print|Spell) (it|this|the text|the words) (small|without capitals|with no capitals|all in small letters).
  (Caps off|No caps|Without caps|Lower case|Lowercase) (it|this|please|only|version).
  (Remove (all capitals|the capitals|capital letters|every capital)|(Replace|Change) (all capitals|the capitals|capital letters|every capital) (with|by|to) small letters).
  (The same|The text|This) in (lower case|lowercase|small letters)(|, please|).
`;

/** More ways to ask for the same text again. */
export const COPY = lines`
  (Say|Tell me|Repeat|Write|Give me) (this|it|that|the following|the text) (as written|just like this|word by word|word for word|exactly|exactly as it is|as it stands|as is).
  (Tell|Give|Send|Show) me (this|it|the text|the line|exactly this|the same)(| again| once more| back| unchanged| exactly).
  (Exactly as written|Just as it is|As it is|As is|As written|Word by word|Letter by letter)(|, please|: repeat|: copy).
  (Repeat|Copy|Echo|Say|Write) (every word|each word|every letter|the whole text|all of it|it all)(| exactly| unchanged|).
  (Please|Now|Just|Simply) (repeat|copy|echo|say again|write again) (this|it|that|the text|the following)(|, nothing else| exactly|).
  (Say|Repeat|Write|Type) it (again|once more|one more time|back|after me|exactly)(|, please|).
  (Do not|Don't|Never) (change|alter|touch) (it|anything|a letter|the text)(:|,) (repeat it|copy it|say it again|echo).
  (Your|The) (answer|reply|output) (is|must be|should be) (exactly |)(this|the same text|the following|the text itself).
  (Only|Just) (say|write|return|answer|output) (this|the following|these words|the text)(|, unchanged| exactly|).
  (Hold|Keep|Leave) (the text|it|this) (as it is|unchanged)(| and repeat it| and say it|).
  (The same|Same text|The text|The line) (again|back|once more|one more time)(|, please|).
  (Can|Could|Would|Will) you (repeat|copy|echo|say again|write again|give back) (this|it|the text|that|the following|my words)(| exactly| please|).
  (Copy|Repeat|Echo|Recite|Reproduce|Parrot) (and paste|the input|the text below|the words|this line)(|, please| exactly|).
  (I want|I need|I'd like) (the same text|this|it|the text) (again|back|repeated|copied|unchanged)(|, please|).
  What (did I say|did I write|was the text|are my words)(| exactly|).
  (Answer|Reply) with (the text|my text|my words|this text) (itself|as it is|and nothing more|only).
`;
