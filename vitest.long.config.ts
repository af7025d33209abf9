import { defineConfig } from "vitest/config";

/** The long suite: faults, floods and crashes that take minutes each. One file at a time, so that they do not disturb each other. */
export default defineConfig({
  test: {
    include: ["test/long/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 30 * 60_000,
    hookTimeout: 120_000,
  },
});
