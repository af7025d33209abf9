import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Of one entry of the vocabulary in the table of candidates that the engine makes for an evaluation. @see https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h (llama_token_data) */
const CANDIDATE_BYTES = 12;
/** As much may wait to be given back. */
const MAX_PENDING_BYTES = 64 * 1024 ** 2;

/** @see https://github.com/v8/v8/blob/main/src/extensions/gc-extension.cc; only the last resort gives empty pages back to the system. */
type Collect = (
  options: { readonly type: "minor" } | { readonly type: "major"; readonly flavor: "last-resort" },
) => void;

/**
 * Gives back what evaluations leave behind. The library makes a table of the whole vocabulary for each evaluation of a
 * prompt and frees it with the JavaScript object that owns it. V8 does not know how large these are, so that it waits
 * until hundreds of megabytes have piled up: of a vocabulary of 152,000, 1.8 MB for each piece of a prompt.
 */
export class NativeGarbage {
  readonly #bytesPerEvaluation: number;
  readonly #collect: Collect;
  #pendingBytes = 0;

  constructor(vocabularySize: number, collect: Collect = exposeCollector()) {
    this.#bytesPerEvaluation = vocabularySize * CANDIDATE_BYTES;
    this.#collect = collect;
  }

  /** After each evaluation that left a table behind; takes some milliseconds when it is time to collect. */
  add(evaluations = 1): void {
    this.#pendingBytes += evaluations * this.#bytesPerEvaluation;
    if (this.#pendingBytes < MAX_PENDING_BYTES) return;
    this.#pendingBytes = 0;
    this.#collect({ type: "minor" });
  }

  /** Everything, with what a load left in the heap; takes about a tenth of a second. */
  collectAll(): void {
    this.#pendingBytes = 0;
    this.#collect({ type: "major", flavor: "last-resort" });
  }
}

/** The collector without a flag on the command line, which whoever starts this process would have to know of. */
function exposeCollector(): Collect {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as Collect;
}
