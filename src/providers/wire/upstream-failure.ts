import type { EndpointFacts } from "../../core/endpoint.ts";
import type { ErrorCode } from "../../core/error-facts.ts";
import { SignalboxError } from "../../core/errors.ts";
import { isObject, parseObject, type JsonObject } from "./json-object.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** Characters of a provider's own words that are passed on. */
const MAX_WORDS = 500;
/** A shorter credential is a placeholder such as `none`, and removing it would garble the words. */
const MIN_CREDENTIAL_LENGTH = 6;

/** Who is spoken to: what its failures name, and the credential that they must not. */
export interface Upstream {
  readonly facts: EndpointFacts;
  readonly credential?: string;
}

/** A response that is not a success. */
export interface FailedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The start of the body. */
  readonly body: Uint8Array;
  readonly wallMs: number;
}

/** The failure that an HTTP status other than 2xx means. @see https://platform.openai.com/docs/guides/error-codes */
export function failureOfResponse(upstream: Upstream, response: FailedResponse): SignalboxError {
  const text = Buffer.from(response.body).toString("utf8");
  const stated = statedError(text);
  const retryAfterMs = parseRetryAfter(response.headers, response.wallMs);
  return failureOf(upstream, response.status, stated ?? { message: looksLikeHtml(text) ? "" : text }, retryAfterMs);
}

/** The failure that an `error` object means where the HTTP status was 200: within a stream, or as the answer. */
export function failureOfErrorObject(upstream: Upstream, error: unknown): SignalboxError {
  const stated = typeof error === "string" ? { message: error } : isObject(error) ? error : {};
  return failureOf(upstream, statusOf(stated), stated, undefined);
}

/** An answer that the protocol does not allow; `what` completes the sentence “provider …”. */
export function invalidResponse(upstream: Upstream, what: string): SignalboxError {
  const { providerId, id } = upstream.facts;
  return new SignalboxError("upstream_invalid_response", `${providerId} ${what}.`, { metadata: { endpoint: id } });
}

/** An answer that ended before it was complete. */
export function brokenOff(upstream: Upstream): SignalboxError {
  const { providerId, id } = upstream.facts;
  const message = `${providerId} broke off its answer: the stream ended before it was complete.`;
  return new SignalboxError("upstream_failed", message, { metadata: { endpoint: id } });
}

function failureOf(
  upstream: Upstream,
  upstreamStatus: number,
  stated: JsonObject,
  retryAfterMs: number | undefined,
): SignalboxError {
  const { providerId, id } = upstream.facts;
  const own = refusalOfOwnModel(upstream, stated);
  if (own !== undefined) return own;
  const code = isContextLength(upstreamStatus, stated) ? "context_length_exceeded" : codeOfStatus(upstreamStatus);
  // A refused key is often quoted in part, so those words stay here.
  const words = upstreamStatus === 401 ? "" : cleanWords(stated["message"], upstream.credential);
  const happened = `${providerId} ${ACTIONS[code] ?? "failed"} (${upstreamStatus})`;
  const message = words === "" ? `${happened}.` : `${happened}: ${words}`;
  const param = stated["param"];
  return new SignalboxError(code, message, {
    metadata: { endpoint: id, upstream_status: upstreamStatus },
    // Some servers quote the prompt when they refuse it.
    ...(words === "" ? {} : { logMessage: `${happened}.` }),
    ...(code === "upstream_rejected" ? { status: upstreamStatus } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(typeof param === "string" && BLAMES_A_FIELD.has(code) ? { param } : {}),
  });
}

/** What a model of this box says of a request is what this box says of it: its own code, in its own words. */
function refusalOfOwnModel({ facts }: Upstream, stated: JsonObject): SignalboxError | undefined {
  const { code, message, param } = stated;
  if (facts.location !== "box" || !isOwnVerdict(code)) return undefined;
  return new SignalboxError(code, cleanWords(message, undefined), {
    metadata: { endpoint: facts.id },
    logMessage: `${facts.id} ${code === "invalid_answer" ? "did not keep to the form asked for" : "refused the request"}.`,
    ...(typeof param === "string" ? { param } : {}),
  });
}

/** What a model of this box says in this box's own codes: the rest of its failures are those of any server. */
type OwnVerdict = "invalid_request" | "unsupported_parameter" | "invalid_answer";

function isOwnVerdict(code: unknown): code is OwnVerdict {
  return code === "invalid_request" || code === "unsupported_parameter" || code === "invalid_answer";
}

/** Failures whose cause is a field of the request, which the upstream may name. */
const BLAMES_A_FIELD: ReadonlySet<ErrorCode> = new Set(["upstream_rejected", "context_length_exceeded"]);

const ACTIONS: Readonly<Partial<Record<ErrorCode, string>>> = {
  upstream_rejected: "rejected the request",
  upstream_unauthorized: "refused this box's credential",
  upstream_rate_limited: "limits this box's rate",
  upstream_timeout: "timed out",
  context_length_exceeded: "found the request too long for the model's context",
};

function codeOfStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return "upstream_unauthorized";
  if (status === 408 || status === 504) return "upstream_timeout";
  if (status === 429) return "upstream_rate_limited";
  if (status === 400 || status === 413 || status === 422) return "upstream_rejected";
  return "upstream_failed";
}

/** The status that an error object would have been sent with. Vendors put it in `code`, or name its kind. */
function statusOf(stated: JsonObject): number {
  for (const field of ["code", "status", "status_code"]) {
    const status = Number(stated[field]);
    if (Number.isInteger(status) && status >= 400 && status <= 599) return status;
  }
  const kind = `${String(stated["type"])} ${String(stated["code"])}`;
  return STATUS_OF_KIND.find(([pattern]) => pattern.test(kind))?.[1] ?? 502;
}

/** @see https://docs.claude.com/en/api/errors */
const STATUS_OF_KIND: readonly (readonly [RegExp, number])[] = [
  [/rate_limit|insufficient_quota|too_many_requests/i, 429],
  [/authentication|invalid_api_key|permission/i, 401],
  [/timeout/i, 504],
  [/overloaded/i, 529],
  [/invalid_request|bad_?request|context_length|exceed_context|request_too_large/i, 400],
];

/** The model's context does not hold the request. Vendors agree on neither status nor wording, so all are looked at. */
function isContextLength(status: number, stated: JsonObject): boolean {
  const kind = `${String(stated["code"])} ${String(stated["type"])}`;
  if (/context_length_exceeded|exceed_context_size/i.test(kind)) return true;
  if (status !== 400 && status !== 413 && status !== 422) return false;
  return CONTEXT_WORDS.test(String(stated["message"]));
}

const CONTEXT_WORDS =
  /maximum context length|context (?:length|window|size) (?:is|of|exceed)|exceeds? the (?:model'?s |available |maximum )?context|prompt is too long|maximum (?:input|prompt) length|too many (?:input |prompt )?tokens/i;

/** What the body says went wrong, in any of the shapes that servers use: OpenAI's, an older vLLM's, FastAPI's. */
function statedError(text: string): JsonObject | undefined {
  const body = parseObject(text);
  if (body === undefined) return undefined;
  const { error, detail } = body;
  if (isObject(error)) return error;
  if (typeof error === "string") return { message: error };
  if (detail !== undefined) return { message: typeof detail === "string" ? detail : JSON.stringify(detail) };
  return body;
}

function looksLikeHtml(text: string): boolean {
  return text.trimStart().startsWith("<");
}

/** A provider's words, safe to log and to pass on: bounded, on one line, without the credential in any usual form. */
function cleanWords(words: unknown, credential: string | undefined): string {
  if (typeof words !== "string") return "";
  let clean = words;
  for (const secret of formsOf(credential)) clean = clean.replaceAll(secret, "[credential]");
  clean = clean.replaceAll(/\bBearer\s+\S+/gi, "Bearer [credential]");
  clean = clean.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return clean.length > MAX_WORDS ? `${clean.slice(0, MAX_WORDS)}…` : clean;
}

function formsOf(credential: string | undefined): readonly string[] {
  if (credential === undefined || credential.length < MIN_CREDENTIAL_LENGTH) return [];
  const bytes = Buffer.from(credential);
  return [credential, encodeURIComponent(credential), bytes.toString("base64"), bytes.toString("hex")];
}
