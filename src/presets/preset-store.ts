import { hash } from "node:crypto";
import type { Clock } from "../core/clock.ts";
import { SignalboxError } from "../core/errors.ts";
import { PRESET_NAME_PATTERN, type Preset } from "../core/preset.ts";
import type { Journal } from "../journal/journal.ts";
import type { Operation } from "../journal/operation.ts";
import { addVersion } from "./operation-requests.ts";
import type { PresetReader } from "./preset-reader.ts";

/** The longest that a preset's fields may be as JSON. */
const MAX_PRESET_BYTES = 64 * 1024;

/** Changes presets. Every change is durable, and a leaf of the audit log, when its promise resolves. */
export interface PresetStore {
  /** Stores `fields` as the next version. Rejects with `invalid_request` for a bad name or too much. */
  put(name: string, fields: Preset["fields"]): Promise<Preset>;
  /** Ends a preset; its versions stay readable. Rejects with `not_found` where there is none. */
  remove(name: string): Promise<void>;
}

/** What a preset store is made of. */
export interface PresetStoreOptions {
  readonly journal: Journal;
  readonly reader: PresetReader;
  readonly clock: Clock;
  /** The operation that appends a leaf; committed together with the change. */
  readonly leaf: (draft: { readonly kind: string; readonly [fact: string]: unknown }) => Operation;
}

/** The presets of a data folder, for changing them. */
export function createPresetStore({ journal, reader, clock, leaf }: PresetStoreOptions): PresetStore {
  const nextVersion = (name: string): number => (reader.versions(name)[0]?.version ?? 0) + 1;
  return {
    async put(name, fields) {
      if (!PRESET_NAME_PATTERN.test(name))
        throw invalid("name", "A preset's name has lower-case letters, digits, dots and dashes, at most 100 of them.");
      const json = JSON.stringify(fields);
      const bytes = Buffer.byteLength(json);
      if (bytes > MAX_PRESET_BYTES)
        throw invalid("name", `The preset has ${bytes} bytes; at most ${MAX_PRESET_BYTES} are kept.`);
      const version = nextVersion(name);
      const createdAtMs = clock.wallMs();
      // Of its fields only the hash is logged: a system prompt may hold what the log must not.
      const draft = { kind: "preset.stored", name, version, sha256: hash("sha256", json, "hex"), bytes };
      await journal.commit([addVersion({ name, version, fields: json, atMs: createdAtMs }), leaf(draft)]);
      return { name, version, createdAtMs, fields };
    },

    async remove(name) {
      if (reader.find(name) === undefined)
        throw new SignalboxError("not_found", `There is no preset ${name.slice(0, 100)}.`);
      const version = nextVersion(name);
      const draft = { kind: "preset.removed", name, version };
      await journal.commit([addVersion({ name, version, atMs: clock.wallMs() }), leaf(draft)]);
    },
  };
}

function invalid(param: string, message: string): SignalboxError {
  return new SignalboxError("invalid_request", message, { param });
}
