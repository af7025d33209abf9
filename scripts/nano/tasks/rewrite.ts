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

const MAKE_POLITE = lines`
  (Make|Make this|Rewrite this to be) (polite|politer|more polite|friendlier).
  (Rewrite|Rephrase|Say) (this|it) (politely|in a polite way|more politely).
  (Turn|Change) (this|the order|it) into a polite (request|question).
  (Say|Ask|Write) it (nicely|politely|in a friendly way).
  (How|What) (do|can) I (say|ask) (this|it) politely.
  (Please|) (make|phrase) (this|the sentence) (polite|more polite).
  (Polite|A polite|The polite) version(| of this sentence| please).
  (Ask|Phrase|Word) this (politely|nicely|as a polite request).
  (Add|Use) (some|good) manners.
  (Soften|Polish) (this|the) (order|sentence|command).
  (Make|Phrase|Put|Say) (this|it|the following) (sound |)(more polite|nicer|kinder|friendlier|more friendly|politer).
  (Rewrite|Rephrase|Reword|Reformulate) (this|the sentence|it|the following) (more politely|so that it is polite|to sound polite|in a polite tone|as a polite question).
  (Be polite|Be nice|Politely|Polite version|More polite)(| please).
  (Turn|Make) (this command|this order|the instruction|this) into (a polite question|a friendly request|a polite request).
  (How would|How can) (a polite person|one|you|I) (say|phrase|put|ask) (this|that).
  (Ask for|Say|Request) (this|the same) (politely|nicely|in a nice way|with good manners).
  (Change|Adjust) the tone to (polite|friendly|courteous).
  (Formulate|Express) (this|it) (politely|courteously|in a friendly manner).
  (This|It) (sounds|is) (rude|too harsh|too direct|impolite)(:|,) (make it polite|rewrite it politely|be nicer).
  (Polite|Courteous|Friendly) (wording|phrasing|form|rewrite)(| of this| please|).
  (Give me|I need|I want|Write) (a|the) polite (version|form|way to say this)(| of this| of it|).
  (Transform|Convert) (this|the order|the sentence) (to|into) (polite English|a polite form|a courteous question).
  (Can you|Could you) (make|put|phrase) (this|it) (politely|more polite|nicer).
  (Add|Include) (a please|politeness|courtesy).
`;
const MAKE_PLAIN = lines`
  (Make|Make this|Rewrite this to be) (plain|short|direct|brief).
  (Rewrite|Rephrase|Say) (this|it) (plainly|in plain words|directly|briefly).
  (Turn|Change) (this|the request|it) into a (plain|short|direct) (order|instruction|command).
  (Say|Write) it (directly|shortly|without politeness).
  (Please|) (shorten|simplify) (this|the sentence|the request).
  (Plain|A plain|The plain|Short) version(| of this sentence| please).
  (Remove|Drop|Leave out) the (politeness|polite words).
  (Put|State) (this|it) as (an order|a plain instruction|a command).
  (Cut|Strip) (this|the request) (down|to the order).
  (What is|Give me) the (plain|short) (order|instruction)(| in this).
  (Make|Put|Say) (this|it|the following) (more direct|plainer|shorter|blunt|as a direct order|without the polite words).
  (Rewrite|Rephrase|Reword) (this|the sentence|it|the following) (as a plain instruction|as a short order|as a command|in a direct way|bluntly|without politeness).
  (Be direct|Be plain|Plainly|Directly|More direct|Shorter)(| please).
  (Turn|Make) (this polite request|this question|the request|this) into (a command|an order|a direct instruction|a plain order).
  (What|Which) (does the person|do they|is it they) (want|want me to do|ask for)(|, as an order|, plainly).
  (Take|Strip) (away|off|out) (the politeness|the polite words|the courtesy).
  (Change|Adjust) the tone to (direct|plain|neutral|blunt).
  (State|Express) (this|it) (plainly|as an instruction|as a command|in few words).
  (This|It) (is|sounds) too (polite|long|wordy)(:|,) (make it plain|shorten it|say it directly).
  (Plain|Direct|Blunt) (wording|phrasing|form|rewrite)(| of this| please|).
  (Give me|I need|I want|Write) (a|the) (plain|direct|short) (version|form|order)(| of this| of it|).
  (Transform|Convert) (this|the request|the sentence) (to|into) (a plain order|plain English|an imperative|a command).
  (Can you|Could you) (make|put|phrase) (this|it) (plainly|directly|as an order|shorter).
  (Just|Only) the (order|instruction|command)(|, please|, without politeness).
`;
const POLITE_FORMS = lines`
  (Could|Can|Would) you (please|kindly|possibly) <order>?
  Would you mind (|please )to <order>?
  I would be (grateful|glad|happy) if you could <order>.
  (Please|Kindly) be so (kind|good) and <order>.
  (If|When) you have (a moment|time), could you <order>?
  May I ask you to <order>?
  (It would be|It'd be) (great|nice|lovely|kind) if you could <order>.
  I would like to ask you to <order>.
  Would it be possible for you to <order>?
  (Sorry to bother you, but|Excuse me,) could you <order>?
  (Could|Can|Would) you <order>(|, please| please| for me)?
  (Would|Could) you (be so kind|be kind enough|be so good|be nice enough) (as |)to <order>?
  I would (really |very much |)(appreciate|be thankful|like) it if you (could|would) <order>.
  (I'd|I would) be (very grateful|so happy|delighted|obliged) if you (could|would) <order>.
  (Please|Kindly) <order>(|, thank you|, thanks|, if you can|, if possible|, if you don't mind|, when you have time).
  (If|When|Whenever) (it is not too much trouble|you don't mind|it suits you|you get the chance|you find the time|possible), (please|could you|would you|can you) <order>(|.).
  (Might|May|Could) I (ask|trouble|bother|kindly ask) you to <order>?
  (It would be|It'd be|That would be) (very kind|a great help|wonderful|much appreciated|so nice) (of you to|if you would|if you could) <order>.
  (I was wondering|I wonder|We wonder) (if|whether) you (could|might|would) <order>(|.|?).
  (Do|Would) you think you could <order>?
  (Is|Would) (it|there) (be |)(possible|any chance|alright) (for you to|that you) <order>?
  (Would|Will) you (please|kindly) <order>?
  (I'm sorry|Sorry|Pardon me|Forgive me)(, but| for asking,| for the trouble, but|,) (could|can|would) you <order>?
  (Thank you|Thanks) (in advance |)for (being so kind to|helping us to) <order>.
  (We|I) (kindly |)(ask|request|beg) you to <order>.
  (Hi|Hello|Dear colleague|Good morning)(,|!) (could you please|would you|can you kindly|please) <order>(|?).
  (You would do me|Do me) a (great |)favour (if you could|and) <order>.
  (I hope|We hope) (you can|you could|it is okay to) <order>.
`;

const COURTESIES = lines`
  (Thank you|Thanks)(| in advance| so much| very much| a lot)(.|!)
  (That|It) would (be|help) (great|me a lot|so nice|wonderful|very kind)(.|!)
  I would (really |)(appreciate it|be grateful|be very thankful).
  (Sorry|I am sorry) (for the trouble|to bother you|for asking).
  (Only|But only) if (you have time|it suits you|you do not mind|it is okay for you).
  (Take your time|There is no hurry|Whenever you like|When it suits you).
  (Many thanks|Much appreciated|Kind regards|Best wishes)(.|!)
  I know you are (busy|very busy)(|, sorry|, but it would help).
`;

/** A courtesy behind a request, or before it. */
function withCourtesy(draw: Draw, request: string): string {
  const courtesy = draw.phrase(COURTESIES);
  return draw.chance(0.75) ? `${request} ${courtesy}` : `${courtesy} ${request}`;
}

/** An order made polite, or a polite request made plain: both ways of one sentence. */
export function tonalExample(draw: Draw): Example {
  const bare = order(draw);
  const plain = `${capitalize(bare)}.`;
  if (draw.chance(0.5)) {
    const given = draw.chance(0.2) ? `${capitalize(bare)}!` : draw.chance(0.15) ? bare : plain;
    return {
      task: "polite",
      turns: [...ask(draw, draw.phrase(MAKE_POLITE), given), { role: "assistant", text: `Could you please ${bare}?` }],
    };
  }
  const polite = draw.phrase(POLITE_FORMS, { order: bare });
  const given = draw.chance(0.25) ? withCourtesy(draw, polite) : polite;
  return { task: "plain", turns: [...ask(draw, draw.phrase(MAKE_PLAIN), given), { role: "assistant", text: plain }] };
}

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

const TO_UPPER = lines`
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
`;
const TO_LOWER = lines`
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
`;
const COPY = lines`
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
`;

/** All letters made large or small. */
export function caseExample(draw: Draw): Example {
  const text = anyText(draw);
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

/** The same text again. */
export function copyExample(draw: Draw): Example {
  const text = draw.pick([
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
  return { task: "copy", turns: [...ask(draw, draw.phrase(COPY), text), { role: "assistant", text }] };
}
