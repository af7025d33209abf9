import type { InferenceCall } from "../../src/core/inference-endpoint.ts";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import type { EndpointFacts } from "../../src/core/endpoint.ts";
import type { Permit } from "../../src/core/permit.ts";

/** A parsed request for `body`; what a provider does not look at has some plain value. */
export function chatRequestOf(body: Readonly<Record<string, unknown>>): InferenceRequest {
  return {
    kind: "chat",
    body: Buffer.from(JSON.stringify(body)),
    model: String(body["model"]),
    fallbackModels: [],
    suffixes: [],
    stream: body["stream"] === true,
    includeUsage: false,
    choiceCount: typeof body["n"] === "number" ? body["n"] : 1,
    messageCount: 1,
    roles: ["user"],
    toolCount: 0,
    toolChoice: "auto",
    hasToolResults: false,
    hasImages: false,
    responseFormat: { kind: "text" },
    parameters: [],
    promptCharacters: 5,
    inputCount: 1,
    estimatedPromptTokens: 5,
    longestInputTokens: 5,
    lastUserText: "Hello",
    provider: { allowFallbacks: true, requireParameters: false, sortPartition: "model" },
    metadata: {},
    hints: { wantsMetadata: false },
  };
}

/** A call with generous time limits. */
export function chatCallOf(
  body: Readonly<Record<string, unknown>>,
  options: Partial<Omit<InferenceCall, "request" | "permit">> & { readonly permit?: Permit | undefined } = {},
): InferenceCall {
  const { permit, ...rest } = options;
  return {
    requestId: "req_00000000-0000-0000-0000-000000000001",
    request: chatRequestOf({ model: "acme/large", messages: [{ role: "user", content: "Hello" }], ...body }),
    firstContentTimeoutMs: 20_000,
    totalTimeoutMs: 60_000,
    signal: new AbortController().signal,
    ...rest,
    ...(permit === undefined ? {} : { permit }),
  };
}

/** An endpoint of the provider `acme`. */
export function upstreamFactsOf(facts: Partial<EndpointFacts> = {}): EndpointFacts {
  return {
    id: "acme/acme/large",
    providerId: "acme",
    modelId: "acme/large",
    upstreamId: "large-v2",
    location: "site",
    capabilities: ["tools"],
    slots: 8,
    ...facts,
  };
}

export async function collect(events: AsyncIterable<InferenceEvent>): Promise<InferenceEvent[]> {
  const collected: InferenceEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

/** The JSON of an event. */
export function jsonOf(event: InferenceEvent): Record<string, unknown> {
  return JSON.parse(Buffer.from(event.json).toString("utf8")) as Record<string, unknown>;
}

/** The text that the chunks of a stream, or an answer, carry. */
export function textOf(events: readonly InferenceEvent[]): string {
  return events
    .map((event) => {
      const [choice] = jsonOf(event)["choices"] as { delta?: { content?: string }; message?: { content?: string } }[];
      return choice?.delta?.content ?? choice?.message?.content ?? "";
    })
    .join("");
}

/** What `promise` rejects with; `undefined` when it does not. Watches from now on, so that the wait may come later. */
export function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
