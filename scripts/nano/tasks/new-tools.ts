import type { Tool } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import {
  calendarDay,
  city,
  clockTime,
  code,
  company,
  DEPARTMENTS,
  emailAddress,
  inventedWord,
  isoOf,
  person,
  PRODUCTS,
  TOPICS,
  wholeNumber,
} from "../language/words.ts";

const VERBS = `check, create, delete, update, list, start, stop, close, open, approve, assign, archive, cancel, confirm,
count, export, import, lock, merge, move, order, pause, print, publish, read, register, release, remove, rename, renew,
report, restart, restore, review, scan, schedule, share, sign, submit, test, translate, upload, verify, watch, measure,
inspect, find, get, show, add`.split(/\s*,\s*/u);
const NOUNS = `sample, machine, shipment, contract, vehicle, server, backup, license, badge, locker, sensor, report,
patient, student, course, ticket, invoice, parcel, room, robot, camera, valve, pump, tank, batch, recipe, shift, visitor,
supplier, warehouse, shelf, pallet, truck, route, device, printer, account, campaign, survey, project, task, document,
folder, record, job, alarm, door, gate, meter, test`.split(/\s*,\s*/u);

interface Parameter {
  readonly name: string;
  readonly type: "string" | "number" | "integer";
  readonly make: (draw: Draw) => string;
}

const text = (names: string, make: (draw: Draw) => string): Parameter[] =>
  names.split(" ").map((name) => ({ name, type: "string", make }));
const number = (names: string, low: number, high: number): Parameter[] =>
  names.split(" ").map((name, index) => ({
    name,
    type: index % 2 === 0 ? "integer" : "number",
    make: (draw) => wholeNumber(draw, low, high),
  }));

const PARAMETERS: readonly Parameter[] = [
  ...text("id code serial key tag reference", code),
  ...text("name owner contact manager author", person),
  ...text("city site place region", city),
  ...text("email recipient sender", emailAddress),
  ...text("date deadline day", (draw) => isoOf(calendarDay(draw))),
  ...text("time start end", clockTime),
  ...text("company vendor client", company),
  ...text("topic title reason subject", (draw) => draw.value(TOPICS)),
  ...text("product item part", (draw) => draw.value(PRODUCTS)),
  ...text("department team group", (draw) => draw.value(DEPARTMENTS)),
  ...text("label word nickname alias", inventedWord),
  ...text("color size level mode", (draw) =>
    draw.pick(["red", "blue", "green", "small", "large", "medium", "fast", "slow", "high", "low", "full", "light"]),
  ),
  ...number("amount count limit floor hours minutes quantity weight width height", 2, 999),
];

const REQUESTS = lines`
  (Please |Could you |Can you |)<verb> (the|a) <noun> (with|for) <arguments>.
  (I need|I want|I would like) you to <verb> the <noun> with <arguments>.
  <verb> <noun>(|:|,) <arguments>.
  (For|With) <arguments>, (please |)<verb> the <noun>.
  (The|Our|A) <noun> (has|with) <arguments>: (please |)<verb> it.
  (We|I) (have to|must|need to|want to) <verb> the <noun> (with|,) <arguments>.
  (Is it possible to|Would you|Could somebody) <verb> (the|this) <noun>, <arguments>?
  (Take|Use) <arguments> and <verb> the <noun>.
  (Next|Now|Then)(,|) <verb> the <noun> (with|for) <arguments>(| please).
  <verb> the <noun> (where|whose) <stated>.
  (Go ahead and|Just|Quickly) <verb> the <noun>, <arguments>.
  (My boss wants|They asked) (me|us) to <verb> the <noun> (with|for) <arguments>.
  (There is a|This is the) <noun> with <arguments>, (can you |please |)<verb> it(|?).
  (Help me|Help us) <verb> the <noun>(|:|,) <arguments>.
  (Someone|Somebody) (should|has to) <verb> the <noun> (with|for) <arguments>.
  <arguments>: <verb> the <noun>(| please).
`;

/** A function made up on the spot, a request for it, and the arguments that the request states. */
export interface NewTool {
  readonly tool: Tool;
  readonly request: string;
  readonly arguments: Readonly<Record<string, string | number>>;
}

/** Makes up a function; the same verb and noun never come in two splits. */
export function makeNewTool(draw: Draw): NewTool {
  const [verb, noun] = draw.made(() => `${draw.pick(VERBS)} ${draw.pick(NOUNS)}`).split(" ") as [string, string];
  const name = draw.pick([
    `${verb}_${noun}`,
    `${verb}_${noun}`,
    `${noun}_${verb}`,
    `${verb}${noun[0]?.toUpperCase()}${noun.slice(1)}`,
  ]);
  const parameters = draw.some(PARAMETERS, draw.int(1, 3));
  const given = parameters.map((parameter) => ({ ...parameter, value: parameter.make(draw) }));
  const state = draw.pick([
    (one: { name: string; value: string }) => `${one.name} ${one.value}`,
    (one: { name: string; value: string }) => `${one.name}: ${one.value}`,
    (one: { name: string; value: string }) => `the ${one.name} ${one.value}`,
  ]);
  const stated = draw.shuffle(given).map(state);
  const clauses = draw.shuffle(given).map(({ name: key, value }) => `the ${key} is ${value}`);
  const request = draw.phrase(REQUESTS, {
    verb,
    noun,
    arguments: joinAll(stated),
    stated: joinAll(clauses),
  });
  return {
    tool: describe(draw, name, verb, noun, parameters),
    request: request.slice(0, 1).toUpperCase() + request.slice(1),
    arguments: Object.fromEntries(
      given.map(({ name: key, type, value }) => [key, type === "string" ? value : Number(value)]),
    ),
  };
}

function describe(draw: Draw, name: string, verb: string, noun: string, parameters: readonly Parameter[]): Tool {
  const start = verb.slice(0, 1).toUpperCase() + verb.slice(1);
  return {
    name,
    description: draw.pick([
      `${start} a ${noun}`,
      `${start} the ${noun}`,
      `${start} ${noun}s`,
      `Used to ${verb} a ${noun}`,
    ]),
    parameters: {
      type: "object",
      properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, { type: parameter.type }])),
      required: parameters.map((parameter) => parameter.name),
    },
  };
}

function joinAll(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
