import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { city, firstName, WEEKDAYS } from "../language/words.ts";
import { overlap } from "./classify.ts";
import { ask } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import { OTHER_INTENTS } from "./other-intents.ts";
import { messageOfPriority } from "./priority.ts";
import { sentimentMessage } from "./sentiment.ts";
import * as questions from "../wordings/questions.ts";
import * as moreQuestions from "../wordings/third/questions.ts";
import * as fourthQuestions from "../wordings/fourth/questions.ts";

const ABOUT = [
  ...lines`
  (Is|Was) (this|the) (message|mail|ticket|text|request|email) about <topic>(|. Answer yes or no|? Yes or no).
  (Does|Is) (this|the) (message|mail|customer|sender) (ask about|mention|concerned with) <topic>(|, yes or no).
  (Is|Is it) (this|) about <topic>(|: yes or no|, yes or no|? Answer with yes or no).
  (Yes or no|Answer yes or no|Reply with yes or no|Only yes or no|Answer only yes or no): (is this about|does it concern|is it about|is the message about) <topic>.
  (Tell me|Say|Decide) (with yes or no|yes or no) (if|whether) (this|the message|the mail) is about <topic>.
  (Check if|Check whether|Decide whether|Find out if) (this|the) (message|mail|ticket) (concerns|is about|deals with) <topic>(|, yes or no).
  (Would you say|Do you think) (this|the) (message|mail) is about <topic>.
  About <topic>(|, yes or no).
  (Is <topic>|Is here <topic>) (the topic|the subject|what it is about)(|, yes or no).
  (Does|Would) (this|the) (ticket|message|mail) (belong to|fall under|concern|have to do with) <topic>.
  (Is it|Is this) (a message|a mail|a ticket|a question|something) (about|on|concerning) <topic>(|, yes or no).
  (Is the topic|Is the subject|Is the issue) (here |)<topic>(|, yes or no).
  (Does it|Does this) (have to do with|relate to|concern) <topic>(|, yes or no|? Yes or no).
  (Did|Does) (someone|the person|the customer|the writer) write (here |)(about|because of) <topic>(|, yes or no).
`,
  ...questions.ABOUT,
  ...moreQuestions.ABOUT,
];
const WANTS = [
  ...lines`
  (Does|Did) the (writer|customer|sender|person|author|user) <wants>(|, yes or no|: yes or no|? Answer yes or no).
  (Yes or no|Answer yes or no|Reply yes or no|Only yes or no): does the (writer|customer|sender|person|user) <wants>.
  (Would you say|Do you think|Is it true) that the (customer|writer|sender)s <wants>.
  (Check|Tell me|Decide|Say) (if|whether) (the|this) (customer|writer|person)s <wants>(|, yes or no).
  Does (he|she|this person|this customer|somebody) <wants>(| here|)(|, yes or no).
  (Does|Would) this (person|customer|user) <wants>.
  Does the (author|person) of this (mail|message|ticket) <wants>(|, yes or no).
  Does (this|the) (message|mail) say that they <wants>(|, yes or no).
`,
  ...questions.WANTS,
  ...moreQuestions.WANTS,
  ...fourthQuestions.WANTS,
];
const FEELING = [
  ...lines`
  (Is|Was) the (customer|writer|author|person|guest|reviewer) (happy|satisfied|pleased|content)(|, yes or no|? Answer yes or no).
  (Is|Does) this (review|comment|feedback) (positive|a positive one)(|, yes or no).
  (Yes or no|Answer yes or no|Only yes or no): is (this|the text|the review) positive.
  (Did|Does) the (customer|writer|guest) like (it|the product|what they got)(|, yes or no).
  (Is|Is it) this (good|positive) feedback(|, yes or no).
  (Would you say|Do you think) the (customer|writer|guest) is (happy|satisfied|pleased).
  (Tell me|Say) yes or no: (is the customer content|does the writer sound happy|is the customer satisfied).
  (Happy|Satisfied) customer(|, yes or no).
  (Does|Would) the (writer|customer|reviewer) (sound|seem) (happy|satisfied|pleased|content)(|, yes or no).
  (Is|Was) (the|this) (review|opinion|comment|remark) (good|favourable|positive)(|, yes or no).
`,
  ...questions.FEELING,
  ...moreQuestions.FEELING,
];
const UNHAPPY = [
  ...lines`
  (Is|Was) the (customer|writer|author|person|guest|reviewer) (unhappy|angry|disappointed|annoyed|upset|dissatisfied)(|, yes or no|? Answer yes or no).
  (Is|Is it) this (review|comment|feedback) (negative|a negative one)(|, yes or no).
  (Yes or no|Answer yes or no|Only yes or no): is (this|the text|the review) negative.
  (Did|Does) the (customer|writer|guest) dislike (it|the product|what they got)(|, yes or no).
  (Is this|Is it|Is that) (bad|negative) feedback(|, yes or no).
  (Would you say|Do you think) the (customer|writer|guest) is (angry|unhappy|disappointed).
  (Does|Would) the (writer|customer|reviewer) (sound|seem) (angry|unhappy|disappointed|annoyed)(|, yes or no).
  (Angry|Unhappy|Disappointed) customer(|, yes or no).
`,
  ...questions.UNHAPPY,
  ...moreQuestions.UNHAPPY,
];
const URGENT = [
  ...lines`
  (Is|Is it) (this|the) (message|mail|ticket|request|) urgent(|, yes or no|? Answer yes or no).
  (Does|Would) (this|the ticket|the message) (need|require|sound like it needs) (an immediate answer|immediate action|help at once)(|, yes or no).
  (Yes or no|Answer yes or no): is (this|it|the ticket) urgent.
  (Check|Decide|Tell me) (if|whether) (this|the ticket|the mail) is urgent(|, yes or no).
  (Is|Does) the (sender|customer) (in a hurry|in a rush)(|, yes or no).
  Urgent(|, yes or no).
  (Can|Should) this wait(|, yes or no).
  (Is|Would you say) (it|this) (high priority|time-critical|an emergency)(|, yes or no).
`,
  ...questions.URGENT,
  ...moreQuestions.URGENT,
];
const MENTIONS = [
  ...lines`
  (Does|Is) (the|this) (text|message|mail|sentence) (mention|contain|mentioning) <word>(|, yes or no|? Answer yes or no).
  (Is|Does) <word> (mentioned|appear|occur) (in the text|here|in this message)(|, yes or no).
  (Yes or no|Answer yes or no): (does the text mention|is there a mention of|does it mention) <word>.
  (Check|Tell me) (if|whether) (the text|it|this message) mentions <word>(|, yes or no).
  (Does it|Does this) (mention|contain|name) <word>(|, yes or no).
  (Is|Was) <word> (in it|in the text|in there|named)(|, yes or no).
  (Can you|Do you) (find|see) <word> in (the text|this|the message)(|, yes or no).
  (Do|Does) the words? include <word>(|, yes or no).
`.map((template) => template.replace("words? include", "text include")),
  ...questions.MENTIONS,
  ...moreQuestions.MENTIONS,
  ...fourthQuestions.MENTIONS,
];

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
