import type { LlamaGrammar, Token } from "node-llama-cpp";
import type { AnswerEvent, AnswerState } from "./answer-state.ts";
import { type ReadingStart, type Segment, SegmentReader, type WatchedTexts } from "./segment-reader.ts";
import { type TokenLogprob, toTokenLogprob } from "./token-logprob.ts";

/** How the text of this stage is to be read. */
export interface TextStage extends ReadingStart {
  readonly texts: WatchedTexts;
  readonly grammar?: LlamaGrammar;
  /** Whether the text goes on with the prompt's last word, so that a space between the two is part of it. */
  readonly continues?: boolean;
}

/**
 * Why the text ended: the model or a stop sequence ended it, the limit did, a tool call begins, the reasoning is over,
 * or it has had its limit and is still open.
 */
export type TextEnd = "stop" | "length" | "call" | "reasoned" | "reasoning-spent";

/**
 * Generates text up to its end. Before a tool call the state is left at the call's trigger, which and whose rest the
 * caller is to write; where only reasoning was asked for, right behind it. Stop sequences and the format's tags are
 * never part of an event.
 */
export async function* generateText(state: AnswerState, stage: TextStage): AsyncGenerator<AnswerEvent, TextEnd> {
  if (state.isFull) return "length";
  const { engine, maxReasoningTokens = Infinity, prompt, request } = state.job;
  const detokenizer = state.detokenizer(stage.continues);
  const reader = new SegmentReader(stage.texts, stage);
  let isSpent = false;
  const logprobs = new LogprobQueue();
  /** Where the text of each token of this stage ends. */
  const textEnds: number[] = [];
  let textLength = 0;

  for await (const step of state.decode(stage.grammar, request.topLogprobs)) {
    if (prompt.endTokens.has(step.token)) break;
    state.tokens.push(step.token);
    const piece = detokenizer.push(step.token);
    textLength += piece.length;
    textEnds.push(textLength);
    if (reader.mode === "reasoning") state.reasoningTokens++;
    else if (step.logprobs !== undefined)
      logprobs.push(textLength, toTokenLogprob(engine.model, step.token, step.logprobs, request.topLogprobs ?? 0));
    const { segments, end } = reader.read(piece);
    yield* toEvents(segments, () => logprobs.take(textLength - reader.undecidedLength));
    if (end?.kind === "stop") {
      state.endedBy = end.by;
      return "stop";
    }
    if (end !== undefined) {
      rewind(state, textEnds, textLength - end.fromEnd, engine.model.tokenize.bind(engine.model));
      return end.kind;
    }
    isSpent = reader.mode === "reasoning" && state.reasoningTokens >= maxReasoningTokens;
    if (isSpent || state.isFull) break;
  }
  const { segments, end } = reader.read(detokenizer.flush());
  yield* toEvents(end === undefined ? [...segments, ...reader.flush()] : segments, () => logprobs.take(Infinity));
  if (end?.kind === "stop") state.endedBy = end.by;
  if (end !== undefined) return "stop";
  if (state.isFull) return "length";
  return isSpent ? "reasoning-spent" : "stop";
}

/** Log probabilities of tokens whose text was not passed on yet. */
class LogprobQueue {
  #entries: { readonly textEnd: number; readonly logprob: TokenLogprob }[] = [];

  push(textEnd: number, logprob: TokenLogprob): void {
    this.#entries.push({ textEnd, logprob });
  }

  /** Those of the tokens that end within the first `textLength` characters. */
  take(textLength: number): readonly TokenLogprob[] {
    const count = this.#entries.findIndex(({ textEnd }) => textEnd > textLength);
    return this.#entries.splice(0, count < 0 ? this.#entries.length : count).map(({ logprob }) => logprob);
  }
}

function* toEvents(segments: readonly Segment[], takeLogprobs: () => readonly TokenLogprob[]): Generator<AnswerEvent> {
  for (const { kind, text } of segments) {
    if (kind === "reasoning") yield { kind: "reasoning-delta", text };
    else yield { kind: "content-delta", text, logprobs: takeLogprobs() };
  }
}

/** Takes back the tokens of this stage from the character at `position` on; a token that it cuts is replaced by its first part. */
function rewind(
  state: AnswerState,
  textEnds: readonly number[],
  position: number,
  tokenize: (text: string) => Token[],
): void {
  const firstCut = textEnds.findIndex((end) => end > position);
  const kept = firstCut < 0 ? textEnds.length : firstCut;
  const removed = state.tokens.splice(state.tokens.length - (textEnds.length - kept));
  const partLength = position - (textEnds[kept - 1] ?? 0);
  if (partLength === 0) return;
  const text = state.job.engine.model.detokenize(removed, false);
  state.tokens.push(...tokenize(text.slice(0, partLength)));
}
