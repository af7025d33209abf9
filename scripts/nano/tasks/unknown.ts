import type { Example } from "../conversation.ts";
import { ENGLISH_WORDS } from "../../build-model/english-words.ts";
import type { Draw } from "../language/draw.ts";
import { sentenceOf } from "../language/phrase.ts";
import type { Slots } from "../language/phrase.ts";
import { roughen } from "../language/roughen.ts";
import {
  capitalize,
  CITIES,
  city,
  COUNTRIES,
  firstName,
  inventedWord,
  person,
  PRODUCTS,
  TOPICS,
} from "../language/words.ts";
import { ask, say } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import { order } from "./orders.ts";
import { sentimentMessage } from "./sentiment.ts";
import { LANGUAGES, SUBJECTS, TONGUES } from "./unknown-subjects.ts";
import { INSTRUCTIONS, REQUESTS } from "../wordings/unknown.ts";

/** What the model says when it was not trained for what it is asked. */
export const NOT_TRAINED =
  "I am a tiny demonstration model and was not trained for this. Import a real model with: signalbox models import FILE";

const VERBS =
  `write tell explain describe make find draw play sing cook build design invent translate solve prove plan sell paint
read teach open start stop call show give bring fix grow learn study compare debug code optimize imagine discuss invest fight dance`.split(
    /\s+/u,
  );

function slotsOf(draw: Draw): Slots {
  const anyWords = (count: number): string =>
    Array.from({ length: count }, () => (draw.chance(0.1) ? inventedWord(draw) : draw.value(ENGLISH_WORDS))).join(" ");
  return {
    subject: () => (draw.chance(0.25) ? anyWords(draw.int(1, 3)) : draw.pick(SUBJECTS)),
    other: () => draw.pick(SUBJECTS),
    country: () => draw.value(COUNTRIES),
    city: () => draw.value(CITIES),
    language: () => draw.value(LANGUAGES),
    tongue: () => draw.pick(TONGUES),
    product: () => draw.value(PRODUCTS),
    topic: () => draw.value(TOPICS),
    person: () => person(draw),
    name: () => (draw.chance(0.8) ? firstName(draw) : city(draw)),
    invented: () => inventedWord(draw),
    big: () => String(draw.int(3, 9999)),
    verb: () => draw.pick(VERBS),
    word: () => (draw.chance(0.06) ? inventedWord(draw) : draw.value(ENGLISH_WORDS)),
    words: () => capitalize(anyWords(draw.int(3, 12))),
    gibberish: () => Array.from({ length: draw.int(1, 5) }, () => inventedWord(draw)).join(" "),
  };
}

/** Nothing that this model was trained for, in any words at all. */
export function unknownRequest(draw: Draw): string {
  const one = draw.phrase(REQUESTS, slotsOf(draw));
  return draw.chance(0.12) ? `${sentenceOf(one)} ${draw.phrase(REQUESTS, slotsOf(draw))}` : one;
}

/** A text of other tasks, without anything that is to be done with it. */
function bareText(draw: Draw): string {
  return draw.pick([
    () => intentMessage(draw, draw.pick(INTENTS)),
    () => intentMessage(draw, draw.pick(INTENTS)),
    () => sentimentMessage(draw).text,
    () => `${capitalize(order(draw))}.`,
    () => person(draw),
    () => draw.value(TOPICS),
  ])();
}

/** A request that the model was not trained for, and the honest answer. */
export function unknownExample(draw: Draw): Example {
  const kind = draw.int(0, 19);
  const turns =
    kind < 3
      ? ask(draw, draw.phrase(INSTRUCTIONS, slotsOf(draw)), bareText(draw))
      : say(draw, kind < 5 ? bareText(draw) : roughen(draw, unknownRequest(draw)));
  return { task: "unknown", turns: [...turns, { role: "assistant", text: NOT_TRAINED }] };
}
