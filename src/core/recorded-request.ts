import type { InferenceRequest, ProviderPreferences, ResponseFormat } from "./inference-request.ts";
import type { ModelId } from "./ids.ts";
import type { Spend } from "./records.ts";
import { tightestBudget } from "./tightest-budget.ts";

/** Fields of a request that are recorded as they are, where they are not what most requests have. */
const RECORDED_FIELDS = [
  "kind",
  "fallbackModels",
  "suffixes",
  "autoModels",
  "stream",
  "maxTokens",
  "choiceCount",
  "toolCount",
  "toolChoice",
  "hasToolResults",
  "hasImages",
  "imageCount",
  "inputCount",
  "longestInputTokens",
  "metadata",
  "serviceTier",
] as const satisfies readonly (keyof InferenceRequest)[];

type RecordedField = (typeof RECORDED_FIELDS)[number];

/**
 * What a request was, as far as a decision depends on it: numbers, names and choices of the caller, no word of any
 * prompt. What is absent is what {@link requestOf} fills in. With the rest of its decision's record it can be decided again.
 */
export interface RecordedRequest extends Readonly<Partial<Pick<InferenceRequest, RecordedField>>> {
  readonly estimatedPromptTokens: number;
  readonly responseFormat?: ResponseFormat["kind"];
  readonly provider?: Partial<ProviderPreferences>;
  /** Only where the caller requires that endpoints support them. */
  readonly parameters?: readonly string[];
  readonly deadlineMs?: number;
  /** What the key had spent and might spend, in micro-USD; of its team where that had less left. */
  readonly spentMicroUsd?: number;
  readonly limitMicroUsd?: number;
}

const USUAL_PROVIDER: ProviderPreferences = { allowFallbacks: true, requireParameters: false, sortPartition: "model" };

const USUAL: InferenceRequest = {
  kind: "chat",
  body: new Uint8Array(),
  model: "",
  fallbackModels: [],
  suffixes: [],
  stream: false,
  includeUsage: false,
  choiceCount: 1,
  messageCount: 1,
  roles: ["user"],
  toolCount: 0,
  toolChoice: "auto",
  hasToolResults: false,
  hasImages: false,
  responseFormat: { kind: "text" },
  parameters: [],
  inputCount: 1,
  promptCharacters: 0,
  estimatedPromptTokens: 0,
  longestInputTokens: 0,
  lastUserText: "",
  provider: USUAL_PROVIDER,
  metadata: {},
  hints: { wantsMetadata: false },
};

/** The record of a request. */
export function recordRequest(request: InferenceRequest, spend: Spend | undefined): RecordedRequest {
  const { estimatedPromptTokens, provider, parameters, responseFormat, hints } = request;
  const preferences = unusual(provider, USUAL_PROVIDER);
  const budget = tightestBudget(spend);
  const spentMicroUsd = spend === undefined ? undefined : spend.settledMicroUsd + spend.reservedMicroUsd;
  const fields = Object.fromEntries(RECORDED_FIELDS.map((name) => [name, request[name]]));
  return {
    ...unusual(fields as Pick<InferenceRequest, RecordedField>, {
      ...USUAL,
      longestInputTokens: estimatedPromptTokens,
    }),
    estimatedPromptTokens,
    ...(responseFormat.kind === "text" ? {} : { responseFormat: responseFormat.kind }),
    ...(Object.keys(preferences).length === 0 ? {} : { provider: preferences }),
    ...(provider.requireParameters ? { parameters } : {}),
    ...(hints.deadlineMs === undefined ? {} : { deadlineMs: hints.deadlineMs }),
    ...(spentMicroUsd === undefined ? {} : { spentMicroUsd: budget?.spentMicroUsd ?? spentMicroUsd }),
    ...(budget === undefined ? {} : { limitMicroUsd: budget.limitMicroUsd }),
  };
}

/** A request to decide about again. It has no body and no text: it can't be sent. */
export function requestOf(record: RecordedRequest, model: ModelId): InferenceRequest {
  const {
    responseFormat = "text",
    provider,
    parameters,
    deadlineMs,
    spentMicroUsd: _,
    limitMicroUsd: __,
    ...rest
  } = record;
  return {
    ...USUAL,
    longestInputTokens: record.estimatedPromptTokens,
    ...rest,
    model,
    responseFormat: responseFormat === "json-schema" ? { kind: responseFormat, schema: {} } : { kind: responseFormat },
    provider: { ...USUAL_PROVIDER, ...provider },
    parameters: parameters ?? [],
    hints: { wantsMetadata: false, ...(deadlineMs === undefined ? {} : { deadlineMs }) },
  };
}

/** The members that are stated and not the usual ones. */
function unusual<Shape extends object>(value: Shape, usual: Shape): Partial<Shape> {
  const isUsual = (stated: unknown, name: string): boolean => {
    if (stated === undefined || stated === (usual as Record<string, unknown>)[name]) return true;
    return typeof stated === "object" && stated !== null && Object.keys(stated).length === 0;
  };
  return Object.fromEntries(Object.entries(value).filter(([name, stated]) => !isUsual(stated, name))) as Partial<Shape>;
}
