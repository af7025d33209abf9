import { toByteCharacters } from "../build-model/byte-alphabet.ts";
import type { Merge } from "../build-model/train-bpe.ts";
import { renderConversation } from "./conversation.ts";
import { marksExpression, PRE_TOKENS, splitAtMarks } from "./cut-text.ts";
import { generateExample } from "./generate.ts";
import { Draw } from "./language/draw.ts";
import { capitalize } from "./language/words.ts";
import { ALL_MARKS } from "./encoder.ts";

/** Examples that words are counted in. */
const SAMPLE_EXAMPLES = 20_000;
/** Merges of small letters; each has two twins, one with a capital in front and one in capitals. */
const LETTER_MERGES = 660;
const MARK_MERGES = 40;
/** Words that are one token together with the space before them. */
const SPACED_WORDS = 800;
/** Rarer words are not worth a merge. */
const SMALLEST_COUNT = 3;

/**
 * The merges of the vocabulary. Letters join only letters, marks only marks, digits nothing, and a space only the most
 * frequent whole words, at last: so a value is cut the same way in prose and in JSON, and copying it is copying tokens.
 * "april", "April" and "APRIL" are cut at the same places, so changing case is changing token by token: words are counted
 * without their case, and behind each merge come its twins. The one with a capital in front is the first of the three, so
 * that letters that come thrice are joined from the left in every case ("Aaa" as "aaa").
 */
export function learnMerges(seed: number): readonly Merge[] {
  const { words, marks, spaced } = countChunks(seed);
  const merges: Merge[] = [];
  const known = new Set<string>();
  const add = ([left, right]: Merge): void => {
    if (known.has(`${left} ${right}`)) return;
    known.add(`${left} ${right}`);
    merges.push([left, right]);
  };
  learn(words, LETTER_MERGES, ([left, right]) => {
    add([capitalize(left), right]);
    add([left, right]);
    add([left.toUpperCase(), right.toUpperCase()]);
  });
  learn(marks, MARK_MERGES, add);
  const whole = new Set(merges.map(([left, right]) => left + right));
  const space = toByteCharacters(" ");
  const spacedWords = [...spaced]
    .filter(([word]) => whole.has(word) || word.length === 1)
    .sort(([wordA, countA], [wordB, countB]) => countB - countA || (wordA < wordB ? -1 : 1));
  for (const [word] of spacedWords.slice(0, SPACED_WORDS)) add([space, word]);
  return merges;
}

type Counts = Map<string, number>;

function countChunks(seed: number): { readonly words: Counts; readonly marks: Counts; readonly spaced: Counts } {
  const words: Counts = new Map();
  const marks: Counts = new Map();
  const spaced: Counts = new Map();
  const count = (counts: Counts, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const draw = new Draw(seed, "train");
  const expression = marksExpression(ALL_MARKS);
  for (let index = 0; index < SAMPLE_EXAMPLES; index++) {
    for (const { text } of renderConversation(generateExample(draw))) {
      for (const part of splitAtMarks(text, expression)) {
        if (ALL_MARKS.includes(part)) continue;
        for (const [chunk] of part.matchAll(PRE_TOKENS)) {
          const word = /^([^A-Za-z]?)([A-Za-z]+)$/u.exec(chunk);
          if (word?.[2] !== undefined) {
            count(words, word[2].toLowerCase());
            if (word[1] === " " && /^[a-z]+$/u.test(word[2])) count(spaced, word[2]);
          } else if (/^ ?["{}:,[\]]+$/u.test(chunk)) count(marks, toByteCharacters(chunk));
        }
      }
    }
  }
  return { words, marks, spaced };
}

interface Chunk {
  readonly symbols: string[];
  readonly weight: number;
}

/** How often each pair of symbols comes, and in which chunks. */
class PairCounts {
  readonly #counts = new Map<string, number>();
  readonly #chunks = new Map<string, Set<Chunk>>();

  /** Counts the pairs of `chunk`, or takes them away again. */
  count(chunk: Chunk, sign: 1 | -1): void {
    const { symbols, weight } = chunk;
    for (let index = 1; index < symbols.length; index++) {
      const pair = `${symbols[index - 1]} ${symbols[index]}`;
      this.#counts.set(pair, (this.#counts.get(pair) ?? 0) + sign * weight);
      const chunks = this.#chunks.get(pair) ?? new Set();
      this.#chunks.set(pair, chunks);
      if (sign === 1) chunks.add(chunk);
    }
  }

  /** The most frequent pair, of two the one that comes first in the order of characters. */
  best(): string | undefined {
    let best: string | undefined;
    let most = 0;
    for (const [pair, count] of this.#counts)
      if (count > most || (count === most && best !== undefined && pair < best)) [best, most] = [pair, count];
    return best;
  }

  chunksWith(pair: string): readonly Chunk[] {
    return [...(this.#chunks.get(pair) ?? [])];
  }
}

/** Byte-pair encoding; counts are flattened, because rare words matter for copying. */
function learn(counts: Counts, mergeCount: number, onMerge: (merge: Merge) => void): void {
  const pairs = new PairCounts();
  for (const [text, count] of counts) {
    if (count < SMALLEST_COUNT) continue;
    pairs.count({ symbols: Array.from(text), weight: Math.floor(Math.sqrt(count) * 16) }, 1);
  }
  for (let merged = 0; merged < mergeCount; merged++) {
    const best = pairs.best();
    const [left, right] = best?.split(" ") ?? [];
    if (best === undefined || left === undefined || right === undefined) return;
    onMerge([left, right]);
    for (const chunk of pairs.chunksWith(best)) {
      pairs.count(chunk, -1);
      joinPair(chunk.symbols, left, right);
      pairs.count(chunk, 1);
    }
  }
}

/** Joins each `left` that stands before `right`, in place. */
export function joinPair(symbols: string[], left: string, right: string): void {
  for (let index = 0; index + 1 < symbols.length; index++)
    if (symbols[index] === left && symbols[index + 1] === right) symbols.splice(index, 2, left + right);
}
