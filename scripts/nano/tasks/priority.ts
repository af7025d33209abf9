import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { city, DEPARTMENTS } from "../language/words.ts";
import { withOptions } from "./classify.ts";
import { ask } from "./instruct.ts";
import { INTENTS, intentMessage } from "./messages.ts";
import * as urgency from "../wordings/urgency.ts";
import * as moreUrgency from "../wordings/third/urgency.ts";

const LEVELS = ["low", "normal", "high"] as const;
type Level = (typeof LEVELS)[number];

const INSTRUCTIONS = [
  ...lines`
  (Which|What) priority (does|has|should) (this|the) (ticket|message|mail|request) (have|get): <either>.
  (Set|Assign|Choose|Give|Pick) (a|the) priority(| for this ticket| to this message): <options>.
  Priority(| of this ticket| of this message| please), <either>.
  (How urgent|How important) is (this|the) (ticket|message|mail|request): <either>.
  (Rate|Judge|Estimate|Classify) the (urgency|priority)(| of this message| of the ticket) as <either>.
  (Is|Decide if) (this|the ticket) (of|has) <either> priority.
  (Answer|Reply) (only|) with <either>(|: how urgent is it|. How urgent is this ticket).
  (Urgency|Priority) (level|label)(|: <either>).
  (You triage tickets|Triage this ticket|Triage)(| by urgency): <either>.
  (Tell me|Name|State|What is) the priority(| of the ticket| of this message).
  (Prioritize|Triage|Rank) (this|the) (ticket|message|mail|request)(|: <options>| as <either>).
  (Low|Is it low), normal or high priority(| for this ticket|).
  (What|Which) (urgency|priority level|priority) would you (give|assign)(| it| to this ticket|): <either>.
  (Urgency|Priority)(:|) <options>.
  (How quickly|How fast) (must|should) (we|somebody) (answer|react|act)(| here|), priority <either>.
  (Should|Would) this (ticket|message|mail) (be|get) <either> priority.
`,
  ...urgency.INSTRUCTIONS,
  ...moreUrgency.INSTRUCTIONS,
];
const URGENT_SIGNS = [
  ...lines`
  (This|It) is (very |extremely |really |)(urgent|critical|an emergency)(|!).
  (We cannot|Nobody can|I cannot) work (any more|until this is fixed|at all).
  (Please|) (act|help|react|answer|hurry|call me) (immediately|at once|right now|now|right away)(|!).
  (The whole|Our whole|The entire) (company|team|office|site|department|shop) is (affected|down|blocked|waiting|stuck).
  (Urgent|Emergency|Critical|Very urgent|URGENT|Important|Top priority|Priority one)(|!).
  (We are losing|It costs us|We lose) (money|customers|sales) (every hour|every minute|right now).
  (It|This) has to (work|be done|be fixed|be solved) (today|within the hour|before noon|in <number> minutes|by tonight).
  As soon as possible(|, please|!).
  (Production|The warehouse|The shop|The assembly line|Everything|All work) (stands still|has stopped|is down)(| because of this|).
  (I need|We need) (it|this|help|an answer) (right away|today|immediately|now|within the hour|in the next <number> minutes).
  (Asap|ASAP|Hurry|Quickly)(|, please|!).
  (The|My|Our) (client|customer|boss|director|presentation|flight|deadline) (is waiting|starts in <number> minutes|is in an hour|is today|leaves in two hours).
  (We have|There is) (no time to lose|not a minute to lose|an outage|a deadline today).
  (Everyone|Everybody|All of us|All <number> colleagues|Nobody) (in <city>|in <department>|here) (is blocked|is affected|can work|is stuck).
  (It|This) (cannot|can't|must not) wait(|!| any longer| until tomorrow).
  (Somebody|People) (could|might) (get hurt|be in danger)(|!).
  (If this is not fixed|Otherwise|Without it) (we lose the order|we miss the deadline|the customer leaves|we have to close|the launch fails)(| today|).
  (Drop everything|Stop everything|Please treat this first)(|!).
  (It|The matter) is (time-critical|a matter of minutes|pressing|burning).
`,
  ...urgency.URGENT_SIGNS,
  ...moreUrgency.URGENT_SIGNS,
];
const IDLE_SIGNS = [
  ...lines`
  (There is|) no (hurry|rush)(|, any time is fine| at all).
  (Whenever|When) you (have time|find the time|get round to it|can|like).
  (It|This) (can|may) (wait|wait until next month|wait a while|wait until next week).
  (It|This) is (not urgent|not important|only a small thing|not at all urgent|a minor thing).
  (Any time|Some time|Some day) (this month|next month|this year) (is fine|will do|would be nice).
  (Low priority|No priority|Not urgent|Minor)(|, just so you know|, thanks).
  (Just|Only) (a|some) (small|minor|little) (wish|remark|question|idea)(|, it can wait).
  (Take|You can take) your time(|, really|, it is nothing big).
  (Only|Just) (if|when) you (are bored|have nothing better to do|are free).
  (Nothing|It is nothing) (urgent|pressing|important|serious).
  (No need|There is no need) to (hurry|rush|answer today|do it now).
  (I am|We are) (not in a hurry|in no hurry|in no rush).
  (A|An) (answer|reply) (next week|next month|some time) is (fine|enough|okay|good enough).
  (It does not|It doesn't) (matter|have to be) (when|today|this week|soon).
  (Not|It's not) a (big deal|priority|pressing matter|problem right now).
  (Feel free|You are free) to (leave it|do it later|put it at the end of the list).
  (Later|Next month|In a few weeks|After the holidays) is (fine|soon enough|okay)(| too|).
  (It|This) (bothers|disturbs) (nobody|no one)(| much|).
  (When|If) it (suits you|is convenient|fits).
`,
  ...urgency.IDLE_SIGNS,
  ...moreUrgency.IDLE_SIGNS,
];

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
