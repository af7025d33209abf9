import type { TracedStep } from "../simulate/traced-request.ts";

/** More than any plan of a configuration may have. */
const MAX_STEPS = 100;

/**
 * The steps of a plan as a trace or the command line states them: what each writes, and behind `@` the numbers of those
 * before it whose results it needs, `300 300 150@1+2`; in JSON also a list of numbers and of `{tokens, after}`. Undefined
 * for what can't be read, for a step after a later one, and for none.
 */
export function readSteps(value: unknown): readonly TracedStep[] | undefined {
  const stated: readonly unknown[] = Array.isArray(value) ? value : String(value).trim().split(/\s+/);
  if (stated.length === 0 || stated.length > MAX_STEPS) return undefined;
  const steps = stated.map((step, index) => readStep(step, index + 1));
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function readStep(stated: unknown, number: number): TracedStep | undefined {
  const { tokens, after } = typeof stated === "object" && stated !== null ? (stated as Stated) : split(String(stated));
  const step = { outputTokens: Number(tokens ?? NaN), after: (after ?? []).map(Number) };
  const isBefore = (one: number): boolean => Number.isInteger(one) && one >= 1 && one < number;
  return Number.isFinite(step.outputTokens) && step.outputTokens >= 0 && step.after.every(isBefore) ? step : undefined;
}

interface Stated {
  readonly tokens?: unknown;
  readonly after?: readonly unknown[];
}

function split(text: string): Stated {
  const [, tokens, after] = /^(\d+)(?:@(\d+(?:\+\d+)*))?$/.exec(text) ?? [];
  return { tokens, after: after === undefined ? [] : after.split("+") };
}
