import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProviderPreferences } from "../../src/core/inference-request.ts";
import type { EndpointSnapshot } from "../../src/core/endpoint.ts";
import { refusalOf } from "../../src/routing/refusal.ts";
import { route } from "../../src/routing/route.ts";
import { chatRequest, endpoint, policyOf, require, routingInput } from "./builders.ts";

const usd = (input: number, fees: object = {}): EndpointSnapshot["facts"]["price"] & object => ({
  inputMicroUsdPerMillion: input * 1_000_000,
  outputMicroUsdPerMillion: input * 2_000_000,
  ...fees,
});

const ENDPOINTS: readonly EndpointSnapshot[] = [
  endpoint("box", { quality: 0.2 }),
  endpoint("acme", { region: "eu-west", price: usd(2), quantization: "fp8", quality: 0.6, serviceTier: "default" }),
  endpoint("acme-flex", { price: usd(1), serviceTier: "flex" }),
  endpoint("acme-fast", { price: usd(9), serviceTier: "priority" }, { decodeTokensPerSecond: 400 }),
  endpoint("fees", { price: usd(0.5, { requestMicroUsd: 10_000, imageMicroUsd: 5_000 }), quality: 0.9 }),
  endpoint("sound", { price: usd(0.4), capabilities: ["audio", "tools"] }),
];

type Asked = Parameters<typeof chatRequest>[0];

const decide = (asked: Asked, endpoints = ENDPOINTS) => route(routingInput({ endpoints, request: chatRequest(asked) }));
const providersOf = (asked: Asked): string[] =>
  decide(asked).candidates.map(({ endpointId }) => endpointId.split("/", 1)[0] ?? "");
const UNTIERED = ["box", "fees", "sound"];

describe("what a request may add, field by field", () => {
  it.each<[string, Asked, readonly string[]]>([
    ["nothing", {}, ["acme", ...UNTIERED]],
    ["only, by a region of the provider", { provider: { only: ["acme/eu-west"] } }, ["acme"]],
    ["only, by the precision of the weights", { provider: { only: ["acme/fp8"] } }, ["acme"]],
    ["only, by the model", { provider: { only: ["acme/maker/model"] } }, ["acme"]],
    ["only, by a region that the provider does not have", { provider: { only: ["acme/us-east"] } }, []],
    ["ignore, by a variant", { provider: { ignore: ["acme/eu-west", "box"] } }, ["fees", "sound"]],
    [
      "order without fallbacks, by a variant",
      { provider: { order: ["acme/eu-west"], allowFallbacks: false } },
      ["acme"],
    ],
    ["a highest fee a request", { provider: { maxPrice: { requestMicroUsd: 9_999 } } }, ["acme", "box", "sound"]],
    ["a highest price a picture", { provider: { maxPrice: { imageMicroUsd: 4_999 } } }, ["acme", "box", "sound"]],
    ["a highest fee that is kept", { provider: { maxPrice: { requestMicroUsd: 10_000 } } }, ["acme", ...UNTIERED]],
    ["a highest price of sound", { provider: { maxPrice: { limitsAudio: true } } }, ["acme", "box", "fees"]],
    ["the flex tier", { serviceTier: "flex" }, ["acme-flex", ...UNTIERED]],
    ["the priority tier", { serviceTier: "priority" }, ["acme", "acme-fast", ...UNTIERED]],
    ["another tier", { serviceTier: "auto" }, ["acme", ...UNTIERED]],
    [":floor, which admits flex", { suffixes: ["floor"] }, ["acme", "acme-flex", ...UNTIERED]],
    [":nitro, which admits priority", { suffixes: ["nitro"] }, ["acme", "acme-fast", ...UNTIERED]],
    ["a tier by its slug", { provider: { only: ["acme-flex/flex"] } }, ["acme-flex"]],
    ["a provider whose tier was not asked for", { provider: { only: ["acme-flex"] } }, []],
    ["auto, within a list of models", { model: "auto", autoModels: { allowed: ["other/*"] } }, []],
    ["auto, within a pattern", { model: "auto", autoModels: { allowed: ["mak*/m*l"] } }, ["acme", ...UNTIERED]],
    ["auto, without a model", { model: "auto", autoModels: { excluded: ["*/model"] } }, []],
    ["a model by name, whatever auto may choose", { autoModels: { excluded: ["*"] } }, ["acme", ...UNTIERED]],
    [":local with :free", { suffixes: ["local", "free"] }, ["box"]],
  ])("%s", (_, asked, providers) => {
    expect(providersOf(asked).toSorted()).toEqual(providers.toSorted());
  });

  it("puts the tier asked for before the default one", () => {
    const order = providersOf({ serviceTier: "priority", provider: { only: ["acme", "acme-fast"] } });
    expect(order).toEqual(["acme-fast", "acme"]);
  });

  it("puts the priority tier before clouds without a tier, however cheap, and not before this box, whose queue knows of it", () => {
    const order = providersOf({ serviceTier: "priority", provider: { sort: "price" } });
    expect(order).toEqual(["box", "acme-fast", "sound", "acme", "fees"]);
  });

  it.each<[string, Asked]>([
    ["sort: exacto", { provider: { sort: "exacto" } }],
    [":exacto", { suffixes: ["exacto"] }],
    [":exacto as the last of two sorts", { suffixes: ["floor", "exacto"] }],
  ])("puts quality first under %s", (_, asked) => {
    expect(providersOf(asked)[0]).toBe("fees");
  });

  it("takes an endpoint with a fee for one that costs something, whatever its tokens cost", () => {
    const fee = endpoint("fee", { price: usd(0, { requestMicroUsd: 1 }) });
    const picture = endpoint("picture", { price: usd(0, { imageMicroUsd: 1 }) });
    const free = endpoint("free", { price: usd(0) });
    const asked = decide({ suffixes: ["free"] }, [fee, picture, free]);
    expect(asked.candidates.map(({ endpointId }) => endpointId)).toEqual(["free/maker/model"]);
  });

  it("counts fees for the request and its pictures in the expected price", () => {
    const cost = (imageCount: number): number =>
      decide({ imageCount, provider: { only: ["fees"] } }).candidates[0]?.prediction.costMicroUsd ?? 0;
    expect(cost(3) - cost(1)).toBe(2 * 5_000);
    expect(cost(0)).toBeGreaterThanOrEqual(10_000);
  });

  it("notes a provider's slug that names nothing, with the nearest that does", () => {
    expect(decide({ provider: { ignore: ["acmee"] } }).notes).toEqual([
      "no provider is named acmee; did you mean acme?",
    ]);
  });
});

describe("an error about availability", () => {
  const availability = (asked: Asked, endpoints = ENDPOINTS): unknown =>
    refusalOf(decide(asked, endpoints)).metadata["availability"];

  it("says which filter of the request removed the last endpoint", () => {
    expect(availability({ provider: { only: ["fees"], maxPrice: { requestMicroUsd: 1 } } })).toEqual({
      code: "constraint_filtered",
      retryable: false,
      requested_models: ["maker/model"],
      affected_providers: expect.arrayContaining(["fees", "box"]) as string[],
      excluded_by: ["max_price", "allowed_providers"],
      constraint: { field: "provider.max_price", detail: expect.any(String) as string },
    });
  });

  it("says that waiting helps, and how long, where an endpoint can't serve now", () => {
    const down = endpoint("acme", {}, { breaker: "open", breakerRetryInMs: 1_500 });
    expect(availability({}, [down])).toMatchObject({
      code: "temporarily_unavailable",
      retryable: true,
      retry_after: 2,
      excluded_by: ["breaker"],
    });
  });

  it("names the rule where policy forbids", () => {
    const decision = route(routingInput({ policy: policyOf([require("nowhere", () => false)]) }));
    expect(refusalOf(decision).metadata["availability"]).toMatchObject({
      code: "privacy_restricted",
      excluded_by: ["policy:nowhere"],
    });
  });

  it("offers the nearest suffix for one that is not known, on any of the names", () => {
    const refusal = refusalOf(decide({ suffixes: ["flor"], fallbackModels: ["maker/other"] }));
    expect(refusal).toMatchObject({ errorCode: "model_not_found", param: "model" });
    expect(refusal.message).toContain("Did you mean :floor?");
  });
});

describe("a request's options", () => {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(arbitrary, { nil: undefined });
  const slugs = fc.subarray(["acme", "acme/eu-west", "acme-flex/flex", "box", "nobody"]);
  const preferences = fc.record(
    {
      order: slugs,
      only: slugs,
      ignore: slugs,
      allowFallbacks: fc.boolean(),
      requireParameters: fc.boolean(),
      dataCollection: fc.constantFrom("allow", "deny"),
      zeroDataRetention: fc.boolean(),
      quantizations: fc.subarray(["fp8", "int4", "unknown"]),
      sort: fc.constantFrom("price", "throughput", "latency", "exacto"),
      sortPartition: fc.constantFrom("model", "none"),
      maxPrice: fc.record({ promptMicroUsdPerMillion: fc.nat(3_000_000), requestMicroUsd: fc.nat(20_000) }),
      preferredMinTokensPerSecond: fc.record({ p50: fc.nat(100) }),
      preferredMaxLatencyMs: fc.record({ p90: fc.nat(1_000) }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Partial<ProviderPreferences>>;
  const asked = fc.record({
    provider: preferences,
    suffixes: fc.subarray(["floor", "nitro", "exacto", "local", "free", "weird"]),
    serviceTier: maybe(fc.constantFrom("flex", "priority", "auto")),
    model: fc.constantFrom("auto", "maker/model", "maker/other"),
    fallbackModels: fc.subarray(["maker/model", "auto"]),
    parameters: fc.subarray(["tools", "seed"]),
    maxTokens: maybe(fc.integer({ min: 1, max: 10_000 })),
  });

  it("narrow what policy allows and never widen it, whatever they are", () => {
    const policy = policyOf([require("no-fees", ({ provider }) => provider !== "fees")]);
    const allowed = new Set(
      [undefined, "flex", "priority"].flatMap((serviceTier) => {
        const request = chatRequest({ model: "auto", ...(serviceTier === undefined ? {} : { serviceTier }) });
        return route(routingInput({ endpoints: ENDPOINTS, policy, request })).candidates.map((one) => one.endpointId);
      }),
    );
    fc.assert(
      fc.property(asked, ({ serviceTier, maxTokens, ...parts }) => {
        const request = chatRequest({
          ...parts,
          ...(serviceTier === undefined ? {} : { serviceTier }),
          ...(maxTokens === undefined ? {} : { maxTokens }),
        });
        const { candidates } = route(routingInput({ endpoints: ENDPOINTS, policy, request }));
        expect(candidates.filter(({ endpointId }) => !allowed.has(endpointId))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
