import type { KeyId } from "../../core/ids.ts";
import type { QueueClasses } from "../../core/queue-policy.ts";
import type { WorkloadClass } from "../../core/workload.ts";

/** How the caller wants to wait: `service_tier` of the request; everything but `priority` and `flex` is standard. */
export type ServiceTier = "priority" | "standard" | "flex";

/** What the order of a queue knows about one request. */
export interface Ticket {
  readonly keyId: KeyId;
  /** The key's share against other keys'; 1 unless somebody said otherwise. */
  readonly weight: number;
  readonly workloadClass: WorkloadClass;
  readonly tier: ServiceTier;
  readonly promptTokens: number;
  readonly expectedOutputTokens: number;
  /** When it came, on the monotonic clock. */
  readonly sinceMs: number;
}

/** What a token of the answer costs against one of the prompt. @see https://arxiv.org/abs/2401.00588 (section 4.1) */
const OUTPUT_TOKEN_COST = 2;

/** The service that a request takes, in prompt tokens: an answer's token takes longer than a prompt's. */
export function serviceOf(promptTokens: number, outputTokens: number): number {
  return promptTokens + OUTPUT_TOKEN_COST * outputTokens;
}

/** What a service weighs on its key's account: less for a weighty class, and less for a weighty key. */
export function chargeOf(ticket: Ticket, service: number, classes: QueueClasses): number {
  return service / (classes[ticket.workloadClass].weight * ticket.weight);
}

/** What serving the ticket is expected to weigh on its key's account. */
export function expectedChargeOf(ticket: Ticket, classes: QueueClasses): number {
  return chargeOf(ticket, serviceOf(ticket.promptTokens, ticket.expectedOutputTokens), classes);
}

/** The tier that `service_tier` of a request names. @see https://platform.openai.com/docs/api-reference/chat/create#chat-create-service_tier */
export function tierOf(serviceTier: string | undefined): ServiceTier {
  return serviceTier === "priority" || serviceTier === "flex" ? serviceTier : "standard";
}
