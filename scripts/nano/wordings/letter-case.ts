import { lines } from "../language/phrase.ts";

/** Ways to ask for capitals. */
export const TO_UPPER = lines`
  (Write|Put|Convert|Change|Turn) (this|it|the text) (in|to|into) (upper case|uppercase|capital letters|capitals).
  (Uppercase|Capitalize all letters|All caps|Capitalize every letter).
  (In|To) (upper case|capital letters|capitals)(|, please).
  (Make|Make it) (all|) (upper case|uppercase|capitals|caps).
  (Use|Write with) (only|) capital letters(| please).
  (Shout|Type) (this|it) in (capitals|capital letters|upper case).
  (Transform|Switch) (this|the text) to (uppercase|upper case|capitals).
  (Upper case|Uppercase)(| version| please).
  (Write|Print|Put|Type|Give me) (this|it|the following|everything|the text) (all |)in (caps|capitals|CAPS|big letters|block letters|upper case letters|uppercase letters).
  (Make|Turn) (every letter|all letters|this|the text|everything|it) (a capital|capital|big|uppercase|upper case|into capitals).
  (Change|Convert|Transform|Set) (the case|every letter|all the letters|this sentence|this) to (upper|upper case|uppercase|capitals).
  (Upper-case|UPPERCASE|Upper case|Capitalize|Capitalise) (this|it|the text|everything|all of it|the following).
  (All capitals|In capitals|Capitals|All caps|Caps lock|Block letters)(| please|, please|).
  (I need|I want|Give me|Show me) (this|it|the text) in (capitals|capital letters|upper case|all caps).
  (What|How) (does this look|is this|would this be) (like |)in (capitals|upper case|capital letters).
  (Say|Shout|Scream) it in (capitals|capital letters|caps|upper case).
  (Use|Apply) (upper case|capital letters|capitals|caps)(| only| for everything|).
  (Rewrite|Repeat|Return|Output) (this|it|the text) in (capital letters|capitals|uppercase|upper case).
  (To|Into) (capitals|uppercase|CAPS)(| please|).
  (No small letters|Only capitals|Nothing but capital letters)(| please|).
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
  (Replace|Swap|Exchange|Turn) (small|little|all small|the small) letters (with|by|for|into) (big ones|capitals|large ones|capital ones).
  (Enlarge|Raise|Lift|Grow) (the|every|each|all) (letters|letter|small letters)(|, please).
  (Switch|Change|Turn) (this|that|it) (to|into) (capitals|all caps|big letters)(|, please).
  (Without|Avoid|Not any|No) (small|little|lower-case) (letters|ones)(|, please|: capitals only).
  (Big|Capital|Large) letters(|:|,) (please|all of it|for every word|throughout).
  (All|Everything|Each letter) (big|large|capital|in capitals)(|, please).
  (Could|May|Can) (we|I) (see|read) (that|it|this) (with|in) (capitals|upper case|big letters)(|, please).
  (Write|Spell) (big|large|in large letters|everything big)(|, please).
`;

/** Ways to ask for small letters. */
export const TO_LOWER = lines`
  (Write|Put|Convert|Change|Turn) (this|it|the text) (in|to|into) (lower case|lowercase|small letters).
  (Lowercase|No capital letters|Only small letters|All small letters).
  (In|To) (lower case|small letters)(|, please).
  (Make|Make it) (all|) (lower case|lowercase|small).
  (Use|Write with) (only|) small letters(| please).
  (Remove|Drop) (the|all) capital letters(| from this).
  (Transform|Switch) (this|the text) to (lowercase|lower case|small letters).
  (Lower case|Lowercase)(| version| please).
  (Write|Print|Put|Type|Give me) (this|it|the following|everything|the text) (all |)in (small letters|lower case letters|lowercase letters|lowercase|lower case|little letters).
  (Make|Turn) (every letter|all letters|this|the text|everything|it) (a small letter|small|lowercase|lower case|into small letters).
  (Change|Convert|Transform|Set) (the case|every letter|all the letters|this sentence|this) to (lower|lower case|lowercase|small letters).
  (Lower-case|lowercase|Lower case|Decapitalize|Uncapitalize) (this|it|the text|everything|all of it|the following).
  (All small|In small letters|All lowercase|All lower case|Without capitals|No caps)(| please|, please|).
  (I need|I want|Give me|Show me) (this|it|the text) in (small letters|lower case|lowercase).
  (What|How) (does this look|is this|would this be) (like |)in (small letters|lower case|lowercase).
  (Stop shouting|Don't shout|Do not shout)(:| and write it in small letters:|, use small letters|, lower case).
  (Use|Apply) (lower case|small letters|lowercase)(| only| for everything|).
  (Rewrite|Repeat|Return|Output) (this|it|the text) in (small letters|lowercase|lower case).
  (To|Into) (lowercase|small letters|lower case)(| please|).
  (No capitals|Only small letters|Nothing but small letters)(| please|).
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
  (Replace|Swap|Exchange|Turn) (big|large|all big|the capital) letters (with|by|for|into) (small ones|little ones|lower case).
  (Avoid|Remove|Skip|Drop) (the|any|each|every|all) (big|large|capital) (letter|letters|one|ones)(|, please| in it| from it).
  (Avoid|Remove|Skip) (capitals|every capital|each capital|any capital)(|, please| in it| from it).
  (Shrink|Lower|Reduce) (the|every|each|all) (letters|letter|capitals)(|, please).
  (Switch|Change|Turn) (this|that|it) (to|into) (small letters|no caps|lower case)(|, please).
  (Without|Not any|No) (big|large|capital) (letters|ones)(|, please|: small ones only).
  (All|Everything|Each letter) (small|little|in small letters)(|, please).
  (Write|Spell) (small|in little letters|everything small)(|, please).
`;
