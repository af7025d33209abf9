// What the text model costs a request: `node scripts/bench/text-model.ts`. Texts are drawn from the written prompts, so that
// no two are alike; from 4,000 characters on only the ends are looked at, and the time stays what it is.
import { resolve } from "node:path";
import { loadTextModel } from "../../src/app/load-text-model.ts";
import { seededRandom } from "../router/seeded-random.ts";
import { writtenPrompts } from "../router/written-prompts.ts";

const LENGTHS = [100, 300, 1_000, 4_000, 128_000] as const;
const TEXTS = 200;
const ROUNDS = 25;

const loaded = loadTextModel(resolve(import.meta.dirname, "../.."));
if (loaded.kind === "absent") throw new Error(loaded.because);
const { model } = loaded;
const random = seededRandom(1);
const prompts = writtenPrompts(random).map(({ prompt }) => prompt);

process.stdout.write("characters   median µs   99 % below µs\n");
for (const length of LENGTHS) {
  const texts = Array.from({ length: TEXTS }, () => textOf(length));
  for (const text of texts) model.assess(text);
  const micros: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const text of texts) {
      const startedAtMs = performance.now();
      model.assess(text);
      micros.push((performance.now() - startedAtMs) * 1_000);
    }
  }
  micros.sort((a, b) => a - b);
  const at = (share: number): string => (micros[Math.floor(share * micros.length)] ?? 0).toFixed(1);
  process.stdout.write(`${String(length).padStart(10)}  ${at(0.5).padStart(10)}  ${at(0.99).padStart(14)}\n`);
}

function textOf(length: number): string {
  let text = "";
  while (text.length < length) text += `${prompts[Math.floor(random() * prompts.length)] ?? ""}\n`;
  return text.slice(0, length);
}
