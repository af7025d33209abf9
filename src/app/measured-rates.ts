import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { EndpointFacts, EndpointState } from "../core/endpoint.ts";
import { BOX_PROVIDER_ID } from "../core/ids.ts";
import { PRIOR_NETWORK_MS, PRIOR_PREFILL_TOKENS_PER_SECOND, PRIOR_TOKENS_PER_SECOND } from "../routing/priors.ts";
import type { EndpointProfile } from "../simulate/endpoint-profile.ts";
import { askServer } from "./ask-server.ts";
import { describeEndpoints } from "./describe-endpoints.ts";
import type { RatedEndpoint } from "./read-endpoint-rates.ts";
import { SimulationProblem } from "./simulation-problem.ts";

/** Deviations above the median at which 9 of 10 values of a normal distribution lie below. */
const P90_DEVIATIONS = 1.282;

/** The prompt for whose reading the first token of an endpoint is taken to wait where nothing was measured. */
const USUAL_PROMPT_TOKENS = 1_000;

/** Endpoints with rates, and the ids of those whose rates are the router's priors. */
export interface RatedEndpoints {
  readonly endpoints: readonly RatedEndpoint[];
  readonly assumed: readonly string[];
}

/**
 * The endpoints of a configuration, or where none is named those of the box that runs on this data folder: with what that
 * box has measured of each, and with the router's priors where it has measured nothing or does not run. Throws
 * SimulationProblem where there are none.
 */
export async function rateEndpoints(
  config: ApplianceConfig,
  dataDir: string,
  isNamed: boolean,
): Promise<RatedEndpoints> {
  const running = await runningEndpoints(dataDir);
  const ofRunning = [...running.values()].map(({ state: _, ...facts }) => facts);
  const described = isNamed || ofRunning.length === 0 ? await describeEndpoints(config, dataDir) : ofRunning;
  if (described.length === 0)
    throw new SimulationProblem(
      "The configuration has no models and no providers; name a file of endpoints and rates with --endpoints.",
    );
  const assumed: string[] = [];
  const endpoints = described.map(({ excludedBecause: _, ...facts }) => {
    const state = running.get(facts.id)?.state;
    const measured = state === undefined ? undefined : measuredProfile(state);
    if (measured === undefined) assumed.push(facts.id);
    return {
      facts,
      profile: measured ?? priorProfile(facts),
      queueLimit: state?.queueLimit ?? queueLimitOf(config, facts),
    };
  });
  return { endpoints, assumed };
}

type Running = EndpointFacts & { readonly state: EndpointState };

/** Those of the box that runs on this data folder by their ids; none where none runs. */
async function runningEndpoints(dataDir: string): Promise<ReadonlyMap<string, Running>> {
  const answer = await askServer<readonly Running[]>(dataDir, { method: "GET", path: "/admin/endpoints" });
  return new Map(answer.kind === "answered" ? answer.body.map((one) => [one.id, one]) : []);
}

function queueLimitOf({ models, providers }: ApplianceConfig, { providerId, modelId }: EndpointFacts): number {
  const stated =
    providerId === BOX_PROVIDER_ID
      ? models.find(({ id }) => id === modelId)
      : providers.find(({ id }) => id === providerId);
  return stated?.queueLimit ?? 0;
}

/** What the router takes an endpoint to be of which nothing was measured. */
export function priorProfile({ location, device: stated }: EndpointFacts): EndpointProfile {
  const device = stated ?? "unknown";
  const prefillTokensPerSecond = PRIOR_PREFILL_TOKENS_PER_SECOND[device];
  const decodeRates = [{ running: 1, tokensPerSecond: PRIOR_TOKENS_PER_SECOND[device] }];
  if (location !== "cloud") return { prefillTokensPerSecond, decodeRates };
  const readMs = (USUAL_PROMPT_TOKENS * 1_000) / prefillTokensPerSecond;
  return { firstContentMs: PRIOR_NETWORK_MS[location] + readMs, decodeRates };
}

/** What was measured, as rates; nothing where reading or writing was not. */
export function measuredProfile(state: EndpointState): EndpointProfile | undefined {
  const { prefillTokensPerSecond, ttftMs, decodeRates, decodeTokensPerSecond, tokensPerSecond, loadMs } = state;
  const single = decodeTokensPerSecond ?? tokensPerSecond?.p50;
  const rates = decodeRates ?? (single === undefined ? undefined : [{ running: 1, tokensPerSecond: single }]);
  if (rates === undefined || rates.length === 0) return undefined;
  const loading = loadMs === undefined ? {} : { loadMs };
  if (prefillTokensPerSecond !== undefined) return { prefillTokensPerSecond, decodeRates: rates, ...loading };
  if (ttftMs === undefined || ttftMs.p50 <= 0) return undefined;
  const firstContentSpread = Math.max(0, Math.log(ttftMs.p90 / ttftMs.p50)) / P90_DEVIATIONS;
  return { firstContentMs: ttftMs.p50, firstContentSpread, decodeRates: rates, ...loading };
}
