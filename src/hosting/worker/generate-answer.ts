import { type AnswerEvent, AnswerState, type AnswerJob } from "./answer-state.ts";
import { generateCall } from "./generate-call.ts";
import { generateText, type TextStage } from "./generate-text.ts";
import { InvalidAnswer, type SpentTokens } from "./invalid-answer.ts";

/** Calls of one answer; a small model may repeat itself without end. */
const MAX_CALLS = 32;

/** How an answer ended, with what it took. */
export interface AnswerEnd extends SpentTokens {
  readonly finishReason: "stop" | "length" | "tool_calls";
  /** The text of the request's `stop` that ended it. */
  readonly stopText?: string;
}

/**
 * One answer: text, then tool calls, as the model chooses or the request demands. Throws InvalidAnswer for text that
 * misses the response format, and the signal's reason when it aborts.
 */
export async function* generateAnswer(job: AnswerJob): AsyncGenerator<AnswerEvent, AnswerEnd> {
  const state = new AnswerState(job);
  try {
    return yield* generateParts(state);
  } catch (error) {
    if (error instanceof InvalidAnswer) error.spent = spentOf(state);
    throw error;
  }
}

function spentOf({ completionTokens, reasoningTokens, cachedTokens }: AnswerState): SpentTokens {
  return { completionTokens, reasoningTokens, cachedTokens };
}

async function* generateParts(state: AnswerState): AsyncGenerator<AnswerEvent, AnswerEnd> {
  const { toolChoice, parallelToolCalls, stop } = state.job.request;
  const endOf = (finishReason: AnswerEnd["finishReason"]): AnswerEnd => {
    const stopText = finishReason === "stop" ? stop.find((text) => text === state.endedBy) : undefined;
    return { finishReason, ...(stopText === undefined ? {} : { stopText }), ...spentOf(state) };
  };

  if (state.job.prompt.opensReasoning) {
    const end = yield* generateReasoning(state);
    if (end !== "reasoned") return endOf(end);
  }
  if (toolChoice.kind !== "required" && toolChoice.kind !== "named") {
    const end = yield* generateContent(state);
    if (end !== "call") return endOf(end);
  }
  for (let index = 0; ; index++) {
    const called = yield* generateCall(state, index);
    if (called === "length") return endOf("length");
    if (!parallelToolCalls || index + 1 >= MAX_CALLS) return endOf("tool_calls");
    if (!(await continuesWithCall(state))) return endOf("tool_calls");
  }
}

/** The reasoning that the prompt has opened. Where it has had its limit it is closed for the model. */
async function* generateReasoning(state: AnswerState): AsyncGenerator<AnswerEvent, "stop" | "length" | "reasoned"> {
  const { engine, prompt } = state.job;
  const end = yield* generateText(state, {
    texts: { ends: prompt.endTexts, callTriggers: [], reasoning: engine.syntax.reasoning },
    startsInReasoning: true,
    endsAfterReasoning: true,
  });
  if (end === "length") return end;
  if (end === "reasoning-spent") closeReasoning(state);
  return end === "stop" ? "stop" : "reasoned";
}

async function* generateContent(state: AnswerState): AsyncGenerator<AnswerEvent, "stop" | "length" | "call"> {
  const { format } = state.job;
  let content = "";
  let stage = generateText(state, contentStage(state));
  for (;;) {
    const { value, done } = await stage.next();
    if (done) {
      if (value === "reasoning-spent") {
        closeReasoning(state);
        stage = generateText(state, contentStage(state));
        continue;
      }
      if (value === "reasoned") throw new Error("A text of its own ended with its reasoning.");
      const problem = value === "stop" ? format.content?.findProblem(content) : undefined;
      if (problem !== undefined) throw new InvalidAnswer(`the answer misses the response format: ${problem}`, content);
      return value;
    }
    if (value.kind === "content-delta") content += value.text;
    yield value;
  }
}

/** Whether the model begins a further call. Anything else that it writes after a call ends the answer. */
async function continuesWithCall(state: AnswerState): Promise<boolean> {
  const { engine, prompt } = state.job;
  const { call, reasoning } = engine.syntax;
  const stage = generateText(state, {
    texts: { ends: prompt.endTexts, callTriggers: [call.nextTrigger, call.trigger], reasoning },
    startsInReasoning: false,
  });
  for (;;) {
    const { value, done } = await stage.next();
    if (done) return value === "call";
    if (value.kind !== "content-delta" || value.text.trim() === "") continue;
    await stage.return("stop");
    return false;
  }
}

function contentStage(state: AnswerState): TextStage {
  const { engine, prompt, request, format } = state.job;
  const { call, reasoning } = engine.syntax;
  return {
    texts: {
      ends: [...prompt.endTexts, ...request.stop],
      callTriggers: request.toolChoice.kind === "auto" ? [call.trigger] : [],
      reasoning,
    },
    ...(format.content === undefined ? {} : { grammar: format.content.grammar }),
    startsInReasoning: false,
    continues: request.continues !== undefined,
    // The line breaks after a closed reasoning are the template's.
    trimsStart: reasoning !== undefined && format.content === undefined && request.continues === undefined,
  };
}

function closeReasoning(state: AnswerState): void {
  state.tokens.push(...(state.job.engine.syntax.reasoning?.closing.tokens ?? []));
}
