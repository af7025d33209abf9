import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { city, firstName, WEEKDAYS } from "../language/words.ts";
import { overlap } from "./classify.ts";
import { ask } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import { OTHER_INTENTS } from "./other-intents.ts";
import { messageOfPriority } from "./priority.ts";
import { sentimentMessage } from "./sentiment.ts";
import { FEELING, UNHAPPY, URGENT } from "../wordings/mood-questions.ts";
import { ABOUT, MENTIONS, WANTS } from "../wordings/questions.ts";

/** A question with yes or no about a text. */
export function yesNoExample(draw: Draw): Example {
  const yes = draw.chance(0.5);
  const [instruction, text] = draw.pick([
    aboutQuestion,
    aboutQuestion,
    aboutQuestion,
    feelingQuestion,
    urgencyQuestion,
    mentionQuestion,
  ])(draw, yes);
  return answered(draw, instruction, text, yes);
}

function answered(draw: Draw, instruction: string, text: string, yes: boolean): Example {
  return { task: "yes_no", turns: [...ask(draw, instruction, text), { role: "assistant", text: yes ? "yes" : "no" }] };
}

function aboutQuestion(draw: Draw, yes: boolean): [string, string] {
  const all = [...INTENTS, ...INTENTS, ...OTHER_INTENTS];
  const intent = draw.pick(all);
  const asked = yes ? intent : draw.pick(all.filter((other) => !overlap(intent, other)));
  const slots = { topic: () => draw.pick(asked.topics), wants: () => draw.pick(asked.wants) };
  const question = draw.phrase(draw.chance(0.6) ? ABOUT : WANTS, slots);
  return [thirdPerson(question), intentMessage(draw, intent)];
}

/** "if the customers want" is written "if the customer wants": the verb after a subject of one person. */
function thirdPerson(question: string): string {
  return question
    .replace(/\b(customer|writer|sender|person)s (\w+)\b/gu, (_, who: string, verb: string) => {
      const inflected =
        verb === "have" ? "has" : verb === "are" ? "is" : /(?:s|sh|ch)$/u.test(verb) ? `${verb}es` : `${verb}s`;
      return `${who} ${inflected}`;
    })
    .replace(
      /\b([Dd])(?:oes|id) (.{2,40}?) are (unhappy|angry|interested|happy)\b/u,
      (_, first: string, who: string, how: string) => `${first === "D" ? "Is" : "is"} ${who} ${how}`,
    )
    .replace(/^Would (.{2,40}?) are (unhappy|angry|interested|happy)\b/u, "Would $1 be $2");
}

function feelingQuestion(draw: Draw, yes: boolean): [string, string] {
  const asksHappy = draw.chance(0.6);
  const wanted = asksHappy === yes ? "positive" : "negative";
  let said = sentimentMessage(draw);
  while (said.label !== wanted) said = sentimentMessage(draw);
  return [draw.phrase(asksHappy ? FEELING : UNHAPPY), said.text];
}

function urgencyQuestion(draw: Draw, yes: boolean): [string, string] {
  const question = draw.phrase(URGENT);
  const urgent = /wait/u.test(question) ? !yes : yes;
  return [question, messageOfPriority(draw, urgent ? "high" : "low")];
}

/** Whether a line of words, which `makeWord` makes, has one of them in it: finding the same tokens again. */
export function mentionExample(draw: Draw, makeWord: () => string): Example {
  const words = Array.from({ length: draw.int(2, 8) }, makeWord);
  const text = words.join(draw.pick([" ", " ", ", ", "; "]));
  const yes = draw.chance(0.5);
  let word = yes ? draw.pick(words) : makeWord();
  while (!yes && text.toLowerCase().includes(word.toLowerCase())) word = `${word} ${makeWord()}`;
  return answered(draw, draw.phrase(MENTIONS, { word }), text, yes);
}

function mentionQuestion(draw: Draw, yes: boolean): [string, string] {
  const [there, other] = draw.pick([
    () => [city(draw), city(draw)],
    () => [firstName(draw), firstName(draw)],
    () => draw.some(WEEKDAYS, 2),
  ])() as [string, string];
  const message = intentMessage(draw, draw.pick(INTENTS));
  const text = draw.phrase(
    [
      "<message> (It is about|This is for|It has to do with|It goes back to|It concerns) <there>.",
      "(In|For|About|Regarding|As agreed with|With regard to) <there>: <message>",
      "<there>: <message>",
      "<message> (Ask|See|Mind|Think of) <there>.",
    ],
    { message: /[.!?)(]$/u.test(message) ? message : `${message}.`, there },
  );
  // A name that is there by chance must not be asked for as one that is not.
  const word = yes || text.toLowerCase().includes(other.toLowerCase()) ? there : other;
  if (!yes && word === there) return mentionQuestion(draw, yes);
  return [draw.phrase(MENTIONS, { word }), text];
}
