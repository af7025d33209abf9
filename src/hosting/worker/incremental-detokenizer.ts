import type { Token } from "node-llama-cpp";

/** Tokens of an unfinished character after which the text is passed on as it is; real characters need at most four bytes. */
const MAX_UNFINISHED_TOKENS = 16;
/** Tokens of already emitted text that give the next ones their context (leading spaces of some vocabularies). */
const CONTEXT_TOKENS = 3;
const REPLACEMENT_CHARACTER = "\ufffd";

/**
 * Turns tokens into text piece by piece, such that the pieces joined are the text of all tokens and no piece ends
 * inside a character: a token may hold only some bytes of one.
 */
export class IncrementalDetokenizer {
  readonly #detokenize: (tokens: readonly Token[]) => string;
  readonly #controlTexts: ReadonlyMap<Token, string>;
  #context: Token[] = [];
  #contextText = "";
  #pending: Token[] = [];
  #emitted = 0;

  /**
   * @param controlTexts The control tokens that are to appear in the text; others have none.
   * @param before Tokens that stand before the first one.
   */
  constructor(
    detokenize: (tokens: readonly Token[]) => string,
    controlTexts: ReadonlyMap<Token, string>,
    before: readonly Token[] = [],
  ) {
    this.#detokenize = detokenize;
    this.#controlTexts = controlTexts;
    const context = before.slice(-CONTEXT_TOKENS);
    const text = detokenize(context);
    if (text.endsWith(REPLACEMENT_CHARACTER)) return;
    this.#context = context;
    this.#contextText = text;
  }

  push(token: Token): string {
    const controlText = this.#controlTexts.get(token);
    if (controlText !== undefined) {
      const before = this.flush();
      this.#context = [];
      this.#contextText = "";
      return before + controlText;
    }
    this.#pending.push(token);
    const text = this.#pendingText();
    // A cut character decodes to exactly one replacement character at the end; those before it are final.
    const unfinished = text.endsWith(REPLACEMENT_CHARACTER);
    if (unfinished && this.#pending.length < MAX_UNFINISHED_TOKENS) {
      const piece = text.slice(this.#emitted, -1);
      this.#emitted += piece.length;
      return piece;
    }
    return this.#settle(text);
  }

  /** What was held back, at the end of the stream. */
  flush(): string {
    return this.#pending.length === 0 ? "" : this.#settle(this.#pendingText());
  }

  #pendingText(): string {
    if (this.#context.length === 0) return this.#detokenize(this.#pending);
    const text = this.#detokenize([...this.#context, ...this.#pending]);
    return text.slice(this.#contextText.length);
  }

  #settle(text: string): string {
    const piece = text.slice(this.#emitted);
    // A context that ends inside a character would change its length when the rest follows.
    this.#context = text.endsWith(REPLACEMENT_CHARACTER) ? [] : this.#pending.slice(-CONTEXT_TOKENS);
    this.#contextText = this.#detokenize(this.#context);
    this.#pending = [];
    this.#emitted = 0;
    return piece;
  }
}
