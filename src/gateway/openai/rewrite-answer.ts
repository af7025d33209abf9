import type { ChatAnswer, ChatChunk } from "../../core/chat-event.ts";
import type { ChatExecution } from "../../core/chat-service.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { Usage } from "../../core/usage.ts";
import { describeExecution } from "./describe-decision.ts";
import { billedUsage, describeUsage } from "./describe-usage.ts";
import { editMembers, findMembers, type Member, type MemberEdit } from "./json-members.ts";

/** What is changed in every answer, prepared once per answer as JSON text. */
interface Labels {
  readonly model: Buffer;
  readonly provider: Buffer;
}

function labelsOf({ endpoint }: ChatExecution): Labels {
  return { model: jsonBytes(endpoint.modelId), provider: jsonBytes(endpoint.providerId) };
}

/**
 * The whole answer as the client reads it, in pieces: the endpoint's own bytes with `model` as clients name it,
 * `provider`, `usage` with its cost, and `system_fingerprint`, which strict clients require.
 */
export function rewriteAnswer(
  answer: ChatAnswer,
  execution: ChatExecution,
  wantsMetadata: boolean,
): readonly Uint8Array[] {
  const json = asBuffer(answer.json);
  const members = membersOf(json);
  const labels = labelsOf(execution);
  const usage = describeUsage(
    readMember(json, members, "usage"),
    billedUsage(execution, answer.usage),
    execution.costMicroUsd(),
  );
  const hasFingerprint = members.some(({ name }) => name === "system_fingerprint");
  return editMembers(json, members, DROP_LABELS, [
    member("model", labels.model),
    member("provider", labels.provider),
    ...(hasFingerprint ? [] : [member("system_fingerprint", NULL)]),
    member("usage", jsonBytes(usage)),
    ...(wantsMetadata ? [member("signalbox", jsonBytes(describeExecution(execution)))] : []),
  ]);
}

/**
 * Turns the chunks of one stream into what the client reads. The endpoint's own usage, wherever and however often it
 * came, is held back, and one chunk with the usage and its cost ends the stream.
 */
export class ChunkRewriter {
  readonly #execution: ChatExecution;
  readonly #labels: Labels;
  #id: unknown;
  #created: unknown;
  #statedUsage: unknown;
  #lastUsage: Usage | undefined;
  #begun = false;

  constructor(execution: ChatExecution) {
    this.#execution = execution;
    this.#labels = labelsOf(execution);
  }

  /** The chunk's pieces, or nothing for a chunk that carried only usage. */
  rewrite(chunk: ChatChunk): readonly Uint8Array[] | undefined {
    const json = asBuffer(chunk.json);
    const members = membersOf(json);
    if (!this.#begun) this.#begin(json, members);
    if (chunk.usage !== undefined) this.#lastUsage = chunk.usage;
    const stated = readMember(json, members, "usage");
    if (stated !== undefined && stated !== null) {
      this.#statedUsage = stated;
      if (isEmptyList(json, members, "choices")) return undefined;
    }
    const hasNullFingerprint = readMember(json, members, "system_fingerprint") === null;
    return editMembers(
      json,
      members,
      {
        model: this.#labels.model,
        usage: "drop",
        provider: "drop",
        ...(hasNullFingerprint ? DROP_FINGERPRINT : {}),
      },
      [member("provider", this.#labels.provider)],
    );
  }

  /** The last chunk, which carries the usage and what it cost. Call it when the events have ended. */
  finalChunk(wantsMetadata: boolean): Uint8Array {
    return jsonBytes({
      ...this.#frame(),
      choices: [],
      usage: this.#usage(),
      ...(wantsMetadata ? { signalbox: describeExecution(this.#execution) } : {}),
    });
  }

  /** The chunk that says that the answer broke off. @see https://openrouter.ai/docs/api-reference/errors */
  errorChunk(error: object): Uint8Array {
    return jsonBytes({
      ...this.#frame(),
      choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }],
      error,
      usage: this.#usage(),
    });
  }

  #begin(json: Buffer, members: readonly Member[]): void {
    this.#begun = true;
    this.#id = readMember(json, members, "id");
    this.#created = readMember(json, members, "created");
  }

  #usage(): Readonly<Record<string, unknown>> {
    const billed = billedUsage(this.#execution, this.#lastUsage);
    return describeUsage(this.#statedUsage, billed, this.#execution.costMicroUsd());
  }

  #frame(): Readonly<Record<string, unknown>> {
    return {
      id: this.#id ?? this.#execution.requestId,
      object: "chat.completion.chunk",
      created: this.#created ?? 0,
      model: this.#execution.endpoint.modelId,
      provider: this.#execution.endpoint.providerId,
    };
  }
}

const DROP_LABELS: Readonly<Record<string, MemberEdit>> = { model: "drop", provider: "drop", usage: "drop" };
const DROP_FINGERPRINT: Readonly<Record<string, MemberEdit>> = { system_fingerprint: "drop" };
const NULL = Buffer.from("null");
const EMPTY_LIST = /^\[\s*\]$/;

function member(name: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`"${name}":`), value]);
}

function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function membersOf(json: Buffer): readonly Member[] {
  const members = findMembers(json);
  if (members === undefined) {
    throw new SignalboxError("upstream_invalid_response", "The endpoint sent something that is not a JSON object.");
  }
  return members;
}

/** The value of one small member; nothing where it is absent or can't be read, which for usage is the same. */
function readMember(json: Buffer, members: readonly Member[], name: string): unknown {
  const found = members.find((each) => each.name === name);
  if (found === undefined) return undefined;
  try {
    return JSON.parse(json.toString("utf8", found.valueStart, found.valueEnd));
  } catch {
    // A value such as NaN is no JSON: it is treated as if the endpoint had not stated it.
    return undefined;
  }
}

function isEmptyList(json: Buffer, members: readonly Member[], name: string): boolean {
  const found = members.find((each) => each.name === name);
  return found === undefined || EMPTY_LIST.test(json.toString("latin1", found.valueStart, found.valueEnd));
}
