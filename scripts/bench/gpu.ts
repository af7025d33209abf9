import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { detectHardware } from "../../src/hardware/detect-hardware.ts";
import { systemClock } from "../../src/app/system-clock.ts";
import { cachedBenchModel } from "./bench-model.ts";
import { ADMIN_KEY, startBox, stopProcess } from "./start-process.ts";

const USAGE = `Tries a model on this machine's GPU and on its CPU through the whole box: what is detected, how soon it is ready,
tokens a second for several texts at a time, time to first content of a long prompt, memory as the box plans it and as the
driver counts it, what a killed process leaves behind, and how soon memory is back. One JSON line a step.

  node scripts/bench/gpu.ts [--model FILE] [--tokens N] [--gpu gpu|gpu:UUID] [--only gpu|cpu]

Needs the engine's GPU build (\`signalbox engines install cuda\`). Without --model, the 0.5 B shape of the other benchmarks.
`;

const MODEL_ID = "bench/model";
const CONCURRENCIES = [1, 4, 8] as const;
const LONG_PROMPT_WORDS = 900;

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    tokens: { type: "string", default: "96" },
    gpu: { type: "string", default: "gpu" },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else await main();

async function main(): Promise<void> {
  const { gpus } = await detectHardware({ clock: systemClock, diskPath: tmpdir() });
  say("detected", { gpus });
  const file = values.model === undefined ? await cachedBenchModel() : resolve(values.model);
  if (values.only !== "cpu") await tryDevice(file, values.gpu);
  if (values.only !== "gpu") await tryDevice(file, "cpu");
}

async function tryDevice(file: string, device: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-gpu-"));
  const startedAtMs = Date.now();
  const used = await driverMemory();
  const models = [{ id: MODEL_ID, file, device, contextTokens: 4096, slots: 8 }];
  const { child, url } = await startBox({ models }, folder);
  try {
    await ask(url, "Say something.", 4);
    say("ready", { device, seconds: (Date.now() - startedAtMs) / 1_000 });
    say("memory", {
      device,
      planned: await admin(url, "GET", "/admin/memory"),
      before: used,
      after: await driverMemory(),
    });
    for (const concurrency of CONCURRENCIES) say("speed", { device, concurrency, ...(await speed(url, concurrency)) });
    const prompt = Array.from({ length: LONG_PROMPT_WORDS }, (_, index) => `word${index % 97}`).join(" ");
    say("first content", { device, ...(await ask(url, prompt, 1)) });
    if (device === "cpu") return;
    say("killed", { device, ...(await killWorker(url, child.pid)) });
    await admin(url, "POST", "/admin/models/unload", { model: MODEL_ID });
    say("unloaded", { device, driver: await driverMemory() });
  } finally {
    await stopProcess(child);
    await rm(folder, { recursive: true });
    say("stopped", { device, driver: await driverMemory() });
  }
}

interface Answer {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly firstContentMs: number;
  readonly totalMs: number;
}

async function speed(url: URL, concurrency: number): Promise<object> {
  const startedAtMs = performance.now();
  const answers = await Promise.all(
    Array.from({ length: concurrency }, (_, index) => ask(url, `Tell story number ${index}.`, Number(values.tokens))),
  );
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const tokens = answers.reduce((sum, { completionTokens }) => sum + completionTokens, 0);
  return { tokens, tokensPerSecond: Math.round(tokens / seconds) };
}

async function ask(url: URL, content: string, maxTokens: number): Promise<Answer> {
  const startedAtMs = performance.now();
  const response = await fetch(new URL("/v1/chat/completions", url), {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    body: JSON.stringify({
      model: MODEL_ID,
      messages: [{ role: "user", content }],
      stream: true,
      max_tokens: maxTokens,
      temperature: 0,
    }),
  });
  let firstContentMs = Number.NaN;
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    if (Number.isNaN(firstContentMs)) firstContentMs = Math.round(performance.now() - startedAtMs);
    text += decoder.decode(part, { stream: true });
  }
  if (!response.ok) throw new Error(`The box answered ${response.status}: ${text}`);
  return {
    promptTokens: Number(/"prompt_tokens":(\d+)/u.exec(text)?.[1]),
    completionTokens: Number(/"completion_tokens":(\d+)/u.exec(text)?.[1]),
    firstContentMs,
    totalMs: Math.round(performance.now() - startedAtMs),
  };
}

/** Kills the model's process without warning, and asks again at once. */
async function killWorker(url: URL, gatewayPid: number | undefined): Promise<object> {
  const { stdout } = await run("pgrep", ["-P", String(gatewayPid), "-f", "signalbox-worker"]);
  const pids = stdout.split("\n").filter((line) => line !== "");
  for (const pid of pids) process.kill(Number(pid), "SIGKILL");
  const afterKill = await driverMemory();
  const startedAtMs = Date.now();
  await ask(url, "Are you back?", 4);
  return { pids, afterKill, answersAgainMs: Date.now() - startedAtMs, driver: await driverMemory() };
}

async function admin(url: URL, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return await response.json();
}

/** What the driver says is used, on each device and by each process; undefined without the tool. */
async function driverMemory(): Promise<object | undefined> {
  try {
    const [devices, processes] = await Promise.all([
      run("nvidia-smi", ["--query-gpu=uuid,memory.used", "--format=csv,noheader,nounits"]),
      run("nvidia-smi", ["--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"]),
    ]);
    return { usedMiB: devices.stdout.trim(), processes: processes.stdout.trim() };
  } catch {
    // A machine without NVIDIA's driver has nothing to say here.
    return undefined;
  }
}

function run(file: string, args: readonly string[]): Promise<{ readonly stdout: string }> {
  return promisify(execFile)(file, [...args]);
}

function say(step: string, facts: object): void {
  process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);
}
