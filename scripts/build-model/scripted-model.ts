import { composeModel } from "./compose-model.ts";
import { cutIntoDistinctPieces } from "./script-pieces.ts";
import { scriptedShape, scriptedWeights } from "./scripted-weights.ts";
import type { ScriptBranch } from "./scripted-weights.ts";
import type { StorageType } from "./tensor-encoding.ts";
import {
  buildTokenizer,
  CALL_END,
  CALL_START,
  CHAT_TEMPLATE,
  RESPONSE_START,
  tokenIdOf,
  tokenizerMetadata,
  templateWithThoughts,
  THOUGHT_END,
  THOUGHT_START,
  TOOLS_START,
  TURN_END,
} from "./tokenizer.ts";
import type { ModelSource } from "./write-gguf.ts";

/** What a scripted model says unless told otherwise. */
export const DEFAULT_SCRIPT = "Hello! I am a scripted model, and this is all that I say.";
/** What a scripted model calls, and says afterwards, unless told otherwise. */
export const DEFAULT_TOOL_SCRIPT: ToolScript = {
  name: "get_weather",
  arguments: '{"city": "Paris"}',
  resultScript: "The weather report has arrived.",
};

/** What a scripted model thinks unless told otherwise. */
export const DEFAULT_THOUGHT = "Somebody greets me, so I had better say hello and what I am.";

/** What a scripted model thinks before it speaks. */
export interface ThoughtScript {
  readonly script: string;
  /** Whether the chat template opens the thought, so that every answer begins within it. */
  readonly templateOpens: boolean;
}

/** What a scripted model says, and which call it makes when tools are offered. */
export interface ToolScript {
  readonly name: string;
  /** JSON, said character by character as it stands. */
  readonly arguments: string;
  readonly resultScript: string;
}

/** The template ends every prompt with a line break. */
const PROMPT_END = "\n";
/** The parts of a call around its name and its arguments, as the chat template writes them. */
const BEFORE_NAME = '\n{"name": "';
const BEFORE_ARGUMENTS = '", "arguments": ';
const AFTER_ARGUMENTS = "}\n";

/**
 * A model whose answer is known to the byte: `plainScript`, or, if it has a tool script, a call when functions are
 * offered, and `resultScript` once a result is in the conversation.
 */
export function buildScriptedModel(options: {
  readonly plainScript: string;
  readonly tool?: ToolScript;
  /** Said before `plainScript`, between the marks of a thought. */
  readonly thought?: ThoughtScript;
  /** Starts `plainScript` again instead of ending. */
  readonly endless?: boolean;
  readonly contextTokens: number;
  readonly type: StorageType;
}): ModelSource {
  const { thought, tool } = options;
  const callPieces =
    tool === undefined ? [] : [BEFORE_NAME, tool.name, BEFORE_ARGUMENTS, tool.arguments, AFTER_ARGUMENTS];
  const plainPieces = cutIntoDistinctPieces(options.plainScript, new Set(callPieces));
  const resultPieces =
    tool === undefined ? [] : cutIntoDistinctPieces(tool.resultScript, new Set([...callPieces, ...plainPieces]));

  const thoughtPieces = cutIntoDistinctPieces(thought?.script ?? "", new Set([...plainPieces, ...resultPieces]));
  const marks = thought === undefined ? [] : [THOUGHT_START, THOUGHT_END];
  const pieces = [...callPieces, ...plainPieces, ...resultPieces, ...thoughtPieces];
  const tokenizer = buildTokenizer({ merges: [], pieces, phrases: marks });
  const idOf = (piece: string): number => tokenIdOf(tokenizer, piece);
  const promptEnd = thought?.templateOpens === true ? THOUGHT_START : PROMPT_END;
  const startId = idOf(promptEnd);
  const successors = new Map<number, number>();
  const say = (sequence: readonly string[]): void => {
    sequence.slice(1).forEach((piece, index) => successors.set(idOf(sequence[index] ?? ""), idOf(piece)));
  };
  const afterPlain = options.endless === true ? plainPieces[0] : TURN_END;
  const thinking = thought === undefined ? [] : [THOUGHT_START, ...thoughtPieces, THOUGHT_END];
  say([...new Set([promptEnd, ...thinking]), ...plainPieces, afterPlain ?? TURN_END]);
  say([...resultPieces, TURN_END]);
  const branches: ScriptBranch[] = [];
  if (tool !== undefined) {
    say([CALL_START, ...callPieces, CALL_END, TURN_END]);
    // An engine that writes these parts itself cuts them into bytes, of which the model sees the last.
    say([BEFORE_NAME.slice(-1), tool.name]);
    say([BEFORE_ARGUMENTS.slice(-1), tool.arguments]);
    branches.push({ markId: idOf(TOOLS_START), firstId: idOf(CALL_START) });
    branches.push({ markId: idOf(RESPONSE_START), firstId: idOf(resultPieces[0] ?? TURN_END) });
  }

  const shape = scriptedShape(tokenizer.tokens.length, branches.length, options.contextTokens);
  return composeModel({
    name: "Signalbox Scripted",
    description: "Says one text, whatever it is asked.",
    shape,
    type: options.type,
    weights: scriptedWeights(shape, { successors, startId, branches }),
    tokenizer: tokenizerMetadata(tokenizer, {
      endToken: TURN_END,
      chatTemplate: thought === undefined ? CHAT_TEMPLATE : templateWithThoughts(thought),
    }),
  });
}
