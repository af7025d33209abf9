import type { Example, Turn } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { ask } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import type { Intent } from "./intent.ts";
import { OTHER_INTENTS } from "./other-intents.ts";
import * as labels from "../wordings/labels.ts";

const answer = (text: string): Turn => ({ role: "assistant", text });

const INTENT_INSTRUCTIONS = [
  ...lines`
  (What is|What's|Tell me|Name|Give) the intent (of this|of the following|behind this|in this) (message|mail|request|text|ticket|email).
  (Classify|Determine|Detect|Recognize|Find|Identify) the intent(| of this message| of the customer| of the mail| here).
  (What|Which) intent does (this|the following) (message|mail|ticket|text|email) (have|show|express).
  Intent (classification|detection|label|recognition)(| for this message| please).
  (Classify|Label|Tag|Categorize) (this|the following) (message|mail|ticket|request|email) by (intent|topic).
  (Name|Give|Write|State|Return|Output) the intent (label |)(of|for) (this|the) (message|ticket|mail|text).
  (Intent|Intention) of (this|the|the following) (message|mail|ticket|request|text).
  (Your task is|You have) to name the intent of (each|the) (message|mail|text).
  (Why did|For what reason did) the (customer|colleague|sender) write(|, one label|: intent label).
  (Assign|Choose|Give) an intent (to|for) (this|the) (text|message|mail|ticket).
  (What|Which) is the (customer's|sender's|writer's|user's) (intent|intention)(| in this message|).
  (Label|Tag) (the|this message's|its) intent(| with one label| in one word|).
  (Intent|The intent)(| please| of this).
  (Detect|Extract|Read) the (user|customer|user's|customer's) intent(| from this message|).
  (You|You are to|Your job is to) (classify messages by intent|detect the intent|label intents of mails).
  (What|Which) intent (is this|is it|do you see|would you assign)(| here).
  (Which|What) intent label (fits|describes|belongs to) this (message|mail|text|ticket)(| best|).
`,
  ...labels.INTENT_INSTRUCTIONS,
];
const CHOICE_INSTRUCTIONS = [
  ...lines`
  (Classify|Sort|Label|Put|Categorize) (this|the) (message|mail|ticket|request|text|email) (into|as) one of: <options>.
  (Which|What) (category|label|class|intent|topic) (fits|matches|describes) (this message|the mail|this ticket|best): <options>.
  (Choose|Pick|Select) (one|the right|the best|the matching) (label|category|intent)(| for this message|): <options>.
  (Categories|Labels|Intents|Options|Classes|Topics) (are|): <options>. (Which one fits|Classify the message|Pick one|Choose one|Which is it).
  (Is this|Is it|Is the message|Would this be|Is this message) (about|) <either>.
  (Answer|Reply|Respond) with (exactly|) one of these (labels|words|categories): <options>.
  (Assign|Give) one of the (labels|categories|classes|topics) <options>.
  (What kind|What type|What sort) of (message|request|ticket|mail) is this, <either>.
  (The allowed|Allowed|Possible|Available) (labels|answers|intents|categories) are <options>.
  (From|Out of) <options>, (which|what) (is|describes) the intent(| of this message).
  (Classify|Label|Tag) (it|this|the message) (as|with) <either>.
  (Does this|Would this) (belong to|fall under|go under) <either>.
  (Pick|Choose) (from|between|one of) <options>.
  (One of|Only one of) <options>(|, please| fits this message).
  (Label|Category|Topic|Class) (of this message|of the mail|) (out of|from|among) <options>.
  (Use|Choose) (only|one of) (these|the following) (labels|categories): <options>. (Classify|Label|Sort) the (message|mail|text|ticket).
  (Which of|Which one of) (these|the following) (is it|fits|applies): <options>.
  <options>: (which one is it|which fits|what is this message).
`,
  ...labels.CHOICE_INSTRUCTIONS,
];

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

const TEAM_INSTRUCTIONS = [
  ...lines`
  (Which|What) (team|department) (should|must|can|would) (handle|answer|get|take|receive|deal with) this(| message| mail| ticket): <either>.
  (Who|Which of these|Which of them) (should|can|must|will) (handle|answer|deal with|take care of|get) (it|this|this mail|this request): <either>.
  (Route|Send|Forward|Assign|Direct) (this|the) (message|mail|ticket|request) to (the right team|one of|a team|the right department): <options>.
  (Teams|Departments|Our teams|The teams are): <options>. (Which one|Who handles it|Where does it go|Route the message|Which team is right).
  (Choose|Pick|Name|Select) the (team|department|right team|responsible team) (for this message|for this ticket|): <options>.
  (Where|To whom) (should|do|must) (I|we) (send|forward|route|pass) this(| mail| ticket| on): <either>.
  (Is this|Is it) (for|a case for|something for|a matter for|a job for) <either>.
  (Responsible|Right|Best|Proper) (team|department) (of|out of|among|from) <options>.
  (You route|You assign|Route|You forward) (messages|mails|tickets) to (these teams|one of these teams|teams): <options>.
  (Decide|Say|Tell me) (which team|who|which department) (is responsible|takes this|gets the ticket|should answer): <either>.
  (Does this|Should this) (go to|belong to) <either>.
  (Which|What) (of these teams|of our teams|team of these) (is responsible|takes it|fits)(| for this|): <options>.
  (We have|There are) (these teams|the teams|the departments) <options>. (Who|Which) (is responsible|should answer|takes this|handles this message).
  (Who is|Which team is|Which department is) (responsible|in charge|the right one)(| for this| here|): <either>.
  (Route it|Routing|Route): <options>.
  (The ticket|This ticket|It) goes to (which team|whom|which department): <either>.
  (Assign|Give) (it|this|the ticket) to <either>.
`,
  ...labels.TEAM_INSTRUCTIONS,
];

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
