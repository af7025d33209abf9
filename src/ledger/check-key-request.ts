import { SignalboxError } from "../core/errors.ts";
import { ROLES, type Role } from "../core/principal.ts";
import { MAX_QUEUE_WEIGHT } from "../core/queue-policy.ts";

/** What a new key may do. */
export interface KeyRequest {
  readonly name: string;
  /** `inference` when absent. */
  readonly role?: Role;
  readonly team?: string;
  readonly tags?: readonly string[];
  readonly dataClass?: string;
  /** Its share of every queue against other keys' shares; its team's, or 1, when absent. */
  readonly weight?: number;
  /** The most that it may spend in all. */
  readonly budgetMicroUsd?: number;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAtMs?: number;
}

const TEXT_CHARACTERS_MAX = 100;
const TAGS_MAX = 64;

/** Throws `invalid_request` naming the first field of `request` that is wrong. */
export function refuseBadKeyRequest(request: KeyRequest, nowMs: number): void {
  refuseBadText("name", request.name);
  if (request.role !== undefined && !ROLES.includes(request.role)) throw invalid("role", `one of ${ROLES.join(", ")}`);
  if (request.team !== undefined) refuseBadText("team", request.team);
  if (request.dataClass !== undefined) refuseBadText("dataClass", request.dataClass);
  if ((request.tags?.length ?? 0) > TAGS_MAX) throw invalid("tags", `at most ${TAGS_MAX} tags`);
  for (const tag of request.tags ?? []) refuseBadText("tags", tag);
  refuseBadBudget(request.budgetMicroUsd);
  refuseBadWeight(request.weight);
  if (request.expiresAtMs !== undefined && !(request.expiresAtMs > nowMs))
    throw invalid("expiresAtMs", "a time to come");
}

/** Throws `invalid_request` unless `text` is a short, visible text. */
export function refuseBadText(field: string, text: string): void {
  const visible = text.trim() !== "" && text.length <= TEXT_CHARACTERS_MAX && !/\p{Cc}/u.test(text);
  if (!visible) throw invalid(field, `1 to ${TEXT_CHARACTERS_MAX} visible characters`);
}

/** Throws `invalid_request` unless the budget is absent or an exact amount. */
export function refuseBadBudget(budgetMicroUsd: number | undefined): void {
  if (budgetMicroUsd === undefined || (Number.isSafeInteger(budgetMicroUsd) && budgetMicroUsd >= 0)) return;
  throw invalid("budgetMicroUsd", "a whole number of micro-USD, 0 or more");
}

function refuseBadWeight(weight: number | undefined): void {
  if (weight === undefined || (weight >= 1 / MAX_QUEUE_WEIGHT && weight <= MAX_QUEUE_WEIGHT)) return;
  throw invalid("weight", `a number from ${1 / MAX_QUEUE_WEIGHT} to ${MAX_QUEUE_WEIGHT}`);
}

/** The error for a field that is not what it must be. */
export function invalid(field: string, expected: string): SignalboxError {
  return new SignalboxError("invalid_request", `${field} must be ${expected}.`, { param: field });
}
