/** The most text that is looked at, half from its head and half from its tail: instructions stand at the ends. */
export const MAX_SCANNED_CHARACTERS = 4_000;

/** Words at the head and at the tail in which an instruction is looked for; what lies between is what it is about. */
const HEAD_WORDS = 40;
const TAIL_WORDS = 24;

/** Words at the very start that also count by their place. */
const OPENING_WORDS = 3;

/** Slots of the table that keeps each n-gram once: more than twice the n-grams of the longest text that is looked at. */
const DISTINCT_SLOTS = 16_384;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Signs that are words of their own: operators, brackets and marks of code and formulas. By their ASCII code. */
const IS_SIGN = new Uint8Array(128);
for (const sign of "{}()[];=+*/^<>$\\?|#_%:") IS_SIGN[sign.charCodeAt(0)] = 1;

/** What stands for every number: which one it is says nothing. */
const NUMBER_HASH = 0x30303030;

/** Names of the measurements of a text, in the order of {@link TextFeatures.measures}. */
export const TEXT_MEASURES = [
  "log characters",
  "log words",
  "mean word length",
  "digit share",
  "sign share",
  "log lines",
  "question marks",
  "upper-case share",
  "distinct word share",
  "log longest line",
  "non-ASCII share",
] as const;

/** What the text model sees of one text. Views of scratch memory: valid until the reader's next text. */
export interface TextFeatures {
  /** Hashes of the distinct words and pairs of neighbours of all that is looked at; worked out when asked for. */
  readonly grams: () => Uint32Array;
  /** The same of the head and the tail alone, and of the opening by place. */
  readonly instructionGrams: Uint32Array;
  /** One number for each of {@link TEXT_MEASURES}. */
  readonly measures: Float32Array;
}

/** Reads texts, one after the other; looks at no more than {@link MAX_SCANNED_CHARACTERS} of each. */
export type TextReader = (text: string) => TextFeatures;

/** The head and the tail of a text that is too long to be looked at. */
export function endsOf(text: string): string {
  if (text.length <= MAX_SCANNED_CHARACTERS) return text;
  const half = MAX_SCANNED_CHARACTERS / 2;
  return `${text.slice(0, half)}\n${text.slice(-half)}`;
}

/**
 * Makes a reader with memory of its own. The work for a text is bounded by the number of its characters that are looked
 * at: one pass over them, then one over its words for each of the sets. Hashes are FNV-1a over UTF-16 code units.
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function createTextReader(): TextReader {
  const tokens = new Uint32Array(MAX_SCANNED_CHARACTERS + 2);
  const words = new DistinctHashes();
  const grams = new DistinctHashes();
  const instructionGrams = new DistinctHashes();
  const measures = new Float32Array(TEXT_MEASURES.length);
  return (text) => {
    const scanned = endsOf(text);
    const counts = tokenize(scanned, tokens);
    const { tokenCount } = counts;
    words.clear();
    for (let index = 0; index < tokenCount; index++) words.add(tokens[index] ?? 0);
    instructionGrams.clear();
    const headEnd = Math.min(HEAD_WORDS, tokenCount);
    addGrams(tokens, 0, headEnd, instructionGrams);
    addGrams(tokens, Math.max(headEnd, tokenCount - TAIL_WORDS), tokenCount, instructionGrams);
    for (let place = 0; place < Math.min(OPENING_WORDS, tokenCount); place++)
      instructionGrams.add(pairHash(place + 1, tokens[place] ?? 0));
    takeMeasures(scanned.length, counts, words.count, measures);
    return {
      grams: () => {
        grams.clear();
        addGrams(tokens, 0, tokenCount, grams);
        return grams.values();
      },
      instructionGrams: instructionGrams.values(),
      measures,
    };
  };
}

function addGrams(tokens: Uint32Array, from: number, to: number, into: DistinctHashes): void {
  for (let index = from; index < to; index++) {
    const token = tokens[index] ?? 0;
    into.add(token);
    if (index + 1 < to) into.add(pairHash(token, tokens[index + 1] ?? 0));
  }
}

function pairHash(first: number, second: number): number {
  return Math.imul(Math.imul(first, FNV_PRIME) ^ second, 0x85ebca6b) >>> 0;
}

/** A set of hashes that is emptied by counting on instead of by writing: open addressing, linear probing. */
class DistinctHashes {
  readonly #slots = new Uint32Array(DISTINCT_SLOTS);
  readonly #stamps = new Uint32Array(DISTINCT_SLOTS);
  readonly #values = new Uint32Array(DISTINCT_SLOTS / 2);
  #stamp = 0;
  count = 0;

  clear(): void {
    this.count = 0;
    this.#stamp = (this.#stamp + 1) >>> 0;
    if (this.#stamp !== 0) return;
    this.#stamps.fill(0);
    this.#stamp = 1;
  }

  /** What does not fit any more is left out. */
  add(hash: number): void {
    const slots = this.#slots;
    const stamps = this.#stamps;
    const stamp = this.#stamp;
    let slot = (hash ^ (hash >>> 15)) & (DISTINCT_SLOTS - 1);
    while (stamps[slot] === stamp) {
      if (slots[slot] === hash) return;
      slot = (slot + 1) & (DISTINCT_SLOTS - 1);
    }
    if (this.count === this.#values.length) return;
    stamps[slot] = stamp;
    slots[slot] = hash;
    this.#values[this.count] = hash;
    this.count += 1;
  }

  values(): Uint32Array {
    return this.#values.subarray(0, this.count);
  }
}

interface TokenCounts {
  readonly tokenCount: number;
  readonly letters: number;
  readonly words: number;
  readonly digits: number;
  readonly signs: number;
  readonly questionMarks: number;
  readonly nonAscii: number;
  readonly upperCase: number;
  readonly lines: number;
  readonly longestLine: number;
}

const SPACE = 32;
const NEW_LINE = 10;
const QUESTION_MARK = 63;

/** Hashes the words of `text` into `tokens`: runs of letters in lower case, numbers as one word, some signs alone. */
function tokenize(text: string, tokens: Uint32Array): TokenCounts {
  const lower = text.toLowerCase();
  const length = Math.min(lower.length, tokens.length - 2);
  let [tokenCount, letters, words, digits, signs, questionMarks, nonAscii, upperCase] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [lines, lineStart, longestLine] = [1, 0, 0];
  let hash = 0;
  let inWord = false;
  let inNumber = false;
  for (let index = 0; index <= length; index++) {
    const code = index < length ? lower.charCodeAt(index) : SPACE;
    if ((code >= 97 && code <= 122) || code > 127) {
      letters += 1;
      if (code > 127) nonAscii += 1;
      else if (text.charCodeAt(index) < 97) upperCase += 1;
      hash = Math.imul((inWord ? hash : FNV_OFFSET) ^ code, FNV_PRIME);
      inWord = true;
      inNumber = false;
      continue;
    }
    if (inWord) {
      tokens[tokenCount++] = hash >>> 0;
      words += 1;
      inWord = false;
    }
    const isDigit = code >= 48 && code <= 57;
    if (isDigit) {
      digits += 1;
      if (!inNumber) tokens[tokenCount++] = NUMBER_HASH;
    } else if (IS_SIGN[code] === 1) {
      signs += 1;
      if (code === QUESTION_MARK) questionMarks += 1;
      tokens[tokenCount++] = Math.imul(FNV_OFFSET ^ code, FNV_PRIME) >>> 0;
    } else if (code === NEW_LINE) {
      lines += 1;
      longestLine = Math.max(longestLine, index - lineStart);
      lineStart = index + 1;
    }
    inNumber = isDigit;
  }
  longestLine = Math.max(longestLine, length - lineStart);
  return {
    tokenCount,
    letters,
    words,
    digits,
    signs,
    questionMarks,
    nonAscii,
    upperCase,
    lines,
    longestLine,
  };
}

function takeMeasures(length: number, counts: TokenCounts, distinctTokens: number, into: Float32Array): void {
  const characters = Math.max(1, length);
  into[0] = Math.log1p(length);
  into[1] = Math.log1p(counts.words);
  into[2] = counts.letters / Math.max(1, counts.words);
  into[3] = counts.digits / characters;
  into[4] = counts.signs / characters;
  into[5] = Math.log1p(counts.lines);
  into[6] = Math.min(5, counts.questionMarks);
  into[7] = counts.upperCase / characters;
  into[8] = distinctTokens / Math.max(1, counts.tokenCount);
  into[9] = Math.log1p(counts.longestLine);
  into[10] = counts.nonAscii / characters;
}
