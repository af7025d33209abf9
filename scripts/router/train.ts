// Trains the text model of the router: `node scripts/router/train.ts --data DIR [--out models/router]`.
// The prompts with outcomes stay in DIR; what is written is the model's weights and a record of how they came about.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { encodeTextModel } from "../../src/routing/text-model-file.ts";
import { readOutcomes } from "./read-outcomes.ts";
import { seededRandom } from "./seeded-random.ts";
import { benchmarkPrompts, trainModel } from "./train-model.ts";
import { writtenPrompts, writtenPromptsSha256 } from "./written-prompts.ts";

/** Of the choice of words that fill the written prompts; nothing else in training is left to chance. */
const SEED = 20_261_126;

const { values } = parseArgs({
  options: { data: { type: "string" }, out: { type: "string", default: "models/router" }, date: { type: "string" } },
});
if (values.data === undefined) {
  process.stderr.write(
    "Name the folder with the prompts and outcomes: --data DIR (models/router/README.md lists its files).\n",
  );
  process.exit(2);
}
const { rows, files } = readOutcomes(values.data);
const prompts = writtenPrompts(seededRandom(SEED));
const parts = trainModel([...prompts, ...benchmarkPrompts(rows)]);
const bytes = encodeTextModel(parts);
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "text-model.bin"), bytes);
const record = {
  file: "text-model.bin",
  bytes: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
  trained: values.date ?? new Date().toISOString().slice(0, 10),
  command: "node scripts/router/train.ts --data DIR",
  seed: SEED,
  benchmarks: files,
  writtenPrompts: {
    templates: new Set(prompts.map(({ template }) => template)).size,
    prompts: prompts.length,
    sha256: writtenPromptsSha256(),
  },
};
writeFileSync(join(out, "text-model.json"), `${JSON.stringify(record, undefined, 2)}\n`);
process.stdout.write(`${join(out, "text-model.bin")}: ${bytes.length} bytes, sha256 ${record.sha256}\n`);
