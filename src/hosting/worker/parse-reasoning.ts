import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";

/** The share of an answer's tokens that each effort may spend on reasoning. @see https://openrouter.ai/docs/use-cases/reasoning-tokens */
const SHARE_OF_EFFORT = { none: 0, minimal: 0.1, low: 0.2, medium: 0.5, high: 0.8, xhigh: 0.95, max: 0.95 } as const;

type Effort = keyof typeof SHARE_OF_EFFORT;

const effortSchema = z.enum(Object.keys(SHARE_OF_EFFORT) as [Effort, ...Effort[]]).nullish();

/** The fields that ask for reasoning: OpenRouter's object, and the shorter forms of OpenAI and of older clients. */
export const reasoningFields = {
  reasoning: z
    .looseObject({
      effort: effortSchema,
      max_tokens: z.int().min(0).nullish(),
      exclude: z.boolean().nullish(),
      enabled: z.boolean().nullish(),
    })
    .nullish(),
  reasoning_effort: effortSchema,
  include_reasoning: z.boolean().nullish(),
};

const reasoningSchema = z.looseObject(reasoningFields);

/** How an answer's reasoning is wanted. A model that never reasons ignores it. */
export interface ReasoningWish {
  /** `off`: none; `on`: in any case; `free`: as the model is used to. */
  readonly mode: "off" | "on" | "free";
  /** The most tokens of it; absent: `share` says, or nothing does. */
  readonly maxTokens?: number;
  /** The most of it, as a share of the answer's tokens. */
  readonly share?: number;
  /** Whether it is left out of the answer; it is generated and counted all the same. */
  readonly isExcluded: boolean;
}

/**
 * What a checked body says about reasoning. The object comes before the shorter forms; efforts bound the reasoning,
 * which is all that they can mean to a model that was not trained for them. Throws `invalid_request` for two bounds.
 */
export function reasoningOf(body: z.infer<typeof reasoningSchema>): ReasoningWish {
  const { effort: ownEffort, max_tokens: maxTokens, exclude, enabled } = body.reasoning ?? {};
  const isExcluded = exclude ?? body.include_reasoning === false;
  if (ownEffort && typeof maxTokens === "number")
    throw new SignalboxError("invalid_request", "`reasoning` has `effort` or `max_tokens`, not both.", {
      param: "reasoning",
    });
  const effort = ownEffort ?? (typeof maxTokens === "number" ? undefined : body.reasoning_effort) ?? undefined;
  if (enabled === false || effort === "none" || maxTokens === 0) return { mode: "off", isExcluded };
  if (typeof maxTokens === "number") return { mode: "on", maxTokens, isExcluded };
  if (effort !== undefined) return { mode: "on", share: SHARE_OF_EFFORT[effort], isExcluded };
  return { mode: enabled === true ? "on" : "free", isExcluded };
}

/** The most tokens of reasoning in an answer of at most `answerTokens`; absent: the answer's own limit alone. */
export function reasoningLimit({ maxTokens, share }: ReasoningWish, answerTokens: number): number | undefined {
  return maxTokens ?? (share === undefined ? undefined : Math.max(1, Math.floor(share * answerTokens)));
}
