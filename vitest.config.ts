import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**"],
    pool: "forks",
    maxWorkers: 2,
    // A test that starts a dozen processes takes this long on a busy machine with two cores; a hang still ends.
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
