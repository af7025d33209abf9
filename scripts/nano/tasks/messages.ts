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
import { CUSTOMER_INTENTS } from "./customer-intents.ts";
import { DELIVERY_INTENTS } from "./delivery-intents.ts";
import type { Intent } from "./intent.ts";
import { MONEY_INTENTS } from "./money-intents.ts";
import { OFFICE_INTENTS } from "./office-intents.ts";
import { CUSTOMER_MESSAGES } from "../wordings/customer-messages.ts";
import { STAFF_MESSAGES } from "../wordings/staff-messages.ts";
import { TECHNICAL_INTENTS } from "./technical-intents.ts";
import { BESIDE } from "../wordings/beside-messages.ts";

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
  messages: [...intent.messages, ...(MORE_MESSAGES[intent.label] ?? [])],
}));

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
