import type { Draw } from "../language/draw.ts";
import { roughen, surround } from "../language/roughen.ts";
import {
  city,
  clockTime,
  code,
  DEPARTMENTS,
  firstName,
  PRODUCTS,
  TOPICS,
  WEEKDAYS,
  wholeNumber,
} from "../language/words.ts";

import type { Intent } from "./intent.ts";
import { TECHNICAL_INTENTS } from "./technical-intents.ts";
import { MONEY_AND_DELIVERY_INTENTS } from "./money-and-delivery-intents.ts";
import { OFFICE_INTENTS } from "./office-intents.ts";

/** Everything that a message may want. */
export const INTENTS: readonly Intent[] = [...TECHNICAL_INTENTS, ...MONEY_AND_DELIVERY_INTENTS, ...OFFICE_INTENTS];

/** One message with this intent, as a person would send it. */
export function intentMessage(draw: Draw, intent: Intent): string {
  const text = draw.phrase(intent.messages, {
    department: () => draw.value(DEPARTMENTS),
    topic: () => draw.value(TOPICS),
    product: () => draw.value(PRODUCTS),
    name: () => firstName(draw),
    other: () => firstName(draw),
    company: () => firstName(draw),
    city: () => city(draw),
    code: () => code(draw),
    number: () => wholeNumber(draw, 2, 99),
    weekday: () => draw.pick(WEEKDAYS),
    month: () => draw.pick(["January", "March", "May", "June", "July", "August", "October", "December"]),
    time: () => clockTime(draw),
  });
  return roughen(draw, surround(draw, text));
}
