import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Evaluation } from "../../scripts/nano/evaluate.ts";
import { readGgufHeader } from "../../src/hosting/gguf/read-gguf-header.ts";

// Goal: whoever has a Python with torch can make the model from nothing with one command.
// Method: the command as the documentation gives it, so small that the model knows nothing.

const PYTHON = process.env["SIGNALBOX_TRAINING_PYTHON"] ?? "/usr/bin/python3";
const canTrain = spawnSync(PYTHON, ["-c", "import torch, numpy"]).status === 0;
const MAIN = join(import.meta.dirname, "../../scripts/nano/main.ts");
const SMALL = [
  "--examples",
  "20000",
  "--tests",
  "1",
  "--python",
  PYTHON,
  "--steps",
  "prepare,train,export,evaluate,card",
];

interface Card {
  readonly scores: Evaluation;
  readonly training: { readonly reproduce: string; readonly trained: { readonly tokens: number } };
}

describe.skipIf(!canTrain)(`making the model (needs ${PYTHON} with torch: apt-get install python3-torch)`, () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "signalbox-making-nano-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("goes from nothing to a model file with a card that says how", async () => {
    const file = join(folder, "nano.gguf");
    const options = ["--tokens", "6000", "--rate", "1e-3", "--seed", "3"];
    const command = [MAIN, "--folder", folder, "--out", file, ...SMALL, ...options];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
    expect(await readGgufHeader(file)).toMatchObject({ kind: "header", architecture: "llama" });
    const { scores, training } = parse(await readFile(join(folder, "nano.yaml"), "utf8")) as Card;
    expect(scores.handWritten.prompts).toBeGreaterThan(200);
    expect(training.trained.tokens).toBeGreaterThanOrEqual(6000);
    for (const argument of ["--tokens 6000", "--rate 1e-3", "--seed 3", "--examples 20000", "--device cpu"])
      expect(training.reproduce).toContain(argument);
  });
});
