import { createTextReader, TEXT_MEASURES } from "../../src/routing/text-features.ts";
import {
  createTermWeigher,
  IDF_STEPS,
  markKnown,
  standardize,
  type LinearHead,
  type TermSpace,
} from "../../src/routing/text-model.ts";
import { fitLogistic, type SparseRow } from "./logistic-regression.ts";

/** Bytes of a set of known n-grams: 2^19 bits, of which a few per cent are set. */
const KNOWN_BYTES = 65_536;

/** One text as training sees it: copies of the reader's views. */
export interface ReadText {
  readonly grams: Uint32Array;
  readonly instructionGrams: Uint32Array;
  readonly measures: Float32Array;
}

/** Which n-grams a kind of head looks at, and how closely it is fitted. */
export interface HeadSettings {
  readonly grams: "grams" | "instructionGrams";
  /** A power of two. */
  readonly buckets: number;
  /** Texts that an n-gram must be in to count. */
  readonly minTexts: number;
  /** How much the measurements count beside the n-grams. */
  readonly measureScale: number;
  readonly c: number;
  readonly iterations: number;
}

/** Means and deviations of the measurements over a training set. */
export interface MeasureStatistics {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** Reads every text once. */
export function readTexts(texts: readonly string[]): readonly ReadText[] {
  const read = createTextReader();
  return texts.map((text) => {
    const { grams, instructionGrams, measures } = read(text);
    return {
      grams: grams().slice(),
      instructionGrams: instructionGrams.slice(),
      measures: measures.slice(),
    };
  });
}

/** Means and deviations of `texts`. */
export function measureStatistics(texts: readonly ReadText[]): MeasureStatistics {
  const columns = TEXT_MEASURES.map((_, column) => texts.map(({ measures }) => measures[column] ?? 0));
  const means = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / texts.length);
  const deviations = columns.map((values, column) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - (means[column] ?? 0)) ** 2, 0) / texts.length),
  );
  return { means, deviations };
}

/** The n-grams that enough of `texts` have. */
export function learnTerms(texts: readonly ReadText[], settings: HeadSettings): TermSpace {
  const textCounts = new Map<number, number>();
  for (const text of texts) {
    for (const hash of text[settings.grams]) textCounts.set(hash, (textCounts.get(hash) ?? 0) + 1);
  }
  const known = new Uint8Array(KNOWN_BYTES);
  const bucketCounts = new Float64Array(settings.buckets);
  for (const [hash, count] of textCounts) {
    if (count < settings.minTexts) continue;
    markKnown(known, hash);
    const bucket = hash & (settings.buckets - 1);
    bucketCounts[bucket] = Math.max(bucketCounts[bucket] ?? 0, count);
  }
  const idf = Uint8Array.from(bucketCounts, (count) =>
    count === 0 ? 0 : Math.min(255, Math.max(1, Math.round(IDF_STEPS * Math.log(texts.length / count)))),
  );
  return { known, idf };
}

/** Fits one head on each of `targets`, over the same texts. */
export function fitHeads(
  texts: readonly ReadText[],
  targets: Readonly<Record<string, Float32Array>>,
  terms: TermSpace,
  statistics: MeasureStatistics,
  settings: HeadSettings,
): readonly LinearHead[] {
  const weigh = createTermWeigher(terms);
  const rows = texts.map((text) => rowOf(text, weigh, statistics, settings));
  const dimensions = settings.buckets + TEXT_MEASURES.length + 1;
  return Object.entries(targets).map(([name, values]) => {
    const { c, iterations, buckets, measureScale } = settings;
    const weights = fitLogistic(rows, values, { dimensions, c, iterations });
    return quantize(name, weights, buckets, measureScale);
  });
}

function rowOf(
  text: ReadText,
  weigh: ReturnType<typeof createTermWeigher>,
  { means, deviations }: MeasureStatistics,
  { grams, buckets, measureScale }: HeadSettings,
): SparseRow {
  const terms = weigh(text[grams]);
  const measures = new Float64Array(TEXT_MEASURES.length);
  standardize(text.measures, means, deviations, measures);
  const indices = new Int32Array(terms.count + measures.length + 1);
  const values = new Float32Array(indices.length);
  indices.set(terms.buckets.subarray(0, terms.count));
  values.set(terms.values.subarray(0, terms.count));
  for (let index = 0; index <= measures.length; index++) {
    indices[terms.count + index] = buckets + index;
    values[terms.count + index] = index === measures.length ? 1 : measureScale * (measures[index] ?? 0);
  }
  return { indices, values };
}

function quantize(name: string, weights: Float64Array, buckets: number, measureScale: number): LinearHead {
  const table = weights.subarray(0, buckets);
  const scale = table.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 1e-9) / 127;
  const round = (value: number): number => Number(value.toFixed(5));
  return {
    name,
    weights: Int8Array.from(table, (weight) => Math.round(weight / scale)),
    scale: Number(scale.toPrecision(6)),
    bias: round(weights[buckets + TEXT_MEASURES.length] ?? 0),
    measures: TEXT_MEASURES.map((_, index) => round((weights[buckets + index] ?? 0) * measureScale)),
  };
}
