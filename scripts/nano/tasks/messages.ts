import type { Draw } from "../language/draw.ts";
import { roughen, surround } from "../language/roughen.ts";
import {
  city,
  clockTime,
  code,
  company,
  DEPARTMENTS,
  firstName,
  JOBS,
  MONTHS,
  person,
  PRODUCTS,
  TOPICS,
  WEEKDAYS,
  wholeNumber,
} from "../language/words.ts";
import { lines } from "../language/phrase.ts";
import { CUSTOMER_INTENTS } from "./customer-intents.ts";
import { DELIVERY_INTENTS } from "./delivery-intents.ts";
import type { Intent } from "./intent.ts";
import { MONEY_INTENTS } from "./money-intents.ts";
import { OFFICE_INTENTS } from "./office-intents.ts";
import { CUSTOMER_MESSAGES } from "../wordings/customer-messages.ts";
import { STAFF_MESSAGES } from "../wordings/staff-messages.ts";
import * as fourth from "../wordings/fourth/messages.ts";
import { TECHNICAL_INTENTS } from "./technical-intents.ts";

const MORE_MESSAGES: Readonly<Record<string, readonly string[]>> = { ...CUSTOMER_MESSAGES, ...STAFF_MESSAGES };

/** Everything that a message may want, by this model's own labels. */
export const INTENTS: readonly Intent[] = [
  ...TECHNICAL_INTENTS,
  ...MONEY_INTENTS,
  ...DELIVERY_INTENTS,
  ...CUSTOMER_INTENTS,
  ...OFFICE_INTENTS,
].map((intent) => ({
  ...intent,
  messages: [...intent.messages, ...(MORE_MESSAGES[intent.label] ?? []), ...(fourth.MESSAGES[intent.label] ?? [])],
}));

/** Sentences that stand beside what a message wants and say nothing about it. */
const BESIDE = [
  ...lines`
  My name is <person>.
  (I am|I'm) <person>(| from <city>| from the <department> team|).
  (I work|We sit|I am|We are) in (the <department> team|<city>|<department>).
  (I have been|We have been) (a customer|with you|here) for <number> years.
  (Sorry for|Please excuse) (my English|the late mail|the trouble|writing again).
  (I tried to|I wanted to) call (you|on <weekday>)(| but nobody was there|).
  (I hope|Hope) (you had a nice weekend|you are well|this is the right address|you can help).
  (I asked|We asked) <name> (and|, but) (she|he) (did not know|sent me to you|told me to write to you).
  (This|It) is <name> (from|of) (<company>|<department>|<city>).
  (I could not|I didn't) find (it|anything|an answer) (on your website|in the handbook|in the FAQ).
  (We spoke|We talked) (on the phone|on <weekday>|last week).
  (My customer number|My number|My ID|Staff number) is <code>.
  (I am|We are) (on the train|in a meeting|in the home office|travelling) (right now|today|this week).
  (You can|Please) (call|reach|mail) me (at any time|in the afternoon|until <time>|on <weekday>).
`,
  ...fourth.BESIDE,
];

/** One message with this intent, as a person would send it. */
export function intentMessage(draw: Draw, intent: Intent): string {
  const slots = {
    department: () => draw.value(DEPARTMENTS),
    topic: () => draw.value(TOPICS),
    product: () => draw.value(PRODUCTS),
    name: () => firstName(draw),
    other: () => firstName(draw),
    person: () => person(draw),
    company: () => company(draw),
    city: () => city(draw),
    code: () => code(draw),
    number: () => wholeNumber(draw, 2, 99),
    weekday: () => draw.pick(WEEKDAYS),
    month: () => draw.pick(MONTHS),
    time: () => clockTime(draw),
    job: () => draw.value(JOBS),
  };
  const core = draw.phrase(intent.messages, slots);
  const ended = /[.?!]$/u.test(core) ? core : `${core}.`;
  const beside = draw.chance(0.18) ? draw.phrase(BESIDE, slots) : undefined;
  const again = beside === undefined && draw.chance(0.07) ? draw.phrase(intent.messages, slots) : undefined;
  const extra = beside ?? again;
  const text = extra === undefined ? core : draw.chance(0.6) ? `${extra} ${core}` : `${ended} ${extra}`;
  return roughen(draw, surround(draw, text));
}
