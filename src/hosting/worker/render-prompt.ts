import type { LlamaText, Token } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import { convertMessages, convertTools } from "./convert-messages.ts";
import type { Engine } from "./load-engine.ts";
import type { CompletionRequest } from "./parse-completion-request.ts";

/** A conversation as the model reads it. */
export interface Prompt {
  readonly tokens: readonly Token[];
  /** Tokens and texts that end an answer although the vocabulary does not mark them as an end. */
  readonly endTokens: ReadonlySet<Token>;
  readonly endTexts: readonly string[];
}

/**
 * The conversation in the model's chat template, tokenized exactly. Text of messages never becomes a control token,
 * whatever it says. Throws SignalboxError `invalid_request` when the template refuses the order of messages.
 */
export function renderPrompt(
  engine: Engine,
  request: Pick<CompletionRequest, "messages" | "tools" | "toolChoice">,
): Prompt {
  const chatHistory = convertMessages(request.messages);
  const withTools = request.tools.length > 0 && request.toolChoice.kind !== "none";
  const state = stateOf(engine, chatHistory, withTools ? convertTools(request.tools) : undefined);
  const tokens = state.contextText.tokenize(engine.model.tokenizer);
  const { bos, shouldPrependBosToken } = engine.model.tokens;
  if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
  return { tokens, ...readEndings(engine, state.stopGenerationTriggers) };
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
