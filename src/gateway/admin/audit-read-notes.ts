import type { Clock } from "../../core/clock.ts";
import type { KeyId } from "../../core/ids.ts";
import type { Actor } from "./admin-ports.ts";

/** At most two leaves a key in this time, however often it reads: a console that polls must not fill the log with itself. */
const WINDOW_MS = 60_000;

/** What the notes are written with. */
export interface AuditReadPorts {
  readonly append: (draft: { readonly kind: string; readonly [fact: string]: unknown }) => Promise<unknown>;
  readonly clock: Clock;
  /** Hears of a count that could not be written; nobody waits for it. */
  readonly onFailure: (error: unknown) => void;
}

interface Window {
  readonly actor: Actor;
  readonly noted: Promise<unknown>;
  readonly cancelTimer: () => void;
  /** Reads after the first. */
  moreReads: number;
}

/**
 * Writes into the audit log who reads it. A key's first read is a leaf `audit.read` with what was asked for; the reads of
 * the minute after it are counted, and their number is a second leaf.
 */
export class AuditReadNotes {
  readonly #ports: AuditReadPorts;
  readonly #windows = new Map<KeyId, Window>();

  constructor(ports: AuditReadPorts) {
    this.#ports = ports;
  }

  /** Resolves when the read is on record; the caller MUST NOT show anything before. Rejects with `audit_unavailable`. */
  async note(actor: Actor, query: Readonly<Record<string, unknown>>): Promise<void> {
    const open = this.#windows.get(actor.keyId);
    if (open !== undefined) {
      open.moreReads += 1;
      await open.noted;
      return;
    }
    const noted = this.#ports.append({ kind: "audit.read", by: actor, query });
    const cancelTimer = this.#ports.clock.after(WINDOW_MS, () => {
      this.#end(actor.keyId).catch(this.#ports.onFailure);
    });
    this.#windows.set(actor.keyId, { actor, noted, cancelTimer, moreReads: 0 });
    try {
      await noted;
    } catch (error) {
      cancelTimer();
      this.#windows.delete(actor.keyId);
      throw error;
    }
  }

  /** Writes what was counted so far. */
  async close(): Promise<void> {
    await Promise.all([...this.#windows.keys()].map((keyId) => this.#end(keyId)));
  }

  async #end(keyId: KeyId): Promise<void> {
    const window = this.#windows.get(keyId);
    if (window === undefined) return;
    window.cancelTimer();
    this.#windows.delete(keyId);
    const { actor, moreReads } = window;
    if (moreReads === 0) return;
    const by = { keyId: actor.keyId, role: actor.role };
    await this.#ports.append({ kind: "audit.read", by, moreReads, windowMs: WINDOW_MS });
  }
}
