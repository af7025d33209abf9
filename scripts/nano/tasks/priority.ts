import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { city, DEPARTMENTS } from "../language/words.ts";
import { withOptions } from "./classify.ts";
import { ask } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import { IDLE_SIGNS, INSTRUCTIONS, URGENT_SIGNS } from "../wordings/urgency.ts";

const LEVELS = ["low", "normal", "high"] as const;
type Level = (typeof LEVELS)[number];

const HURRIES = /\b(?:soon|urgent|urgently|immediately|asap|right away|at once|hurry)\b/iu;

/** A message that says how urgent it is; one that says nothing is normal. */
export function messageOfPriority(draw: Draw, level: Level): string {
  const intent = draw.pick(INTENTS.filter(({ label }) => label !== "praise" && label !== "complaint"));
  let text = intentMessage(draw, intent);
  // Who asks for an answer soon says more than nothing, and who has all the time does not.
  while (level !== "high" && HURRIES.test(text)) text = intentMessage(draw, intent);
  if (level === "normal") return text;
  const sign = draw.phrase(level === "high" ? URGENT_SIGNS : IDLE_SIGNS, {
    number: () => String(draw.int(5, 50)),
    city: () => city(draw),
    department: () => draw.value(DEPARTMENTS),
  });
  return draw.chance(0.5) ? `${sign} ${text}` : `${text}${/[.?!]$/u.test(text) ? "" : "."} ${sign}`;
}

/** How urgent a message says it is. */
export function priorityExample(draw: Draw): Example {
  const level = draw.pick(LEVELS);
  const order = draw.chance(0.75) ? LEVELS : draw.shuffle(LEVELS);
  const instruction = withOptions(draw, INSTRUCTIONS, order);
  return {
    task: "priority",
    turns: [...ask(draw, instruction, messageOfPriority(draw, level)), { role: "assistant", text: level }],
  };
}
