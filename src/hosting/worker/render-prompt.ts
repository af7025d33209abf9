import type { ChatHistoryItem, LlamaText, Token } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import { convertMessages, convertTools } from "./convert-messages.ts";
import type { Engine } from "./load-engine.ts";
import { tokenizeBeginning } from "./tokenize-beginning.ts";
import type { CompletionRequest } from "./parse-completion-request.ts";
import type { ReasoningWish } from "./parse-reasoning.ts";

/** A conversation as the model reads it. */
export interface Prompt {
  readonly tokens: readonly Token[];
  /** Tokens and texts that end an answer although the vocabulary does not mark them as an end. */
  readonly endTokens: ReadonlySet<Token>;
  readonly endTexts: readonly string[];
  /** Whether the answer begins within reasoning. */
  readonly opensReasoning: boolean;
  /** Of the tokens, those at the end that are the beginning of the answer; absent: none. */
  readonly begunTokens?: number;
}

/** What a prompt is made from. */
export type PromptRequest = Pick<CompletionRequest, "messages" | "tools" | "toolChoice" | "continues"> & {
  readonly reasoning: ReasoningWish["mode"];
};

/**
 * The conversation in the model's chat template, tokenized exactly. Text of messages never becomes a control token,
 * whatever it says. The beginning of an answer stands where the model would have written it, whatever the template does
 * with the messages of others. Throws SignalboxError `invalid_request` when the template refuses the order of messages.
 */
export function renderPrompt(engine: Engine, request: PromptRequest): Prompt {
  const chatHistory = convertMessages(request.messages, engine.syntax.reasoning !== undefined);
  const withTools = request.tools.length > 0 && request.toolChoice.kind !== "none";
  const state = stateOf(engine, chatHistory, withTools ? convertTools(request.tools) : undefined);
  const tokens = state.contextText.tokenize(engine.model.tokenizer);
  const { bos, shouldPrependBosToken } = engine.model.tokens;
  if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
  const { continues } = request;
  const wished = beginReasoning(engine, chatHistory, request.reasoning);
  // Half an answer without reasoning was begun without any, or behind an empty one.
  const reasoning = wished.isOpen && continues !== undefined ? beginReasoning(engine, chatHistory, "off") : wished;
  const begun = continues === undefined ? [] : tokenizeBeginning(engine, continues);
  return {
    tokens: [...tokens, ...reasoning.tokens, ...begun],
    opensReasoning: reasoning.isOpen,
    ...(continues === undefined ? {} : { begunTokens: begun.length }),
    ...readEndings(engine, state.stopGenerationTriggers),
  };
}

/**
 * How a request wants its answer to begin. Where the answer has a form that leaves no room for reasoning, there is some
 * only if it is asked for: it comes before the form.
 */
export function reasoningModeOf(request: CompletionRequest): ReasoningWish["mode"] {
  const { grammar, reasoning, responseFormat, toolChoice } = request;
  const hasForm = grammar !== undefined || responseFormat.kind !== "text";
  const isForced = hasForm || toolChoice.kind === "required" || toolChoice.kind === "named";
  return reasoning.mode === "free" && isForced ? "off" : reasoning.mode;
}

/**
 * What is to be added to the prompt so that reasoning begins, or is over before it begins: an empty one, as templates
 * write it where thinking is switched off. An answer that has begun with text is gone on with as it is.
 */
function beginReasoning(
  { syntax: { reasoning } }: Engine,
  history: readonly ChatHistoryItem[],
  mode: ReasoningWish["mode"],
): { readonly tokens: readonly Token[]; readonly isOpen: boolean } {
  const last = history.at(-1);
  const lastPart = last?.type === "model" ? last.response.at(-1) : undefined;
  const isAfterCall = typeof lastPart === "object" && lastPart.type === "functionCall";
  if (reasoning === undefined || (lastPart !== undefined && !isAfterCall)) return { tokens: [], isOpen: false };
  const { closing, opening, opensAfterCalls, opensAnswer } = reasoning;
  const begins = isAfterCall ? opensAfterCalls : opensAnswer;
  if (opening === undefined)
    return { tokens: begins && mode === "off" ? closing.tokens : [], isOpen: begins && mode !== "off" };
  if (mode === "off") return { tokens: [...opening.tokens, ...closing.tokens], isOpen: false };
  const isOpen = begins || mode === "on";
  return { tokens: isOpen ? opening.tokens : [], isOpen };
}

function stateOf(
  engine: Engine,
  chatHistory: ReturnType<typeof convertMessages>,
  availableFunctions: ReturnType<typeof convertTools> | undefined,
): { readonly contextText: LlamaText; readonly stopGenerationTriggers: readonly LlamaText[] } {
  try {
    return engine.wrapper.generateContextState({
      chatHistory,
      ...(availableFunctions === undefined ? {} : { availableFunctions, documentFunctionParams: true }),
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SignalboxError("invalid_request", `The model's chat template does not accept these messages: ${reason}`, {
      param: "messages",
      cause,
    });
  }
}

function readEndings(engine: Engine, triggers: readonly LlamaText[]): Pick<Prompt, "endTokens" | "endTexts"> {
  const endTokens = new Set<Token>();
  const endTexts: string[] = [];
  for (const trigger of triggers) {
    const tokens = trigger.tokenize(engine.model.tokenizer);
    const [first] = tokens;
    if (first === undefined || engine.model.isEogToken(first)) continue;
    if (tokens.length === 1) endTokens.add(first);
    else endTexts.push(engine.model.detokenize(tokens, true));
  }
  return { endTokens, endTexts };
}
