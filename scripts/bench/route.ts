import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import type { EndpointSnapshot, PendingWork } from "../../src/core/endpoint.ts";
import { LearnedLengths } from "../../src/dispatch/learn/learned-lengths.ts";
import { loadPolicy } from "../../src/policy/load-policy.ts";
import { nowFactsOf } from "../../src/routing/now-facts.ts";
import { route } from "../../src/routing/route.ts";

/*
 * How long one decision takes: 50 endpoints of every kind with their load, the default policy, learned lengths, a short and
 * a long prompt. Run with `npm run bench:route`. Prints one line of JSON per case; times are in microseconds. `p99Us` is what
 * a clock shows, so that on a machine that does other work it is how long the process waits for a core. `undisturbedP99Us`
 * leaves out the decisions (`disturbedShare` of all) during which the system took a core away from the process; garbage
 * collection stays in. `cpuMeanUs` is the processor's time of one decision on average, all threads of the process together.
 */

const ENDPOINTS = 50;
const WARM_UP = 3_000;
const ROUNDS = 10_000;

const OBSERVED = { p50: 400, p75: 500, p90: 900, p99: 2_000, count: 100 };

/** What the box and the site are doing, request by request, as their queues tell it. */
function workAt(index: number): Partial<EndpointSnapshot["state"]> {
  const work = (part: number): PendingWork => ({
    promptTokens: 500 + part * 100,
    expectedOutputTokens: 100 + part * 50,
    workloadClass: "interactive",
  });
  return {
    runningWork: Array.from({ length: index % 9 }, (_, part) => ({ ...work(part), outputTokensSoFar: part * 20 })),
    queuedWork: Array.from({ length: index % 3 }, (_, part) => work(part)),
    decodeRates: [1, 2, 4, 8].map((running) => ({ running, tokensPerSecond: 60 - running * 3 })),
  };
}

const LEARNED = new LearnedLengths();
for (const model of ["maker/model", "maker/other"])
  for (let answer = 0; answer < 20; answer++)
    LEARNED.add("key_bench", { exact: "agentic tool-call auto text 1024", class: "agentic" }, model, 40 + answer);

function endpointAt(index: number): EndpointSnapshot {
  const location = (["box", "site", "cloud", "cloud"] as const)[index % 4] ?? "cloud";
  return {
    facts: {
      id: `p${index}/maker/model`,
      providerId: `p${index}`,
      modelId: "maker/model",
      upstreamId: "model",
      location,
      ...(location === "cloud" ? {} : { device: index % 3 === 0 ? ("cpu" as const) : ("gpu" as const) }),
      ...(index % 5 === 0 ? {} : { region: "eu-frankfurt", retentionDays: 0, trainsOnData: false }),
      contextTokens: 131_072,
      capabilities: index % 2 === 0 ? ["tools", "json-schema"] : [],
      ...(index % 7 === 0
        ? {}
        : { price: { inputMicroUsdPerMillion: index * 50_000, outputMicroUsdPerMillion: index * 150_000 } }),
      slots: 8,
    },
    state: {
      breaker: "closed",
      loaded: true,
      running: index % 9,
      queued: index % 3,
      queuedPromptTokens: 2_000,
      queueLimit: 64,
      ...(index % 3 === 0 ? {} : { prefillTokensPerSecond: 4_000, decodeTokensPerSecond: 60 }),
      ...(location === "cloud" ? { ttftMs: OBSERVED, tokensPerSecond: OBSERVED } : workAt(index)),
      corrections: { firstContent: { p50: 1.1, p90: 2, count: 40 }, writing: { p50: 0.9, p90: 1.4, count: 40 } },
    },
  };
}

function requestOf(promptCharacters: number): InferenceRequest {
  const promptTokens = promptCharacters / 4;
  return {
    kind: "chat",
    body: new Uint8Array(),
    model: "auto",
    fallbackModels: [],
    suffixes: [],
    stream: true,
    includeUsage: true,
    maxTokens: 1_000,
    choiceCount: 1,
    messageCount: 4,
    roles: ["system", "user", "assistant", "user"],
    toolCount: 3,
    toolChoice: "auto",
    hasToolResults: false,
    hasImages: false,
    responseFormat: { kind: "text" },
    parameters: ["max_tokens", "tools"],
    promptCharacters,
    inputCount: 1,
    estimatedPromptTokens: promptTokens,
    longestInputTokens: promptTokens,
    lastUserText: "please look at this and tell me about it, ".repeat(promptCharacters / 42),
    provider: { allowFallbacks: true, requireParameters: false, sortPartition: "model" },
    metadata: {},
    hints: { wantsMetadata: false },
  };
}

interface Timing {
  readonly p50Us: number;
  readonly p95Us: number;
  readonly p99Us: number;
  readonly undisturbedP99Us: number;
  readonly disturbedShare: number;
  readonly cpuMeanUs: number;
  readonly collections: number;
  readonly longestCollectionUs: number;
}

/** Times of `ROUNDS` calls one after the other, the processor's time of each on average, and what the garbage collector did. */
async function timingOf(decide: () => unknown): Promise<Timing> {
  for (let round = 0; round < WARM_UP; round++) decide();
  const collections: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collections.push(duration);
  });
  observer.observe({ entryTypes: ["gc"] });
  const timesUs = new Float64Array(ROUNDS);
  const undisturbedUs: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) {
    // The collector's reports come between turns.
    if (round % 1_000 === 0) await setImmediate();
    const switches = process.resourceUsage().involuntaryContextSwitches;
    const startedNs = process.hrtime.bigint();
    decide();
    const timeUs = Number(process.hrtime.bigint() - startedNs) / 1_000;
    timesUs[round] = timeUs;
    if (process.resourceUsage().involuntaryContextSwitches === switches) undisturbedUs.push(timeUs);
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  await setImmediate();
  observer.disconnect();
  const sorted = timesUs.toSorted();
  const at = (share: number, times: ArrayLike<number> = sorted): number =>
    Math.round(times[Math.floor(share * (times.length - 1))] ?? 0);
  return {
    p50Us: at(0.5),
    p95Us: at(0.95),
    p99Us: at(0.99),
    undisturbedP99Us: at(
      0.99,
      undisturbedUs.toSorted((a, b) => a - b),
    ),
    disturbedShare: 1 - undisturbedUs.length / ROUNDS,
    cpuMeanUs: Math.round((user + system) / ROUNDS),
    collections: collections.length,
    longestCollectionUs: Math.round(Math.max(0, ...collections) * 1_000),
  };
}

async function measure(name: string, promptCharacters: number): Promise<void> {
  const file = join(import.meta.dirname, "../../config/policies/default.yaml");
  const loaded = loadPolicy(readFileSync(file, "utf8"), file);
  if (!loaded.ok) throw new Error(`${file} is refused`);
  const endpoints = Array.from({ length: ENDPOINTS }, (_, index) => endpointAt(index));
  const request = requestOf(promptCharacters);
  const decide = (): number =>
    route({
      requestId: "req_bench",
      request,
      principal: { keyId: "key_bench", keyName: "bench", role: "inference", tags: ["eu"] },
      endpoints,
      policy: loaded.policy,
      dataClasses: ["public", "internal", "confidential", "restricted"],
      now: nowFactsOf(1_767_787_200_000),
      chance: 0.5,
      learned: LEARNED,
    }).candidates.length;
  const line = { name, endpoints: ENDPOINTS, candidates: decide(), ...(await timingOf(decide)) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

await measure("prompt of 1k characters", 1_000);
await measure("prompt of 128k characters", 128_000);
