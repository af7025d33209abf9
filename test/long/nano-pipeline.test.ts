import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Evaluation } from "../../scripts/nano/evaluate.ts";
import { readGgufHeader } from "../../src/hosting/gguf/read-gguf-header.ts";

// Goal: whoever has a Python with torch can make the model from nothing with one command, and then go on from it.
// Method: both commands as the documentation gives them, so small that the models know nothing.

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
  readonly sha256: string;
  readonly scores: Evaluation;
  readonly trainings: readonly {
    readonly from: string;
    readonly reproduce: string;
    readonly trained: { readonly tokens: number };
  }[];
}

describe.skipIf(!canTrain)(`making the model (needs ${PYTHON} with torch: apt-get install python3-torch)`, () => {
  let folder: string;
  const make = async (name: string, options: readonly string[]): Promise<{ card: Card; file: string }> => {
    const file = join(folder, `${name}.gguf`);
    const command = [MAIN, "--folder", join(folder, name), "--out", file, ...SMALL, ...options];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
    return { file, card: parse(await readFile(join(folder, `${name}.yaml`), "utf8")) as Card };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "signalbox-making-nano-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("goes from nothing to a model file with a card that says how, and on from there", async () => {
    const first = await make("first", ["--tokens", "6000", "--rate", "1e-3", "--seed", "3"]);
    expect(await readGgufHeader(first.file)).toMatchObject({ kind: "header", architecture: "llama" });
    expect(first.card.scores.handWritten.prompts).toBeGreaterThan(200);
    const [made] = first.card.trainings;
    expect(made?.from).toBe("nothing");
    expect(made?.trained.tokens).toBeGreaterThanOrEqual(6000);
    for (const argument of ["--tokens 6000", "--rate 1e-3", "--seed 3", "--examples 20000", "--device cpu"])
      expect(made?.reproduce).toContain(argument);

    const next = await make("next", ["--from", first.file, "--tokens", "3000", "--known-share", "0.5"]);
    expect(next.card.sha256).not.toBe(first.card.sha256);
    expect(next.card.trainings.map(({ from }) => from)).toEqual(["nothing", first.card.sha256]);
    expect(next.card.trainings[1]?.reproduce).toContain("--known-share 0.5");
  });
});
