import type { Token } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import { IncrementalDetokenizer } from "./incremental-detokenizer.ts";
import type { Engine } from "./load-engine.ts";

/**
 * The beginning of an answer in the tokens that the model would have written it in: those that are read back as exactly this text
 * where an answer begins. Some vocabularies put a space before a text, and leave it out again where they read one.
 * Throws SignalboxError `unsupported_parameter` for a text that the vocabulary can't hold as it is.
 */
export function tokenizeBeginning({ model, syntax }: Pick<Engine, "model" | "syntax">, text: string): readonly Token[] {
  for (const tokens of [model.tokenize(text, false), model.tokenize(text, false, "trimLeadingSpace")]) {
    const detokenizer = new IncrementalDetokenizer((some) => model.detokenize(some, false), syntax.controlTexts);
    const read = tokens.map((token) => detokenizer.push(token)).join("") + detokenizer.flush();
    if (read === text) return tokens;
  }
  throw new SignalboxError(
    "unsupported_parameter",
    "`continue_final_message`: the model's vocabulary can't hold the last message exactly as it is.",
    { param: "messages" },
  );
}
