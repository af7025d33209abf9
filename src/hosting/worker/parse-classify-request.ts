import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import { invalidField } from "./invalid-field.ts";

/** Texts of one request, labels to choose among, and questions in all where each label is asked about by itself. */
const MAX_INPUTS = 256;
const MAX_LABELS = 256;
const MAX_QUESTIONS = 4_096;
const MAX_LABEL_LENGTH = 256;

const labelText = z.string().min(1).max(MAX_LABEL_LENGTH);

/** The body of `POST /v1/classify`; `docs/api.md` describes it. */
const bodySchema = z.looseObject({
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(MAX_INPUTS)]),
  labels: z
    .array(z.union([labelText, z.looseObject({ label: labelText, description: z.string().nullish() })]))
    .min(1)
    .max(MAX_LABELS),
  instructions: z.string().nullish(),
  multiple: z.boolean().nullish(),
});

/** One label, with what it stands for where the name does not say it. */
export interface Label {
  readonly label: string;
  readonly description?: string;
}

/** A request to weigh labels. */
export interface ClassifyRequest {
  readonly inputs: readonly string[];
  readonly labels: readonly Label[];
  /** What the caller has to add to the task. */
  readonly instructions?: string;
  /** Whether each label is asked about by itself, so that several, or none, may fit. */
  readonly multiple: boolean;
}

/** Checks a parsed body. Throws SignalboxError `invalid_request` that names the field. */
export function parseClassifyRequest(json: unknown): ClassifyRequest {
  const parsed = bodySchema.safeParse(json);
  if (!parsed.success) throw invalidField(parsed.error);
  const { input, instructions, multiple } = parsed.data;
  const inputs = typeof input === "string" ? [input] : input;
  const labels = parsed.data.labels.map(toLabel);
  const isMultiple = multiple ?? false;
  if (new Set(labels.map(({ label }) => label)).size < labels.length) throw invalid("labels", "names a label twice");
  if (!isMultiple && labels.length < 2) throw invalid("labels", "needs at least two labels, or `multiple`");
  if (isMultiple && inputs.length * labels.length > MAX_QUESTIONS)
    throw invalid("labels", `times the inputs is more than ${MAX_QUESTIONS} questions`);
  return {
    inputs,
    labels,
    multiple: isMultiple,
    ...(instructions === null || instructions === undefined || instructions === "" ? {} : { instructions }),
  };
}

function toLabel(label: string | { readonly label: string; readonly description?: string | null | undefined }): Label {
  if (typeof label === "string") return { label };
  const { description } = label;
  return { label: label.label, ...(description ? { description } : {}) };
}

function invalid(param: string, problem: string): SignalboxError {
  return new SignalboxError("invalid_request", `\`${param}\` ${problem}.`, { param });
}
