import type { Example, Turn } from "./conversation.ts";
import type { Draw } from "./language/draw.ts";
import { intentExample, priorityExample, teamExample, yesNoExample } from "./tasks/classify.ts";
import { extractExample } from "./tasks/extract.ts";
import { compareExample, dateExample, sumExample } from "./tasks/reckon.ts";
import { caseExample, copyExample, tonalExample } from "./tasks/rewrite.ts";
import { sentimentExample } from "./tasks/sentiment.ts";
import { smallTalkExample } from "./tasks/small-talk.ts";
import { summaryExample } from "./tasks/summary.ts";
import { noToolExample, severalCallsExample, toolExample, toolResultExample } from "./tasks/tool-use.ts";
import { unknownExample } from "./tasks/unknown.ts";

/** How often each generator is asked; what is slow to learn is asked more often. */
const GENERATORS: readonly (readonly [weight: number, generate: (draw: Draw) => Example])[] = [
  [9, sentimentExample],
  [14, intentExample],
  [9, teamExample],
  [11, yesNoExample],
  [5, priorityExample],
  [13, extractExample],
  [15, toolExample],
  [6, toolResultExample],
  [1.5, severalCallsExample],
  [5, noToolExample],
  [6, tonalExample],
  [9, caseExample],
  [7, copyExample],
  [11, sumExample],
  [5, compareExample],
  [5, dateExample],
  [4, summaryExample],
  [5, smallTalkExample],
  [9, unknownExample],
];

/** What the first examples are drawn from: copying is the skill that most others are built on. */
const WARM_UP: typeof GENERATORS = [
  [4, copyExample],
  [2, tonalExample],
  [1, caseExample],
  [2, extractExample],
  [1, toolExample],
  [1, sumExample],
  [1, sentimentExample],
];

const TOTAL = (mixture: typeof GENERATORS): number => mixture.reduce((sum, [weight]) => sum + weight, 0);

function one(draw: Draw, mixture: typeof GENERATORS): Example {
  let left = (draw.int(0, 999_999) / 1_000_000) * TOTAL(mixture);
  for (const [weight, generate] of mixture) {
    left -= weight;
    if (left < 0) return generate(draw);
  }
  return sentimentExample(draw);
}

/** Conversations without functions can follow each other; one in this share does. */
const SECOND_ROUND_SHARE = 0.08;

/** A conversation of this draw's split, of any task. */
export function generateExample(draw: Draw, phase: "warm-up" | "main" = "main"): Example {
  if (phase === "warm-up") return one(draw, WARM_UP);
  const example = one(draw, GENERATORS);
  if (example.tools !== undefined || !draw.chance(SECOND_ROUND_SHARE)) return example;
  const [first] = example.turns;
  const before = withoutSystem(one(draw, GENERATORS));
  if (before === undefined || first?.role === "system") return example;
  return { ...example, turns: [...before, ...example.turns] };
}

function withoutSystem(example: Example): readonly Turn[] | undefined {
  return example.tools === undefined && example.turns[0]?.role === "user" ? example.turns : undefined;
}

/** `count` examples of every generator. */
export function generateTests(draw: Draw, count: number): Example[] {
  return GENERATORS.flatMap(([, generate]) => Array.from({ length: count }, () => generate(draw)));
}
