import type { Random } from "../core/clock.ts";
import type { Decision } from "../core/decision.ts";
import type { DirectAlternative } from "../core/direct-alternative.ts";
import { priceOf } from "../core/endpoint.ts";
import type { EndpointId } from "../core/ids.ts";
import { writesText, type InferenceRequest } from "../core/inference-request.ts";
import type { InferenceJob } from "../core/inference-service.ts";
import type { LiveEndpoint } from "./live-endpoint.ts";

/** Which endpoint is the fixed one, and what share of requests is compared with going there. */
export interface DirectSampling {
  readonly endpointId: EndpointId;
  /** 0 to 1. */
  readonly share: number;
}

/** What a request asks for when it goes direct: this model, with nothing of its own choice of models and providers. */
export function directRequest(request: InferenceRequest, modelId: string): InferenceRequest {
  const { autoModels: _, ...rest } = request;
  return {
    ...rest,
    model: modelId,
    fallbackModels: [],
    suffixes: [],
    provider: { allowFallbacks: true, requireParameters: false, sortPartition: "model" },
  };
}

/**
 * For one request in many, what the fixed endpoint would have meant; nothing for the others. `decideOn` decides on
 * a job as if the endpoint were the only one.
 */
export function sampleDirect(
  { endpointId, share }: DirectSampling,
  live: LiveEndpoint | undefined,
  random: Random | undefined,
  job: InferenceJob,
  decideOn: (job: InferenceJob, live: LiveEndpoint) => Decision,
): DirectAlternative | undefined {
  if (!writesText(job.request.kind) || random === undefined || random.next() >= share) return undefined;
  if (live === undefined) return { endpointId, share, excludedBy: "not configured" };
  const { facts } = live;
  const { candidates, rejected } = decideOn({ ...job, request: directRequest(job.request, facts.modelId) }, live);
  const [candidate] = candidates;
  if (candidate === undefined) return { endpointId, share, excludedBy: rejected[0]?.by ?? "unknown" };
  const { ttftMs, totalMs, outputTokens } = candidate.prediction;
  const price = priceOf(facts);
  return {
    endpointId,
    share,
    ...(price === undefined ? {} : { price }),
    ...(ttftMs === undefined ? {} : { ttftMs }),
    ...(totalMs === undefined ? {} : { totalMs }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
  };
}
