import type { EndpointFacts } from "../core/endpoint.ts";
import { SignalboxError } from "../core/errors.ts";
import type { Preset } from "../core/preset.ts";
import { findDeadEnds } from "../routing/dead-ends.ts";
import { parseChatRequest } from "../gateway/openai/parse-chat-request.ts";
import { invalidField } from "../gateway/openai/read-fields.ts";

/** Members of a body that belong to one request alone, and the reference itself: a preset can't lead to another. */
const NOT_IN_PRESETS: readonly string[] = [
  "messages",
  "input",
  "prompt",
  "preset",
  "session_id",
  "prompt_cache_key",
  "user",
];

/** What a preset is checked against. */
export interface PresetContext {
  readonly endpoints: readonly EndpointFacts[];
  /** Ids of panels and plans. */
  readonly jointModels: readonly string[];
  readonly dataClasses: readonly string[];
}

/**
 * Throws `invalid_request` or `unsupported_parameter`, naming the field, where `fields` could not be part of a request
 * here: a field of the wrong form, one that belongs to a single request, a model, suffix or provider that does not exist.
 */
export function checkPreset(fields: Preset["fields"], { endpoints, jointModels, dataClasses }: PresetContext): void {
  const misplaced = NOT_IN_PRESETS.find((name) => Object.hasOwn(fields, name));
  if (misplaced !== undefined) throw invalid(misplaced, `${misplaced} belongs to a request, not to a preset.`);
  const { system_prompt: systemPrompt, ...others } = fields;
  if (systemPrompt !== undefined && typeof systemPrompt !== "string")
    throw invalidField("system_prompt", "a text", systemPrompt);
  for (const name of modelNames(fields)) {
    if (typeof name === "string" && name.includes("@preset/"))
      throw invalid("model", "A preset can't name another preset: that could go round in a circle.");
  }
  const model = fields["model"] ?? (fields["models"] === undefined ? "auto" : undefined);
  const example = { ...others, ...(model === undefined ? {} : { model }), messages: [{ role: "user", content: "Hi" }] };
  const request = parseChatRequest(Buffer.from(JSON.stringify(example)), {}, dataClasses);
  const [dead] = findDeadEnds(request, endpoints, jointModels);
  if (dead !== undefined) throw invalid(dead.param, dead.problem);
}

function modelNames({ model, models }: Preset["fields"]): readonly unknown[] {
  return [model, ...(Array.isArray(models) ? (models as unknown[]) : [])];
}

function invalid(param: string, message: string): SignalboxError {
  return new SignalboxError("invalid_request", message, { param });
}
