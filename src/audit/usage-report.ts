import { setImmediate as otherWork } from "node:timers/promises";
import type { RankedCandidate } from "../core/decision.ts";
import type { OutcomeRecord } from "../core/records.ts";
import type { LeafReader, RecordedLeaf } from "./read-leaves.ts";

/** What usage can be summed by. Days are those of UTC. */
export const USAGE_GROUPINGS = ["team", "key", "model", "endpoint", "day"] as const;

/** One of {@link USAGE_GROUPINGS}. */
export type UsageGrouping = (typeof USAGE_GROUPINGS)[number];

/**
 * What the attempts of one team, key, model, endpoint or day came to. A sum of which no summand was stated is absent.
 * A request that fell back or was hedged has several attempts, of which one at most is `answered`.
 */
export interface UsageSum {
  /** The key's id, the model, the endpoint, the day. Absent: the log names none, such as for a key without a team. */
  readonly name?: string;
  readonly answered: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Requests for which nothing was sent anywhere; they have neither model nor endpoint. */
  readonly refused: number;
  /** Attempts without a recorded end: under way, or cut off by a crash. */
  readonly open: number;
  readonly promptTokens?: number;
  /** Of `promptTokens`, those read from a prefix cache. */
  readonly cachedPromptTokens?: number;
  readonly completionTokens?: number;
  /** Attempts whose tokens were counted here and not by the server that did the work. */
  readonly estimated: number;
  /** In micro-USD, as budgets were charged: where the cost was unknown, the reservation that was kept. */
  readonly costMicroUsd?: number;
  /** Ended attempts of which nobody knows the cost: they are in no sum of costs. */
  readonly unpriced: number;
  /** In micro-USD, of `open` attempts. */
  readonly reservedMicroUsd?: number;
}

/** The sums of one grouping, the dearest first; days in order. */
export interface UsageReport {
  readonly by: UsageGrouping;
  /** ISO 8601. */
  readonly since: string;
  readonly groups: readonly UsageSum[];
  readonly total: UsageSum;
}

/** Leaves read at once: a few milliseconds, after which a server's other work has its turn. */
const PAGE_LEAVES = 500;

type Sums = { -readonly [Name in keyof Omit<UsageSum, "name">]: UsageSum[Name] };

/** One attempt with its end where it has one, or one refusal. */
export interface RecordedWork {
  /** Of the attempt or the refusal. */
  readonly leaf: RecordedLeaf;
  readonly outcome?: OutcomeRecord;
}

/**
 * Sums what the log says of the attempts that began since `sinceMs`, by one of their facts. Reads backwards and stops at
 * the first page that is older as a whole, so that a clock set back for a moment cuts nothing off.
 */
export async function reportUsage(
  reader: Pick<LeafReader, "list">,
  by: UsageGrouping,
  sinceMs: number,
): Promise<UsageReport> {
  const groups = new Map<string | undefined, Sums>();
  const total = emptySums();
  const modelOf = new Map<string, string>();
  for await (const summand of workSince(reader, sinceMs)) {
    rememberModels(summand.leaf, modelOf);
    const name = nameOf(summand.leaf, by);
    const sums = groups.get(name) ?? emptySums();
    groups.set(name, sums);
    add(sums, summand);
    add(total, summand);
  }
  const sums = by === "model" ? mergeByModel(groups, modelOf) : groups;
  const named = [...sums].map(([name, one]): UsageSum => (name === undefined ? one : { name, ...one }));
  return {
    by,
    since: new Date(sinceMs).toISOString(),
    groups: named.toSorted(ORDERS[by === "day" ? "day" : "cost"]),
    total,
  };
}

const ORDERS = {
  day: (a: UsageSum, b: UsageSum): number => (a.name ?? "").localeCompare(b.name ?? ""),
  cost: (a: UsageSum, b: UsageSum): number =>
    (b.costMicroUsd ?? -1) - (a.costMicroUsd ?? -1) ||
    b.answered - a.answered ||
    (a.name ?? "").localeCompare(b.name ?? ""),
};

/**
 * Every attempt and refusal since `sinceMs`, newest first, a page at a time, other work between them. An outcome stands
 * behind its attempt in the log, so it is read before and held until the attempt comes.
 */
export async function* workSince(reader: Pick<LeafReader, "list">, sinceMs: number): AsyncGenerator<RecordedWork> {
  const outcomes = new Map<string, OutcomeRecord>();
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = reader.list({ before, limit: PAGE_LEAVES });
    const recent = page.filter((leaf) => Date.parse(String(leaf["time"])) >= sinceMs);
    for (const leaf of recent) {
      const id = `${String(leaf["requestId"])} ${String(leaf["attemptNumber"])}`;
      if (leaf.kind === "outcome") outcomes.set(id, leaf as unknown as OutcomeRecord);
      if (leaf.kind === "refusal") yield { leaf };
      if (leaf.kind !== "attempt") continue;
      const outcome = outcomes.get(id);
      outcomes.delete(id);
      yield outcome === undefined ? { leaf } : { leaf, outcome };
    }
    const oldest = page.at(-1);
    if (oldest === undefined || oldest.index === 0 || recent.length === 0) return;
    before = oldest.index;
    await otherWork();
  }
}

/** Under `model`, the endpoint's: only a request's first attempt has the decision that says which model an endpoint has. */
function nameOf(leaf: RecordedLeaf, by: UsageGrouping): string | undefined {
  const fact = { team: "team", key: "keyId", model: "endpointId", endpoint: "endpointId", day: "time" }[by];
  const text = leaf[fact];
  if (typeof text !== "string") return undefined;
  return by === "day" ? text.slice(0, "2026-01-01".length) : text;
}

/** The newest decision that names an endpoint says its model. */
function rememberModels(leaf: RecordedLeaf, modelOf: Map<string, string>): void {
  const decision = leaf["decision"] as { readonly candidates?: readonly RankedCandidate[] } | undefined;
  for (const { endpointId, modelId } of decision?.candidates ?? [])
    if (!modelOf.has(endpointId)) modelOf.set(endpointId, modelId);
}

function mergeByModel(
  byEndpoint: ReadonlyMap<string | undefined, Sums>,
  modelOf: ReadonlyMap<string, string>,
): ReadonlyMap<string | undefined, Sums> {
  const byModel = new Map<string | undefined, Sums>();
  for (const [endpointId, sums] of byEndpoint) {
    const model = endpointId === undefined ? undefined : modelOf.get(endpointId);
    byModel.set(model, merged(byModel.get(model) ?? emptySums(), sums));
  }
  return byModel;
}

function merged(a: Sums, b: Sums): Sums {
  const both = { ...a };
  for (const [name, amount] of Object.entries(b) as [keyof Sums, number | undefined][]) {
    const sum = plus(both[name], amount);
    if (sum !== undefined) both[name] = sum;
  }
  return both;
}

function add(sums: Sums, { leaf, outcome }: RecordedWork): void {
  const more = (name: keyof Sums, amount: unknown): void => {
    if (typeof amount === "number") sums[name] = (sums[name] ?? 0) + amount;
  };
  if (leaf.kind === "refusal") return more("refused", 1);
  const reserved = leaf["reserveMicroUsd"];
  if (outcome === undefined) {
    more("open", 1);
    return more("reservedMicroUsd", reserved);
  }
  const { usage, result } = outcome;
  more(result, 1);
  more("promptTokens", usage?.promptTokens);
  more("cachedPromptTokens", usage?.cachedPromptTokens);
  more("completionTokens", usage?.completionTokens);
  if (usage?.basis === "estimated") more("estimated", 1);
  const cost = outcome.costMicroUsd ?? reserved;
  if (typeof cost === "number") more("costMicroUsd", cost);
  else more("unpriced", 1);
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

function emptySums(): Sums {
  return { answered: 0, failed: 0, cancelled: 0, refused: 0, open: 0, estimated: 0, unpriced: 0 };
}
