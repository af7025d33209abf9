/** A named set of request fields that callers refer to instead of repeating them. Its versions never change. */
export interface Preset {
  readonly name: string;
  /** Counted from 1; the newest is the one that is used. */
  readonly version: number;
  /** Members of a request's body; `system_prompt` beside them is text for the start of the conversation. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Milliseconds since the Unix epoch. */
  readonly createdAtMs: number;
}

/** The presets as requests find them. A stored or removed one counts at the next question. */
export interface PresetCatalog {
  find(name: string): Preset | undefined;
  /** Names of all presets, for a hint at a misspelt one. */
  names(): readonly string[];
}

/** What a preset's name may look like. */
export const PRESET_NAME_PATTERN = /^[a-z0-9][a-z0-9._-]{0,99}$/;
