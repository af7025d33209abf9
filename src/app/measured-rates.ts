import type { EndpointFacts, EndpointState } from "../core/endpoint.ts";
import type { EndpointProfile } from "../simulate/endpoint-profile.ts";
import { askServer } from "./ask-server.ts";
import type { RatedEndpoint } from "./read-endpoint-rates.ts";
import { SimulationProblem } from "./simulation-problem.ts";

/** Deviations above the median at which 9 of 10 values of a normal distribution lie below. */
const P90_DEVIATIONS = 1.282;

/** The endpoints of a running box with what it has measured of them, and the ids of those of which it knows too little. */
export interface MeasuredEndpoints {
  readonly endpoints: readonly RatedEndpoint[];
  readonly unmeasured: readonly string[];
}

/** Asks the box that runs on this data folder. Throws SimulationProblem where none answers or no endpoint's speed is known. */
export async function readMeasuredRates(dataDir: string): Promise<MeasuredEndpoints> {
  type Listed = EndpointFacts & { readonly state: EndpointState };
  const answer = await askServer<readonly Listed[]>(dataDir, { method: "GET", path: "/admin/endpoints" });
  if (answer.kind !== "answered")
    throw new SimulationProblem(
      "No server answers here whose endpoints' measured rates could be used; name a file of rates with --endpoints.",
    );
  const endpoints: RatedEndpoint[] = [];
  const unmeasured: string[] = [];
  for (const { state, excludedBecause: _, ...facts } of answer.body) {
    const profile = measuredProfile(state);
    if (profile === undefined) unmeasured.push(facts.id);
    else endpoints.push({ facts, profile, queueLimit: state.queueLimit });
  }
  if (endpoints.length > 0) return { endpoints, unmeasured };
  throw new SimulationProblem(
    `The speed of no endpoint is known yet (${unmeasured.join(", ")}); name a file of rates with --endpoints.`,
  );
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
