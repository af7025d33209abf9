import type { RecordedLeaf } from "../audit/read-leaves.ts";
import type { JointDecision, PartOf } from "../core/joint-request.ts";

/** Panels and plans on record, and what would become of them as wholes; their parts are decisions of their own. */
export interface JointComparison {
  readonly requests: number;
  /** Under which fewer members than the quorum may be asked, or nobody to plan or to join. */
  readonly refusedBefore: number;
  readonly refusedAfter: number;
}

interface Whole {
  /** Parts that may be missing: members beyond the quorum; none of a plan's planner and joiner. */
  readonly spare: number;
  missingBefore: number;
  missingAfter: number;
}

/** Follows joint requests through the log, in its order: the whole stands before its parts. */
export class JointComparer {
  readonly #wholes = new Map<string, Whole>();

  /** A leaf of the log; only those about whole requests matter. */
  observe(leaf: RecordedLeaf): void {
    if (leaf.kind !== "joint") return;
    const { parts, quorum } = leaf["joint"] as JointDecision;
    const members = parts.filter(({ role }) => role === "member").length;
    const spare = quorum === undefined ? 0 : members - quorum;
    this.#wholes.set(String(leaf["requestId"]), { spare, missingBefore: 0, missingAfter: 0 });
  }

  /** What would become of one part; of a judge and of steps the whole does not depend. */
  decided(leaf: RecordedLeaf, may: { readonly before: boolean; readonly after: boolean }): void {
    const partOf = leaf["partOf"] as PartOf | undefined;
    const whole = partOf === undefined ? undefined : this.#wholes.get(partOf.requestId);
    if (partOf === undefined || whole === undefined || partOf.role === "judge" || partOf.role === "step") return;
    if (!may.before) whole.missingBefore += 1;
    if (!may.after) whole.missingAfter += 1;
  }

  result(): JointComparison {
    const refused = (missing: "missingBefore" | "missingAfter"): number =>
      this.#wholes.values().reduce((count, whole) => count + (whole[missing] > whole.spare ? 1 : 0), 0);
    const refusedBefore = refused("missingBefore");
    return { requests: this.#wholes.size, refusedBefore, refusedAfter: refused("missingAfter") };
  }
}
