import type { InferenceCall } from "../../core/inference-endpoint.ts";
import type { InferenceChunk, InferenceEvent } from "../../core/inference-event.ts";
import { notingContent } from "../wire/call-deadline.ts";
import { readWhole } from "../wire/read-body.ts";
import { type Exchange, send } from "../wire/send.ts";
import type { Upstream } from "../wire/upstream-failure.ts";
import { skipRepeated } from "./continuation/skip-repeated.ts";
import { handOver } from "./continuation/unfinished-message.ts";
import type { ForwardBody } from "./forwarded-body.ts";
import { readAnswer } from "./read-answer.ts";
import { readStream } from "./read-stream.ts";
import { repeatsPrompt } from "./repeats-prompt.ts";
import { WIRE_PATHS } from "./wire-paths.ts";

/** How a server that speaks OpenAI's protocol is asked. */
export interface OpenAiForm {
  readonly forwardBody: ForwardBody;
  /** What stands before the routes of the protocol; absent: nothing. */
  readonly basePath?: string;
  /** Beside those of the protocol. */
  readonly extraHeaders?: Readonly<Record<string, string>>;
}

/** Sends one request in OpenAI's form and reads its answer. */
export async function* askOpenAi(
  exchange: Exchange,
  call: InferenceCall,
  { forwardBody, basePath = "", extraHeaders }: OpenAiForm,
): AsyncGenerator<InferenceEvent> {
  const { upstream, clock, deadline } = exchange;
  const { request, requestId } = call;
  const { credential } = upstream;
  const response = await send(exchange, call, {
    path: basePath + WIRE_PATHS[request.kind],
    headers: {
      "x-request-id": requestId,
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      ...extraHeaders,
    },
    body: forwardBody(request),
  });
  if (!request.stream) {
    yield readAnswer(await readWhole(response.body), upstream, request);
    return;
  }
  const { kind, choiceCount } = request;
  const context = { upstream, clock, kind, choiceCount, repeatsPrompt: repeatsPrompt(request) };
  yield* notingContent(newChunks(readStream(response.body, context), upstream, call), deadline);
}

/** Of an answer that is gone on with, only what its reader has not had. */
function newChunks(
  chunks: AsyncGenerator<InferenceChunk>,
  upstream: Upstream,
  { request }: InferenceCall,
): AsyncIterable<InferenceChunk> {
  const { continues } = request;
  if (continues === undefined) return chunks;
  return skipRepeated(chunks, handOver(continues.text, request, upstream.facts), upstream);
}
