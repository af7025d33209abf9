import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { WORKLOAD_CLASSES, type WorkloadClass } from "../core/workload.ts";
import type { TracedRequest } from "../simulate/traced-request.ts";
import { readSteps } from "./read-steps.ts";
import { SimulationProblem } from "./simulation-problem.ts";

/** The largest trace file that is read: tens of millions of lines. */
const MAX_TRACE_BYTES = 2 * 1024 ** 3;

/** Which file to read as which stream, and the class of its requests where its lines say none. */
export interface TraceSource {
  readonly file: string;
  /** For `--mix`, `--class` and reports; the file's name when absent. */
  readonly name?: string;
  readonly workloadClass?: WorkloadClass;
}

type Fields = Readonly<Record<string, unknown>>;

/** What one line says, in the names of our own format. */
type Format = (line: Fields) => Fields;

/**
 * Reads a trace: CSV with a header, or JSON lines. The names of our own format are `time_ms`, `prompt_tokens`,
 * `output_tokens`, and where known `class`, `model`, `key`, `data_class`, `service_tier`, `deadline_ms`, `prefix_ids`, `steps`; those
 * of two public formats are understood too. Throws SimulationProblem with the line of what can't be read.
 *
 * @see https://github.com/Azure/AzurePublicDataset/blob/master/AzureLLMInferenceDataset2023.md TIMESTAMP,ContextTokens,GeneratedTokens
 * @see https://github.com/kvcache-ai/Mooncake#-open-source-trace one JSON object a line, `hash_ids` of blocks of 512 tokens
 */
export function readTrace({ file, name, workloadClass }: TraceSource): {
  readonly name: string;
  readonly requests: readonly TracedRequest[];
} {
  const stream = name ?? basename(file).replace(/\.[^.]*$/, "");
  const lines = readText(file).split("\n");
  const read = lines[0]?.trimStart().startsWith("{") === true ? jsonReader(file) : csvReader(file, lines.shift() ?? "");
  const requests: TracedRequest[] = [];
  const offset = read.isCsv ? 2 : 1;
  let firstMs: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const where = `${file}:${index + offset}`;
    const request = toRequest(read.fields(line, where), stream, workloadClass, where);
    firstMs ??= request.atMs;
    requests.push({ ...request, atMs: Math.max(0, request.atMs - firstMs) });
  }
  if (requests.length === 0) throw new SimulationProblem(`${file}: it holds no request`);
  return { name: stream, requests: requests.toSorted((a, b) => a.atMs - b.atMs) };
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MAX_TRACE_BYTES) throw new Error(`it is larger than ${MAX_TRACE_BYTES} bytes`);
    return readFileSync(file, "utf8");
  } catch (error) {
    // The reason is passed on to whoever named the file.
    throw new SimulationProblem(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface LineReader {
  readonly isCsv: boolean;
  fields(line: string, where: string): Fields;
}

function csvReader(file: string, header: string): LineReader {
  const names = header
    .trim()
    .split(",")
    .map((name) => name.trim());
  const format = formatOf(names);
  if (format === undefined) throw new SimulationProblem(`${file}:1: ${UNKNOWN_FORMAT}`);
  return {
    isCsv: true,
    fields: (line, where) => {
      const values = line.trim().split(",");
      if (values.length !== names.length)
        throw new SimulationProblem(`${where}: it has ${values.length} fields, and the header has ${names.length}`);
      return format(Object.fromEntries(names.map((name, index) => [name, values[index]])));
    },
  };
}

function jsonReader(file: string): LineReader {
  let format: Format | undefined;
  return {
    isCsv: false,
    fields: (line, where) => {
      const value = parseLine(line, where);
      format ??= formatOf(Object.keys(value));
      if (format === undefined) throw new SimulationProblem(`${file}: ${UNKNOWN_FORMAT}`);
      return format(value);
    },
  };
}

function parseLine(line: string, where: string): Fields {
  try {
    return JSON.parse(line) as Fields;
  } catch (error) {
    // The reason is passed on with the line.
    throw new SimulationProblem(`${where}: it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const UNKNOWN_FORMAT =
  "the format is not known; a trace names time_ms, prompt_tokens and output_tokens (docs/simulation.md lists the others)";

function formatOf(names: readonly string[]): Format | undefined {
  const has = (...wanted: readonly string[]): boolean => wanted.every((name) => names.includes(name));
  if (has("time_ms", "prompt_tokens", "output_tokens")) return (line) => line;
  if (has("TIMESTAMP", "ContextTokens", "GeneratedTokens"))
    return ({ TIMESTAMP, ContextTokens, GeneratedTokens }) => ({
      time_ms: utcMs(String(TIMESTAMP)),
      prompt_tokens: ContextTokens,
      output_tokens: GeneratedTokens,
    });
  if (has("timestamp", "input_length", "output_length"))
    return ({ timestamp, input_length, output_length, hash_ids }) => ({
      time_ms: timestamp,
      prompt_tokens: input_length,
      output_tokens: output_length,
      prefix_ids: hash_ids,
    });
  return undefined;
}

/** `2023-11-16 18:15:46.6805900`: the digits behind the milliseconds count too. */
function utcMs(text: string): number {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?/.exec(text);
  return match === null ? NaN : Date.parse(`${match[1]}T${match[2]}Z`) + Number(match[3] ?? 0) * 1_000;
}

function toRequest(
  fields: Fields,
  stream: string,
  workloadClass: WorkloadClass | undefined,
  where: string,
): TracedRequest {
  const ownClass = textOf(fields["class"]);
  const [keyId, dataClass, serviceTier, model] = ["key", "data_class", "service_tier", "model"].map((name) =>
    textOf(fields[name]),
  );
  const deadline = textOf(fields["deadline_ms"]);
  const prefixIds = prefixIdsOf(fields["prefix_ids"]);
  const stated = fields["steps"] === "" ? undefined : fields["steps"];
  const steps = stated === undefined ? undefined : readSteps(stated);
  if (stated !== undefined && steps === undefined)
    throw new SimulationProblem(`${where}: steps must say what each writes and after which it comes: 300 300 150@1+2`);
  if (ownClass !== undefined && !WORKLOAD_CLASSES.includes(ownClass as WorkloadClass))
    throw new SimulationProblem(`${where}: class must be one of ${WORKLOAD_CLASSES.join(", ")}`);
  const known = (ownClass as WorkloadClass | undefined) ?? workloadClass;
  return {
    atMs: numberOf(fields, "time_ms", where),
    promptTokens: numberOf(fields, "prompt_tokens", where),
    outputTokens: numberOf(fields, "output_tokens", where),
    stream,
    ...(known === undefined ? {} : { workloadClass: known }),
    ...(model === undefined ? {} : { model }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(dataClass === undefined ? {} : { dataClass }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(deadline === undefined ? {} : { deadlineMs: numberOf(fields, "deadline_ms", where) }),
    ...(prefixIds === undefined ? {} : { prefixIds }),
    ...(steps === undefined ? {} : { steps }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "number" || (typeof value === "string" && value !== "") ? String(value) : undefined;
}

function numberOf(fields: Fields, name: string, where: string): number {
  const number = Number(textOf(fields[name]));
  if (Number.isFinite(number) && number >= 0) return number;
  throw new SimulationProblem(`${where}: ${name} must be a number that is not negative`);
}

/** Numbers in a list, or in CSV with spaces between them. */
function prefixIdsOf(value: unknown): readonly number[] | undefined {
  if (Array.isArray(value)) return value.map(Number);
  const text = textOf(value);
  return text === undefined ? undefined : text.trim().split(/\s+/).map(Number);
}
