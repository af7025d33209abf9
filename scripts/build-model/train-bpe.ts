import { BYTE_CHARACTERS, toByteCharacters } from "./byte-alphabet.ts";
import { ENGLISH_WORDS, PUNCTUATION_RUNS } from "./english-words.ts";

/** A piece of text that the pre-tokenizer never cuts, as symbols, and how often it is assumed to occur. */
interface WeightedChunk {
  symbols: string[];
  readonly weight: number;
}

/** Two symbols that become one, in the order in which they are joined. */
export type Merge = readonly [string, string];

/**
 * Learns the first `mergeCount` byte-pair merges for English prose, JSON and code.
 * The same list gives the same merges on every machine: whole numbers, and ties are broken by code points.
 * @see https://aclanthology.org/P16-1162/ (Sennrich, Haddow, Birch: byte-pair encoding)
 */
export function trainEnglishMerges(mergeCount: number): readonly Merge[] {
  const chunks = [...wordChunks(), ...punctuationChunks()];
  const known = new Set<string>(BYTE_CHARACTERS);
  const merges: Merge[] = [];
  while (merges.length < mergeCount) {
    const best = mostFrequentPair(chunks);
    if (best === undefined) break;
    for (const chunk of chunks) chunk.symbols = join(chunk.symbols, best);
    // Two ways to the same text are one token with two merges.
    known.add(best[0] + best[1]);
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

function mostFrequentPair(chunks: readonly WeightedChunk[]): Merge | undefined {
  const counts = new Map<string, number>();
  for (const { symbols, weight } of chunks) {
    for (let index = 1; index < symbols.length; index++) {
      const pair = `${symbols[index - 1]} ${symbols[index]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + weight);
    }
  }
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
  if (symbols.length < 2) return symbols;
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
