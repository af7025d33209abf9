import type { InferenceRequest } from "../core/inference-request.ts";
import type { Principal } from "../core/principal.ts";
import { requestOf } from "../core/recorded-request.ts";
import { AUTO_MODEL } from "../routing/resolve-models.ts";
import type { TracedRequest } from "./traced-request.ts";

/** The request that a line of a trace stands for: a streaming chat for its model, or for any, without text. */
export function requestOfTrace(traced: TracedRequest): InferenceRequest {
  const {
    recorded,
    promptTokens,
    workloadClass,
    serviceTier,
    dataClass,
    deadlineMs,
    anyOf,
    model = AUTO_MODEL,
  } = traced;
  if (recorded !== undefined) return recorded.request;
  const request = requestOf(
    { estimatedPromptTokens: promptTokens, stream: true, ...(serviceTier === undefined ? {} : { serviceTier }) },
    model,
  );
  return {
    ...request,
    ...(anyOf === undefined ? {} : { autoModels: { allowed: anyOf } }),
    hints: {
      wantsMetadata: false,
      ...(workloadClass === undefined ? {} : { workloadClass }),
      ...(dataClass === undefined ? {} : { dataClass }),
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    },
  };
}

const callers = new Map<string, Principal>();

/** Callers that are kept; a trace with more has them made anew. */
const MAX_CALLERS = 10_000;

/** Who sent it: the caller on record, else an ordinary key of the trace's name for it. */
export function callerOf({ recorded, keyId = "key_trace" }: TracedRequest): Principal {
  if (recorded !== undefined) return recorded.principal;
  const known = callers.get(keyId);
  if (known !== undefined) return known;
  const caller: Principal = { keyId, keyName: keyId, role: "inference", tags: [] };
  if (callers.size < MAX_CALLERS) callers.set(keyId, caller);
  return caller;
}
