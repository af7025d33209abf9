import { createTextReader, TEXT_MEASURES } from "./text-features.ts";

/** Measurements further than this many deviations from the training mean count as this far. */
const MAX_DEVIATIONS = 3;

/** Inverse document frequencies are kept as bytes of this many steps. */
export const IDF_STEPS = 20;

/** Which n-grams the heads know: a set of hashes with few false members, and the weight of each bucket. */
export interface TermSpace {
  /** One bit for each hash modulo its length in bits, a power of two. */
  readonly known: Uint8Array;
  /** Inverse document frequency of each bucket times {@link IDF_STEPS}; its length is the number of buckets. */
  readonly idf: Uint8Array;
}

/** One linear head: a weight for each bucket and each measurement. */
export interface LinearHead {
  readonly name: string;
  readonly weights: Int8Array;
  /** What a weight of 1 stands for. */
  readonly scale: number;
  readonly bias: number;
  /** One weight for each of {@link TEXT_MEASURES}. */
  readonly measures: readonly number[];
}

/** Everything that training gives, and everything that is needed to assess a text. */
export interface TextModelParts {
  /** Of the whole model's bytes, hexadecimal. */
  readonly sha256: string;
  readonly terms: TermSpace;
  readonly measureMeans: readonly number[];
  readonly measureDeviations: readonly number[];
  /** One head for each task. */
  readonly tasks: readonly LinearHead[];
}

/** What the text model says of one text. */
export interface TextAssessment {
  /** The likeliest task, and how far it is ahead of the second: 0 (a draw) to 1. */
  readonly task: string;
  readonly taskMargin: number;
  /** Share of the words and pairs of words of its head and tail that the training prompts had, 0 to 1. */
  readonly familiarity: number;
}

/** A trained model that is ready for use. The same text always gives the same assessment. */
export interface TextModel {
  readonly sha256: string;
  assess(text: string): TextAssessment;
}

/** Terms of one text with their values, as a head sees them. Views of scratch memory. */
export interface WeighedTerms {
  readonly buckets: Int32Array;
  readonly values: Float32Array;
  readonly count: number;
  /** Of the distinct n-grams, how many were known. */
  readonly knownShare: number;
}

/** Readies a model. It keeps scratch memory of its own; not for use by two threads. */
export function createTextModel(parts: TextModelParts): TextModel {
  const read = createTextReader();
  const weigh = createTermWeigher(parts.terms);
  const measures = new Float64Array(TEXT_MEASURES.length);
  return {
    sha256: parts.sha256,
    assess(text) {
      const features = read(text);
      standardize(features.measures, parts.measureMeans, parts.measureDeviations, measures);
      const terms = weigh(features.instructionGrams);
      const [first, second] = parts.tasks
        .map((head) => ({ task: head.name, chance: headChance(head, terms, measures) }))
        .toSorted((a, b) => b.chance - a.chance);
      return {
        task: first?.task ?? "unknown",
        taskMargin: (first?.chance ?? 0) - (second?.chance ?? 0),
        familiarity: terms.knownShare,
      };
    },
  };
}

/** Makes a function that gives the known n-grams of a text their values: inverse document frequency, length 1 in all. */
export function createTermWeigher({ known, idf }: TermSpace): (grams: Uint32Array) => WeighedTerms {
  const bits = known.length * 8;
  let buckets = new Int32Array(1_024);
  let values = new Float32Array(1_024);
  return (grams) => {
    if (grams.length > buckets.length) {
      buckets = new Int32Array(grams.length * 2);
      values = new Float32Array(grams.length * 2);
    }
    let count = 0;
    let squares = 0;
    for (const hash of grams) {
      if (!isKnown(known, bits, hash)) continue;
      const bucket = hash & (idf.length - 1);
      const value = (idf[bucket] ?? 0) / IDF_STEPS;
      buckets[count] = bucket;
      values[count] = value;
      squares += value * value;
      count += 1;
    }
    const length = Math.sqrt(squares) || 1;
    for (let index = 0; index < count; index++) values[index] = (values[index] ?? 0) / length;
    return { buckets, values, count, knownShare: grams.length === 0 ? 0 : count / grams.length };
  };
}

/** Puts a hash into a set of known ones. */
export function markKnown(known: Uint8Array, hash: number): void {
  const bit = spread(hash) & (known.length * 8 - 1);
  known[bit >>> 3] = (known[bit >>> 3] ?? 0) | (1 << (bit & 7));
}

function isKnown(known: Uint8Array, bits: number, hash: number): boolean {
  const bit = spread(hash) & (bits - 1);
  return ((known[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}

/** Other bits than those that choose the bucket. */
function spread(hash: number): number {
  return Math.imul(hash ^ (hash >>> 16), 0x9e3779b1) >>> 8;
}

/** Measurements in deviations from the training mean. */
export function standardize(
  measures: Float32Array,
  means: readonly number[],
  deviations: readonly number[],
  into: Float64Array,
): void {
  for (let index = 0; index < into.length; index++) {
    const distance = ((measures[index] ?? 0) - (means[index] ?? 0)) / (deviations[index] || 1);
    into[index] = Math.max(-MAX_DEVIATIONS, Math.min(MAX_DEVIATIONS, distance));
  }
}

/** The chance that a head gives to a text of these terms and standardized measurements. */
export function headChance(head: LinearHead, terms: WeighedTerms, measures: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < terms.count; index++)
    sum += (terms.values[index] ?? 0) * (head.weights[terms.buckets[index] ?? 0] ?? 0);
  sum = head.bias + sum * head.scale;
  for (let index = 0; index < measures.length; index++) sum += (measures[index] ?? 0) * (head.measures[index] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
