import { lines } from "../../language/phrase.ts";

/** Still more ways to ask for capitals. */
export const TO_UPPER = lines`
  (How|What) (does|would|will|is) (this|it|that|the line|the sentence) (look|read|be|look like|be spelled|be written) (in|with|as) (upper case|capital letters|block letters|capitals|big letters)(|, please).
  (Switch|Shift|Move|Raise|Transform|Turn) (the letters|the line|that|this|all of it|each letter) (to|into) (upper case|uppercase|capitals|capital letters|big letters)(|, please).
  (Change|Replace|Swap|Convert) (the|all|each|every|any) (small|little|lower-case|lowercase) (letter|letters|ones) (to|into|with|by|for) (capitals|big ones|capital letters|large letters|upper case).
  (Bring|Put|Set|Write|Get) (the line|all of it|the words|each word|that) (in|into|to) (upper case|uppercase|capitals|capital letters|block capitals).
  (This|That|It|The line|Each word)(:|,| please,| -) (in capitals|upper case|in capital letters|all caps|in big letters).
  (Make|Let) (the letters|the words|the line|each letter|every word) (big|capital|upper case|uppercase|be capitals).
  (Uppercase|Capitalize|Enlarge) (the letters|each letter|all letters|every letter)(|, please| of this).
  (Capitals|Uppercase|Upper case|Big letters|Block capitals) (only|everywhere|throughout|for all of it|please)(|, nothing small).
  (I|We) (need|want|would like) (capitals|upper case|capital letters|all caps|big letters)(| here| for this| only|)(|, please).
  (No|Without|Not one|Not a single) (small letter|small letters|lower case|little letters)(|, please| in it).
  (Please|Kindly|Now) (capitalize|capitalise|uppercase|upper-case|write large) (the line|all of this|each letter|every word|the words)(|, all of it).
  (For|On) (a sign|a poster|the label|the headline|the form)(:|,) (write it in capitals|all caps|block letters|in upper case|capital letters only).
  (Print|Type|Spell|Give me) (that|the line|the words|all of it|each word) (in|with) (capitals|upper case|capital letters|big letters|block letters)(|, please).
  (Can|Could|May) (I|we) (have|get|see) (this|it|that|the line) (in|with) (capitals|capital letters|upper case|big letters)(|, please).
`;

/** Still more ways to ask for small letters. */
export const TO_LOWER = lines`
  (How|What) (does|would|will|is) (this|it|that|the line|the sentence) (look|read|be|look like|be spelled|be written) (in|with|as) (lower case|small letters|lowercase|little letters)(|, please).
  (Switch|Shift|Move|Lower|Transform|Turn|Bring) (the letters|the line|that|this|all of it|each letter) (to|into) (lower case|lowercase|small letters|little letters)(|, please).
  (Change|Replace|Swap|Convert) (the|all|each|every|any) (big|large|capital|upper-case) (letter|letters|ones) (to|into|with|by|for) (small ones|small letters|lower case|little ones).
  (Put|Set|Write|Get|Bring) (the line|all of it|the words|each word|that) (in|into|to) (lower case|lowercase|small letters).
  (This|That|It|The line|Each word)(:|,| please,| -) (in small letters|lower case|in lowercase|no caps|in little letters).
  (Make|Let) (the letters|the words|the line|each letter|every word|every capital) (small|lower case|lowercase|be small).
  (Remove|Drop|Lose|Avoid|Take away) (every capital|each capital|all capitals|the capitals|the big letters|all caps)(|, please| from it).
  (Small letters|Lowercase|Lower case|Little letters) (only|everywhere|throughout|for all of it|please)(|, nothing big).
  (I|We) (need|want|would like) (small letters|lower case|lowercase|no capitals|little letters)(| here| for this| only|)(|, please).
  (No|Without|Not one|Not a single) (capital|capital letter|capitals|big letter|upper case|big letters)(|, please| in it).
  (Please|Kindly|Now) (lowercase|lower-case|uncapitalize|decapitalize|write small) (the line|all of this|each letter|every word|the words)(|, all of it).
  (Less|No) (shouting|screaming|yelling)(:|,) (small letters|lower case|write it in lower case|no capitals)(|, please).
  (Print|Type|Spell|Give me) (that|the line|the words|all of it|each word) (in|with) (lower case|small letters|lowercase|little letters)(|, please).
  (Can|Could|May) (I|we) (have|get|see) (this|it|that|the line) (in|with) (small letters|lower case|lowercase|little letters)(|, please).
`;

/** Still more ways to ask for the same text again. */
export const COPY = lines`
  (Do not|Don't|Never|Please do not) (touch|alter|change|edit|correct) (a letter|a word|anything|the text|it|this)(:|,|.) (repeat it|copy it|echo it|say it again|just give it back).
  (What|What exactly) (did I (type|say|write|just say|just write)|was (my text|the line|the text|my message)|is (the text|my text|written here))(|, word for word|, exactly).
  (Read|Say|Speak|Write) (this|that|it|my words|the line) (back|back to me|once again|again word for word|exactly as it is)(|, please).
  (Repeat|Echo|Copy|Mirror) (that|my line|my message|the sentence|each word|this line)(| back| to me| unchanged| without changes| and nothing else|).
  (Say|Write|Print) (just|exactly|only) (like|as) (this|I did|I wrote it|it is written|it stands here).
  (Nothing|Not a letter) (changed|else|added|more)(:|,) (repeat|copy|echo|give it back|the same text)(|, please).
  (Unchanged|Untouched|Unaltered|Same again|Once more the same)(|, please|: repeat|: echo).
  (I|We) (need|want|would like) (it|this|that|the line|my text) (repeated|echoed|copied|unchanged|exactly as written|word for word)(|, please).
  (Keep|Leave) (every letter|each letter|the text|it|this) (as it is|as written|unchanged|the same)(,| and) (repeat it|give it back|echo it|copy it).
  (Act|Be) (as |)(an echo|a mirror|my echo|a parrot|a copy machine)(|, please|: repeat this).
  (Copy|Transcribe|Write out|Type out|Type) (this|that|the line|the words|what stands here)(| exactly| letter by letter| as written| again|).
  (The|My) (text|line|words|message)(,|) (again|once more|unchanged|back to me)(|, please).
  (Can|Could|Would) you (read|say|write|give|type) (this|that|it|the line|my words) back(| to me| unchanged| exactly|).
  (Return|Give back|Hand back|Send back) (this|that|the text|the line|my text)(| as it is| unchanged| exactly| as written|).
`;
