import { SignalboxError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import type { Preset, PresetCatalog } from "../../core/preset.ts";
import { editMembers, findMembers, type MemberEdit } from "../openai/json-members.ts";
import { isObject, parseJsonObject } from "../openai/parse-json-object.ts";
import type { JsonObject } from "../openai/read-fields.ts";
import { presetReferenceOf, type PresetReference } from "./preset-reference.ts";

/** A body with what its preset adds, and which preset that was. */
export interface ExpandedBody {
  readonly body: Uint8Array;
  /** `name@version`; absent where none was named. */
  readonly preset?: string;
}

/** Where each protocol has the text that begins a conversation; OpenAI's chat has it as a message. */
export type SystemPromptPlace = "messages" | "system" | "instructions";

/** No reference to a preset is without this word, so that most bodies need not be looked into. */
const MARK = Buffer.from("preset");

/** Longest name that a hint is looked for. */
const MAX_NAME_LENGTH = 128;

/**
 * The body with the fields of the preset that it names: those that the request has itself win, whole (a shallow merge);
 * only lists of tools are united. Bytes of the request that the preset does not touch stay as they came.
 * Throws `invalid_request` for a body that is no JSON object, `model_not_found` for a preset that does not exist.
 * @see https://openrouter.ai/docs/guides/features/presets
 */
export function expandPreset(
  body: Uint8Array,
  presets: PresetCatalog,
  systemPlace: SystemPromptPlace = "messages",
): ExpandedBody {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!bytes.includes(MARK)) return { body };
  const fields = parseJsonObject(body);
  const reference = presetReferenceOf(fields);
  if (reference === undefined) return { body };
  const preset = presets.find(reference.name);
  if (preset === undefined) throw unknownPreset(reference, presets);
  const { edits, additions } = mergeOf(fields, preset, reference, systemPlace);
  const members = findMembers(bytes) ?? [];
  const found = new Set(members.map(({ name }) => name));
  // A name that is written with escapes is not found; the last of two members of one name is the one that counts.
  const missed = [...edits].filter(([name, edit]) => !found.has(name) && edit !== "drop");
  const added = [...additions, ...missed.map(([name, value]) => memberOf(name, value as Uint8Array))];
  const pieces = editMembers(bytes, members, edits, added);
  return { body: Buffer.concat(pieces), preset: `${preset.name}@${preset.version}` };
}

function mergeOf(
  fields: JsonObject,
  preset: Preset,
  reference: PresetReference,
  systemPlace: SystemPromptPlace,
): { readonly edits: ReadonlyMap<string, MemberEdit>; readonly additions: readonly Uint8Array[] } {
  const { system_prompt: systemPrompt, ...others } = preset.fields;
  const edits = new Map<string, MemberEdit>([["preset", "drop"]]);
  const model = modelOf(fields, preset, reference);
  edits.set("model", model === undefined ? "drop" : json(model));
  const tools = unitedTools(fields["tools"], others["tools"]);
  if (tools !== undefined) edits.set("tools", json(tools));
  const additions = Object.entries(others)
    .filter(([name]) => name !== "model" && (fields[name] === undefined || fields[name] === null))
    .map(([name, value]) => {
      edits.set(name, "drop"); // A null of the request's own.
      return memberOf(name, json(value));
    });
  if (typeof systemPrompt === "string") addSystemPrompt(fields, systemPrompt, systemPlace, edits, additions);
  return { edits, additions };
}

/** The request's own model, else the preset's with the suffixes that the request adds. */
function modelOf(fields: JsonObject, preset: Preset, reference: PresetReference): unknown {
  if (reference.model !== undefined) return reference.model;
  if (reference.param === "preset" && fields["model"] !== undefined && fields["model"] !== null) return fields["model"];
  const { model } = preset.fields;
  return typeof model === "string" ? `${model}${reference.suffixes}` : undefined;
}

/** Both lists of tools, the request's first; of two tools of one name the request's. Nothing where only one has a list. */
function unitedTools(own: unknown, presets: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(own) || !Array.isArray(presets)) return undefined;
  const names = new Set(own.map(identityOf));
  return [...(own as unknown[]), ...(presets as unknown[]).filter((tool) => !names.has(identityOf(tool)))];
}

function identityOf(tool: unknown): string {
  if (!isObject(tool)) return JSON.stringify(tool);
  const { type, name } = tool;
  const called = isObject(tool["function"]) ? tool["function"]["name"] : name;
  return JSON.stringify([type ?? "function", called ?? null]);
}

/** Puts the preset's text at the start, unless the request begins with one of its own. */
function addSystemPrompt(
  fields: JsonObject,
  text: string,
  place: SystemPromptPlace,
  edits: Map<string, MemberEdit>,
  additions: Uint8Array[],
): void {
  if (place !== "messages") {
    if (fields[place] === undefined || fields[place] === null) additions.push(memberOf(place, json(text)));
    return;
  }
  const { messages } = fields;
  if (!Array.isArray(messages)) return;
  const hasOwn = (messages as unknown[]).some((one) => isObject(one) && SYSTEM_ROLES.has(one["role"]));
  if (!hasOwn) edits.set("messages", json([{ role: "system", content: text }, ...(messages as unknown[])]));
}

const SYSTEM_ROLES: ReadonlySet<unknown> = new Set(["system", "developer"]);

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function memberOf(name: string, value: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify(name)}:`), value]);
}

function unknownPreset({ name, param }: PresetReference, presets: PresetCatalog): SignalboxError {
  const shown = JSON.stringify(name.slice(0, MAX_NAME_LENGTH));
  const nearest = name.length > MAX_NAME_LENGTH ? undefined : nearestName(name, presets.names());
  const hint = nearest === undefined ? "`signalbox presets list` shows all." : `Did you mean ${nearest}?`;
  return new SignalboxError("model_not_found", `There is no preset ${shown}. ${hint}`, { param });
}
