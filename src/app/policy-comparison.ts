import { DECISION_CHANGES, type DecisionChange } from "../core/decision.ts";
import type { EndpointId } from "../core/ids.ts";

/** Examples that are listed of each change. */
const EXAMPLES_MAX = 5;

/** What is expected of the endpoint that is asked first; absent where the request is refused. */
export interface FirstChoice {
  readonly endpointId: EndpointId;
  readonly location?: string;
  readonly costMicroUsd?: number;
  readonly ttftMs?: number;
}

/** One decision under two policies. */
export interface ComparedDecision {
  readonly auditIndex: number;
  readonly requestId: string;
  readonly change: DecisionChange;
  readonly before?: FirstChoice;
  readonly after?: FirstChoice;
  /** Endpoints that a constraint of the second alone forbids, and the other way round. */
  readonly forbidden: readonly { readonly endpointId: EndpointId; readonly by: string }[];
  readonly allowed: readonly { readonly endpointId: EndpointId; readonly by: string }[];
  /** Which of the two would hold the first answer back until it is known to be sure of itself; absent: neither. */
  readonly cascade?: "before" | "after" | "both";
}

/** Requests that would move from one first endpoint to another. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** One side of a comparison. */
export interface ComparedSide {
  /** Requests by where the endpoint is that is asked first: box, site, cloud; `refused` for none. */
  readonly locations: Readonly<Record<string, number>>;
  /** Decisions under which a cheap answer goes first and is given only where it is sure of itself. */
  readonly cascades: number;
  /** Sum over the decisions of which both sides' cost is known. */
  readonly costMicroUsd: number;
  /** Percentiles over the decisions of which both sides' time to first content is known; absent where there is none. */
  readonly ttftP50Ms?: number;
  readonly ttftP95Ms?: number;
}

/** What a second policy would change, over many decisions. */
export interface PolicyComparison {
  readonly decisions: number;
  readonly changes: Readonly<Record<DecisionChange, number>>;
  readonly moves: readonly Move[];
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** How many decisions know both sides' cost, and both sides' time. */
  readonly costKnown: number;
  readonly ttftKnown: number;
  /** How often each constraint of the second forbids what the first allowed, and the other way round. */
  readonly forbiddenBy: Readonly<Record<string, number>>;
  readonly allowedInsteadOf: Readonly<Record<string, number>>;
  readonly examples: readonly ComparedDecision[];
}

/** Counts and sums what `decisions` would change. */
export function summarizeComparison(decisions: Iterable<ComparedDecision>): PolicyComparison {
  const changes = Object.fromEntries(DECISION_CHANGES.map((change) => [change, 0])) as Record<DecisionChange, number>;
  const [moves, forbiddenBy, allowedInsteadOf] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const [before, after] = [new SideCounter(), new SideCounter()];
  const examples: ComparedDecision[] = [];
  let count = 0;
  const cascades = { before: 0, after: 0 };
  for (const decision of decisions) {
    count += 1;
    const { cascade } = decision;
    if (cascade !== undefined && cascade !== "after") cascades.before += 1;
    if (cascade !== undefined && cascade !== "before") cascades.after += 1;
    changes[decision.change] += 1;
    if (decision.change !== "none" && changes[decision.change] <= EXAMPLES_MAX) examples.push(decision);
    before.add(decision.before, decision.after);
    after.add(decision.after, decision.before);
    if (isMove(decision.change)) increase(moves, JSON.stringify([nameOf(decision.before), nameOf(decision.after)]));
    for (const { by } of decision.forbidden) increase(forbiddenBy, by);
    for (const { by } of decision.allowed) increase(allowedInsteadOf, by);
  }
  return {
    decisions: count,
    changes,
    moves: [...moves]
      .map(([names, moved]): Move => {
        const [from, to] = JSON.parse(names) as [string, string];
        return { from, to, count: moved };
      })
      .toSorted((a, b) => b.count - a.count),
    before: { ...before.side(), cascades: cascades.before },
    after: { ...after.side(), cascades: cascades.after },
    costKnown: before.costKnown,
    ttftKnown: before.ttfts.length,
    forbiddenBy: Object.fromEntries(forbiddenBy),
    allowedInsteadOf: Object.fromEntries(allowedInsteadOf),
    examples,
  };
}

class SideCounter {
  readonly ttfts: number[] = [];
  readonly #locations = new Map<string, number>();
  #costMicroUsd = 0;
  costKnown = 0;

  /** Only what both sides know is summed: otherwise a side would look cheap for knowing little. */
  add(own: FirstChoice | undefined, other: FirstChoice | undefined): void {
    increase(this.#locations, own === undefined ? "refused" : (own.location ?? "unknown"));
    if (own?.costMicroUsd !== undefined && other?.costMicroUsd !== undefined) {
      this.#costMicroUsd += own.costMicroUsd;
      this.costKnown += 1;
    }
    if (own?.ttftMs !== undefined && other?.ttftMs !== undefined) this.ttfts.push(own.ttftMs);
  }

  side(): Omit<ComparedSide, "cascades"> {
    const sorted = this.ttfts.toSorted((a, b) => a - b);
    const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
    return {
      locations: Object.fromEntries(this.#locations),
      costMicroUsd: this.#costMicroUsd,
      ...(p50 === undefined ? {} : { ttftP50Ms: p50 }),
      ...(p95 === undefined ? {} : { ttftP95Ms: p95 }),
    };
  }
}

function isMove(change: DecisionChange): boolean {
  return change === "first" || change === "refused" || change === "permitted";
}

function nameOf(choice: FirstChoice | undefined): string {
  return choice?.endpointId ?? "refused";
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Nearest rank. */
function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
