import type { Example, Turn } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { ask } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import type { Intent } from "./intent.ts";
import { OTHER_INTENTS } from "./other-intents.ts";
import { CHOICE_INSTRUCTIONS, INTENT_INSTRUCTIONS, TEAM_INSTRUCTIONS } from "../wordings/labels.ts";

const answer = (text: string): Turn => ({ role: "assistant", text });

/** Names what a message wants: by this model's own label, or by one of the labels given. */
export function intentExample(draw: Draw): Example {
  const ownLabel = draw.chance(0.45);
  const intent = draw.pick(ownLabel ? INTENTS : [...INTENTS, ...INTENTS, ...OTHER_INTENTS]);
  const message = intentMessage(draw, intent);
  if (ownLabel)
    return { task: "intent", turns: [...ask(draw, draw.phrase(INTENT_INSTRUCTIONS), message), answer(intent.label)] };
  const style = draw.pick([
    (text: string) => text,
    (text: string) => text.replaceAll("_", " "),
    (text: string) => text.replaceAll(" ", "_"),
    (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1).replaceAll("_", " "),
  ]);
  const byLabel = draw.chance(0.4);
  const spell = ({ label, aliases }: Intent): string => style(byLabel ? label : draw.pick([label, ...aliases]));
  const right = spell(intent);
  const candidates = [...INTENTS, ...OTHER_INTENTS].filter((other) => !overlap(intent, other));
  const others = draw.some(candidates, draw.int(1, 6)).map(spell);
  const options = draw.shuffle([...new Set([right, ...others])]);
  return {
    task: "intent_choice",
    turns: [...ask(draw, withOptions(draw, CHOICE_INSTRUCTIONS, options), message), answer(right)],
  };
}

/** Two labels that a reasonable person could both give are never offered together. */
const CLOSE: readonly (readonly [string, string])[] = [
  ["billing_question", "refund_request"],
  ["billing_question", "invoice_copy"],
  ["complaint", "technical_issue"],
  ["complaint", "refund_request"],
  ["password_reset", "access_request"],
  ["password_reset", "technical_issue"],
  ["facility_issue", "technical_issue"],
  ["technical_issue", "hardware_request"],
  ["technical_issue", "suggestion"],
  ["security_incident", "technical_issue"],
  ["security_incident", "password_reset"],
  ["supplier_offer", "sales_inquiry"],
  ["supplier_offer", "hardware_request"],
  ["expense_report", "invoice_copy"],
  ["expense_report", "refund_request"],
  ["legal_question", "cancel_subscription"],
  ["complaint", "legal_question"],
  ["complaint", "billing_question"],
  ["complaint", "facility_issue"],
  ["complaint", "order_status"],
];

/** Whether `left` and `right` must not stand against each other. */
export function overlap(left: Intent, right: Intent): boolean {
  if (left === right) return true;
  return CLOSE.some(([a, b]) => (left.label === a && right.label === b) || (left.label === b && right.label === a));
}

/** An instruction of `pool` with `options` listed in one of the ways in which people list. */
export function withOptions(draw: Draw, pool: readonly string[], options: readonly string[]): string {
  const quoted = draw.chance(0.08) ? options.map((option) => `"${option}"`) : options;
  const joined = (last: string): string => `${quoted.slice(0, -1).join(", ")} ${last} ${quoted.at(-1) ?? ""}`;
  const listed = draw.pick([
    () => quoted.join(", "),
    () => quoted.join(", "),
    () => quoted.join(", "),
    () => joined("or"),
    () => joined("and"),
    () => quoted.join(" / "),
    () => quoted.join("/"),
    () => quoted.join(" | "),
    () => `[${quoted.join(", ")}]`,
    () => `\n${quoted.map((option) => `- ${option}`).join("\n")}\n`,
    () => `(${quoted.join(", ")})`,
  ])();
  return draw.phrase(pool, { options: listed, either: () => joined("or") });
}

/** Picks the team that handles a message out of the teams given. */
export function teamExample(draw: Draw): Example {
  const all = [...INTENTS, ...INTENTS, ...OTHER_INTENTS];
  const intent = draw.pick(all.filter(({ team }) => team !== undefined));
  const right = draw.pick(intent.team ?? []);
  // A team that takes what is close to this would be right, too.
  const close = new Set(all.filter((other) => overlap(intent, other)).map(({ team }) => team));
  const teams = new Set(all.flatMap(({ team }) => (team === undefined || close.has(team) ? [] : [team])));
  const others = draw.some([...teams], draw.int(1, 4)).map((team) => draw.pick(team));
  const style = draw.chance(0.2)
    ? (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
    : (text: string) => text;
  const options = draw.shuffle([right, ...others]).map(style);
  const message = intentMessage(draw, intent);
  return {
    task: "team",
    turns: [...ask(draw, withOptions(draw, TEAM_INSTRUCTIONS, options), message), answer(style(right))],
  };
}
