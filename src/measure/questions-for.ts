import type { EndpointFacts } from "../core/endpoint.ts";
import { NEAR_NEEDLE, probeQuestions, type ProbeQuestion } from "./probe-questions.ts";
import type { ProbeReader } from "./probe-store.ts";
import { charactersPerToken } from "./question-results.ts";

/** Share of the stated context that a prompt is aimed at: how many tokens a text has is known beforehand only so well. */
const AIMED_SHARE = 0.9;

/** Tokens of the context that are left for the template and the answer. */
const ROOM_TOKENS = 128;

/** Characters of a token for a server that does not count: rather too few, so that the prompt is not too long. */
const FEWEST_CHARACTERS_PER_TOKEN = 2;

/** Steps in which the length of the long prompt changes, so that it stays the same from one probe to the next. */
const STEP_CHARACTERS = 500;

/** A context that is shorter is not worth the question. */
const MIN_CHARACTERS = 2_000;

/**
 * The questions for an endpoint. The one about its context has as many characters as make the stated tokens by the
 * server's own count, or `maxContextTokens` where those are fewer; there is none where no context is stated, nor before the
 * short prompt of its kind was answered, which says how many characters make a token.
 */
export function questionsFor(
  facts: EndpointFacts,
  reader: Pick<ProbeReader, "resultsOf">,
  maxContextTokens: number,
): readonly ProbeQuestion[] {
  const { contextTokens } = facts;
  if (contextTokens === undefined) return probeQuestions(facts, undefined);
  const tokens = (Math.min(contextTokens, maxContextTokens) - ROOM_TOKENS) * AIMED_SHARE;
  const near = reader.resultsOf(facts.id, [{ id: NEAR_NEEDLE, check: "answers" }]);
  if (!near.some(({ newest }) => newest.some(({ isRight }) => isRight !== undefined)))
    return probeQuestions(facts, undefined);
  const characters = tokens * (charactersPerToken(near) ?? FEWEST_CHARACTERS_PER_TOKEN);
  const rounded = Math.floor(characters / STEP_CHARACTERS) * STEP_CHARACTERS;
  return probeQuestions(facts, rounded >= MIN_CHARACTERS ? rounded : undefined);
}
