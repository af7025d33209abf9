import type { Example, Turn } from "./conversation.ts";
import type { Draw } from "./language/draw.ts";
import { intentExample, teamExample } from "./tasks/classify.ts";
import { extractExample } from "./tasks/extract.ts";
import { piecesExample } from "./tasks/pieces.ts";
import { priorityExample } from "./tasks/priority.ts";
import { compareExample, dateExample, sumExample } from "./tasks/reckon.ts";
import { caseExample, copyExample, spellingExample } from "./tasks/rewrite.ts";
import { sentimentExample } from "./tasks/sentiment.ts";
import { smallTalkExample } from "./tasks/small-talk.ts";
import { summaryExample } from "./tasks/summary.ts";
import { tonalExample } from "./tasks/tone.ts";
import { noToolExample, severalCallsExample, toolExample, toolResultExample } from "./tasks/tool-use.ts";
import { unknownExample } from "./tasks/unknown.ts";
import { yesNoExample } from "./tasks/yes-no.ts";

/** How often each generator is asked; what is slow to learn is asked more often. */
const GENERATORS: readonly (readonly [weight: number, generate: (draw: Draw) => Example])[] = [
  [11, sentimentExample],
  [16, intentExample],
  [10, teamExample],
  [21, yesNoExample],
  [7, priorityExample],
  [22, extractExample],
  [22, toolExample],
  [4, toolResultExample],
  [1.5, severalCallsExample],
  [11, noToolExample],
  [13, tonalExample],
  [11, caseExample],
  [6, copyExample],
  [15, sumExample],
  [12, compareExample],
  [4, dateExample],
  [6, summaryExample],
  [16, smallTalkExample],
  [16, unknownExample],
];
/** Of what training is drawn from: spelling is practised, and asked of no test. */
const TRAINING: typeof GENERATORS = [...GENERATORS, [6, spellingExample]];

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

/** Which mixture an example comes from: a training from nothing begins with its warm-up. */
export type Phase = "warm-up" | "main";

const TOTAL = (mixture: typeof GENERATORS): number => mixture.reduce((sum, [weight]) => sum + weight, 0);

function one(draw: Draw, mixture: typeof GENERATORS): Example {
  let left = (draw.int(0, 999_999) / 1_000_000) * TOTAL(mixture);
  for (const [weight, generate] of mixture) {
    left -= weight;
    if (left < 0) return generate(draw);
  }
  return sentimentExample(draw);
}

/** Conversations without functions can follow each other; one in this share follows another. */
const SECOND_ROUND_SHARE = 0.1;
/** And one in this share follows many. */
const LONG_SHARE = 0.006;
const MOST_ROUNDS = 30;

/** Where the pieces of the vocabulary are given, one example in this share is made of them alone. */
const PIECES_SHARE: Readonly<Record<Phase, number>> = { "warm-up": 0.1, main: 0.14 };

/**
 * A conversation of this draw's split, of any task; `pieces` are those of the vocabulary that each must come to be
 * said: none while the vocabulary is still to be learned.
 */
export function generateExample(draw: Draw, phase: Phase = "main", pieces: readonly string[] = []): Example {
  if (pieces.length > 0 && draw.chance(PIECES_SHARE[phase])) return piecesExample(draw, pieces);
  if (phase === "warm-up") return one(draw, WARM_UP);
  const example = one(draw, TRAINING);
  const isLong = draw.chance(LONG_SHARE);
  if (example.tools !== undefined || !(isLong || draw.chance(SECOND_ROUND_SHARE))) return example;
  if (example.turns[0]?.role === "system") return example;
  const before = Array.from({ length: isLong ? draw.int(3, MOST_ROUNDS) : 1 }, () => one(draw, TRAINING)).flatMap(
    (earlier) => withoutSystem(earlier) ?? [],
  );
  return { ...example, turns: [...before, ...example.turns] };
}

function withoutSystem(example: Example): readonly Turn[] | undefined {
  return example.tools === undefined && example.turns[0]?.role === "user" ? example.turns : undefined;
}

/** `count` examples of every generator. */
export function generateTests(draw: Draw, count: number): Example[] {
  return GENERATORS.flatMap(([, generate]) => Array.from({ length: count }, () => generate(draw)));
}
