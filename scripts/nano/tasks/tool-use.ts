import type { Example, Tool, ToolCall, Turn } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { roughen } from "../language/roughen.ts";
import { place } from "../language/made-values.ts";
import { city, code } from "../language/words.ts";
import { plainSystem } from "./instruct.ts";
import { describeKnown, KNOWN_TOOLS, requestKnown } from "./known-tools.ts";
import type { KnownTool } from "./known-tool.ts";
import { makeNewTool } from "./new-tools.ts";
import { smallTalk } from "./small-talk.ts";
import { unknownRequest } from "./unknown.ts";

/** What the model says when it is asked for something that none of the functions does. */
export const NO_TOOL_FITS = "None of the functions on offer fits this request.";

interface Round {
  readonly turns: readonly Turn[];
  readonly tool: Tool;
}

/** How the functions of one conversation are described. */
type Described = Map<KnownTool, ReturnType<typeof describeKnown>>;

/** The right function with the right arguments, among others. */
export function toolExample(draw: Draw): Example {
  const described: Described = new Map();
  const isKnown = draw.chance(0.45);
  const { request, call, tool } = isKnown ? knownCall(draw, described) : newCall(draw);
  return {
    task: isKnown ? "tool" : "new_tool",
    tools: withOthers(draw, [tool], draw.pick([0, 1, 1, 2, 2, 3, 4]), described),
    turns: [...plainSystem(draw), { role: "user", text: request }, { role: "assistant", call }],
  };
}

function knownCall(draw: Draw, described: Described): ReturnType<typeof requestKnown> {
  const known = draw.pick(KNOWN_TOOLS);
  const called = requestKnown(draw, known, describedOnce(draw, known, described));
  return { ...called, request: sometimesRough(draw, called.request) };
}

function describedOnce(draw: Draw, known: KnownTool, described: Described): ReturnType<typeof describeKnown> {
  const found = described.get(known) ?? describeKnown(draw, known);
  described.set(known, found);
  return found;
}

function newCall(draw: Draw): { readonly request: string; readonly call: ToolCall; readonly tool: Tool } {
  const made = makeNewTool(draw);
  const request = sometimesRough(draw, made.request);
  return { request, call: { name: made.tool.name, arguments: made.arguments }, tool: made.tool };
}

const OPENINGS = [
  "Hi, ",
  "Hello. ",
  "Good morning, ",
  "Hey, ",
  "Ok, ",
  "Now ",
  "And ",
  "So, ",
  "Thanks. ",
  "Next: ",
  "One more: ",
];

/** Only what does not touch values: a greeting, a small first letter, or no full stop. */
function sometimesRough(draw: Draw, text: string): string {
  const before = draw.chance(0.12) ? draw.pick(OPENINGS) : "";
  const isSmall = (before !== "" || draw.chance(0.1)) && /^[A-Z][a-z]+ /u.test(text) && STARTS.test(text);
  const start = isSmall ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;
  const bare = draw.chance(0.25) ? start.replace(/[.?]$/u, "") : start;
  return (
    before +
    bare +
    (draw.chance(0.08) ? draw.pick([" Thanks!", " Thank you.", " Thanks", " Please.", " It is urgent."]) : "")
  );
}

/** Words that may begin in small letters: no name does. */
const STARTS =
  /^(?:What|How|Is|Please|Can|Could|Send|Write|Create|Open|Find|Look|Search|Book|Reserve|Set|Remind|Get|Show|Give|Tell|Where|Which|Check|Reset|Convert|Calculate|Will|Does|Do|Has|Should|Make|Add|The|We|Would|Need|Update|Start|Stop|Close|Order|Buy|Print|Move|Call) /u;

function withOthers(draw: Draw, tools: readonly Tool[], count: number, described: Described): Tool[] {
  const all = [...tools];
  while (all.length < tools.length + count) {
    const known = draw.pick(KNOWN_TOOLS);
    const isKnown = draw.chance(0.5) && !described.has(known);
    const other = isKnown ? describedOnce(draw, known, described).tool : makeNewTool(draw).tool;
    if (!all.some(({ name }) => name === other.name)) all.push(other);
  }
  return draw.shuffle(all);
}

const FAILURES = [
  "not found",
  "no connection",
  "time out",
  "not allowed",
  "invalid value",
  "service unavailable",
  "unknown error",
];

/** A call, what came back, and the sentence that tells the user. */
function answeredRound(draw: Draw, described: Described): Round {
  if (draw.chance(0.6)) {
    const { request, call, tool, known, given } = knownCall(draw, described);
    const fails = draw.chance(0.12);
    const { result, sentence } = fails ? failure(draw, call) : known.makeResult(draw, given);
    return { tool, turns: round(request, call, result, sentence) };
  }
  const { request, call, tool } = newCall(draw);
  const { result, sentence } = draw.chance(0.12) ? failure(draw, call) : newResult(draw, call);
  return { tool, turns: round(request, call, result, sentence) };
}

function round(request: string, call: ToolCall, result: unknown, sentence: string): Turn[] {
  return [
    { role: "user", text: request },
    { role: "assistant", call },
    { role: "tool", result },
    { role: "assistant", text: sentence },
  ];
}

function failure(draw: Draw, call: ToolCall): { readonly result: unknown; readonly sentence: string } {
  const error = draw.pick(FAILURES);
  return { result: { error }, sentence: `The call of ${call.name} failed: ${error}.` };
}

/** Results of functions never seen are read out: key and value, in their order. */
function newResult(draw: Draw, call: ToolCall): { readonly result: unknown; readonly sentence: string } {
  const keys = draw.some(
    ["status", "owner", "place", "count", "state", "next", "level", "code", "score", "stage"],
    draw.int(1, 3),
  );
  const result = Object.fromEntries(
    keys.map((key) => [
      key,
      draw.pick<() => string | number>([
        () => draw.pick(["open", "closed", "done", "active", "ready", "failed", "waiting", "new", "full"]),
        () => draw.int(2, 999),
        () => code(draw),
        () => city(draw),
      ])(),
    ]),
  );
  const read = Object.entries(result).map(([key, value]) => `${key} ${value}`);
  return { result, sentence: `${call.name}: ${read.join(", ")}.` };
}

/** One to three rounds of request, call, result and sentence. */
export function toolResultExample(draw: Draw): Example {
  const described: Described = new Map();
  const count = draw.chance(0.04) ? draw.int(5, 9) : draw.pick([1, 1, 1, 2, 2, 3, 4]);
  const rounds = Array.from({ length: count }, () => answeredRound(draw, described));
  const tools = [...new Map(rounds.map(({ tool }) => [tool.name, tool])).values()];
  const turns = rounds.flatMap(({ turns: all }) => all);
  return {
    task: "tool_result",
    tools: withOthers(draw, tools, draw.int(0, 2), described),
    turns: [...plainSystem(draw), ...turns],
  };
}

const SEVERAL = lines`
  (What is|How is|Tell me|Compare) the weather in <cities>(|?).
  (Weather|The weather) (in|for) <cities>(|, please|?).
  (Check|Get|Show me) the weather (in|for) <cities>.
  (I travel|We go) to <cities>, how is the weather?
  (Is it|Will it be) (raining|warm|cold) in <cities>?
  (How|What) (warm|cold|hot) is it in <cities>?
  (I need|Give me) the weather (of|for) <cities>(| please).
  <cities>(:|,) what is the weather(| like)?
`;

/** An agent's loop: one call for each city of one request, then one sentence for all. */
export function severalCallsExample(draw: Draw): Example {
  const weather = KNOWN_TOOLS.find(({ tool }) => tool.name === "get_weather");
  if (weather === undefined) throw new Error("There is no weather to ask for.");
  const described: Described = new Map();
  const { tool, keyOf } = describedOnce(draw, weather, described);
  const cities = [...new Set(Array.from({ length: draw.int(2, 3) }, () => place(draw)))];
  const listed = cities.length === 1 ? cities.join("") : `${cities.slice(0, -1).join(", ")} and ${cities.at(-1) ?? ""}`;
  const sentences: string[] = [];
  const calls = cities.flatMap((name): Turn[] => {
    const { result, sentence } = weather.makeResult(draw, { city: name });
    sentences.push(sentence);
    return [
      { role: "assistant", call: { name: tool.name, arguments: { [keyOf("city")]: name } } },
      { role: "tool", result },
    ];
  });
  return {
    task: "several_calls",
    tools: withOthers(draw, [tool], draw.int(0, 2), described),
    turns: [
      { role: "user", text: draw.phrase(SEVERAL, { cities: listed }) },
      ...calls,
      { role: "assistant", text: sentences.join(" ") },
    ],
  };
}

/** Functions are on offer, but what is asked is something else. */
export function noToolExample(draw: Draw): Example {
  const described: Described = new Map();
  const kind = draw.int(0, 4);
  if (kind === 0) {
    const { said, reply } = smallTalk(draw);
    return {
      task: "no_tool",
      tools: withOthers(draw, [], draw.int(1, 3), described),
      turns: [...plainSystem(draw), { role: "user", text: said }, { role: "assistant", text: reply }],
    };
  }
  // Described but never offered: what is asked for is not there.
  const { request: knownRequest } = knownCall(draw, described);
  const tools = withOthers(draw, [], draw.int(1, 4), described);
  const request =
    kind === 1 ? knownRequest : kind === 2 ? otherNewRequest(draw, tools) : otherUnknownRequest(draw, tools);
  return {
    task: "no_tool",
    tools,
    turns: [...plainSystem(draw), { role: "user", text: request }, { role: "assistant", text: NO_TOOL_FITS }],
  };
}

/** What a calculator, a clock or a forecast might be asked: where one is on offer, a call would be right. */
const MAY_BE_CALLED =
  /\b(?:time|times|plus|minus|divided|multiplied|root|percent|convert|weather|snow|calculate)\b|[*+]/iu;

function otherUnknownRequest(draw: Draw, tools: readonly Tool[]): string {
  for (;;) {
    const request = unknownRequest(draw);
    const said = request.toLowerCase();
    const isNamed = ({ name }: Tool): boolean =>
      name
        .replace(/(?<=[a-z])(?=[A-Z])/gu, " ")
        .toLowerCase()
        .split(/[^a-z]+/u)
        .every((word) => said.includes(word));
    if (!MAY_BE_CALLED.test(request) && !tools.some(isNamed)) return roughen(draw, request);
  }
}

function otherNewRequest(draw: Draw, tools: readonly Tool[]): string {
  for (;;) {
    const other = makeNewTool(draw);
    const words = other.tool.name.toLowerCase().split(/[^a-z]/u);
    if (!tools.some(({ name }) => words.some((word) => name.toLowerCase().includes(word))))
      return sometimesRough(draw, other.request);
  }
}
