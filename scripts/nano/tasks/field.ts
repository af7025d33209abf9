import type { Draw } from "../language/draw.ts";

/** Something that texts state and prompts ask for. */
export interface Field {
  readonly names: readonly string[];
  readonly type: "string" | "number";
  /** Sentences that state it. */
  readonly clauses: readonly string[];
  readonly make: (draw: Draw) => string;
}
