import { readFileSync } from "node:fs";
import type { Token } from "node-llama-cpp";
import type { WorkerOptions } from "../../src/hosting/worker-protocol.ts";
import { loadEngine } from "../../src/hosting/worker/load-engine.ts";
import { measureSpeed } from "../../src/hosting/worker/measure-speed.ts";
const memory = () => {
  const t = readFileSync("/proc/self/smaps_rollup", "utf8");
  const g = (n: string) => Number(new RegExp(`^${n}:\\s+(\\d+) kB`, "m").exec(t)?.[1] ?? 0) / 1024;
  const maps = readFileSync("/proc/self/smaps", "utf8");
  let gguf = 0,
    on = false,
    so = 0,
    onso = false;
  for (const l of maps.split("\n")) {
    if (/^[0-9a-f]+-[0-9a-f]+ /.test(l)) {
      on = l.endsWith(".gguf");
      onso = /\.so|\.node$|\/node$/.test(l);
    }
    const m = /^Rss:\s+(\d+)/.exec(l);
    if (m && on) gguf += Number(m[1]) / 1024;
    if (m && onso) so += Number(m[1]) / 1024;
  }
  return { rss: g("Rss"), anon: g("Anonymous"), gguf, so, other: g("Rss") - g("Anonymous") - gguf - so };
};
const options = JSON.parse(process.argv[2] ?? "") as WorkerOptions & { fill?: boolean };
const p = (n: string) =>
  console.log(
    n.padEnd(10),
    JSON.stringify(memory(), (_, v) => (typeof v === "number" ? Math.round(v * 10) / 10 : v)),
  );
p("start");
const engine = await loadEngine(options, () => {});
console.log("est", JSON.stringify({ m: engine.model.memoryUsage, all: engine.llama.getLlamaMemoryUsage?.() }));
p("loaded");
await measureSpeed(engine);
p("warm");
if (options.fill) {
  const words = engine.model.tokenize("The quick brown fox jumps over the lazy dog. ");
  for (const slot of engine.slots) {
    const n = engine.contextTokens - 4;
    for (let i = 0; i < n; i += options.prefillChunkTokens)
      await slot.sequence.evaluateWithoutGeneratingNewTokens(
        Array.from(
          { length: Math.min(options.prefillChunkTokens, n - i) },
          (_, k) => words[k % words.length] ?? (0 as Token),
        ),
      );
  }
  p("full");
}
process.exit(0);
