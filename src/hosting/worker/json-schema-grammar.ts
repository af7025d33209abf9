import { SignalboxError } from "../../core/errors.ts";
import { integerRange, NO_NUMBER, numberRange, readNumberBounds } from "./number-range-grammar.ts";

/** Nesting of a schema beyond which it is refused: deeper ones are mistakes or attacks. */
const MAX_SCHEMA_DEPTH = 64;
/** Rules of one grammar; bounds the engine's memory for a schema. */
const MAX_RULES = 4_000;
/** Repetitions that the engine unrolls; a larger bound is left to validation. */
const MAX_REPETITION = 256;

/** What JSON itself allows, with numbers that stay finite and whitespace that ends. */
const JSON_RULES = {
  ws: String.raw`| " " | "\n" [ \t]{0,20}`,
  char: String.raw`[^"\\\x00-\x1F\x7F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})`,
  string: String.raw`"\"" char* "\""`,
  integer: String.raw`"-"? ("0" | [1-9] [0-9]{0,14})`,
  number: String.raw`integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?`,
  boolean: String.raw`"true" | "false"`,
  null: String.raw`"null"`,
  member: String.raw`string ":" ws value`,
  object: String.raw`"{" ws (member ("," ws member)* ws)? "}"`,
  array: String.raw`"[" ws (value ("," ws value)* ws)? "]"`,
  value: "object | array | string | number | boolean | null",
} as const;

/** Strings whose form the grammar can hold the model to. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3 */
const FORMATS: Readonly<Record<string, string>> = {
  date: String.raw`"\"" date "\""`,
  time: String.raw`"\"" time "\""`,
  "date-time": String.raw`"\"" date "T" time "\""`,
  uuid: String.raw`"\"" [0-9a-f]{8} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{12} "\""`,
};
const FORMAT_RULES = {
  date: String.raw`[0-9]{4} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01])`,
  time: String.raw`([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,6})? ("Z" | [-+] [0-9]{2} ":" [0-9]{2})`,
} as const;

type Schema = Readonly<Record<string, unknown>>;

/**
 * A GBNF grammar that admits JSON of the schema's shape: types, properties (required and optional, in the order
 * declared), items, enumerations, alternatives, references, lengths, bounds of numbers and common formats. What a
 * context-free grammar cannot say (`pattern`, `multipleOf`, `not`, `uniqueItems` …) is left to validation of the
 * finished text.
 * Undeclared properties are admitted only where `additionalProperties` asks for them.
 * Throws SignalboxError `unsupported_parameter` that names the place in the schema.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
 */
export function compileJsonSchema(schema: unknown): string {
  return new SchemaCompiler(schema).compile();
}

/** The grammar of any JSON object. */
export const JSON_OBJECT_GRAMMAR = grammarText("object", new Map());

/** `grammar`, or instead of it exactly `text`. */
export function orExactly(grammar: string, text: string): string {
  return grammar.replace("root ::= ", () => `root ::= ${gbnfLiteral(text)} | `);
}

/** A quoted GBNF literal of `text`. */
export function gbnfLiteral(text: string): string {
  const escaped = text.replace(/["\\]|\p{Cc}/gu, (character) => {
    if (character === "\\" || character === '"') return `\\${character}`;
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return `"${escaped}"`;
}

class SchemaCompiler {
  readonly #root: unknown;
  readonly #rules = new Map<string, string>();
  readonly #references = new Map<string, string>();

  constructor(root: unknown) {
    this.#root = root;
  }

  compile(): string {
    return grammarText(this.#visit(this.#root, "#", 0), this.#rules);
  }

  /** An expression for `schema`, safe to place in a sequence. */
  #visit(schema: unknown, path: string, depth: number): string {
    if (depth > MAX_SCHEMA_DEPTH) throw unsupported(path, `is nested more than ${MAX_SCHEMA_DEPTH} levels deep`);
    if (schema === undefined || schema === true) return "value";
    if (!isSchema(schema)) throw unsupported(path, "is not a schema that any value satisfies");
    if (typeof schema["$ref"] === "string") return this.#reference(schema["$ref"], path, depth);
    if (Array.isArray(schema["allOf"])) return this.#visit(this.#mergeAll(schema, path), path, depth + 1);
    const alternatives = schema["anyOf"] ?? schema["oneOf"];
    if (Array.isArray(alternatives)) return this.#alternatives(schema, alternatives, path, depth);
    if ("const" in schema) return gbnfLiteral(JSON.stringify(schema["const"]));
    const values = schema["enum"];
    if (Array.isArray(values) && values.length > 0)
      return `(${values.map((value) => gbnfLiteral(JSON.stringify(value))).join(" | ")})`;
    return this.#typed(schema, path, depth);
  }

  #typed(schema: Schema, path: string, depth: number): string {
    const type: unknown = schema["type"] ?? inferType(schema);
    if (Array.isArray(type))
      return `(${type.map((one: unknown) => this.#visit({ ...schema, type: one }, path, depth + 1)).join(" | ")})`;
    switch (type) {
      case undefined:
        return "value";
      case "object":
        return this.#object(schema, path, depth);
      case "array":
        return this.#array(schema, path, depth);
      case "string":
        return stringExpression(schema);
      case "number":
      case "integer":
        return boundedNumber(schema, type, path);
      case "boolean":
      case "null":
        return String(type);
      default:
        throw unsupported(path, `has the unknown type ${JSON.stringify(type)}`);
    }
  }

  #reference(reference: string, path: string, depth: number): string {
    const known = this.#references.get(reference);
    if (known !== undefined) return known;
    const name = this.#newRuleName(path);
    this.#references.set(reference, name);
    this.#rules.set(name, this.#visit(resolvePointer(this.#root, reference, path), reference, depth + 1));
    return name;
  }

  #alternatives(schema: Schema, alternatives: readonly unknown[], path: string, depth: number): string {
    const { anyOf: _anyOf, oneOf: _oneOf, ...base } = schema;
    const options = alternatives.map((alternative, index) => {
      const merged = hasConstraints(base) && isSchema(alternative) ? mergeSchemas(base, alternative) : alternative;
      return this.#visit(merged, `${path}/anyOf/${index}`, depth + 1);
    });
    return `(${[...new Set(options)].join(" | ")})`;
  }

  #mergeAll(schema: Schema, path: string): Schema {
    const { allOf, ...base } = schema;
    return (allOf as readonly unknown[]).reduce<Schema>((merged, part) => {
      const reference = isSchema(part) ? part["$ref"] : undefined;
      const resolved = typeof reference === "string" ? resolvePointer(this.#root, reference, path) : part;
      return isSchema(resolved) ? mergeSchemas(merged, resolved) : merged;
    }, base);
  }

  /** Properties in declared order; optional ones may be left out. Each rule is the rest of the object from one property on. */
  #object(schema: Schema, path: string, depth: number): string {
    const properties = Object.entries(isSchema(schema["properties"]) ? schema["properties"] : {});
    const additional = schema["additionalProperties"];
    const open = isSchema(additional) || additional === true || (additional === undefined && properties.length === 0);
    if (properties.length === 0 && open && !isSchema(additional)) return "object";
    const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);

    const extra = open
      ? `string ":" ws ${this.#visit(additional, `${path}/additionalProperties`, depth + 1)}`
      : undefined;
    let first = extra === undefined ? '""' : `(${extra} ("," ws ${extra})*)?`;
    let next = extra === undefined ? '""' : `("," ws ${extra})*`;
    for (const [name, property] of properties.reverse()) {
      const value = this.#visit(property, `${path}/properties/${name}`, depth + 1);
      const member = `${gbnfLiteral(JSON.stringify(name))} ":" ws ${value}`;
      const following = this.#addRule(next, path);
      const optional = !required.has(name);
      first = `${member} ${following}${optional ? ` | ${this.#addRule(first, path)}` : ""}`;
      next = `"," ws ${member} ${following}${optional ? ` | ${following}` : ""}`;
    }
    return this.#addRule(`"{" ws ${this.#addRule(first, path)} ws "}"`, path);
  }

  #array(schema: Schema, path: string, depth: number): string {
    const prefix = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
    const leading = prefix.map((item, index) => this.#visit(item, `${path}/prefixItems/${index}`, depth + 1));
    const minItems = Math.max(countOf(schema["minItems"], 0) - leading.length, 0);
    const maxItems = countOf(schema["maxItems"], Infinity) - leading.length;
    const list = leading.join(' "," ws ');
    if (schema["items"] === false || maxItems <= 0) return this.#addRule(`"[" ws ${list} ws "]"`, path);
    const item = this.#visit(schema["items"], `${path}/items`, depth + 1);
    if (leading.length > 0) {
      const rest = `("," ws ${item})${repetition(minItems, maxItems)}`;
      return this.#addRule(`"[" ws ${list} ${rest} ws "]"`, path);
    }
    const items = `${item} ("," ws ${item})${repetition(Math.max(minItems - 1, 0), maxItems - 1)}`;
    return this.#addRule(`"[" ws ${minItems > 0 ? items : `(${items})?`} ws "]"`, path);
  }

  #addRule(expression: string, path: string): string {
    const name = this.#newRuleName(path);
    this.#rules.set(name, expression);
    return name;
  }

  #newRuleName(path: string): string {
    if (this.#rules.size >= MAX_RULES) throw unsupported(path, "makes the schema too large to hold a model to");
    const name = `r${this.#rules.size}`;
    this.#rules.set(name, '""');
    return name;
  }
}

function grammarText(root: string, rules: ReadonlyMap<string, string>): string {
  const all = [["root", root], ...rules, ...Object.entries(JSON_RULES), ...Object.entries(FORMAT_RULES)];
  return all.map(([name, expression]) => `${name} ::= ${expression}`).join("\n");
}

function boundedNumber(schema: Schema, type: "number" | "integer", path: string): string {
  const bounds = readNumberBounds(schema);
  const range = type === "integer" ? integerRange(bounds) : numberRange(bounds);
  if (range === NO_NUMBER) throw unsupported(path, "has bounds that no number satisfies");
  return range ?? type;
}

function stringExpression(schema: Schema): string {
  const format = typeof schema["format"] === "string" ? FORMATS[schema["format"]] : undefined;
  if (format !== undefined) return format;
  const minLength = countOf(schema["minLength"], 0);
  const maxLength = countOf(schema["maxLength"], Infinity);
  if (minLength === 0 && maxLength === Infinity) return "string";
  return String.raw`"\"" char${repetition(minLength, maxLength)} "\""`;
}

/** `{min,max}` within what the engine unrolls; beyond it validation decides. */
function repetition(min: number, max: number): string {
  const lower = Math.min(min, MAX_REPETITION);
  return max > MAX_REPETITION ? `{${lower},}` : `{${lower},${Math.max(max, lower)}}`;
}

function countOf(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : otherwise;
}

function inferType(schema: Schema): string | undefined {
  if ("properties" in schema || "required" in schema || "additionalProperties" in schema) return "object";
  if ("items" in schema || "prefixItems" in schema) return "array";
  if ("minLength" in schema || "maxLength" in schema || "pattern" in schema || "format" in schema) return "string";
  if ("minimum" in schema || "maximum" in schema || "multipleOf" in schema) return "number";
  return undefined;
}

function hasConstraints(schema: Schema): boolean {
  return "type" in schema || inferType(schema) !== undefined;
}

function mergeSchemas(left: Schema, right: Schema): Schema {
  const merged: Record<string, unknown> = { ...left, ...right };
  if (isSchema(left["properties"]) && isSchema(right["properties"]))
    merged["properties"] = { ...left["properties"], ...right["properties"] };
  if (Array.isArray(left["required"]) && Array.isArray(right["required"]))
    merged["required"] = [...left["required"], ...right["required"]];
  return merged;
}

/** Follows a JSON pointer within the schema. @see https://www.rfc-editor.org/rfc/rfc6901 */
function resolvePointer(root: unknown, reference: string, path: string): unknown {
  if (reference !== "#" && !reference.startsWith("#/"))
    throw unsupported(path, `refers to ${JSON.stringify(reference)}, but only references within the schema (#/…) work`);
  let target = root;
  for (const escaped of reference.split("/").slice(1)) {
    const key = decodeURIComponent(escaped).replaceAll("~1", "/").replaceAll("~0", "~");
    target = typeof target === "object" && target !== null ? (target as Schema)[key] : undefined;
    if (target === undefined) throw unsupported(path, `refers to ${JSON.stringify(reference)}, which does not exist`);
  }
  return target;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unsupported(path: string, problem: string): SignalboxError {
  return new SignalboxError("unsupported_parameter", `The JSON schema at ${path} ${problem}.`);
}
