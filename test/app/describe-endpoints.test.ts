import { describe, expect, it } from "vitest";
import { describeHostedModel, describeProvider } from "../../src/app/describe-endpoints.ts";
import { applianceSchema } from "../../src/config/appliance-schema.ts";
import type { EndpointFacts } from "../../src/core/endpoint.ts";

const READ = { ok: false, problem: "there is no file" } as const;

/** What an hour of its hardware costs by the configuration, and whose hardware it is. */
const hourOf = ({ costPerHourMicroUsd, sharedHardware }: EndpointFacts) => ({ costPerHourMicroUsd, sharedHardware });

function hosted(device: string, box: object, model: object = {}): EndpointFacts {
  const config = applianceSchema.parse({ models: [{ id: "m", file: "m.gguf", device, ...model }], box });
  const [entry] = config.models;
  if (entry === undefined) throw new Error("no model");
  return describeHostedModel(entry, READ, device === "cpu" ? "cpu" : "gpu", config.box);
}

describe("what an hour of hardware costs", () => {
  const box = { costPerHour: { cpu: 0.15, gpu: 0.9, "gpu:abc": 2 } };

  it.each([
    ["cpu", 150_000, "box cpu"],
    ["gpu", 900_000, "box gpu"],
    ["gpu:abc", 2_000_000, "box gpu:abc"],
    ["gpu:def", 900_000, "box gpu"],
  ])("is that of the device of a model on %s, shared with the others there", (device, costPerHourMicroUsd, name) => {
    expect(hourOf(hosted(device, box))).toEqual({ costPerHourMicroUsd, sharedHardware: name });
  });

  it("is the model's own where it states one, and unknown where nobody does", () => {
    expect(hourOf(hosted("cpu", box, { costPerHour: 0.05 }))).toEqual({ costPerHourMicroUsd: 50_000 });
    expect(hourOf(hosted("cpu", { costPerHour: { gpu: 1 } }))).toEqual({});
  });

  it("is that of the provider's server for its models that state none", () => {
    const { providers } = applianceSchema.parse({
      providers: [
        {
          id: "site-vllm",
          baseUrl: "http://10.0.0.1/v1",
          location: "site",
          costPerHour: 2.4,
          models: [{ id: "a" }, { id: "b", costPerHour: 1 }],
        },
      ],
    });
    expect(providers.flatMap((one) => describeProvider(one, "allowlisted")).map(hourOf)).toEqual([
      { costPerHourMicroUsd: 2_400_000, sharedHardware: "site-vllm" },
      { costPerHourMicroUsd: 1_000_000 },
    ]);
  });
});

describe("how an endpoint goes on with an unfinished answer", () => {
  it.each<[string, object, object, string | undefined]>([
    ["as its kind of server does", { engine: "vllm" }, {}, "continue-final-message"],
    ["as its kind of server does", { engine: "llama-server" }, {}, "last-message"],
    ["as is stated of the provider", { engine: "vllm", continuation: "prefix" }, {}, "prefix"],
    ["as is stated of the model", { continuation: "prefix" }, { continuation: "last-message" }, "last-message"],
    ["not at all where that is stated", { engine: "vllm", continuation: "none" }, {}, undefined],
    ["not at all as far as is known", { engine: "ollama" }, {}, undefined],
    ["not at all as far as is known", {}, {}, undefined],
  ])("is %s (%j, %j)", (_, ofProvider, ofModel, expected) => {
    const models = [{ id: "m", ...ofModel }];
    const provider = { id: "site", baseUrl: "http://10.0.0.1/v1", location: "site", models, ...ofProvider };
    const facts = applianceSchema
      .parse({ providers: [provider] })
      .providers.flatMap((one) => describeProvider(one, "allowlisted"));
    expect(facts.map(({ continuation }) => continuation)).toEqual([expected]);
  });

  it("is known of a model of this box", () => {
    expect(hosted("cpu", {}).continuation).toBe("continue-final-message");
  });
});
