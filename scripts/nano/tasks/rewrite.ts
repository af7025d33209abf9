import { ENGLISH_WORDS } from "../../build-model/english-words.ts";
import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
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
import { COPY } from "../wordings/copying.ts";
import { TO_LOWER, TO_UPPER } from "../wordings/letter-case.ts";

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

/** Letters made large or small, or left as they are, in many rare words at once. */
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
