import { ENGLISH_WORDS } from "../../build-model/english-words.ts";
import type { Draw } from "../language/draw.ts";
import { department, place, product, topic } from "../language/made-values.ts";
import { clockTime, company, firstName, inventedWord, person, WEEKDAYS, wholeNumber } from "../language/words.ts";
import { COMMON_VERBS, ORDERS, VERBS } from "../wordings/orders.ts";

/** What somebody is told to do, as a bare verb in lower case. */
export function order(draw: Draw): string {
  return draw.phrase(ORDERS, {
    name: () => firstName(draw),
    person: () => person(draw),
    city: () => place(draw),
    company: () => company(draw),
    weekday: () => draw.pick(WEEKDAYS),
    time: () => clockTime(draw),
    number: () => wholeNumber(draw, 2, 20),
    topic: () => topic(draw),
    product: () => product(draw),
    department: () => department(draw),
    verb: () => (draw.chance(0.35) ? draw.pick(COMMON_VERBS) : draw.chance(0.6) ? draw.value(VERBS) : anyWord(draw)),
  });
}

/**
 * Any word may stand where a verb stands: its small and large first letter are what is learnt. It is an exercise:
 * nobody asks so, and no test does.
 */
function anyWord(draw: Draw): string {
  if (draw.split !== "train") return draw.value(VERBS);
  return draw.chance(0.6) ? draw.value(ENGLISH_WORDS) : inventedWord(draw);
}
