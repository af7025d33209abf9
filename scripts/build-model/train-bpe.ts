import { BYTE_CHARACTERS, toByteCharacters } from "./byte-alphabet.ts";
import { ENGLISH_WORDS, PUNCTUATION_RUNS } from "./english-words.ts";

/** A piece of text that the pre-tokenizer never cuts, as symbols, and how often it is assumed to occur. */
interface WeightedChunk {
  symbols: string[];
  readonly weight: number;
}

/** Two symbols that become one, in the order in which they are joined. */
export type Merge = readonly [string, string];

/** Merges of the vocabularies here: enough that common English words are one or two tokens. */
const ENGLISH_MERGES = 2500;

/**
 * Learns the first `mergeCount` byte-pair merges for English prose, JSON and code.
 * The same list gives the same merges on every machine: whole numbers, and ties are broken by code points.
 * @see https://aclanthology.org/P16-1162/ (Sennrich, Haddow, Birch: byte-pair encoding)
 */
export function trainEnglishMerges(mergeCount = ENGLISH_MERGES): readonly Merge[] {
  const chunks = [...wordChunks(), ...punctuationChunks()];
  const counts: PairCounts = new Map();
  for (const chunk of chunks) countPairs(counts, chunk, chunk.weight);
  const merges: Merge[] = [];
  while (merges.length < mergeCount) {
    const best = mostFrequentPair(counts);
    if (best === undefined) break;
    for (const chunk of chunks) {
      const symbols = join(chunk.symbols, best);
      if (symbols.length === chunk.symbols.length) continue;
      countPairs(counts, chunk, -chunk.weight);
      chunk.symbols = symbols;
      countPairs(counts, chunk, chunk.weight);
    }
    merges.push(best);
  }
  return merges;
}

/** The tokens of a vocabulary with these merges: every byte, then each merge's text once. */
export function tokensOf(merges: readonly Merge[]): string[] {
  return [...new Set([...BYTE_CHARACTERS, ...merges.map(([left, right]) => left + right)])];
}

/** Words follow Zipf's law: the n-th most frequent occurs about 1/n as often as the first. */
function wordChunks(): WeightedChunk[] {
  return ENGLISH_WORDS.flatMap((word, rank) => {
    const weight = Math.floor(1_000_000 / (rank + 10));
    const capitalized = word.slice(0, 1).toUpperCase() + word.slice(1);
    return [
      { symbols: symbolsOf(` ${word}`), weight },
      { symbols: symbolsOf(word), weight: Math.floor(weight / 4) },
      { symbols: symbolsOf(capitalized), weight: Math.floor(weight / 8) },
    ];
  });
}

function punctuationChunks(): WeightedChunk[] {
  return PUNCTUATION_RUNS.map((run, rank) => ({
    symbols: symbolsOf(run),
    weight: Math.floor(200_000 / (rank + 10)),
  }));
}

function symbolsOf(text: string): string[] {
  return Array.from(toByteCharacters(text));
}

/** How often two symbols stand side by side; the key is both with a space between, which is no symbol. */
type PairCounts = Map<string, number>;

function countPairs(counts: PairCounts, { symbols }: WeightedChunk, weight: number): void {
  for (let index = 1; index < symbols.length; index++) {
    const pair = `${symbols[index - 1]} ${symbols[index]}`;
    const count = (counts.get(pair) ?? 0) + weight;
    if (count === 0) counts.delete(pair);
    else counts.set(pair, count);
  }
}

function mostFrequentPair(counts: PairCounts): Merge | undefined {
  let best: string | undefined;
  let bestCount = 0;
  for (const [pair, count] of counts) {
    if (count > bestCount || (count === bestCount && best !== undefined && pair < best)) {
      best = pair;
      bestCount = count;
    }
  }
  const [left, right] = best?.split(" ") ?? [];
  return left === undefined || right === undefined ? undefined : [left, right];
}

function join(symbols: string[], [left, right]: Merge): string[] {
  if (!symbols.includes(left)) return symbols;
  const joined: string[] = [];
  for (let index = 0; index < symbols.length; index++) {
    const symbol = symbols[index] ?? "";
    if (symbol === left && symbols[index + 1] === right) {
      joined.push(left + right);
      index++;
    } else {
      joined.push(symbol);
    }
  }
  return joined;
}
