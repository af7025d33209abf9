/**
 * How llama.cpp cuts text before it joins letters, for the pre-tokenizer `qwen2`.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-vocab.cpp (LLAMA_VOCAB_PRE_TYPE_QWEN2)
 */
export const PRE_TOKENS =
  /(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

/** Stretches of `text` between and including `marks`, longest mark first. */
export function splitAtMarks(text: string, marks: RegExp): string[] {
  return text.split(marks).filter((part) => part !== "");
}

/** An expression for `splitAtMarks`. */
export function marksExpression(marks: readonly string[]): RegExp {
  const escaped = [...marks]
    .sort((a, b) => b.length - a.length)
    .map((mark) => mark.replace(/[$()*+.?[\\\]^{|}]/gu, "\\$&"));
  return new RegExp(`(${escaped.join("|")})`, "u");
}
