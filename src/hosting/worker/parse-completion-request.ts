import { z } from "zod";
import type { ResponseFormat } from "../../core/inference-request.ts";
import { SignalboxError } from "../../core/errors.ts";
import { invalidField } from "./invalid-field.ts";
import { reasoningFields, reasoningOf, type ReasoningWish } from "./parse-reasoning.ts";
import { generationFields, type Sampling, samplingOf, stopOf } from "./parse-sampling.ts";

/** Answers of one request; they are generated one after the other on one slot. */
const MAX_CHOICES = 16;
const MAX_TOP_LOGPROBS = 20;
const MAX_TOOLS = 256;
const MAX_GRAMMAR_LENGTH = 65_536;

const contentSchema = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).nullish();

const toolCallSchema = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

const messageSchema = z.discriminatedUnion("role", [
  z.looseObject({ role: z.enum(["system", "developer", "user"]), content: contentSchema }),
  z.looseObject({
    role: z.literal("assistant"),
    content: contentSchema,
    tool_calls: z.array(toolCallSchema).nullish(),
  }),
  z.looseObject({ role: z.literal("tool"), content: contentSchema, tool_call_id: z.string() }),
]);

const toolSchema = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({
    name: z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/u, "must be 1 to 128 letters, digits, '_', '.' or '-'"),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
  }),
});

const responseFormatSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text") }),
  z.looseObject({ type: z.literal("json_object") }),
  z.looseObject({
    type: z.literal("json_schema"),
    json_schema: z.looseObject({ schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]).optional() }),
  }),
]);

/** What this server reads of OpenAI's body, and llama.cpp's sampling settings beside it. Other fields are ignored. */
const bodySchema = z.looseObject({
  messages: z.array(messageSchema).min(1),
  tools: z.array(toolSchema).max(MAX_TOOLS).nullish(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) }),
    ])
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: responseFormatSchema.nullish(),
  grammar: z.string().min(1).max(MAX_GRAMMAR_LENGTH).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  n: z.int().min(1).max(MAX_CHOICES).nullish(),
  ...generationFields,
  ...reasoningFields,
  continue_final_message: z.boolean().nullish(),
  add_generation_prompt: z.boolean().nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(MAX_TOP_LOGPROBS).nullish(),
});

type Body = z.infer<typeof bodySchema>;

/** One message as it came, checked. */
export type RequestMessage = z.infer<typeof messageSchema>;

/** One function that the model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** Its arguments' JSON schema. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** A chat request as this process understands it. */
export interface CompletionRequest {
  /** Without the message that is to be gone on with. */
  readonly messages: readonly RequestMessage[];
  readonly tools: readonly ToolDefinition[];
  readonly toolChoice:
    | { readonly kind: "none" | "auto" | "required" }
    | { readonly kind: "named"; readonly name: string };
  readonly parallelToolCalls: boolean;
  readonly responseFormat: ResponseFormat;
  /** A grammar in GBNF that the answer follows, instead of a response format. @see https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md */
  readonly grammar?: string;
  readonly sampling: Sampling;
  readonly stop: readonly string[];
  readonly maxTokens?: number;
  readonly choiceCount: number;
  /** Alternatives to report for each token; absent: no log probabilities. */
  readonly topLogprobs?: number;
  readonly reasoning: ReasoningWish;
  /** The beginning of the answer, of which the rest is to be written; absent: the answer is to be begun. */
  readonly continues?: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/** Checks a parsed body. Throws SignalboxError `invalid_request` or `unsupported_parameter` that names the field. */
export function parseCompletionRequest(json: unknown): CompletionRequest {
  const parsed = bodySchema.safeParse(json);
  if (!parsed.success) throw invalidField(parsed.error);
  const body = parsed.data;
  if (body["functions"] !== undefined || body["function_call"] !== undefined)
    throw new SignalboxError("unsupported_parameter", "`functions` was replaced by `tools`; send `tools`.", {
      param: "functions",
    });
  if (typeof body.top_logprobs === "number" && body.logprobs !== true)
    throw new SignalboxError("invalid_request", "`top_logprobs` needs `logprobs` to be true.", {
      param: "top_logprobs",
    });
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? undefined;
  const tools = (body.tools ?? []).map(({ function: tool }) => ({
    name: tool.name,
    ...(tool.description ? { description: tool.description } : {}),
    ...(tool.parameters ? { parameters: tool.parameters } : {}),
  }));
  const toolChoice = toolChoiceOf(body, tools);
  const continues = beginningOf(body, toolChoice);
  return {
    messages: continues === undefined ? body.messages : body.messages.slice(0, -1),
    ...(continues === undefined ? {} : { continues }),
    tools,
    toolChoice,
    parallelToolCalls: body.parallel_tool_calls ?? true,
    responseFormat: responseFormatOf(body),
    ...grammarOf(body, tools),
    sampling: samplingOf(body),
    stop: stopOf(body),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    choiceCount: body.n ?? 1,
    ...(body.logprobs ? { topLogprobs: body.top_logprobs ?? 0 } : {}),
    reasoning: reasoningOf(body),
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
  };
}

function toolChoiceOf(body: Body, tools: readonly ToolDefinition[]): CompletionRequest["toolChoice"] {
  const choice = body.tool_choice ?? (tools.length > 0 ? "auto" : "none");
  if (typeof choice === "string") {
    if (choice === "required" && tools.length === 0)
      throw invalidToolChoice("`tool_choice` is `required`, but there are no `tools`.");
    return { kind: tools.length === 0 ? "none" : choice };
  }
  const name = choice.function.name;
  if (!tools.some((tool) => tool.name === name))
    throw invalidToolChoice(`\`tool_choice\` names "${name}", which is not among \`tools\`.`);
  return { kind: "named", name };
}

/**
 * The text of the last message, where `continue_final_message` asks for the rest of it. What holds an answer to a form
 * would begin anew in the middle of it, and is refused.
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html#extra-parameters-for-chat-completions-api
 */
function beginningOf(body: Body, toolChoice: CompletionRequest["toolChoice"]): string | undefined {
  if (body.continue_final_message !== true) return undefined;
  const refuse = (message: string): never => {
    throw new SignalboxError("invalid_request", message, { param: "continue_final_message" });
  };
  if (body.add_generation_prompt === true)
    return refuse("`continue_final_message` and `add_generation_prompt` exclude each other.");
  const hasForm = body.grammar || responseFormatOf(body).kind !== "text";
  if (hasForm || toolChoice.kind === "required" || toolChoice.kind === "named")
    return refuse("`continue_final_message` can't be had together with a form of the answer or a forced tool call.");
  const last = body.messages.at(-1);
  const isText = last?.role === "assistant" && (last.tool_calls ?? []).length === 0;
  if (!isText || typeof last.content !== "string" || last.content === "")
    return refuse("`continue_final_message` needs a last message of the assistant with a text as its content.");
  return last.content;
}

function responseFormatOf(body: Body): ResponseFormat {
  const format = body.response_format;
  switch (format?.type) {
    case "json_object":
      return { kind: "json-object" };
    case "json_schema":
      return format.json_schema.schema === undefined
        ? { kind: "json-object" }
        : { kind: "json-schema", schema: format.json_schema.schema };
    default:
      return { kind: "text" };
  }
}

function grammarOf(body: Body, tools: readonly ToolDefinition[]): Pick<CompletionRequest, "grammar"> {
  const { grammar } = body;
  if (grammar === null || grammar === undefined) return {};
  if (tools.length === 0 && responseFormatOf(body).kind === "text") return { grammar };
  throw new SignalboxError("invalid_request", "`grammar` can't be had together with `response_format` or `tools`.", {
    param: "grammar",
  });
}

function invalidToolChoice(message: string): SignalboxError {
  return new SignalboxError("invalid_request", message, { param: "tool_choice" });
}
