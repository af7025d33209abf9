import { DEFAULT_QUEUE_CLASSES } from "../../../src/core/queue-policy.ts";
import type { Entry } from "../../../src/dispatch/admission/admission-gate.ts";
import type { Ticket } from "../../../src/dispatch/admission/ticket.ts";

/** The classes as a box has them whose configuration says nothing. */
export const CLASSES = DEFAULT_QUEUE_CLASSES;

/** A request of the interactive class, with ten tokens in and ten out, unless the test says otherwise. */
export function ticket(changes: Partial<Ticket> = {}): Ticket {
  return {
    keyId: "key1",
    weight: 1,
    workloadClass: "interactive",
    tier: "standard",
    promptTokens: 10,
    expectedOutputTokens: 10,
    sinceMs: 0,
    ...changes,
  };
}

/** The same at the door of an endpoint, of a caller who stays and has time. */
export function entry(changes: Partial<Entry> = {}): Entry {
  const { sinceMs: _, ...rest } = ticket();
  return { ...rest, signal: new AbortController().signal, patienceMs: Infinity, timeLeftMs: 600_000, ...changes };
}
