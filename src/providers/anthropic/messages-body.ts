import type { EndpointFacts, ServiceTier } from "../../core/endpoint.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { isObject, readObject, type JsonObject } from "../wire/json-object.ts";
import { conversationOf } from "./conversation.ts";
import { thinkingOf } from "./thinking.ts";
import { toolMembers } from "./tools.ts";

/** The longest answer where neither the caller nor the configuration says: the protocol wants a number. */
const DEFAULT_ANSWER_TOKENS = 4_096;

/** The highest temperature there; OpenAI's goes to 2. */
const HIGHEST_TEMPERATURE = 1;

/** What Anthropic calls the tiers. @see https://docs.claude.com/en/api/service-tiers */
const TIERS: Readonly<Partial<Record<ServiceTier, string>>> = { default: "standard_only", priority: "auto" };

/** Says in words what has no member there: that the answer is a JSON object of any form. */
const ANY_JSON: JsonObject = { type: "text", text: "Answer with one JSON object and nothing else." };

/** What a body depends on. */
type BodyFacts = Pick<EndpointFacts, "upstreamId" | "maxOutputTokens" | "contextTokens" | "serviceTier">;

/**
 * The body of `POST /messages` for a chat in OpenAI's form. Members of OpenAI's that have no meaning there are left out,
 * and so are marks for the vendor's cache: what writing to it costs is in no price table here. Throws
 * `unsupported_parameter` for parts of messages that can't be said there.
 * @see https://docs.claude.com/en/api/messages
 */
export function messagesBody(
  { body: json, maxTokens, stream }: Pick<InferenceRequest, "body" | "maxTokens" | "stream">,
  facts: BodyFacts,
): Uint8Array {
  const body = readObject(json) ?? {};
  const answerTokens =
    maxTokens ?? facts.maxOutputTokens ?? Math.min(DEFAULT_ANSWER_TOKENS, facts.contextTokens ?? Infinity);
  const { system, messages } = conversationOf(Array.isArray(body["messages"]) ? body["messages"] : []);
  const { thinking, effort } = thinkingOf(body, answerTokens);
  const format = formatOf(body["response_format"]);
  const instructions = format === "any-json" ? [...system, ANY_JSON] : system;
  const config = { ...(effort === undefined ? {} : { effort }), ...(isObject(format) ? { format } : {}) };
  const tier = facts.serviceTier === undefined ? undefined : TIERS[facts.serviceTier];
  const { user } = body;
  return Buffer.from(
    JSON.stringify({
      model: facts.upstreamId,
      max_tokens: answerTokens,
      ...(instructions.length === 0 ? {} : { system: instructions }),
      messages,
      ...samplingMembers(body),
      ...toolMembers(body),
      ...(thinking === undefined ? {} : { thinking }),
      ...(Object.keys(config).length === 0 ? {} : { output_config: config }),
      ...(typeof user === "string" ? { metadata: { user_id: user } } : {}),
      ...(tier === undefined ? {} : { service_tier: tier }),
      ...(stream ? { stream } : {}),
    }),
  );
}

function samplingMembers({ temperature, top_p, top_k, stop }: JsonObject): JsonObject {
  const stops = (Array.isArray(stop) ? (stop as readonly unknown[]) : [stop]).filter(
    (text) => typeof text === "string",
  );
  return {
    ...(typeof temperature === "number" ? { temperature: Math.min(temperature, HIGHEST_TEMPERATURE) } : {}),
    ...(typeof top_p === "number" ? { top_p } : {}),
    ...(typeof top_k === "number" ? { top_k } : {}),
    ...(stops.length === 0 ? {} : { stop_sequences: stops }),
  };
}

/** @see https://docs.claude.com/en/docs/build-with-claude/structured-outputs */
function formatOf(format: unknown): JsonObject | "any-json" | undefined {
  if (!isObject(format)) return undefined;
  if (format["type"] === "json_object") return "any-json";
  const stated = format["json_schema"];
  const schema = isObject(stated) ? stated["schema"] : undefined;
  return format["type"] === "json_schema" && isObject(schema) ? { type: "json_schema", schema } : undefined;
}
