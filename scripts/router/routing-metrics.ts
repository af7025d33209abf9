/** One prompt of an evaluation: what the pair did, and how much a router wants the strong model for it. */
export interface ScoredRow {
  readonly weak: number;
  readonly strong: number;
  readonly score: number;
}

/** How good an order of prompts is, from sending those with the highest score to the strong model first. */
export interface RoutingQuality {
  /** Area under the recovered gap, 0.5 for a random order. */
  readonly apgr: number;
  /** Share of strong calls, in percent, that recovers half, and four fifths, of the gap. */
  readonly cpt50: number;
  readonly cpt80: number;
}

/**
 * APGR and CPT as RouteLLM defines them, over all shares instead of ten: every prompt is one step; prompts with one score
 * count as their mean, as if their order were drawn.
 * @see https://arxiv.org/abs/2406.18665
 */
export function routingQuality(rows: readonly ScoredRow[]): RoutingQuality {
  const sorted = rows.toSorted((a, b) => b.score - a.score);
  const gap = sorted.reduce((sum, { weak, strong }) => sum + strong - weak, 0);
  let [recovered, area, cpt50, cpt80] = [0, 0, 100, 100];
  let [reached50, reached80] = [false, false];
  let index = 0;
  while (index < sorted.length) {
    let end = index;
    let groupGain = 0;
    while (end < sorted.length && sorted[end]?.score === sorted[index]?.score) {
      groupGain += (sorted[end]?.strong ?? 0) - (sorted[end]?.weak ?? 0);
      end += 1;
    }
    const before = recovered / gap;
    recovered += groupGain;
    const after = recovered / gap;
    area += ((before + after) / 2) * ((end - index) / sorted.length);
    const crossing = (level: number): number =>
      (100 * (index + ((level - before) / (after - before)) * (end - index))) / sorted.length;
    if (!reached50 && after >= 0.5) [reached50, cpt50] = [true, crossing(0.5)];
    if (!reached80 && after >= 0.8) [reached80, cpt80] = [true, crossing(0.8)];
    index = end;
  }
  return { apgr: area, cpt50, cpt80 };
}

/** A figure with the middle 95 % of what it was on resampled prompts. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The 95 % bootstrap interval of `figure` over rows drawn with replacement. */
export function bootstrap<Row>(
  rows: readonly Row[],
  figure: (drawn: readonly Row[]) => number,
  random: () => number,
  draws: number,
): Interval {
  const values = Array.from({ length: draws }, () =>
    figure(rows.map(() => rows[Math.floor(random() * rows.length)] as Row)),
  ).toSorted((a, b) => a - b);
  const at = (share: number): number => values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
  return { value: figure(rows), low: at(0.025), high: at(0.975) };
}

/** Mean distance between stated probability and observed share over ten bins of equal size. */
export function calibrationError(rows: readonly { readonly probability: number; readonly happened: number }[]): number {
  const bins = 10;
  const sorted = rows.toSorted((a, b) => a.probability - b.probability);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const part = sorted.slice(Math.floor((bin * sorted.length) / bins), Math.floor(((bin + 1) * sorted.length) / bins));
    const stated = part.reduce((sum, { probability }) => sum + probability, 0);
    const observed = part.reduce((sum, { happened }) => sum + happened, 0);
    error += Math.abs(stated - observed) / sorted.length;
  }
  return error;
}
