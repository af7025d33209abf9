import { ENGLISH_WORDS } from "../../build-model/english-words.ts";
import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import {
  capitalize,
  city,
  code,
  company,
  DEPARTMENTS,
  emailAddress,
  firstName,
  inventedWord,
  person,
  PRODUCTS,
  TOPICS,
} from "../language/words.ts";
import { ask } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import { order } from "./orders.ts";
import { sentimentMessage } from "./sentiment.ts";
import * as letters from "../wordings/letters.ts";
import * as moreLetters from "../wordings/third/letters.ts";
import * as fourthLetters from "../wordings/fourth/letters.ts";

/** Any short text: what copying and changing of letters is practised on. */
export function anyText(draw: Draw): string {
  return draw.pick([
    () => order(draw),
    () => `${capitalize(order(draw))}.`,
    () => draw.value(TOPICS),
    () => draw.value(PRODUCTS),
    () => person(draw),
    () => city(draw),
    () => `${firstName(draw)} from ${city(draw)}`,
    () => Array.from({ length: draw.int(1, 5) }, () => inventedWord(draw)).join(" "),
    () => Array.from({ length: draw.int(1, 3) }, () => capitalize(inventedWord(draw))).join(" "),
    () => `${draw.value(DEPARTMENTS)} ${draw.value(TOPICS)}`,
    () => words(draw, draw.int(1, 8)),
    () => `${capitalize(words(draw, draw.int(2, 8)))}${draw.pick([".", "!", "?", ""])}`,
    () => intentMessage(draw, draw.pick(INTENTS)),
    () => sentimentMessage(draw).text,
    () => `${capitalize(words(draw, draw.int(1, 3)))}, ${words(draw, draw.int(1, 4))}${draw.pick([".", "!", ""])}`,
  ])();
}

function words(draw: Draw, count: number): string {
  return Array.from({ length: count }, () => (draw.chance(0.15) ? inventedWord(draw) : draw.value(ENGLISH_WORDS))).join(
    " ",
  );
}

const TO_UPPER = [
  ...lines`
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
`,
  ...letters.TO_UPPER,
  ...moreLetters.TO_UPPER,
  ...fourthLetters.TO_UPPER,
];
const TO_LOWER = [
  ...lines`
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
`,
  ...letters.TO_LOWER,
  ...moreLetters.TO_LOWER,
  ...fourthLetters.TO_LOWER,
];
const COPY = [
  ...lines`
  (Repeat|Copy|Echo|Say|Repeat after me)(| exactly| this| this text| the text| the following| word for word).
  (Write|Print|Type|Output) (this|the text|it|the following) (again|unchanged|exactly as it is|once more).
  (Say|Write) (exactly|only) (this|the following).
  (Give|Send) (me |)(this|the text) back(| unchanged| exactly).
  (Return|Reply with|Answer with) (the same text|exactly this|this text|only this).
  (Can you|Could you|Please) (repeat|copy|echo) (this|the text|that).
  (Just|Only|Simply) (repeat|copy|echo) (this|the text|what follows).
  (Parrot|Mirror|Reproduce) (this|the text)(| exactly).
  (Do not change anything|No changes|Change nothing), (just repeat|copy|repeat it).
  (Quote|Cite) (this|the text|me) (exactly|word for word).
  (Repeat|Copy|Echo) (what I say|my words|my text|the sentence|the words|the line|after me|what I write|the message)(| exactly| please|).
  (Say|Write|Type|Print) (it|this|the words|the line) (back|after me|back to me|one more time|again|as is).
  (Give|Send|Return|Reply) (me |)(back |)(the same|the same words|the identical text|exactly the same|this text unchanged).
  (Answer|Respond|Reply) (only |)with (the following|exactly the following|these words|this sentence|the text)(| and nothing else|).
  (Output|Return|Write|Print) (exactly|only|just|nothing but) (this|the following|the text|these words).
  (Echo|Copy|Repeat)
  (Can you|Could you|Please) (say|write|type|output|return) (exactly |)(this|the following|that|it)(| again| back| unchanged|).
  (Word for word|Verbatim|Literally|One to one|Exactly)(:| please:|, repeat|, say|, copy this).
  (Do|Make) (a copy|an exact copy)(| of this| of the text|).
  (Reproduce|Duplicate|Recite|Replicate|Retype) (this|it|the text|the following|that)(| exactly| word for word|).
  (I say something|I write a text)(,| and) you (repeat it|say it again|echo it|copy it).
  (Without|With no) (any |)(changes|change|additions)(:| repeat| copy this| echo).
  (Say|Tell me) (this|the following|it) (exactly|just like this|as written|word by word).
  (Write down|Note|Note down) (exactly |)(this|what follows|the following).
`,
  ...letters.COPY,
  ...moreLetters.COPY,
];

/** All letters made large or small. */
export function caseExample(draw: Draw, text = anyText(draw)): Example {
  const upper = draw.chance(0.55);
  const given = upper ? text : draw.chance(0.6) ? text.toUpperCase() : text;
  return {
    task: "case",
    turns: [
      ...ask(draw, draw.phrase(upper ? TO_UPPER : TO_LOWER), given),
      { role: "assistant", text: upper ? text.toUpperCase() : given.toLowerCase() },
    ],
  };
}

/** Letters made large or small, or left as they are, in many rare words at once: each is cut into other tokens. */
export function spellingExample(draw: Draw): Example {
  const word = (): string => {
    const plain = draw.chance(0.45) ? inventedWord(draw) : draw.value(ENGLISH_WORDS);
    return draw.chance(0.35) ? capitalize(plain) : plain;
  };
  const mark = draw.pick([" ", " ", " ", ", ", "-", "/"]);
  const text = Array.from({ length: draw.int(2, 9) }, word).join(mark);
  return draw.chance(0.75) ? caseExample(draw, text) : copyExample(draw, text);
}

/** The same text again. */
export function copyExample(draw: Draw, text = copiedText(draw)): Example {
  return { task: "copy", turns: [...ask(draw, draw.phrase(COPY), text), { role: "assistant", text }] };
}

function copiedText(draw: Draw): string {
  return draw.pick([
    () => anyText(draw),
    () => code(draw),
    () => emailAddress(draw),
    () => company(draw),
    () => `${anyText(draw)} ${code(draw)}`,
    () => `${code(draw)} ${words(draw, draw.int(1, 3))} ${draw.int(0, 9999)}`,
    () => Array.from({ length: draw.int(2, 6) }, () => draw.int(0, 999)).join(draw.pick([" ", ", ", "-"])),
    () =>
      Array.from({ length: draw.int(2, 5) }, () => draw.value(ENGLISH_WORDS)).join(draw.pick([", ", "-", "/", "_"])),
    () => Array.from({ length: draw.int(3, 8) }, () => inventedWord(draw)).join(" "),
  ])();
}
