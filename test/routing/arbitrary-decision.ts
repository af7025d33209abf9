import fc from "fast-check";
import type { EndpointFacts, EndpointSnapshot, WaitingLine } from "../../src/core/endpoint.ts";
import { writesText } from "../../src/core/inference-request.ts";
import type { CompiledConstraint } from "../../src/core/policy-port.ts";
import { shareHardware } from "../../src/routing/share-hardware.ts";
import { chatRequest, endpoint, policyOf, PRINCIPAL, routeOf, routingInput } from "./builders.ts";
import type { Rule } from "./reference-evaluator.ts";

const CLASSES = ["public", "internal", "confidential", "restricted"];
const MODELS = ["maker/small", "maker/large"];
const REGIONS = ["eu", "us"];

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 1 });

/** For what excludes: were each of so many fields there half of the time, nothing would ever be left to put in order. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** Takes out what is undefined, so that absent means absent. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

const factsArbitrary = fc
  .record({
    location: fc.constantFrom("box", "site", "cloud") as fc.Arbitrary<EndpointFacts["location"]>,
    modelId: fc.constantFrom(...MODELS),
    serviceTier: seldom(fc.constantFrom("default", "flex", "priority") as fc.Arbitrary<"flex">),
    quantization: maybe(fc.constantFrom("q4_k_m", "fp8", "bf16")),
    costPerHourMicroUsd: maybe(fc.nat(5_000_000)),
    sharedHardware: maybe(fc.constantFrom("box cpu", "box gpu")),
    device: maybe(fc.constantFrom("cpu", "gpu") as fc.Arbitrary<"cpu" | "gpu">),
    region: maybe(fc.constantFrom(...REGIONS)),
    retentionDays: maybe(fc.constantFrom(0, 30)),
    trainsOnData: maybe(fc.boolean()),
    contextTokens: maybe(fc.constantFrom(4_096, 131_072)),
    capabilities: fc.subarray(["tools", "images", "json-schema", "logprobs", "embeddings", "rerank"] as const),
    price: maybe(
      fc.integer({ min: 0, max: 5 }).map((usd) => ({
        inputMicroUsdPerMillion: usd * 1_000_000,
        outputMicroUsdPerMillion: usd * 3_000_000,
        ...(usd > 2 ? { requestMicroUsd: 500, imageMicroUsd: 900 } : {}),
      })),
    ),
    quality: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    excludedBecause: seldom(fc.constant("air-gapped")),
  })
  .map((facts) => ({ ...defined(facts), capabilities: [...facts.capabilities] }));

const percentilesArbitrary = fc
  .record({ p50: fc.integer({ min: 1, max: 500 }), count: fc.constantFrom(2, 50) })
  .map(({ p50, count }) => ({ p50, p75: p50 * 2, p90: p50 * 3, p95: p50 * 4, p99: p50 * 5, count }));

/** A line in which a part of those who wait goes before. */
const lineArbitrary = fc.record({ queued: fc.nat(6), ahead: fc.nat(6) }).map(({ queued, ahead }): WaitingLine => ({
  queued,
  aheadOf: ({ workloadClass }) =>
    Array.from({ length: Math.min(queued, ahead) }, () => ({
      promptTokens: 50,
      expectedOutputTokens: 90,
      workloadClass,
    })),
}));

const stateArbitrary = fc
  .record({
    breaker: fc.constantFrom("closed", "closed", "closed", "open", "half-open") as fc.Arbitrary<"closed" | "open">,
    breakerRetryInMs: seldom(fc.integer({ min: 0, max: 5_000 })),
    unavailableBecause: seldom(fc.constant("failed to load")),
    loaded: fc.boolean(),
    running: fc.integer({ min: 0, max: 8 }),
    queued: fc.integer({ min: 0, max: 8 }),
    prefillTokensPerSecond: maybe(fc.integer({ min: 50, max: 5_000 })),
    decodeTokensPerSecond: maybe(fc.integer({ min: 5, max: 200 })),
    errorRate: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    restsForMs: seldom(fc.constantFrom(0, 700)),
    restarting: maybe(fc.boolean()),
    recovering: maybe(fc.boolean()),
    ttftMs: maybe(percentilesArbitrary),
    tokensPerSecond: maybe(percentilesArbitrary),
  })
  .map(defined);

const endpointsArbitrary = fc
  .array(fc.tuple(factsArbitrary, stateArbitrary, maybe(lineArbitrary)), { maxLength: 8 })
  .map((parts) =>
    parts.map(([facts, state, line], index): EndpointSnapshot => {
      const one = endpoint(`p${index}`, facts, state);
      return line === undefined ? one : { ...one, line };
    }),
  );

const rulesArbitrary: fc.Arbitrary<Rule[]> = fc
  .array(
    fc
      .record({
        whenClass: fc.option(fc.constantFrom(...CLASSES), { nil: undefined, freq: 3 }),
        whenTag: maybe(fc.constantFrom("eu", "vip")),
        requires: fc.oneof(
          fc.record({ location: fc.constantFrom("box", "site", "cloud") }),
          fc.record({ region: fc.constantFrom(...REGIONS) }),
          fc.record({ retentionAtMost: fc.constantFrom(0, 30) }),
        ),
      })
      .map(defined),
    { maxLength: 3 },
  )
  .map((rules) => rules.map((rule, index) => ({ ...rule, id: `rule-${index}` }) as Rule));

/** Every field of `provider` but `allow_fallbacks: false`, whose whole meaning is to cut the order. */
const providerArbitrary = fc
  .record({
    only: seldom(fc.subarray(["p0", "p1", "p2", "p3/eu", "p4/flex"])),
    ignore: seldom(fc.subarray(["p0", "p3", "p1/us"])),
    order: maybe(fc.subarray(["p4", "p1", "p2/priority"])),
    requireParameters: seldom(fc.constant(true)),
    quantizations: seldom(fc.subarray(["int4", "fp8", "unknown"])),
    sort: maybe(fc.constantFrom("price", "throughput", "latency", "exacto") as fc.Arbitrary<"price">),
    sortPartition: fc.constantFrom("model", "none") as fc.Arbitrary<"model">,
    zeroDataRetention: seldom(fc.boolean()),
    dataCollection: seldom(fc.constantFrom("allow", "deny") as fc.Arbitrary<"deny">),
    maxPrice: seldom(
      fc
        .record({
          promptMicroUsdPerMillion: maybe(fc.constantFrom(0, 2_000_000)),
          completionMicroUsdPerMillion: maybe(fc.constantFrom(0, 9_000_000)),
          requestMicroUsd: maybe(fc.constantFrom(0, 600)),
          imageMicroUsd: maybe(fc.constantFrom(0, 1_000)),
        })
        .map(defined),
    ),
    preferredMinTokensPerSecond: maybe(fc.record({ p50: fc.nat(300) })),
    preferredMaxLatencyMs: maybe(fc.record({ p90: fc.nat(900) })),
    hedge: maybe(fc.boolean()),
    cascade: maybe(fc.boolean()),
  })
  .map(defined);

const requestArbitrary = fc
  .record({
    kind: fc.constantFrom(
      ...Array.from({ length: 8 }, () => "chat"),
      "completion",
      "embedding",
      "rerank",
      "classify",
    ) as fc.Arbitrary<"chat">,
    model: fc.constantFrom("auto", "auto", ...MODELS),
    fallbackModels: fc.subarray(MODELS),
    autoModels: maybe(fc.constantFrom({ allowed: ["maker/*"] }, { allowed: ["*large"] }, { excluded: ["*large"] })),
    suffixes: fc.oneof(
      { weight: 3, arbitrary: fc.subarray(["floor", "nitro", "exacto"]) },
      { weight: 1, arbitrary: fc.subarray(["floor", "nitro", "exacto", "local", "free"]) },
    ),
    serviceTier: maybe(fc.constantFrom("flex", "priority", "auto")),
    hasImages: seldom(fc.constant(true)),
    imageCount: maybe(fc.constantFrom(0, 3)),
    toolCount: fc.constantFrom(0, 2),
    parameters: fc.subarray(["temperature", "tools", "logprobs"]),
    choiceCount: fc.constantFrom(1, 3),
    maxTokens: maybe(fc.constantFrom(50, 1_000, 8_000)),
    provider: providerArbitrary,
    dataClass: maybe(fc.constantFrom(...CLASSES)),
    deadlineMs: maybe(fc.constantFrom(1_000, 60_000)),
  })
  .map(({ dataClass, deadlineMs, maxTokens, ...parts }) =>
    chatRequest({
      ...defined({ ...parts, maxTokens: writesText(parts.kind) ? maxTokens : 0 }),
      hints: defined({ dataClass, deadlineMs }),
    }),
  );

const spendArbitrary = fc.record({
  settledMicroUsd: fc.nat(20_000),
  reservedMicroUsd: fc.nat(20_000),
  limitMicroUsd: fc.nat(80_000),
});

/** A decision to be made, and the rules of its policy as data. */
export const caseArbitrary = fc
  .record({
    endpoints: endpointsArbitrary,
    rules: rulesArbitrary,
    request: requestArbitrary,
    tags: fc.subarray(["eu", "vip"]),
    keyClass: maybe(fc.constantFrom(...CLASSES)),
    spend: maybe(spendArbitrary),
    chance: maybe(fc.constantFrom(0.001, 0.5)),
    sticky: maybe(fc.record({ endpointId: fc.constantFrom("p0/maker/small", "p1/maker/large") })),
    objective: fc.constantFrom("cost", "latency", "throughput", "quality", "balanced") as fc.Arbitrary<"cost">,
  })
  .map(({ endpoints, rules, request, tags, keyClass, objective, ...rest }) => {
    const input = routingInput({
      ...defined(rest),
      endpoints: shareHardware(endpoints),
      request,
      principal: { ...PRINCIPAL, tags, ...(keyClass === undefined ? {} : { dataClass: keyClass }) },
      policy: policyOf(rules.map(compiled), [
        routeOf({
          objective,
          prefer: [
            { text: "gpu", holds: ({ endpoint: facts }) => facts?.["device"] === "gpu" },
            { text: "box", holds: ({ endpoint: facts }) => facts?.["location"] === "box" },
          ],
          burstWhen: { text: "busy", holds: ({ endpoint: facts }) => Number(facts?.["queue_ms"]) > 1_000 },
        }),
      ]),
    });
    return { input, rules };
  });

/** The same rule as routing sees it: a condition over the policy's variables, with errors for what is unknown. */
function compiled({ id, whenClass, whenTag, requires }: Rule): CompiledConstraint {
  return {
    id,
    whenReadsEndpoint: false,
    when: ({ data, principal }) =>
      (whenClass === undefined || data["class"] === whenClass) &&
      (whenTag === undefined || (principal["tags"] as string[]).includes(whenTag)),
    require: ({ endpoint: facts }) => {
      if ("location" in requires) return facts?.["location"] === requires.location;
      const value = "region" in requires ? facts?.["region"] : facts?.["retention_days"];
      if (value === undefined) return { error: "unknown" };
      return "region" in requires ? value === requires.region : Number(value) <= requires.retentionAtMost;
    },
    requireText: id,
  };
}
