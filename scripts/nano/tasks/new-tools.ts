import type { Tool } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { capitalize } from "../language/words.ts";
import { PARAMETERS } from "./parameters.ts";
import type { Parameter } from "./parameters.ts";
import { inStyleOfClient, withEnums, withOptional } from "./schema-styles.ts";

const list = (text: string): readonly string[] => text.split(/\s*,\s*/u);
const VERBS =
  list(`check, create, delete, update, list, start, stop, close, open, approve, assign, archive, cancel, confirm, count,
export, import, lock, merge, move, order, pause, print, publish, read, register, release, remove, rename, renew, report, restart, restore,
review, scan, schedule, share, sign, submit, test, translate, upload, verify, watch, measure, inspect, find, get, show, add, book, buy, call,
clean, connect, copy, deploy, download, empty, extend, fill, fix, heat, hire, install, invite, load, log, mail, mute, notify, play, post, rate,
reboot, record, refill, rent, repair, request, reserve, return, ring, save, search, select, sell, send, set, ship, sort, store, switch, sync,
tag, track, transfer, turn, unlock, use, view, wash, wrap, pay, charge, reject, block, enable, disable, activate, feed, paint, park, plan`);
const NOUNS =
  list(`sample, machine, shipment, contract, vehicle, backup, license, badge, locker, sensor, report, patient, student, course,
ticket, invoice, parcel, room, robot, camera, valve, pump, tank, batch, recipe, shift, visitor, supplier, warehouse, shelf, pallet, truck,
route, device, printer, account, campaign, survey, project, task, document, folder, record, job, alarm, door, gate, meter, test, car, taxi,
flight, hotel, table, meeting, song, movie, photo, video, message, note, letter, payment, refund, coupon, card, subscription, member, user,
customer, order, product, price, offer, quote, budget, expense, loan, desk, window, heater, fan, lamp, oven, fridge, garden, pool, boat, train,
bus, ticketing, file, database, service, container, cluster, website, domain, network, phone, contact, calendar, event, guest, dinner,
menu, pizza, cake, package, box, key, tool, part, engine, wheel, battery, charger, scooter, drone, elevator, blind, curtain, speaker, screen`);

/** Where the arguments are named one by one. */
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
/** Where each argument comes as it does in plain speech: "for 3 hours", "in Rome". */
const PLAIN_REQUESTS = lines`
  (Please |Could you |Can you |Could you please |Would you |)<verb> (the|a|my|our|) <noun><id> <rest>(| please| now| for me).
  (I need|I want|I would like|I'd like) (you |)to <verb> (the|a|my) <noun><id> <rest>.
  (I need|I want|We need|Get me|Give me) (a|the|my) <noun><id> <rest>(|, please <verb> it|: <verb> it).
  <verb> <noun><id> <rest>(| please| now).
  <rest>(,|:) (please |)<verb> (the|a|our) <noun><id>.
  (We|I) (have to|must|need to|want to|should) <verb> (the|a) <noun><id> <rest>.
  (Is it possible to|Could somebody|Can I|May I|Can we) <verb> (the|a|our) <noun><id> <rest>?
  (It is time to|Let us|Let's|Please help me to|You have to|Someone has to) <verb> (the|a|our) <noun><id> <rest>.
  (Go ahead and|Just|Quickly|Now|Next|Then) <verb> (the|a) <noun><id> <rest>.
  (My boss wants me|They asked us|The customer wants us) to <verb> (the|a) <noun><id> <rest>.
  (The|Our|That) <noun><id> (has to|should|must|needs to) be (<verb>ed|done|dealt with) <rest>: <verb> it.
  (Make sure to|Do not forget to|Don't forget to) <verb> (the|a) <noun><id> <rest>.
  (Hey|Hi|Hello), <verb> (the|a|my) <noun><id> <rest>(| please|, will you).
  (How about you|Why don't you) <verb> (the|a) <noun><id> <rest>(|?).
  <verb> (the|a) <noun><id> <rest> for us(|, please|, thank you).
  (What|How) about the <noun><id> <rest>? (Please |)<verb> it.
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
    `${verb}_${noun}`,
    `${noun}_${verb}`,
    `${verb}${capitalize(noun)}`,
    `${verb}-${noun}`,
  ]);
  const isPlain = draw.chance(0.6);
  const parameters = draw.shuffle(chooseParameters(draw, isPlain, noun));
  const given = parameters.map((parameter) => ({ ...parameter, value: parameter.make(draw) }));
  const request = isPlain ? plainRequest(draw, verb, noun, given) : listedRequest(draw, verb, noun, given);
  return {
    tool: inStyleOfClient(draw, withExtras(draw, describe(draw, name, verb, noun, parameters), given)),
    // A value is stated as it is to be given, also where the request begins with it.
    request: given.some(({ value }) => request.startsWith(value)) ? request : capitalize(request),
    arguments: Object.fromEntries(
      given.map(({ name: key, type, value }) => [key, type === "string" ? value : Number(value)]),
    ),
  };
}

type Given = Parameter & { readonly value: string };

/** In plain speech no two arguments may be of one kind: nothing would tell them apart. */
function chooseParameters(draw: Draw, isPlain: boolean, noun: string): Parameter[] {
  const count = draw.pick([1, 1, 2, 2, 3]);
  const chosen: Parameter[] = [];
  for (const parameter of draw.shuffle(PARAMETERS)) {
    if (chosen.length === count) break;
    if (chosen.some(({ name, kind }) => name === parameter.name || (isPlain && kind === parameter.kind))) continue;
    chosen.push(parameter);
  }
  const taken = new Set(chosen.map(({ name }) => name));
  return chosen.map((parameter) => {
    const name =
      parameter.kind === "id" && draw.chance(0.35) ? draw.pick([noun, `${noun}_id`, `${noun}_number`]) : parameter.name;
    // What is called after the noun may have the name of another parameter, such as the budget of a budget.
    if (taken.has(name)) return parameter;
    taken.add(name);
    return { ...parameter, name };
  });
}

function listedRequest(draw: Draw, verb: string, noun: string, given: readonly Given[]): string {
  const spaced = (name: string): string => name.replaceAll("_", " ");
  const state = draw.pick([
    (one: Given) => `${spaced(one.name)} ${one.value}`,
    (one: Given) => `${one.name}: ${one.value}`,
    (one: Given) => `the ${spaced(one.name)} ${one.value}`,
    (one: Given) => `${one.name}=${one.value}`,
    (one: Given) => `${one.value} as ${spaced(one.name)}`,
  ]);
  return draw.phrase(REQUESTS, {
    verb,
    noun,
    arguments: joinAll(draw.shuffle(given).map(state)),
    stated: joinAll(draw.shuffle(given).map(({ name, value }) => `the ${spaced(name)} is ${value}`)),
  });
}

function plainRequest(draw: Draw, verb: string, noun: string, given: readonly Given[]): string {
  const id = given.find(({ kind }) => kind === "id");
  const isNamed = id !== undefined && draw.chance(0.8);
  const rest = draw
    .shuffle(given.filter((one) => !isNamed || one !== id))
    .map(({ plain, value }) => draw.pick(plain).replace("<value>", value));
  return draw
    .phrase(PLAIN_REQUESTS, { verb, noun, id: isNamed ? ` ${id.value}` : "", rest: rest.join(" ") })
    .replace(/^[,:] */u, "")
    .replace(/ ([:])/gu, "$1");
}

/** Now and then a schema lists what a parameter may be, or has parameters that no request speaks of. */
function withExtras(draw: Draw, tool: Tool, parameters: readonly Given[]): Tool {
  const listed = draw.chance(0.6) ? withEnums(draw, tool, parameters) : tool;
  if (!draw.chance(0.1)) return listed;
  const kinds = new Set(parameters.map(({ kind }) => kind));
  const others = draw.shuffle(PARAMETERS.filter(({ kind }) => !kinds.has(kind)));
  return withOptional(draw, listed, others.slice(0, draw.int(1, 2)));
}

function describe(draw: Draw, name: string, verb: string, noun: string, parameters: readonly Parameter[]): Tool {
  const start = capitalize(verb);
  return {
    name,
    description: draw.pick([
      `${start} a ${noun}`,
      `${start} the ${noun}`,
      `${start} ${noun}s`,
      `Used to ${verb} a ${noun}`,
      `${start} a ${noun} of the company`,
      `Lets you ${verb} a ${noun}`,
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
