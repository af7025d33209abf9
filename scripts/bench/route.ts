import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import { loadTextModel } from "../../src/app/load-text-model.ts";
import { attemptDraft } from "../../src/audit/leaf-drafts.ts";
import { encodeLeaf } from "../../src/audit/leaf.ts";
import type { Decision } from "../../src/core/decision.ts";
import type { EndpointSnapshot, PendingWork } from "../../src/core/endpoint.ts";
import { recordRequest } from "../../src/core/recorded-request.ts";
import { LearnedLengths } from "../../src/dispatch/learn/learned-lengths.ts";
import { loadPolicy } from "../../src/policy/load-policy.ts";
import { nowFactsOf } from "../../src/routing/now-facts.ts";
import { route } from "../../src/routing/route.ts";
import { liveEndpointsOf } from "./live-endpoints.ts";
import { timeBesideSpin, type Timing } from "./time-beside-spin.ts";

/*
 * How long one decision takes: 50 endpoints of every kind with their load, the default policy, the text model, learned
 * lengths, a short and a long prompt. Run with `npm run bench:route`. Prints one line of JSON per case; times are in microseconds by the clock, the
 * garbage collector's included. Between every two decisions a fixed piece of arithmetic runs, and what the machine does to
 * that (`spin`) is told beside; `whileQuiet` are the decisions before and after which it did nothing to it: on a machine that
 * does other work, the rest of a p99 is how long the process waits for a core, or shares one.
 *
 * The other lines are what a request pays beside its decision: asking all endpoints how they are, recording what the request
 * was, and writing the leaf of the decision.
 */

const ENDPOINTS = 50;

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

async function measure(name: string, promptCharacters: number): Promise<Decision> {
  const file = join(import.meta.dirname, "../../config/policies/default.yaml");
  const loaded = loadPolicy(readFileSync(file, "utf8"), file);
  if (!loaded.ok) throw new Error(`${file} is refused`);
  const textModel = loadTextModel(join(import.meta.dirname, "../.."));
  if (textModel.kind === "absent") throw new Error(textModel.because);
  const endpoints = Array.from({ length: ENDPOINTS }, (_, index) => endpointAt(index));
  const request = requestOf(promptCharacters);
  const decide = (): Decision =>
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
      textModel: textModel.model,
    });
  print(name, await timeBesideSpin(decide));
  return decide();
}

function print(name: string, timing: Timing): void {
  process.stdout.write(`${JSON.stringify({ name, endpoints: ENDPOINTS, ...timing })}\n`);
}

/** The leaf of a request's first attempt, as the journal's thread gets it. */
function leafOf(decision: Decision): string {
  const principal = { keyId: "key_bench", keyName: "bench", role: "inference" as const, tags: ["eu"] };
  const draft = attemptDraft(
    {
      requestId: "req_bench",
      attemptNumber: 1,
      endpointId: "p1/maker/model",
      principal,
      decision,
      clientIp: "127.0.0.1",
    },
    Buffer.alloc(32),
  );
  return encodeLeaf(draft, { time: "2026-01-07T12:00:00.000Z", monotonicMs: 1_000, runId: "run_bench" });
}

const decision = await measure("prompt of 1k characters", 1_000);
await measure("prompt of 128k characters", 128_000);
const lives = liveEndpointsOf(Array.from({ length: ENDPOINTS }, (_, index) => endpointAt(index).facts));
print("facts of all endpoints", await timeBesideSpin(() => lives.map((live) => live.snapshot())));
const asked = requestOf(1_000);
const spend = { settledMicroUsd: 1_000, reservedMicroUsd: 10 };
print("record of the request", await timeBesideSpin(() => recordRequest(asked, spend)));
const recorded = { ...decision, request: recordRequest(asked, spend) };
print("leaf of the decision", await timeBesideSpin(() => leafOf(recorded)));
const single = { ...recorded, candidates: recorded.candidates.slice(0, 1) };
print("leaf with one candidate", await timeBesideSpin(() => leafOf(single)));
