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
  WEEKDAYS,
} from "../language/words.ts";
import { ask } from "./instruct.ts";

/** Orders as bare verbs: what politeness is added to and taken from. */
const ORDERS = lines`
  send (me|us|<name>) the <topic>
  (call|write to|ask|inform|invite|help) <name>(| on <weekday>| about the <topic>)
  (check|read|print|update|finish|review|sign|translate|correct) the <topic>(| today| by <weekday>| for <name>)
  (order|buy|return|repair|bring|move|clean|pack) the <product>(| today| on <weekday>| for <name>)
  (book|find|get|reserve) a (room|table|flight|hotel|train|car)(| in <city>| for <weekday>| for <name>)
  (come|go|drive|travel) to <city>(| on <weekday>| with <name>)
  (open|close|lock) the (door|window|gate|office)(| at noon| on <weekday>)
  (tell|show|give) <name> the (truth|way|results|price|plan)
  (wait|stay) (here|there|for <name>|until <weekday>)
  (answer|forward|delete|save) (the|this|my) (mail|message|letter|file)(| today| to <name>)
  (put|leave) the <product> (on the table|in the office|at the door)
  (pay|cancel|confirm) the (bill|order|trip|booking)(| by <weekday>| for <name>)
  (prepare|plan|start|stop) the <topic>(| with <name>| on <weekday>)
  (explain|describe|summarize|present) the <topic>(| to <name>| to me)
  (turn off|turn on|fix) the (light|heating|printer|screen)(| in the kitchen| now)
  (meet|join|visit) <name>(| in <city>| on <weekday>)
  (collect|deliver|return) the <product> (from|to) <city>
  (share|discuss|compare) the <topic> with (<name>|the team|us)
`;

function order(draw: Draw): string {
  return draw.phrase(ORDERS, {
    name: () => firstName(draw),
    city: () => city(draw),
    weekday: () => draw.pick(WEEKDAYS),
    topic: () => draw.value(TOPICS),
    product: () => draw.value(PRODUCTS),
  });
}

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
`;

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
  const given = draw.phrase(POLITE_FORMS, { order: bare });
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
  ])();
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
    () => Array.from({ length: draw.int(3, 8) }, () => inventedWord(draw)).join(" "),
  ])();
  return { task: "copy", turns: [...ask(draw, draw.phrase(COPY), text), { role: "assistant", text }] };
}
