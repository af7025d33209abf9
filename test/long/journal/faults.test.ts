import { expect, test } from "vitest";
import { compilerMissing, failEachWrite, killRepeatedly, randomFrom } from "../../fault/journal/recorder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const HOUR_MS = 3_600_000;

/** Each on a log of its own: after every kill all of it is verified, which on one log would take ever longer. */
const ROUNDS = Array.from({ length: 10 }, (_, round) => round);
const KILLS_PER_ROUND = 100;

test.each(ROUNDS)(
  "a hundred kills under load lose nothing that was acknowledged, and the books balance (round %i of ten)",
  { timeout: HOUR_MS },
  async () => {
    const seed = Date.now() % 1_000_000;
    await killRepeatedly(temporaryFolder(), KILLS_PER_ROUND, randomFrom(seed)).catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error });
    });
  },
);

test(
  "a disk that fails at each of its writes in turn loses nothing that was acknowledged",
  { timeout: HOUR_MS },
  async ({ skip }) => {
    const missing = compilerMissing();
    if (missing !== undefined) return skip(missing);
    expect(await failEachWrite(temporaryFolder(), { first: 1, step: 1 })).toBeGreaterThan(20);
  },
);
