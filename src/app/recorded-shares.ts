import type { RecordedLeaf } from "../audit/read-leaves.ts";
import type { OutcomeRecord } from "../core/records.ts";
import { ERROR_FACTS, type ErrorCode } from "../core/error-facts.ts";
import { isEndpointFault } from "../routing/breaker.ts";
import type { EndpointProfile } from "../simulate/endpoint-profile.ts";

/** Attempts on record that make a share worth believing; below, nothing is said. */
const MIN_ATTEMPTS = 20;

interface Counts {
  attempts: number;
  faults: number;
  held: number;
  unsure: number;
}

/** How often each endpoint has failed by its own fault, and how often a cascade found its answer unsure, as the log tells. */
export class RecordedShares {
  readonly #counts = new Map<string, Counts>();

  /** A leaf of the log; only outcomes of attempts matter. */
  observe(leaf: RecordedLeaf): void {
    if (leaf.kind !== "outcome") return;
    const { endpointId, errorCode, cascade } = leaf as unknown as OutcomeRecord;
    if (endpointId === undefined) return;
    const counts = this.#counts.get(endpointId) ?? { attempts: 0, faults: 0, held: 0, unsure: 0 };
    this.#counts.set(endpointId, counts);
    counts.attempts += 1;
    if (errorCode !== undefined && Object.hasOwn(ERROR_FACTS, errorCode) && isEndpointFault(errorCode as ErrorCode))
      counts.faults += 1;
    if (cascade === undefined) return;
    counts.held += 1;
    if (cascade.goesOn) counts.unsure += 1;
  }

  /** The shares of one endpoint; those of which too little is on record are left out. */
  of(endpointId: string): Pick<EndpointProfile, "failureShare" | "unsureShare"> {
    const { attempts, faults, held, unsure } = this.#counts.get(endpointId) ?? {
      attempts: 0,
      faults: 0,
      held: 0,
      unsure: 0,
    };
    return {
      ...(attempts < MIN_ATTEMPTS ? {} : { failureShare: faults / attempts }),
      ...(held < MIN_ATTEMPTS ? {} : { unsureShare: unsure / held }),
    };
  }
}
