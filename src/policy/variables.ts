import { CAPABILITIES } from "../core/endpoint.ts";
import { INFERENCE_KINDS } from "../core/inference-request.ts";
import { ROLES } from "../core/principal.ts";
import { WORKLOAD_CLASSES } from "../core/workload.ts";

/**
 * The types that a variable can have. Every number is CEL's double; comparing it with whole numbers works. What `json`
 * holds is known at evaluation alone.
 */
export type VariableType =
  | "string"
  | "number"
  | "bool"
  | "list<string>"
  | "map<string, string>"
  | "json"
  | "list<tool_call>";

/** One variable that conditions may read. */
export interface Variable {
  readonly type: VariableType;
  readonly description: string;
  /** Whether it can be unknown. Reading an unknown one is an error, which `has(…)` avoids. */
  readonly optional?: boolean;
  /** All values that it can have; comparing it with any other is a mistake. */
  readonly values?: readonly string[];
}

/** The names before the dot. */
export type VariableRoot = "request" | "principal" | "data" | "workload" | "endpoint" | "budget" | "now" | "answer";

type VariableTable = Readonly<Record<VariableRoot, Readonly<Record<string, Variable>>>>;

/** Every variable of policies' conditions and of tests of answers: the one table behind the type check, the tests' values and the documentation. */
export const VARIABLES: VariableTable = {
  request: {
    model: { type: "string", description: "the model asked for, without suffixes; `auto` leaves the choice open" },
    kind: { type: "string", description: "what is asked of the model", values: INFERENCE_KINDS },
    stream: { type: "bool", description: "whether the answer is streamed" },
    prompt_tokens: { type: "number", description: "estimated tokens of the prompt" },
    max_tokens: { type: "number", description: "the answer's limit, where the request states one", optional: true },
    tool_count: { type: "number", description: "tools offered" },
    has_images: { type: "bool", description: "whether a message has an image" },
    has_json_schema: { type: "bool", description: "whether the answer must follow a JSON schema" },
    service_tier: { type: "string", description: "`flex`, `priority` …, where stated", optional: true },
    metadata: { type: "map<string, string>", description: "the request's own `metadata`" },
  },
  principal: {
    key_id: { type: "string", description: "id of the API key" },
    team: { type: "string", description: "the key's team", optional: true },
    user: { type: "string", description: "the application's own user, from the request's `user`", optional: true },
    role: { type: "string", description: "the key's role", values: ROLES },
    tags: { type: "list<string>", description: "the key's tags" },
  },
  data: {
    class: { type: "string", description: "the data class: the key's, raised by `x-data-class`, else `internal`" },
    findings: {
      type: "list<string>",
      description: "kinds of sensitive data found, if anything looked",
      optional: true,
    },
  },
  workload: {
    class: { type: "string", description: "the workload class", values: WORKLOAD_CLASSES },
    task: {
      type: "string",
      description:
        "what is asked for: `chat`, `classification`, `extraction`, `tool-use`, `code`, `maths`, `reasoning`, `summary`, `translation`, `creative`; else `unknown`",
    },
    difficulty: {
      type: "number",
      description:
        "how likely it takes a strong model to be right: 0.5 for an ordinary request, about 0.25 for small talk, above 0.7 for hard questions",
      optional: true,
    },
    expected_output_tokens: { type: "number", description: "expected length of the answer" },
  },
  endpoint: {
    id: { type: "string", description: "`<provider>/<model>`; the provider `box` is this machine" },
    provider: { type: "string", description: "the provider's id" },
    model: { type: "string", description: "the model's id" },
    location: { type: "string", description: "where it runs", values: ["box", "site", "cloud"] },
    device: { type: "string", description: "what computes", optional: true, values: ["cpu", "gpu"] },
    region: { type: "string", description: "the region, in the operator's words", optional: true },
    jurisdiction: { type: "string", description: "whose law applies", optional: true },
    retention_days: { type: "number", description: "days that prompts are kept", optional: true },
    trains_on_data: { type: "bool", description: "whether prompts are used for training", optional: true },
    quantization: { type: "string", description: "format of the weights", optional: true },
    origin: { type: "string", description: "country of the model's maker", optional: true },
    license: { type: "string", description: "the model's licence", optional: true },
    context_tokens: { type: "number", description: "tokens of prompt and answer together", optional: true },
    capabilities: { type: "list<string>", description: `declared abilities: ${CAPABILITIES.join(", ")}` },
    quality: { type: "number", description: "0 to 1", optional: true },
    price_input: { type: "number", description: "USD per million prompt tokens", optional: true },
    price_output: { type: "number", description: "USD per million answer tokens", optional: true },
    predicted_ttft_ms: { type: "number", description: "expected time to the first content", optional: true },
    predicted_total_ms: { type: "number", description: "expected time to the whole answer", optional: true },
    predicted_cost_usd: { type: "number", description: "expected cost of this request", optional: true },
    tokens_per_second: { type: "number", description: "speed of one answer", optional: true },
    queue_ms: { type: "number", description: "expected wait for a free slot" },
    loaded: { type: "bool", description: "whether the model is in memory" },
    healthy: { type: "bool", description: "whether nothing is known to be wrong with it" },
    error_rate: { type: "number", description: "share of recent attempts that failed, 0 to 1", optional: true },
  },
  budget: {
    spent_usd: { type: "number", description: "what the key has spent, reservations included", optional: true },
    remaining_usd: { type: "number", description: "what it may still spend; unknown without a budget", optional: true },
  },
  now: {
    hour: { type: "number", description: "0 to 23, UTC" },
    weekday: { type: "number", description: "1 is Monday, 7 is Sunday" },
    iso: { type: "string", description: "date and time, `2026-01-07T12:00:00Z`" },
  },
  answer: {
    text: { type: "string", description: "the text, empty for a call of tools alone" },
    characters: { type: "number", description: "length of the text" },
    is_json: { type: "bool", description: "whether the whole text is JSON, without a code fence around it" },
    json: { type: "json", description: "the text as JSON", optional: true },
    finish_reason: {
      type: "string",
      description: "why it ended; one that was cut short by its limit is no answer",
      optional: true,
      values: ["stop", "tool_calls", "content_filter"],
    },
    tool_calls: { type: "list<tool_call>", description: "calls of tools, each with `name` and `arguments`" },
  },
};

/** What a condition is about: a request whose endpoint is not known yet, an endpoint for a request, or an answer alone. */
export type ConditionScope = "request" | "endpoint" | "answer";

const ALL_ROOTS = Object.keys(VARIABLES) as readonly VariableRoot[];

/** The roots that conditions about each thing may read, in the order of the table. */
export const ROOTS_OF_SCOPE: Readonly<Record<ConditionScope, readonly VariableRoot[]>> = {
  request: ALL_ROOTS.filter((root) => root !== "endpoint" && root !== "answer"),
  endpoint: ALL_ROOTS.filter((root) => root !== "answer"),
  answer: ["answer"],
};

/** The members of a `tool_call`, with CEL's names for their types. */
export const TOOL_CALL_FIELDS = { name: "string", arguments: "dyn" } as const;
