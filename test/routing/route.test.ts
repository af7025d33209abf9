import { describe, expect, it } from "vitest";
import type { EndpointSnapshot } from "../../src/core/endpoint.ts";
import { explainDecision } from "../../src/routing/explain-decision.ts";
import { refusalOf } from "../../src/routing/refusal.ts";
import { route } from "../../src/routing/route.ts";
import type { RoutingInput } from "../../src/routing/routing-input.ts";
import { chatRequest, endpoint, policyOf, PRINCIPAL, require, routeOf, routingInput } from "./builders.ts";

const order = (parts: Partial<RoutingInput>): string[] =>
  route(routingInput(parts)).candidates.map(({ endpointId }) => endpointId.split("/", 1)[0] ?? "");

const price = (input: number, output: number): { price: EndpointSnapshot["facts"]["price"] & object } => ({
  price: { inputMicroUsdPerMillion: input * 1_000_000, outputMicroUsdPerMillion: output * 1_000_000 },
});
const measured = (p50: number, count = 10): { p50: number; p75: number; p90: number; p99: number; count: number } => ({
  p50,
  p75: p50,
  p90: p50,
  p99: p50,
  count,
});

const dear = endpoint("dear", price(5, 15), { decodeTokensPerSecond: 100, prefillTokensPerSecond: 5_000 });
const cheap = endpoint("cheap", price(1, 3), { decodeTokensPerSecond: 10, prefillTokensPerSecond: 500 });
const unpriced = endpoint("unpriced", {}, { decodeTokensPerSecond: 50, prefillTokensPerSecond: 2_000 });

describe("the order of candidates", () => {
  it("follows the caller's sort over the route's tiers", () => {
    const tiers = policyOf(
      [],
      [routeOf({ prefer: [{ text: "dear", holds: (f) => f.endpoint?.["provider"] === "dear" }] })],
    );
    const endpoints = [dear, unpriced, cheap];
    expect(order({ endpoints, policy: tiers })[0]).toBe("dear");
    const sorted = (sort: "price" | "throughput" | "latency"): string[] =>
      order({ endpoints, policy: tiers, request: chatRequest({ provider: { sort } }) });
    expect(sorted("price")).toEqual(["cheap", "dear", "unpriced"]);
    expect(sorted("throughput")).toEqual(["dear", "unpriced", "cheap"]);
    expect(sorted("latency")).toEqual(["dear", "unpriced", "cheap"]);
  });

  it("takes :floor and :nitro for a sort, the last one given, and the provider object's above both", () => {
    const endpoints = [dear, cheap];
    expect(order({ endpoints, request: chatRequest({ suffixes: ["floor"] }) })[0]).toBe("cheap");
    expect(order({ endpoints, request: chatRequest({ suffixes: ["floor", "nitro"] }) })[0]).toBe("dear");
    expect(order({ endpoints, request: chatRequest({ suffixes: ["nitro"], provider: { sort: "price" } }) })[0]).toBe(
      "cheap",
    );
  });

  it("follows provider.order, with the unnamed after the named", () => {
    const request = chatRequest({ provider: { order: ["unpriced", "dear"] } });
    expect(order({ endpoints: [dear, cheap, unpriced], request })).toEqual(["unpriced", "dear", "cheap"]);
  });

  it("keeps only the first without fallbacks, and none once that was tried", () => {
    const request = chatRequest({ provider: { allowFallbacks: false, sort: "price" } });
    const endpoints = [dear, cheap];
    expect(order({ endpoints, request })).toEqual(["cheap"]);
    const tried = [{ endpointId: cheap.facts.id, errorCode: "upstream_failed" }];
    expect(order({ endpoints, request, alreadyTried: tried })).toEqual([]);
  });

  it("keeps all of provider.order without fallbacks", () => {
    const request = chatRequest({ provider: { allowFallbacks: false, order: ["dear", "cheap"] } });
    expect(order({ endpoints: [unpriced, cheap, dear], request })).toEqual(["dear", "cheap"]);
  });

  it("prefers endpoints that write as long an answer as was asked for, whatever the sort", () => {
    const short = endpoint("short", { ...price(1, 1), maxOutputTokens: 100 });
    const long = endpoint("long", { ...price(9, 9), maxOutputTokens: 1_000 });
    const asked = (maxTokens: number) => chatRequest({ maxTokens, provider: { sort: "price" } });
    expect(order({ endpoints: [short, long], request: asked(1_000) })).toEqual(["long", "short"]);
    expect(order({ endpoints: [short, long], request: asked(100) })).toEqual(["short", "long"]);
  });

  it("prefers endpoints that declare tools, whatever the sort", () => {
    const capable = endpoint("capable", { ...price(9, 9), capabilities: ["tools"] });
    const request = chatRequest({ toolCount: 1, provider: { sort: "price" } });
    expect(order({ endpoints: [cheap, capable], request })).toEqual(["capable", "cheap"]);
  });

  it("goes through the models in the order asked for, unless the sort spans them", () => {
    const second = endpoint("second", { ...price(0.1, 0.1), modelId: "maker/other" });
    const endpoints = [second, dear];
    const request = chatRequest({ fallbackModels: ["maker/other"] });
    expect(order({ endpoints, request })).toEqual(["dear", "second"]);
    const partitioned = { ...request, provider: { ...request.provider, sort: "price" as const } };
    expect(order({ endpoints, request: partitioned })).toEqual(["dear", "second"]);
    const spanning = { ...partitioned, provider: { ...partitioned.provider, sortPartition: "none" as const } };
    expect(order({ endpoints, request: spanning })).toEqual(["second", "dear"]);
  });

  it("puts endpoints that miss a preferred threshold behind, and unmeasured ones between", () => {
    const fast = endpoint("fast", price(9, 9), { tokensPerSecond: measured(80) });
    const slow = endpoint("slow", price(0.1, 0.1), { tokensPerSecond: measured(5) });
    const request = chatRequest({ provider: { preferredMinTokensPerSecond: { p50: 50 }, sort: "price" } });
    expect(order({ endpoints: [slow, unpriced, fast], request })).toEqual(["fast", "unpriced", "slow"]);
  });

  it("puts an endpoint for which burstWhen holds behind all tiers", () => {
    const policy = policyOf(
      [],
      [
        routeOf({
          prefer: [{ text: "box", holds: (f) => f.endpoint?.["location"] === "box" }],
          burstWhen: { text: "queue", holds: (f) => Number(f.endpoint?.["queue_ms"]) > 2_000 },
        }),
      ],
    );
    const idle = endpoint("box", { slots: 1 }, { decodeTokensPerSecond: 50 });
    const busy = endpoint("box", { slots: 1 }, { decodeTokensPerSecond: 50, running: 1, queued: 3 });
    expect(order({ endpoints: [idle, dear], policy })).toEqual(["box", "dear"]);
    expect(order({ endpoints: [busy, dear], policy })).toEqual(["dear", "box"]);
  });

  it("stays with the endpoint that served the conversation while that is not busy", () => {
    const [a, b] = [endpoint("a", { ...price(1, 1), slots: 1 }), endpoint("b", { ...price(1, 1), slots: 1 })];
    const sticky = { endpointId: b.facts.id };
    expect(order({ endpoints: [a, b], sticky })[0]).toBe("b");
    const busy = { ...b, state: { ...b.state, running: 1, queued: 5 } };
    expect(order({ endpoints: [a, busy], sticky })[0]).toBe("a");
    expect(order({ endpoints: [a, b], sticky, request: chatRequest({ provider: { order: ["a"] } }) })[0]).toBe("a");
  });

  it("weighs money against time under the balanced objective", () => {
    const policy = policyOf([], [routeOf({ objective: "balanced" })]);
    const slowAndFree = endpoint(
      "slow",
      { ...price(0, 0), quality: 0.5 },
      { decodeTokensPerSecond: 2, prefillTokensPerSecond: 500 },
    );
    const fastAndCheap = endpoint(
      "fast",
      { ...price(0.1, 0.2), quality: 0.5 },
      { decodeTokensPerSecond: 90, prefillTokensPerSecond: 900 },
    );
    const waiting = chatRequest({});
    const mayWait = chatRequest({ serviceTier: "flex" });
    expect(order({ endpoints: [slowAndFree, fastAndCheap], policy, request: waiting })[0]).toBe("fast");
    expect(order({ endpoints: [slowAndFree, fastAndCheap], policy, request: mayWait })[0]).toBe("slow");
  });

  it("notes a route whose condition can't be evaluated and takes the next", () => {
    const broken = routeOf({ id: "broken", when: () => ({ error: "principal.team is unknown" }) });
    const decision = route(routingInput({ policy: policyOf([], [broken, routeOf({ id: "next" })]) }));
    expect(decision.routeId).toBe("next");
    expect(decision.notes).toEqual(["route broken was passed over: principal.team is unknown"]);
  });

  it("leaves unknown numbers out of a prediction", () => {
    const { candidates } = route(routingInput({ endpoints: [endpoint("cloud", {}, { loaded: true })] }));
    expect(candidates[0]?.prediction).toEqual({ queueMs: 0 });
    expect(candidates[0]?.reasons.join()).toContain("a prior stands in");
  });
});

describe("a refusal", () => {
  const restricted = require("restricted-never-leaves", (facts) => facts["location"] === "box");
  const cloud = endpoint("acme", { retentionDays: 30, trainsOnData: true, contextTokens: 4_096 });
  const refusal = (parts: Partial<RoutingInput>): ReturnType<typeof refusalOf> => {
    const decision = route(routingInput({ endpoints: [cloud], ...parts }));
    expect(decision.candidates).toEqual([]);
    return refusalOf(decision);
  };
  const open = endpoint("acme", {}, { breaker: "open", breakerRetryInMs: 1_500 });
  const CASES: readonly (readonly [string, Partial<RoutingInput>, string, string])[] = [
    ["by a rule names the rule", { policy: policyOf([restricted]) }, "policy_forbids", "restricted-never-leaves"],
    [
      "for an unknown model offers the nearest",
      { request: chatRequest({ model: "maker/modle" }) },
      "model_not_found",
      "maker/model",
    ],
    [
      "for an unknown variant is an unknown model",
      { request: chatRequest({ suffixes: ["turbo"] }) },
      "model_not_found",
      "maker/model",
    ],
    [
      "of auto without a model to choose names the lists",
      { request: chatRequest({ model: "auto", autoModels: { excluded: ["*"] } }) },
      "no_endpoint_matches",
      "plugins",
    ],
    [
      "for length names the context",
      { request: chatRequest({ maxTokens: 100_000 }) },
      "context_length_exceeded",
      "4096",
    ],
    [
      "by provider.only",
      { request: chatRequest({ provider: { only: ["other"] } }) },
      "no_endpoint_matches",
      "provider.only",
    ],
    [
      "by more than one field names the last one, and the endpoint that got so far",
      {
        endpoints: [endpoint("zeta"), cloud],
        request: chatRequest({ provider: { only: ["acme"], zeroDataRetention: true } }),
      },
      "no_endpoint_matches",
      "acme/maker/model by provider.zdr",
    ],
    [
      "by provider.ignore",
      { request: chatRequest({ provider: { ignore: ["acme"] } }) },
      "no_endpoint_matches",
      "provider.ignore",
    ],
    ["by zdr", { request: chatRequest({ provider: { zeroDataRetention: true } }) }, "no_endpoint_matches", "30 days"],
    [
      "by data_collection",
      { request: chatRequest({ provider: { dataCollection: "deny" } }) },
      "no_endpoint_matches",
      "trains",
    ],
    [
      "by quantizations",
      { request: chatRequest({ provider: { quantizations: ["fp8"] } }) },
      "no_endpoint_matches",
      "unknown precision",
    ],
    [
      "by max_price, when the price is unknown",
      { request: chatRequest({ provider: { maxPrice: { promptMicroUsdPerMillion: 9 } } }) },
      "no_endpoint_matches",
      "max_price",
    ],
    ["by :local", { request: chatRequest({ suffixes: ["local"] }) }, "no_endpoint_matches", ":local"],
    ["by :free", { request: chatRequest({ suffixes: ["free"] }) }, "no_endpoint_matches", ":free"],
    [
      "by require_parameters",
      { request: chatRequest({ parameters: ["logprobs"], provider: { requireParameters: true } }) },
      "no_endpoint_matches",
      "logprobs",
    ],
    [
      "for a data class that does not exist",
      { request: chatRequest({ hints: { dataClass: "restrictd" } }) },
      "invalid_request",
      "restricted",
    ],
    [
      "for a key whose class does not exist",
      { principal: { ...PRINCIPAL, dataClass: "gone" } },
      "policy_forbids",
      "gone",
    ],
    [
      "for images",
      { endpoints: [endpoint("box")], request: chatRequest({ hasImages: true }) },
      "unsupported_parameter",
      "images",
    ],
    [
      "without network",
      { endpoints: [endpoint("acme", { excludedBecause: "air-gapped" })] },
      "policy_forbids",
      "air-gapped",
    ],
    ["without an endpoint", { endpoints: [] }, "no_endpoint_available", "No models"],
    [
      "for a failed worker",
      { endpoints: [endpoint("box", {}, { unavailableBecause: "out of memory" })] },
      "no_endpoint_available",
      "out of memory",
    ],
    ["for an open breaker", { endpoints: [open] }, "no_endpoint_available", "failed repeatedly"],
    ["for a price that nobody knows", { principal: { ...PRINCIPAL, budgetMicroUsd: 1 } }, "price_unknown", "unknown"],
    [
      "for a budget that is too small",
      {
        endpoints: [endpoint("acme", { ...price(1, 1), maxOutputTokens: 1_000 })],
        principal: { ...PRINCIPAL, budgetMicroUsd: 1 },
      },
      "budget_exceeded",
      "USD",
    ],
  ];

  it.each(CASES)("%s", (_, parts, errorCode, word) => {
    const refused = refusal(parts);
    expect(refused.errorCode).toBe(errorCode);
    expect(refused.message).toContain(word);
  });

  it("says when an open breaker lets the next probe through", () => {
    expect(refusal({ endpoints: [open] }).retryAfterMs).toBe(1_500);
  });

  it("is about what may change when one endpoint is forbidden and another only down", () => {
    const box = endpoint("box", {}, { unavailableBecause: "loading failed" });
    const refused = refusal({ endpoints: [cloud, box], policy: policyOf([restricted]) });
    expect(refused.errorCode).toBe("no_endpoint_available");
    expect(refused.metadata).toMatchObject({
      rules: ["restricted-never-leaves"],
      candidates: [
        { endpoint: "acme/maker/model", rule: "restricted-never-leaves" },
        { endpoint: "box/maker/model", filter: "unavailable" },
      ],
    });
  });
});

describe("the data class of a request", () => {
  const classOf = (header: string | undefined, key: string | undefined): string =>
    route(
      routingInput({
        request: chatRequest({ hints: header === undefined ? {} : { dataClass: header } }),
        principal: { ...PRINCIPAL, ...(key === undefined ? {} : { dataClass: key }) },
      }),
    ).dataClass;

  it("is the key's, raised by the header and never lowered, else internal", () => {
    expect(classOf(undefined, undefined)).toBe("internal");
    expect(classOf("public", undefined)).toBe("internal");
    expect(classOf("restricted", undefined)).toBe("restricted");
    expect(classOf("public", "confidential")).toBe("confidential");
    expect(classOf("restricted", "confidential")).toBe("restricted");
    expect(classOf(undefined, "public")).toBe("public");
  });

  it("is the most sensitive where an installation has no class internal", () => {
    expect(route(routingInput({ dataClasses: ["open", "secret"] })).dataClass).toBe("secret");
  });
});

describe("the rejection of endpoints", () => {
  it("keeps an endpoint that is being restarted for when nothing else is left", () => {
    const restarting = endpoint("box", {}, { loaded: false, restarting: true, loadMs: 10 });
    const other = endpoint("acme", { modelId: "other" });
    const request = chatRequest({ fallbackModels: ["other"], provider: { order: ["box"] } });
    expect(order({ request, endpoints: [restarting, other] })).toEqual(["acme", "box"]);
    expect(order({ request, endpoints: [restarting] })).toEqual(["box"]);
  });

  it("says when an endpoint that is down is expected back", () => {
    const down = endpoint("box", {}, { unavailableBecause: "it crashed", unavailableForMs: 4_000 });
    expect(refusalOf(route(routingInput({ endpoints: [down] })))).toMatchObject({ retryAfterMs: 4_000 });
  });

  it("lets an endpoint through whose breaker is due for a probe", () => {
    expect(order({ endpoints: [endpoint("a", {}, { breaker: "half-open" })] })).toEqual(["a"]);
    expect(order({ endpoints: [endpoint("a", {}, { breaker: "open", breakerRetryInMs: 0 })] })).toEqual(["a"]);
  });

  it("does not hold an estimate of the prompt against an endpoint that may have room", () => {
    const small = endpoint("a", { ...price(0, 0), contextTokens: 1_000 });
    const large = endpoint("b", { ...price(9, 9), contextTokens: 9_000 });
    const request = chatRequest({ estimatedPromptTokens: 1_500 });
    expect(order({ endpoints: [small, large], request })).toEqual(["b", "a"]);
  });

  it("takes images to an endpoint that says nothing about itself when no other says that it reads them", () => {
    const silent = endpoint("silent");
    const texts = endpoint("texts", { capabilities: ["tools"] });
    const reads = endpoint("reads", { capabilities: ["images"] });
    const request = chatRequest({ hasImages: true });
    expect(order({ endpoints: [silent, texts, reads], request })).toEqual(["reads", "silent"]);
  });

  it("understands families of weights", () => {
    const q4 = endpoint("a", { quantization: "Q4_K_M" });
    const request = chatRequest({ provider: { quantizations: ["int4"] } });
    expect(order({ endpoints: [q4, endpoint("b", { quantization: "fp16" })], request })).toEqual(["a"]);
  });

  it("goes around an endpoint that the budget does not cover", () => {
    const principal = { ...PRINCIPAL, budgetMicroUsd: 1_000 };
    const endpoints = [
      endpoint("dear", { ...price(50, 50), contextTokens: 8_000 }),
      endpoint("box", { contextTokens: 8_000 }),
    ];
    expect(order({ endpoints, principal })).toEqual(["box"]);
  });

  it("goes around an endpoint that the budget of the key's team does not cover", () => {
    const endpoints = [
      endpoint("dear", { ...price(50, 50), contextTokens: 8_000 }),
      endpoint("box", { contextTokens: 8_000 }),
    ];
    const team = { settledMicroUsd: 100, reservedMicroUsd: 0, limitMicroUsd: 1_000 };
    const spend = { settledMicroUsd: 0, reservedMicroUsd: 0, limitMicroUsd: 1_000_000, team };
    expect(order({ endpoints, spend })).toEqual(["box"]);
    const decision = route(routingInput({ endpoints, spend }));
    expect(decision.rejected[0]?.detail).toContain("the key's team has 0.0009 USD left");
  });

  it("leaves models alone that do not chat", () => {
    const embedder = endpoint("a", { capabilities: ["embeddings"] });
    expect(order({ endpoints: [embedder, endpoint("b")], request: chatRequest({ model: "auto" }) })).toEqual(["b"]);
  });
});

describe("explainDecision", () => {
  it("has a row for every endpoint, the first candidate first", () => {
    const rows = explainDecision(
      route(
        routingInput({
          request: chatRequest({ suffixes: ["floor"] }),
          endpoints: [cheap, dear, endpoint("x", { modelId: "other/model" })],
        }),
      ),
    );
    expect(rows.map(({ position, verdict }) => [position, verdict])).toEqual([
      [1, "candidate"],
      [2, "candidate"],
      [undefined, "rejected"],
    ]);
    expect(rows[0]).toMatchObject({ endpointId: "cheap/maker/model", queueMs: 0, tokensPerSecond: 10 });
    expect(rows[2]?.why).toBe("model model: it serves other/model");
  });
});
