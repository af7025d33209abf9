import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import type { EndpointSnapshot } from "../../src/core/endpoint.ts";
import { loadPolicy } from "../../src/policy/load-policy.ts";
import { nowFactsOf } from "../../src/routing/now-facts.ts";
import { route } from "../../src/routing/route.ts";

/*
 * How long one decision takes: 50 endpoints of every kind, the default policy, a short and a long prompt.
 * Run with `npm run bench:route`. Prints one line of JSON per case; times are in microseconds. On a machine that does
 * other work p99 is how long the process waits for a core; `nice -n -20` as root keeps that out.
 */

const ENDPOINTS = 50;
const WARM_UP = 3_000;
const ROUNDS = 10_000;

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
    },
  };
}

function requestOf(promptTokens: number): InferenceRequest {
  const promptCharacters = promptTokens * 4;
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

function measure(name: string, promptTokens: number): void {
  const file = join(import.meta.dirname, "../../config/policies/default.yaml");
  const loaded = loadPolicy(readFileSync(file, "utf8"), file);
  if (!loaded.ok) throw new Error(`${file} is refused`);
  const endpoints = Array.from({ length: ENDPOINTS }, (_, index) => endpointAt(index));
  const request = requestOf(promptTokens);
  const decide = (): number =>
    route({
      requestId: "req_bench",
      request,
      principal: { keyId: "key_bench", keyName: "bench", role: "inference", tags: ["eu"] },
      endpoints,
      policy: loaded.policy,
      dataClasses: ["public", "internal", "confidential", "restricted"],
      now: nowFactsOf(1_767_787_200_000),
    }).candidates.length;
  for (let round = 0; round < WARM_UP; round++) decide();
  const timesUs = Array.from({ length: ROUNDS }, () => {
    const startedNs = process.hrtime.bigint();
    decide();
    return Number(process.hrtime.bigint() - startedNs) / 1_000;
  }).toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(timesUs[Math.floor(share * (ROUNDS - 1))] ?? 0);
  const line = { name, endpoints: ENDPOINTS, candidates: decide(), p50Us: at(0.5), p95Us: at(0.95), p99Us: at(0.99) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

measure("prompt of 1k tokens", 1_000);
measure("prompt of 128k tokens", 128_000);
