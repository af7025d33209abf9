import type { Example, Turn } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { ask } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import type { Intent } from "./intent.ts";
import { sentimentMessage } from "./sentiment.ts";

const answer = (text: string): Turn => ({ role: "assistant", text });

const INTENT_INSTRUCTIONS = lines`
  (What is|Tell me|Name|Give) the intent (of this|of the following|behind this) (message|mail|request|text|ticket).
  (Classify|Determine|Detect|Recognize|Find) the intent(| of this message| of the customer| of the mail).
  (What|Which) intent does (this|the following) (message|mail|ticket|text) have.
  Intent (classification|detection|label)(| for this message).
  (Classify|Label|Tag|Categorize) (this|the following) (message|mail|ticket|request) by (intent|topic).
  (Name|Give|Write|State) the intent label (of|for) (this|the) (message|ticket|mail).
  (Intent|Intention) of (this|the) (message|mail|ticket|request).
  (Your task is|You have) to name the intent of (each|the) (message|mail).
  (Why did|For what reason did) the (customer|colleague|sender) write(|, one label).
  (Assign|Choose|Give) an intent (to|for) (this|the) (text|message|mail).
`;
const CHOICE_INSTRUCTIONS = lines`
  (Classify|Sort|Label|Put) (this|the) (message|mail|ticket|request) (into|as) one of: <options>.
  (Which|What) (category|label|class|intent) fits (this message|the mail|this ticket|best): <options>.
  (Choose|Pick|Select) (one|the right|the best) (label|category|intent): <options>.
  (Categories|Labels|Intents|Options|Classes) (are|): <options>. (Which one fits|Classify the message|Pick one).
  (Is this|Is it|Is the message) (about|) <either>.
  (Answer|Reply|Respond) with (exactly|) one of these (labels|words|categories): <options>.
  (Assign|Give) one of the (labels|categories|classes) <options>.
  (What kind|What type) of (message|request|ticket) is this, <either>.
  (The allowed|Allowed|Possible) (labels|answers|intents) are <options>.
  (From|Out of) <options>, (which|what) (is|describes) the intent(| of this message).
`;

/** Names what a message wants: by this model's own label, or by one of the labels given. */
export function intentExample(draw: Draw): Example {
  const intent = draw.pick(INTENTS);
  const message = intentMessage(draw, intent);
  if (draw.chance(0.4))
    return { task: "intent", turns: [...ask(draw, draw.phrase(INTENT_INSTRUCTIONS), message), answer(intent.label)] };
  const spell = draw.pick([
    ({ label }: Intent) => label,
    ({ label }: Intent) => label.replaceAll("_", " "),
    ({ label, aliases }: Intent) => draw.pick([label, ...aliases]),
  ]);
  const right = spell(intent);
  const others = draw
    .some(
      INTENTS.filter((other) => !overlap(intent, other)),
      draw.int(1, 6),
    )
    .map(spell);
  const options = draw.shuffle([right, ...others]);
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
  ["facility_issue", "technical_issue"],
];

function overlap(left: Intent, right: Intent): boolean {
  if (left === right) return true;
  return CLOSE.some(([a, b]) => (left.label === a && right.label === b) || (left.label === b && right.label === a));
}

function withOptions(draw: Draw, pool: readonly string[], options: readonly string[]): string {
  const joined = (last: string): string => `${options.slice(0, -1).join(", ")} ${last} ${options.at(-1) ?? ""}`;
  return draw.phrase(pool, {
    options: () => (draw.chance(0.6) ? options.join(", ") : joined(draw.pick(["or", "and"]))),
    either: () => joined("or"),
  });
}

const TEAM_INSTRUCTIONS = lines`
  (Which|What) (team|department) (should|must|can) (handle|answer|get|take) this(| message| mail| ticket): <either>.
  (Who|Which of these) (should|can|must) (handle|answer|deal with) (it|this|this mail|this request): <either>.
  (Route|Send|Forward|Assign) (this|the) (message|mail|ticket|request) to (the right team|one of|a team): <options>.
  (Teams|Departments|Our teams|The teams are): <options>. (Which one|Who handles it|Where does it go|Route the message).
  (Choose|Pick|Name|Select) the (team|department|right team) (for this message|for this ticket|): <options>.
  (Where|To whom) (should|do|must) (I|we) (send|forward|route) this(| mail| ticket): <either>.
  (Is this|Is it) (for|a case for|something for) <either>.
  (Responsible|Right|Best) (team|department) (of|out of|among) <options>.
  (You route|You assign|Route) (messages|mails|tickets) to (these teams|one of these teams|teams): <options>.
  (Decide|Say|Tell me) (which team|who) (is responsible|takes this|gets the ticket): <either>.
`;

/** Picks the team that handles a message out of the teams given. */
export function teamExample(draw: Draw): Example {
  const intent = draw.pick(INTENTS.filter(({ team }) => team !== undefined));
  const right = draw.pick(intent.team ?? []);
  const teams = [...new Set(INTENTS.flatMap(({ team }) => (team === undefined ? [] : [team])))];
  const others = draw
    .some(
      teams.filter((team) => team !== intent.team),
      draw.int(1, 4),
    )
    .map((team) => draw.pick(team));
  const options = draw.shuffle([right, ...others]);
  const message = intentMessage(draw, intent);
  return {
    task: "team",
    turns: [...ask(draw, withOptions(draw, TEAM_INSTRUCTIONS, options), message), answer(right)],
  };
}

const ABOUT_INSTRUCTIONS = lines`
  (Is|Was) (this|the) (message|mail|ticket|text|request) about <topic>(|. Answer yes or no).
  (Does|Is) (this|the) (message|mail|customer|sender) (ask about|mention|concerned with) <topic>(|, yes or no).
  (Is|Is it) (this|) about <topic>(|: yes or no|, yes or no).
  (Yes or no|Answer yes or no|Reply with yes or no|Only yes or no): (is this about|does it concern|is it about) <topic>.
  (Tell me|Say|Decide) (with yes or no|yes or no) (if|whether) (this|the message|the mail) is about <topic>.
  (Check if|Check whether|Decide whether) (this|the) (message|mail|ticket) (concerns|is about) <topic>(|, yes or no).
  (Would you say|Do you think) (this|the) (message|mail) is about <topic>.
  About <topic>(|, yes or no).
  (Is <topic>|Is here <topic>) (the topic|the subject|what it is about)(|, yes or no).
  (Does|Would) (this|the) (ticket|message|mail) (belong to|fall under|concern) <topic>.
`;
const FEELING_INSTRUCTIONS = lines`
  (Is|Was) the (customer|writer|author|person) (happy|satisfied|pleased)(|, yes or no).
  (Is|Does) this (review|comment) (positive|a positive one)(|, yes or no).
  (Yes or no|Answer yes or no): is (this|the text) positive.
  (Did|Does) the (customer|writer) like it(|, yes or no).
  (Is|Is it) this (good|positive) feedback(|, yes or no).
  (Would you say|Do you think) the (customer|writer) is (happy|satisfied).
  (Tell me|Say) yes or no: (is the customer content|does the writer sound happy).
  (Happy|Satisfied) customer(|, yes or no).
`;

/** A question with yes or no about a text. */
export function yesNoExample(draw: Draw): Example {
  const yes = draw.chance(0.5);
  if (draw.chance(0.25)) {
    let said = sentimentMessage(draw);
    while (said.label === "neutral" || (said.label === "positive") !== yes) said = sentimentMessage(draw);
    return {
      task: "yes_no",
      turns: [...ask(draw, draw.phrase(FEELING_INSTRUCTIONS), said.text), answer(yes ? "yes" : "no")],
    };
  }
  const intent = draw.pick(INTENTS);
  const asked = yes ? intent : draw.pick(INTENTS.filter((other) => !overlap(intent, other)));
  const instruction = draw.phrase(ABOUT_INSTRUCTIONS, { topic: () => draw.pick(asked.topics) });
  return {
    task: "yes_no",
    turns: [...ask(draw, instruction, intentMessage(draw, intent)), answer(yes ? "yes" : "no")],
  };
}

const PRIORITY_INSTRUCTIONS = lines`
  (Which|What) priority (does|has|should) (this|the) (ticket|message|mail|request) (have|get|): low, normal or high.
  (Set|Assign|Choose|Give) (a|the) priority(| for this ticket| to this message): low, normal, high.
  Priority(| of this ticket| of this message), low, normal or high.
  (How urgent|How important) is (this|the) (ticket|message|mail|request): low, normal or high.
  (Rate|Judge|Estimate) the (urgency|priority)(| of this message| of the ticket) as low, normal or high.
  (Is|Decide if) (this|the ticket) (of|has) low, normal or high priority.
  (Answer|Reply) (only|) with low, normal or high(|: how urgent is it|. How urgent is this ticket).
  (Urgency|Priority) (level|label)(|: low, normal or high).
  (You triage tickets|Triage this ticket|Triage)(| by urgency): low, normal or high.
  (Tell me|Name) the priority(| of the ticket).
`;
const URGENT_SIGNS = lines`
  (This|It) is (very |extremely |really |)urgent(|!).
  (We cannot|Nobody can|I cannot) work (any more|until this is fixed).
  (Please|) (act|help|react) (immediately|at once|right now|now)(|!).
  (The whole|Our whole|The entire) (company|team|office|site) is (affected|down|blocked).
  (Urgent|Emergency|Critical|Very urgent)(|!).
  (We are losing|It costs us) (money|customers) (every hour|every minute|right now).
  (It|This) has to (work|be done|be fixed) (today|within the hour|before noon|in <number> minutes).
  As soon as possible(|, please|!).
  (Production|The warehouse|The shop) (stands still|has stopped)(| because of this).
  (I need|We need) (it|this|help) (right away|today|immediately|now).
`;
const IDLE_SIGNS = lines`
  (There is|) no (hurry|rush)(|, any time is fine| at all).
  (Whenever|When) you (have time|find the time|get round to it).
  (It|This) (can|may) (wait|wait until next month|wait a while).
  (It|This) is (not urgent|not important|only a small thing).
  (Any time|Some time) (this month|next month|this year) (is fine|will do|would be nice).
  (Low priority|No priority|Not urgent)(|, just so you know|, thanks).
  (Just|Only) (a|some) (small|minor|little) (wish|remark|question|idea)(|, it can wait).
  (Take|You can take) your time(|, really|, it is nothing big).
  (Only|Just) (if|when) you (are bored|have nothing better to do|are free).
  (Nothing|It is nothing) (urgent|pressing|important).
`;

/** How urgent a message says it is; a message that says nothing is normal. */
export function priorityExample(draw: Draw): Example {
  const intent = draw.pick(INTENTS.filter(({ label }) => label !== "praise" && label !== "complaint"));
  const text = intentMessage(draw, intent);
  const label = draw.pick(["low", "normal", "high"] as const);
  const slots = { number: () => String(draw.int(5, 50)) };
  const sign =
    label === "high" ? draw.phrase(URGENT_SIGNS, slots) : label === "low" ? draw.phrase(IDLE_SIGNS, slots) : "";
  const message =
    sign === "" ? text : draw.chance(0.5) ? `${sign} ${text}` : `${text}${/[.?!]$/u.test(text) ? "" : "."} ${sign}`;
  return { task: "priority", turns: [...ask(draw, draw.phrase(PRIORITY_INSTRUCTIONS), message), answer(label)] };
}
