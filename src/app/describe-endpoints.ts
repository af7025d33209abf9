import type { ApplianceConfig, HostedModelConfig, ProviderConfig } from "../config/appliance-schema.ts";
import type { ContinuationForm } from "../core/continuation.ts";
import type { Capability, EndpointFacts } from "../core/endpoint.ts";
import { BOX_PROVIDER_ID, endpointIdOf } from "../core/ids.ts";
import type { Price } from "../core/usage.ts";
import { egressVerdict } from "../egress/egress-verdict.ts";
import { capabilitiesOf, readModelFile, type ReadModelFile } from "./read-model-file.ts";

/** Context that a hosted model gets when neither the configuration nor its file says less. */
const DEFAULT_CONTEXT_TOKENS = 4_096;

/** Every endpoint of a configuration, hosted models first, as routing and policies will see them. Nothing is started. */
export async function describeEndpoints(config: ApplianceConfig, dataDir: string): Promise<readonly EndpointFacts[]> {
  const hosted = config.models.map(async (model) =>
    describeHostedModel(model, await readModelFile(dataDir, model.file), "cpu", config.box),
  );
  const remote = config.providers.flatMap((provider) => describeProvider(provider, config.network.egress));
  return [...(await Promise.all(hosted)), ...remote];
}

/** The endpoint of a model hosted here. A file that can't be used is no reason to leave the endpoint out: it is excluded, and says why. */
export function describeHostedModel(
  model: HostedModelConfig,
  read: ReadModelFile,
  device: "cpu" | "gpu",
  box: ApplianceConfig["box"],
): EndpointFacts {
  const header = read.ok ? read.header : undefined;
  const trainedContextTokens = header?.contextTokens ?? DEFAULT_CONTEXT_TOKENS;
  return {
    id: endpointIdOf(BOX_PROVIDER_ID, model.id),
    providerId: BOX_PROVIDER_ID,
    modelId: model.id,
    upstreamId: model.id,
    location: "box",
    device,
    retentionDays: 0,
    trainsOnData: false,
    slots: model.slots,
    contextTokens: Math.min(DEFAULT_CONTEXT_TOKENS, trainedContextTokens),
    ...known({
      region: box.region,
      jurisdiction: box.jurisdiction,
      quantization: header?.quantization,
      license: header?.license,
      excludedBecause: read.ok ? undefined : read.problem,
      // The worker renders the conversation itself, up to where an answer begins, and adds the text so far behind that.
      continuation: "continue-final-message" as const,
    }),
    ...hardwareOf(model, device, box),
    ...statedFacts(model),
    capabilities: stated(model.capabilities) ?? (header === undefined ? [] : capabilitiesOf(header)),
  };
}

/** The endpoints of a provider; excluded when the configuration keeps this box from reaching it. */
export function describeProvider(
  provider: ProviderConfig,
  egressMode: ApplianceConfig["network"]["egress"],
): readonly EndpointFacts[] {
  const verdict = egressVerdict(provider, egressMode);
  return provider.models.map((model) => ({
    id: endpointIdOf(provider.id, model.id),
    providerId: provider.id,
    modelId: model.id,
    upstreamId: model.upstreamId ?? model.id,
    location: provider.location,
    slots: provider.maxConcurrency,
    ...known({
      protocol: provider.protocol === "openai" ? undefined : provider.protocol,
      device: provider.device,
      region: provider.region,
      jurisdiction: provider.jurisdiction,
      retentionDays: provider.retentionDays,
      trainsOnData: provider.trainsOnData,
      serviceTier: provider.serviceTier,
      excludedBecause: verdict.allowed ? undefined : verdict.reason,
      continuation: continuationOf(provider, model),
    }),
    ...(model.costPerHour === undefined ? sharedHardware(provider.id, provider.costPerHour) : {}),
    ...statedFacts(model),
    capabilities: stated(model.capabilities) ?? [],
  }));
}

/**
 * How servers of a kind go on with an unfinished answer. Of the others nobody knows.
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html#extra-parameters-for-chat-completions-api
 * @see https://github.com/sgl-project/sglang/pull/4226
 * @see https://github.com/ggml-org/llama.cpp/pull/13608
 */
const CONTINUATION_OF_ENGINE: Readonly<Partial<Record<string, ContinuationForm>>> = {
  vllm: "continue-final-message",
  sglang: "continue-final-message",
  "llama-server": "last-message",
};

function continuationOf(
  provider: ProviderConfig,
  model: ProviderConfig["models"][number],
): ContinuationForm | undefined {
  const stated = model.continuation ?? provider.continuation ?? CONTINUATION_OF_ENGINE[provider.engine ?? ""];
  return stated === "none" ? undefined : stated;
}

/** The device's own cost where one is stated for exactly this one, else that of all of its kind; the model's own goes first. */
function hardwareOf(
  model: HostedModelConfig,
  kind: "cpu" | "gpu",
  { costPerHour }: ApplianceConfig["box"],
): ReturnType<typeof sharedHardware> {
  if (model.costPerHour !== undefined) return {};
  const pool = Object.hasOwn(costPerHour, model.device) ? model.device : kind;
  return sharedHardware(`${BOX_PROVIDER_ID} ${pool}`, costPerHour[pool]);
}

function sharedHardware(
  name: string,
  costPerHourMicroUsd: number | undefined,
): Pick<EndpointFacts, "costPerHourMicroUsd" | "sharedHardware"> {
  return costPerHourMicroUsd === undefined ? {} : { costPerHourMicroUsd, sharedHardware: name };
}

function statedFacts(model: HostedModelConfig | ProviderConfig["models"][number]) {
  const { contextTokens, maxOutputTokens, quality, quantization, origin, license, price, costPerHour } = model;
  return known({
    contextTokens,
    maxOutputTokens,
    quality,
    quantization,
    origin,
    license,
    price: price === undefined ? undefined : toPrice(price),
    costPerHourMicroUsd: costPerHour,
  });
}

function toPrice(price: NonNullable<HostedModelConfig["price"]>): Price {
  return {
    inputMicroUsdPerMillion: price.input,
    outputMicroUsdPerMillion: price.output,
    ...known({
      cachedInputMicroUsdPerMillion: price.cachedInput,
      requestMicroUsd: price.request,
      imageMicroUsd: price.image,
    }),
  };
}

/** The schema has checked the names. */
function stated(capabilities: readonly string[] | undefined): readonly Capability[] | undefined {
  return capabilities as readonly Capability[] | undefined;
}

type Known<Facts> = { readonly [Name in keyof Facts]?: Exclude<Facts[Name], undefined> };

/** The facts without those that are unknown: an absent fact has no property. */
function known<Facts extends object>(facts: Facts): Known<Facts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Known<Facts>;
}
