import type { ModelState, ServerReply } from "./engine-state.ts";

/** Counts above this are not believed: no engine runs or queues as many requests. */
const MAX_BELIEVABLE_COUNT = 1_000_000;

/** Rates above this are not believed, in tokens a second. */
const MAX_BELIEVABLE_RATE = 1_000_000;

/** The JSON of a successful answer, or nothing. */
export function jsonOf(reply: ServerReply): unknown {
  if (reply.kind !== "answer" || reply.status !== 200) return undefined;
  try {
    return JSON.parse(reply.text) as unknown;
  } catch {
    return undefined;
  }
}

/** A member of something that may be a JSON object. */
export function memberOf(json: unknown, name: string): unknown {
  return typeof json === "object" && json !== null && Object.hasOwn(json, name)
    ? (json as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The items of something that may be a JSON array; none of anything else. */
export function itemsOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [];
}

/** A text, or nothing. */
export function textOf(json: unknown): string | undefined {
  return typeof json === "string" ? json : undefined;
}

/** Whether a list of OpenAI's models says that it is `owner`'s. @see https://platform.openai.com/docs/api-reference/models/list */
export function isOwnedBy(json: unknown, owner: string): boolean {
  const models = itemsOf(memberOf(json, "data"));
  return models.length > 0 && models.every((model) => memberOf(model, "owned_by") === owner);
}

/** The state without what can't be true, however the server came to say it. */
export function believable(state: {
  readonly [Name in keyof ModelState]: ModelState[Name] | undefined;
}): ModelState {
  const { loaded, running, queued, slots, kvCacheUsage } = state;
  const { prefillTokensPerSecond: prefill, decodeTokensPerSecond: decode } = state;
  return {
    ...(loaded === undefined ? {} : { loaded }),
    ...(isCount(running) ? { running } : {}),
    ...(isCount(queued) ? { queued } : {}),
    ...(isCount(slots) && slots > 0 ? { slots } : {}),
    ...(kvCacheUsage !== undefined && kvCacheUsage >= 0 && kvCacheUsage <= 1 ? { kvCacheUsage } : {}),
    ...(isRate(prefill) ? { prefillTokensPerSecond: prefill } : {}),
    ...(isRate(decode) ? { decodeTokensPerSecond: decode } : {}),
  };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= MAX_BELIEVABLE_COUNT;
}

/** Zero is what engines say before their first answer, and means that they don't know. */
function isRate(value: number | undefined): value is number {
  return value !== undefined && value > 0 && value <= MAX_BELIEVABLE_RATE;
}
