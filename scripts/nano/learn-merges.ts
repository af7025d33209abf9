import { toByteCharacters } from "../build-model/byte-alphabet.ts";
import type { Merge } from "../build-model/train-bpe.ts";
import { renderConversation } from "./conversation.ts";
import { marksExpression, PRE_TOKENS, splitAtMarks } from "./cut-text.ts";
import { generateExample } from "./generate.ts";
import { Draw } from "./language/draw.ts";
import { ALL_MARKS } from "./encoder.ts";

/** Examples that words are counted in. */
const SAMPLE_EXAMPLES = 12_000;
/** Merges of letters; each has a twin in capitals. */
const LETTER_MERGES = 700;
const MARK_MERGES = 40;
/** Words that are one token together with the space before them. */
const SPACED_WORDS = 420;
/** Rarer words are not worth a merge. */
const SMALLEST_COUNT = 3;

/**
 * The merges of the vocabulary. Letters join only letters, marks only marks, digits nothing, and a space only the most
 * frequent whole words, at last: so a value is cut the same way in prose and in JSON, and copying it is copying tokens.
 * Each merge of small letters has a twin in capitals, so changing case is changing token by token.
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
    add([left, right]);
    if (/^[a-z]+$/u.test(left + right)) add([left.toUpperCase(), right.toUpperCase()]);
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
            count(words, /^[A-Z]{2,}$/u.test(word[2]) ? word[2].toLowerCase() : word[2]);
            if (word[1] === " " && /^[a-z]+$/u.test(word[2])) count(spaced, word[2]);
          } else if (/^ ?["{}:,[\]]+$/u.test(chunk)) count(marks, toByteCharacters(chunk));
        }
      }
    }
  }
  return { words, marks, spaced };
}

/** Byte-pair encoding; counts are flattened, because rare words matter for copying. */
function learn(counts: Counts, mergeCount: number, onMerge: (merge: Merge) => void): void {
  const chunks = [...counts]
    .filter(([, count]) => count >= SMALLEST_COUNT)
    .map(([text, count]) => ({ symbols: Array.from(text), weight: Math.floor(Math.sqrt(count) * 16) }));
  for (let merged = 0; merged < mergeCount; merged++) {
    const pairs = new Map<string, number>();
    for (const { symbols, weight } of chunks)
      for (let index = 1; index < symbols.length; index++) {
        const pair = `${symbols[index - 1]} ${symbols[index]}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + weight);
      }
    let best: string | undefined;
    for (const [pair, count] of pairs) {
      const most = best === undefined ? -1 : (pairs.get(best) ?? 0);
      if (count > most || (count === most && best !== undefined && pair < best)) best = pair;
    }
    const [left, right] = best?.split(" ") ?? [];
    if (left === undefined || right === undefined) return;
    onMerge([left, right]);
    for (const chunk of chunks) joinPair(chunk.symbols, left, right);
  }
}

/** Joins each `left` that stands before `right`, in place. */
export function joinPair(symbols: string[], left: string, right: string): void {
  for (let index = 0; index + 1 < symbols.length; index++)
    if (symbols[index] === left && symbols[index + 1] === right) symbols.splice(index, 2, left + right);
}
