import type { FeedbackCorrection } from "../core/feedback.ts";
import type { TextAssessment } from "./text-model.ts";

/**
 * How often a weak model is wrong where a strong one is right, by task. Code, maths, reasoning and questions of fact: the
 * order of size in published outcomes of pairs of models; the others are a judgement.
 */
const PRIOR_CHANCE: Readonly<Record<string, number>> = {
  chat: 0.05,
  classification: 0.06,
  extraction: 0.06,
  summary: 0.06,
  translation: 0.08,
  creative: 0.08,
  "tool-use": 0.12,
  code: 0.17,
  maths: 0.18,
  reasoning: 0.2,
};

/** The chance of an ordinary request, which is given the difficulty 0.5. */
const ORDINARY_CHANCE = 0.1;

/** Tasks that are questions: the longer the question, the more often it takes a strong model. */
const QUESTIONS: ReadonlySet<string> = new Set(["chat", "code", "maths", "reasoning"]);

/**
 * What a question's length does to the log-odds, for each natural logarithm of its characters beyond the usual ones: fitted
 * on three sources, each with a level of its own; between 0.12 and 0.21 where one of them is left out.
 */
const LENGTH_LOG_ODDS = 0.21;
const USUAL_CHARACTERS = 285;
const MAX_LENGTH_LOG_ODDS = 0.7;

/** Familiarity up to which a task from the text model counts nothing, and from which it counts in full. */
const UNFAMILIAR = 0.2;
const FAMILIAR = 0.5;

/** What words that demand much, and a long conversation, do to the odds. */
const DEMANDING_ODDS = 2;
const LONG_PROMPT_ODDS = 1.5;

/** Prompt tokens from which weak models lose the thread more often. */
const LONG_PROMPT_TOKENS = 8_000;

/** Characters in which a text's demands are looked for. */
const DEMANDS_CHARACTERS = 600;

// Alternatives of plain words: linear time.
const DEMANDING =
  /\b(?:prove|proof|show that|derive|design|architect\w{0,8}|trade-?offs?|linearizab\w{0,5}|concurren\w{0,5}|lock-free|race conditions?|distributed|optimi[sz]e|argue|both sides|step by step|differential diagnos[ei]s|root cause|constraints?|counterarguments?|critically|beweise|begründe|wäge|démontre|demuestra)\b/i;

/** What is known of a request beside its text. */
export interface DifficultyFacts {
  readonly task: string;
  readonly text: string;
  readonly estimatedPromptTokens: number;
  /** Present where the task is no more than what the text model takes for the likeliest. */
  readonly guess?: Pick<TextAssessment, "familiarity">;
  /** What feedback says about the caller's requests of this task. */
  readonly correction?: FeedbackCorrection;
}

/** A difficulty with what it rests on. */
export interface Difficulty {
  /** 0 to 1; an ordinary request has 0.5. */
  readonly value: number;
  /** The chance that a weak model's answer is wrong where a strong one's is right. */
  readonly chance: number;
  readonly reason: string;
}

/**
 * How likely it takes a strong model to answer rightly: the chance, and the chance as a share of itself and that of an
 * ordinary request. It starts from the task's prior, or from an ordinary request's as far as the task was guessed from an
 * unfamiliar text; length, words that demand much, and feedback move its odds. Nothing where neither task nor words tell.
 */
export function assessDifficulty(facts: DifficultyFacts): Difficulty | undefined {
  const { task, text, guess, correction } = facts;
  const prior = PRIOR_CHANCE[task];
  const demand = demandOf(facts);
  if (prior === undefined && demand.reasons.length === 0) return undefined;
  const reasons = [prior === undefined ? "an ordinary request" : `the prior for ${task}`, ...demand.reasons];
  const believed = guess === undefined ? 1 : trust(guess.familiarity);
  if (believed < 1) reasons.push(`its words are ${Math.round(100 * (guess?.familiarity ?? 0))} % familiar`);
  const ordinary = Math.log(oddsOf(ORDINARY_CHANCE));
  let logOdds = ordinary + believed * (Math.log(oddsOf(prior ?? ORDINARY_CHANCE)) - ordinary);
  logOdds += Math.log(demand.odds);
  if (QUESTIONS.has(task)) logOdds += lengthLogOdds(text.length);
  if (correction !== undefined) {
    const { whose, count } = correction;
    logOdds += correction.logOdds;
    reasons.push(`${whose} feedback on ${count} answers: odds times ${Math.exp(correction.logOdds).toFixed(2)}`);
  }
  const chance = round(1 / (1 + Math.exp(-logOdds)));
  const value = round(chance / (chance + ORDINARY_CHANCE));
  const reason = `difficulty ${value}, for a chance of ${chance} that only a strong model is right: ${reasons.join(", ")}`;
  return { value, chance, reason };
}

/** How far a guessed task is believed for a text of this familiarity, 0 to 1. */
export function trust(familiarity: number): number {
  return Math.max(0, Math.min(1, (familiarity - UNFAMILIAR) / (FAMILIAR - UNFAMILIAR)));
}

function lengthLogOdds(characters: number): number {
  const logOdds = LENGTH_LOG_ODDS * Math.log((1 + characters) / USUAL_CHARACTERS);
  return Math.max(-MAX_LENGTH_LOG_ODDS, Math.min(MAX_LENGTH_LOG_ODDS, logOdds));
}

function demandOf({ text, estimatedPromptTokens }: DifficultyFacts): {
  readonly odds: number;
  readonly reasons: readonly string[];
} {
  const reasons: string[] = [];
  let odds = 1;
  const demand = DEMANDING.exec(text.slice(0, DEMANDS_CHARACTERS))?.[0];
  if (demand !== undefined) {
    odds *= DEMANDING_ODDS;
    reasons.push(`"${demand}"`);
  }
  if (estimatedPromptTokens >= LONG_PROMPT_TOKENS) {
    odds *= LONG_PROMPT_ODDS;
    reasons.push("a long prompt");
  }
  return { odds, reasons };
}

function oddsOf(chance: number): number {
  return chance / (1 - chance);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
