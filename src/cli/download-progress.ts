import type { Clock } from "../core/clock.ts";
import type { PullProgress } from "../app/pull-model.ts";
import { formatBytes } from "./print.ts";

/** A terminal's line is redrawn at most this often; a file or a pipe gets a line this often. */
const REDRAW_MS = 200;
const LINE_MS = 10_000;
/** The rate is the mean over the last of this time, so that it follows changes without jumping. */
const RATE_WINDOW_MS = 15_000;
/** Samples in the window, at most: one for each redraw, and some. */
const MAX_SAMPLES = 100;

/** Where progress is written. */
export interface ProgressTarget {
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** Shows how far a pull is: bytes, rate and time left. */
export class ProgressReporter {
  readonly #target: ProgressTarget;
  readonly #clock: Clock;
  #samples: { readonly atMs: number; readonly bytes: number }[] = [];
  #file = "";
  #shownAtMs = Number.NEGATIVE_INFINITY;
  #shownStep = "";

  constructor(target: ProgressTarget, clock: Clock) {
    this.#target = target;
    this.#clock = clock;
  }

  report(progress: PullProgress): void {
    if (progress.kind === "importing") return this.#reportImport(progress.step.kind);
    const nowMs = this.#clock.monotonicMs();
    const isNewFile = progress.file !== this.#file;
    if (isNewFile) this.#samples = [];
    this.#file = progress.file;
    const isComplete = progress.doneBytes === progress.totalBytes;
    const interval = this.#target.isTerminal ? REDRAW_MS : LINE_MS;
    if (!isNewFile && !isComplete && nowMs - this.#shownAtMs < interval) return;
    this.#shownAtMs = nowMs;
    this.#samples.push({ atMs: nowMs, bytes: progress.doneBytes });
    this.#samples = this.#samples
      .filter(({ atMs }) => nowMs - atMs <= Math.max(RATE_WINDOW_MS, 2 * interval))
      .slice(-MAX_SAMPLES);
    this.#show(describeProgress(progress, this.#bytesPerSecond()));
  }

  /** A line that stays, above the one that is redrawn. */
  note(text: string): void {
    this.#target.write(`${this.#target.isTerminal ? "\r\u001b[K" : ""}${text}\n`);
  }

  /** Leaves the terminal's line clean. */
  end(): void {
    if (this.#target.isTerminal) this.#target.write("\r\u001b[K");
  }

  #reportImport(step: string): void {
    if (step === this.#shownStep) return;
    this.#shownStep = step;
    this.#show(step === "copying" ? "hashing what was fetched" : "loading it once to check it");
  }

  #show(text: string): void {
    this.#target.write(this.#target.isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
  }

  #bytesPerSecond(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs === first.atMs) return undefined;
    return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000;
  }
}

/** `model.gguf  1.2 GiB of 4.7 GiB (25 %)  34.0 MiB/s  1:47 left`. What is unknown is left out. */
export function describeProgress(
  { file, doneBytes, totalBytes }: Extract<PullProgress, { kind: "fetching" }>,
  bytesPerSecond: number | undefined,
): string {
  const parts = [file];
  if (totalBytes === undefined) parts.push(formatBytes(doneBytes));
  else {
    const percent = totalBytes === 0 ? 100 : Math.floor((doneBytes * 100) / totalBytes);
    parts.push(`${formatBytes(doneBytes)} of ${formatBytes(totalBytes)} (${percent} %)`);
  }
  if (bytesPerSecond !== undefined && bytesPerSecond > 0) {
    parts.push(`${formatBytes(bytesPerSecond)}/s`);
    if (totalBytes !== undefined && doneBytes < totalBytes) {
      parts.push(`${formatDuration((totalBytes - doneBytes) / bytesPerSecond)} left`);
    }
  }
  return parts.join("  ");
}

function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(whole % 60)}` : `${minutes}:${twoDigits(whole % 60)}`;
}
