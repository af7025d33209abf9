/** Why a file is not a GGUF file that can be used; `message` is written for a person. */
export interface GgufProblem {
  readonly kind: "problem";
  readonly problem:
    | "unreadable"
    /** The file does not begin with `GGUF`. */
    | "not-gguf"
    | "unsupported-version"
    /** The file is shorter than its own header says. */
    | "truncated"
    /** The content contradicts the format or itself. */
    | "malformed"
    /** The header is longer than `MAX_HEADER_BYTES`. */
    | "header-too-large";
  readonly message: string;
}
