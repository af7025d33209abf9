import { ERROR_FACTS, type ErrorCode } from "../core/error-facts.ts";
import type { EndpointId } from "../core/ids.ts";
import type { LeafReader } from "./read-leaves.ts";
import { workSince, type RecordedWork } from "./usage-report.ts";

/** Of each endpoint the newest values that are kept of what is measured by answer. */
const KEPT_VALUES = 2_000;

/** Answers shorter than this say more about overhead than about speed. */
const MIN_TOKENS_FOR_SPEED = 16;

/** What the log says of the attempts at one endpoint. */
export interface EndpointRecord {
  /** Attempts that were answered. */
  answered: number;
  /** Attempts that failed by the endpoint's or its provider's fault. */
  failed: number;
  /** Of answers that were streamed, without the wait for a place, in ms; the newest. */
  readonly firstContentMs: number[];
  /** Of answers that were streamed and long enough; the newest. */
  readonly tokensPerSecond: number[];
  /** What attempts of the box itself cost, in micro-USD. */
  ownCostMicroUsd: number;
}

/**
 * What became of the attempts at each endpoint that began since `sinceMs`. Times and speeds are those of callers; what
 * the box asked on its own account, under a team of `ownTeams`, counts for answered and failed alone.
 */
export async function readEndpointRecords(
  reader: Pick<LeafReader, "list">,
  sinceMs: number,
  ownTeams: ReadonlySet<string>,
): Promise<ReadonlyMap<EndpointId, EndpointRecord>> {
  const records = new Map<EndpointId, EndpointRecord>();
  for await (const work of workSince(reader, sinceMs)) {
    const { endpointId, team } = work.leaf;
    if (typeof endpointId !== "string" || work.outcome === undefined) continue;
    const record = records.get(endpointId) ?? emptyRecord();
    records.set(endpointId, record);
    if (work.outcome.result === "answered") record.answered += 1;
    if (isItsFault(work.outcome.errorCode)) record.failed += 1;
    if (typeof team === "string" && ownTeams.has(team)) record.ownCostMicroUsd += work.outcome.costMicroUsd ?? 0;
    else measure(record, work);
  }
  return records;
}

function measure(record: EndpointRecord, { leaf, outcome }: RecordedWork): void {
  const decision = leaf["decision"] as { readonly request?: { readonly stream?: boolean } } | undefined;
  const isStream = decision?.request?.stream === true;
  if (outcome?.result !== "answered" || outcome.firstContentMs === undefined || !isStream) return;
  const { firstContentMs, queueMs = 0, totalMs, usage } = outcome;
  keep(record.firstContentMs, firstContentMs - queueMs);
  const tokens = usage?.completionTokens ?? 0;
  const writingMs = totalMs - firstContentMs;
  if (tokens >= MIN_TOKENS_FOR_SPEED && writingMs > 0) keep(record.tokensPerSecond, ((tokens - 1) * 1_000) / writingMs);
}

function keep(values: number[], value: number): void {
  if (values.length < KEPT_VALUES) values.push(value);
}

/** A code that the table does not know, such as that of a crash, is nobody's fault that is known. */
function isItsFault(code: string | undefined): boolean {
  return code !== undefined && Object.hasOwn(ERROR_FACTS, code) && ERROR_FACTS[code as ErrorCode].fault === "upstream";
}

function emptyRecord(): EndpointRecord {
  return { answered: 0, failed: 0, firstContentMs: [], tokensPerSecond: [], ownCostMicroUsd: 0 };
}
