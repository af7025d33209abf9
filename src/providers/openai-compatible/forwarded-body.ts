import type { InferenceRequest } from "../../core/inference-request.ts";
import type { EndpointFacts } from "../../core/endpoint.ts";
import { type ContinuingRequest, continuationEdits } from "./continuation/unfinished-message.ts";
import { spliceMembers, type MemberEdit } from "./splice-body.ts";

/**
 * Members that are addressed to the router and mean nothing, or something else, to a provider. `metadata` is for our
 * policies and is refused by OpenAI unless the answer is stored; `service_tier` orders our own queue, and a vendor's
 * dearer tier must not be bought at the price of the default one: it is set where the endpoint is of that tier.
 * @see https://openrouter.ai/docs/api-reference/chat-completion
 */
const ROUTER_MEMBERS = [
  "models",
  "provider",
  "route",
  "session_id",
  "preset",
  "plugins",
  "transforms",
  "usage",
  "fallbacks",
  "cache_control",
  "debug",
  "trace",
  "metadata",
  "service_tier",
] as const;

const DROP: MemberEdit = { kind: "drop" };
const TRUE = Buffer.from("true");
const EMPTY_OBJECT = Buffer.from("{}");
const OPEN_BRACE = 0x7b;

const INCLUDE_USAGE: ReadonlyMap<string, MemberEdit> = new Map([["include_usage", { kind: "set", value: () => TRUE }]]);

/** Asks for usage at the end of the stream, whatever else the caller set. @see https://platform.openai.com/docs/api-reference/chat/create#chat-create-stream_options */
const STREAM_OPTIONS: MemberEdit = {
  kind: "set",
  value: (current) => spliceMembers(current?.[0] === OPEN_BRACE ? current : EMPTY_OBJECT, INCLUDE_USAGE),
};

/**
 * The body that an OpenAI-compatible server receives: the caller's bytes with the provider's name for the model,
 * without what was meant for the router, and with usage asked for where the answer is streamed. An answer that is to be
 * gone on with stands behind what the caller wrote.
 */
export type ForwardBody = (request: Pick<InferenceRequest, "body" | "stream"> & ContinuingRequest) => Uint8Array;

/** What an endpoint's bodies depend on. */
type ForwardFacts = Pick<EndpointFacts, "id" | "location" | "upstreamId" | "serviceTier" | "continuation">;

/** Makes the `ForwardBody` of an endpoint, which is named its tier where it has one; the edits are prepared once. */
export function createForwardBody(facts: ForwardFacts): ForwardBody {
  const { serviceTier, upstreamId } = facts;
  const model = Buffer.from(JSON.stringify(upstreamId));
  const edits = new Map<string, MemberEdit>([["model", { kind: "set", value: () => model }]]);
  for (const name of ROUTER_MEMBERS) edits.set(name, DROP);
  const tier = serviceTier === undefined ? undefined : Buffer.from(JSON.stringify(serviceTier));
  if (tier !== undefined) edits.set("service_tier", { kind: "set", value: () => tier });
  const streamEdits = new Map([...edits, ["stream_options", STREAM_OPTIONS]]);
  return (request) => {
    const usual = request.stream ? streamEdits : edits;
    const isBegun = request.continues === undefined;
    return spliceMembers(request.body, isBegun ? usual : new Map([...usual, ...continuationEdits(request, facts)]));
  };
}
