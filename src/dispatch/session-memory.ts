import type { Clock } from "../core/clock.ts";
import { priceOf, type EndpointFacts } from "../core/endpoint.ts";
import type { InferenceJob } from "../core/inference-service.ts";
import type { Usage } from "../core/usage.ts";
import type { StickyEndpoint } from "../routing/routing-input.ts";

/** Sessions that are remembered; the one unused for longest is forgotten for a new one. */
const MAX_SESSIONS = 10_000;

/** Without a request for so long a prefix is probably gone from the cache that held it. @see https://openrouter.ai/docs/guides/best-practices/prompt-caching#provider-sticky-routing */
const MAX_IDLE_MS = 10 * 60_000;

interface Session extends StickyEndpoint {
  readonly usedAtMs: number;
}

type SessionJob = Pick<InferenceJob, "principal" | "request">;

/**
 * Where each session was served last, for as long as its prefix is worth something there: where the provider reads a
 * cached prefix for less, where it said that it read one, or where it lies in a model's memory on this box.
 */
export class SessionMemory {
  readonly #clock: Clock;
  /** Least recently used first. */
  readonly #sessions = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The endpoint that probably holds the start of the request's prompt. */
  find(job: SessionJob): StickyEndpoint | undefined {
    const key = keyOf(job);
    const session = key === undefined ? undefined : this.#sessions.get(key);
    if (key === undefined || session === undefined) return undefined;
    if (this.#clock.monotonicMs() - session.usedAtMs <= MAX_IDLE_MS) return session;
    this.#sessions.delete(key);
    return undefined;
  }

  /** Learns from a whole answer. Where its prefix is worth nothing the session is free again. */
  answered(job: SessionJob, facts: EndpointFacts, usage: Usage): void {
    const key = keyOf(job);
    if (key === undefined) return;
    this.#sessions.delete(key);
    if (!isWorthReturning(facts, usage)) return;
    const { promptTokens, completionTokens = 0 } = usage;
    // The answer is part of the next prompt, and was read and kept like it.
    const cachedPromptTokens = promptTokens === undefined ? undefined : promptTokens + completionTokens;
    this.#sessions.set(key, {
      endpointId: facts.id,
      usedAtMs: this.#clock.monotonicMs(),
      ...(cachedPromptTokens === undefined ? {} : { cachedPromptTokens }),
    });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
  }
}

/** A session belongs to one key and to what it asked for: nobody can steer another's requests by guessing its name. */
function keyOf({ principal, request }: SessionJob): string | undefined {
  if (request.sessionId === undefined) return undefined;
  return JSON.stringify([principal.keyId, request.model, request.sessionId]);
}

function isWorthReturning(facts: EndpointFacts, { cachedPromptTokens = 0 }: Usage): boolean {
  if (facts.location === "box" || cachedPromptTokens > 0) return true;
  const price = priceOf(facts);
  const cached = price?.cachedInputMicroUsdPerMillion;
  return price !== undefined && cached !== undefined && cached < price.inputMicroUsdPerMillion;
}
