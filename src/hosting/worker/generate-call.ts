import { randomUUID } from "node:crypto";
import type { LlamaGrammar } from "node-llama-cpp";
import type { JsonFormat } from "./answer-format.ts";
import type { AnswerEvent, AnswerState } from "./answer-state.ts";
import { InvalidAnswer } from "./invalid-answer.ts";

/** How a call ended: complete, or cut off by the limit of tokens. */
export type CallEnd = "done" | "length";

/**
 * Generates one tool call in the model's own format: the fixed parts are written for it, the name and the arguments are
 * generated under a grammar. Throws InvalidAnswer when the arguments do not satisfy the tool's schema all the same.
 */
export async function* generateCall(state: AnswerState, index: number): AsyncGenerator<AnswerEvent, CallEnd> {
  const { engine, format } = state.job;
  const { call } = engine.syntax;
  state.tokens.push(...(index === 0 ? call.opening : call.nextOpening).tokens);

  const named = yield* collect(state, format.toolName, () => undefined);
  if (named.end === "length") return "length";
  const name = call.afterNameIsPlain ? named.text.slice(0, -call.afterName.text.length) : named.text;
  const tool: JsonFormat | undefined = format.tools.get(name);
  if (tool === undefined) throw new InvalidAnswer("the model named a function that it may not call", named.text);
  if (!call.afterNameIsPlain) state.tokens.push(...call.afterName.tokens);
  yield { kind: "call-start", index, id: `call_${randomUUID().replaceAll("-", "").slice(0, 24)}`, name };

  const given = yield* collect(state, tool.grammar, (text) => ({ kind: "call-delta", index, text }));
  if (given.end === "length") return "length";
  const problem = tool.findProblem(given.text);
  if (problem !== undefined)
    throw new InvalidAnswer(`the arguments of "${name}" are not valid: ${problem}`, given.text);
  state.tokens.push(...call.closing.tokens);
  return "done";
}

/** Generates under a grammar to its end; passes on what `toEvent` makes of each piece. */
async function* collect(
  state: AnswerState,
  grammar: LlamaGrammar | undefined,
  toEvent: (text: string) => AnswerEvent | undefined,
): AsyncGenerator<AnswerEvent, { readonly text: string; readonly end: CallEnd }> {
  const detokenizer = state.detokenizer();
  let text = "";
  if (state.isFull) return { text, end: "length" };
  let end: CallEnd = "done";
  for await (const { token } of state.decode(grammar)) {
    state.tokens.push(token);
    const piece = detokenizer.push(token);
    text += piece;
    const event = piece === "" ? undefined : toEvent(piece);
    if (event !== undefined) yield event;
    if (state.isFull) {
      end = "length";
      break;
    }
  }
  return { text: text + detokenizer.flush(), end };
}
