import { createHash } from "node:crypto";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { LlamaGrammar } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import { compileJsonSchema, gbnfLiteral, JSON_OBJECT_GRAMMAR, orExactly } from "./json-schema-grammar.ts";
import { linearTimePatterns } from "./linear-time-patterns.ts";
import type { Engine } from "./load-engine.ts";
import type { CompletionRequest, ToolDefinition } from "./parse-completion-request.ts";

/** Schemas and grammars kept compiled, each; agents send the same few with every request. */
const MAX_CACHED = 128;
/** Problems named in one message. */
const MAX_PROBLEMS = 3;

/** The form that the model is held to, nearly always JSON, and the check of what it wrote. */
export interface JsonFormat {
  readonly grammar: LlamaGrammar;
  /** What is wrong with `text`; undefined when it is JSON that satisfies the schema. */
  findProblem(text: string): string | undefined;
}

/** Everything that holds the answer of one request to a form. */
export interface AnswerFormat {
  /** For the answer's text. */
  readonly content?: JsonFormat;
  /** The functions that may be called, with their arguments' format. */
  readonly tools: ReadonlyMap<string, JsonFormat>;
  /** For a call's name, through to the beginning of its arguments where that is ordinary text. */
  readonly toolName?: LlamaGrammar;
}

/** Compiles formats, and keeps the recent ones. */
export class AnswerFormatCompiler {
  readonly #engine: Engine;
  readonly #grammars = new Map<string, Promise<LlamaGrammar>>();
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    logger: false,
    addUsedSchema: false,
    code: { regExp: linearTimePatterns },
  });

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Throws SignalboxError that names the schema at fault. */
  async compile(request: CompletionRequest): Promise<AnswerFormat> {
    const { call } = this.#engine.syntax;
    const { toolChoice } = request;
    const callable = toolChoice.kind === "none" ? [] : request.tools;
    const allowed = toolChoice.kind === "named" ? callable.filter(({ name }) => name === toolChoice.name) : callable;
    const names = allowed.map(({ name }) => gbnfLiteral(name)).join(" | ");
    const through = call.afterNameIsPlain ? ` ${gbnfLiteral(call.afterName.text)}` : "";
    const content = await this.#contentFormat(request, toolChoice.kind === "auto" ? call.trigger : undefined);
    return {
      tools: new Map(
        await Promise.all(allowed.map(async (tool) => [tool.name, await this.#toolFormat(tool)] as const)),
      ),
      ...(content === undefined ? {} : { content }),
      ...(allowed.length === 0 ? {} : { toolName: await this.#grammar(`root ::= (${names})${through}`) }),
    };
  }

  async #contentFormat(
    { responseFormat, grammar: own }: CompletionRequest,
    orCall: string | undefined,
  ): Promise<JsonFormat | undefined> {
    if (own !== undefined) return { grammar: await this.#callersGrammar(own), findProblem: () => undefined };
    if (responseFormat.kind === "text") return undefined;
    const param = "response_format.json_schema.schema";
    const schema = responseFormat.kind === "json-schema" ? responseFormat.schema : { type: "object" };
    const grammar =
      responseFormat.kind === "json-schema" ? naming(param, () => compileJsonSchema(schema)) : JSON_OBJECT_GRAMMAR;
    return this.#jsonFormat(schema, orCall === undefined ? grammar : orExactly(grammar, orCall), param);
  }

  async #toolFormat(tool: ToolDefinition): Promise<JsonFormat> {
    const param = `tools (parameters of "${tool.name}")`;
    const schema = tool.parameters ?? { type: "object", additionalProperties: false };
    return this.#jsonFormat(
      schema,
      naming(param, () => compileJsonSchema({ type: "object", ...schema })),
      param,
    );
  }

  async #jsonFormat(schema: unknown, grammar: string, param: string): Promise<JsonFormat> {
    const validate = this.#validator(schema, param);
    return { grammar: await this.#grammar(grammar), findProblem: (text) => findProblem(text, validate) };
  }

  #validator(schema: unknown, param: string): ValidateFunction {
    const json = JSON.stringify(schema);
    return cached(this.#validators, json, () => {
      // The draft that the schema names is not loaded here, and drafts differ little in what models are asked for.
      const { $schema: _draft, $id: _id, ...rest } = JSON.parse(json) as Record<string, unknown>;
      try {
        return this.#ajv.compile(typeof schema === "boolean" ? schema : rest);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new SignalboxError("invalid_request", `\`${param}\` is not a valid JSON schema: ${reason}`, {
          param,
          cause,
        });
      }
    });
  }

  /** The engine parses it; what it refuses is the caller's mistake. */
  async #callersGrammar(grammar: string): Promise<LlamaGrammar> {
    try {
      return await this.#grammar(grammar);
    } catch (cause) {
      throw new SignalboxError("invalid_request", "`grammar` is not a grammar in GBNF with a rule `root`.", {
        param: "grammar",
        cause,
      });
    }
  }

  #grammar(grammar: string): Promise<LlamaGrammar> {
    const key = createHash("sha256").update(grammar).digest("base64");
    return cached(this.#grammars, key, () => this.#engine.llama.createGrammar({ grammar }));
  }
}

function findProblem(text: string, validate: ValidateFunction): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
  if (validate(value)) return undefined;
  const problems = (validate.errors ?? []).slice(0, MAX_PROBLEMS);
  return problems
    .map(({ instancePath, message }) => `${instancePath === "" ? "the value" : instancePath} ${message}`)
    .join("; ");
}

/** The value of `key`, made if it is missing; the least recently used one goes when there are too many. */
function cached<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  const value = cache.get(key) ?? make();
  cache.delete(key);
  cache.set(key, value);
  const [oldest] = cache.keys();
  if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  return value;
}

/** Adds the request's field to an error about a schema. */
function naming<Value>(param: string, compile: () => Value): Value {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof SignalboxError)) throw error;
    throw new SignalboxError(error.code, `\`${param}\`: ${error.message}`, { ...error.details, param });
  }
}
