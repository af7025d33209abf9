import { toByteCharacters } from "../build-model/byte-alphabet.ts";
import { buildTokenizer, CALL_END, CALL_START } from "../build-model/tokenizer.ts";
import type { Tokenizer } from "../build-model/tokenizer.ts";
import type { Merge } from "../build-model/train-bpe.ts";
import { PHRASES, renderConversation } from "./conversation.ts";
import type { Example, Segment } from "./conversation.ts";
import { marksExpression, PRE_TOKENS, splitAtMarks } from "./cut-text.ts";

const CONTROL_MARKS = [
  "<|endoftext|>",
  "<|im_start|>",
  "<|im_end|>",
  "<tools>",
  "</tools>",
  "<tool_response>",
  "</tool_response>",
];
/** Found in messages too, as the engine does. */
const VISIBLE_MARKS = [CALL_START, CALL_END, ...PHRASES];
/** A token of letters, with or without the space before it in the alphabet of bytes. */
const LETTERS = new RegExp(`^${toByteCharacters(" ")}?([A-Za-z]{2,})$`, "u");
/** Every text that is one token by itself. */
export const ALL_MARKS: readonly string[] = [...CONTROL_MARKS, ...VISIBLE_MARKS];

/** A conversation as the model reads it. */
export interface EncodedExample {
  readonly ids: readonly number[];
  /** Which of `ids` the model is to say. */
  readonly isAnswer: readonly boolean[];
}

/** Cuts text into tokens as the engine does with the same vocabulary. */
export class Encoder {
  readonly tokenizer: Tokenizer;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #cache = new Map<string, readonly number[]>();
  readonly #templateMarks = marksExpression(ALL_MARKS);
  readonly #messageMarks = marksExpression(VISIBLE_MARKS);

  constructor(merges: readonly Merge[]) {
    this.tokenizer = buildTokenizer({ merges, phrases: PHRASES });
    this.#ids = new Map(this.tokenizer.tokens.map((token, id) => [token, id]));
    this.#ranks = new Map(merges.map(([left, right], rank) => [`${left} ${right}`, rank]));
  }

  /** The letters of each token that has nothing else but a space before them; of twins in case only the small one. */
  letterPieces(): readonly string[] {
    const letters = new Set(this.tokenizer.tokens.flatMap((token) => LETTERS.exec(token)?.[1] ?? []));
    return [...letters].filter((piece) => piece === piece.toLowerCase() || !letters.has(piece.toLowerCase()));
  }

  encodeExample(example: Example): EncodedExample {
    const ids: number[] = [];
    const isAnswer: boolean[] = [];
    for (const segment of renderConversation(example))
      for (const id of this.encode(segment)) {
        ids.push(id);
        isAnswer.push(segment.isAnswer);
      }
    return { ids, isAnswer };
  }

  encode({ text, isTemplate }: Pick<Segment, "text" | "isTemplate">): number[] {
    const ids: number[] = [];
    for (const part of splitAtMarks(text, isTemplate ? this.#templateMarks : this.#messageMarks)) {
      const isMark = VISIBLE_MARKS.includes(part) || (isTemplate && CONTROL_MARKS.includes(part));
      if (isMark) ids.push(this.#idOf(part));
      else for (const [chunk] of part.matchAll(PRE_TOKENS)) ids.push(...this.#chunk(chunk));
    }
    return ids;
  }

  #chunk(chunk: string): readonly number[] {
    const known = this.#cache.get(chunk);
    if (known !== undefined) return known;
    const symbols = Array.from(toByteCharacters(chunk));
    for (;;) {
      let best = Number.POSITIVE_INFINITY;
      let at = -1;
      for (let index = 0; index + 1 < symbols.length; index++) {
        const rank = this.#ranks.get(`${symbols[index]} ${symbols[index + 1]}`) ?? Number.POSITIVE_INFINITY;
        if (rank < best) [best, at] = [rank, index];
      }
      if (at === -1) break;
      symbols.splice(at, 2, `${symbols[at]}${symbols[at + 1]}`);
    }
    const ids = symbols.map((symbol) => this.#idOf(symbol));
    this.#cache.set(chunk, ids);
    return ids;
  }

  #idOf(token: string): number {
    const id = this.#ids.get(token);
    if (id === undefined) throw new Error(`The vocabulary has no ${JSON.stringify(token)}.`);
    return id;
  }
}
