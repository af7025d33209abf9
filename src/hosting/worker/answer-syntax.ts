import { type ChatWrapper, LlamaText, type LlamaModel, type Token } from "node-llama-cpp";

/** One fixed text of a model's format, as the tokens to feed and as the text to look for. */
export interface SyntaxText {
  readonly tokens: readonly Token[];
  readonly text: string;
}

/** How one model writes a tool call: `opening`, the function's name, `afterName`, its arguments as JSON, `closing`. */
export interface CallSyntax {
  /** Of the first call of an answer. */
  readonly opening: SyntaxText;
  /** Of each further call. */
  readonly nextOpening: SyntaxText;
  /** The beginning of an opening by which a call is recognized. */
  readonly trigger: string;
  readonly nextTrigger: string;
  readonly afterName: SyntaxText;
  /** Whether `afterName` is ordinary text, so that a grammar can lead through it. */
  readonly afterNameIsPlain: boolean;
  readonly closing: SyntaxText;
}

/** How one model writes its reasoning. */
export interface ReasoningSyntax {
  /** Absent when the template itself opens the reasoning. */
  readonly opening?: SyntaxText;
  readonly closing: SyntaxText;
  /** Whether every answer begins with it: the template opens it, or leaves `opening` to be written. */
  readonly opensAnswer: boolean;
  /** Whether the template opens it after the results of calls, too. */
  readonly opensAfterCalls: boolean;
}

/** The format of one model's answers, taken from its chat template. */
export interface AnswerSyntax {
  readonly call: CallSyntax;
  readonly reasoning?: ReasoningSyntax;
  /** Control tokens that are part of the format and must appear in the text that is searched for it. */
  readonly controlTexts: ReadonlyMap<Token, string>;
}

/** A tag (`<tool_call>`, `[TOOL_CALLS]`, `<|python_tag|>`) at the start of an opening. */
const LEADING_TAG = /^(<[^<>\s]+>|\[[A-Z_]+\])/u;

/** Derives the format from the settings that the engine found in the model's chat template. */
export function readAnswerSyntax(model: LlamaModel, wrapper: ChatWrapper): AnswerSyntax {
  const { functions, segments } = wrapper.settings;
  const parallelism = functions.parallelism?.call;
  const syntaxText = (...parts: readonly (string | LlamaText | undefined)[]): SyntaxText => {
    const tokens = LlamaText(parts.map((part) => part ?? ""))
      .trimStart()
      .tokenize(model.tokenizer);
    return { tokens, text: model.detokenize(tokens, true) };
  };
  const opening = syntaxText(parallelism?.sectionPrefix, functions.call.prefix);
  const nextOpening = syntaxText(parallelism?.betweenCalls, functions.call.prefix);
  const afterNameTokens = LlamaText(functions.call.paramsPrefix).tokenize(model.tokenizer);
  const afterName = { tokens: afterNameTokens, text: model.detokenize(afterNameTokens, true) };
  const closingTokens = LlamaText(functions.call.suffix).tokenize(model.tokenizer);
  const reasoning = readReasoningSyntax(segments?.thought, syntaxText);

  const fixed = [opening, nextOpening, reasoning?.opening, reasoning?.closing];
  return {
    call: {
      opening,
      nextOpening,
      trigger: triggerOf(opening.text),
      nextTrigger: triggerOf(nextOpening.text),
      afterName,
      afterNameIsPlain: afterName.text === model.detokenize(afterNameTokens, false),
      closing: { tokens: closingTokens, text: model.detokenize(closingTokens, true) },
    },
    ...(reasoning === undefined ? {} : { reasoning }),
    controlTexts: controlTextsOf(
      model,
      fixed.flatMap((one) => one?.tokens ?? []),
    ),
  };
}

function readReasoningSyntax(
  thought: NonNullable<ChatWrapper["settings"]["segments"]>["thought"],
  syntaxText: (part: string | LlamaText) => SyntaxText,
): ReasoningSyntax | undefined {
  if (thought?.suffix === undefined) return undefined;
  const closing = syntaxText(thought.suffix);
  const { prefix } = thought;
  if (typeof prefix === "string" || LlamaText.isLlamaText(prefix))
    return {
      opening: syntaxText(prefix),
      closing,
      opensAnswer: thought.openOnResponseStart ?? false,
      opensAfterCalls: false,
    };
  return { closing, opensAnswer: true, opensAfterCalls: prefix.afterFunctionCalls ?? false };
}

function triggerOf(opening: string): string {
  return LEADING_TAG.exec(opening)?.[0] ?? opening;
}

function controlTextsOf(model: LlamaModel, tokens: readonly Token[]): ReadonlyMap<Token, string> {
  const texts = new Map<Token, string>();
  for (const token of tokens)
    if (model.detokenize([token], false) === "") texts.set(token, model.detokenize([token], true));
  return texts;
}
