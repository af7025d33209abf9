import type { InferenceAnswer, InferenceChunk } from "../../core/inference-event.ts";
import type { EndpointFacts } from "../../core/endpoint.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { Usage } from "../../core/usage.ts";
import { writesText, type InferenceRequest } from "../../core/inference-request.ts";
import { describeExecution } from "./describe-decision.ts";
import { billedUsage, describeInputUsage, describeUsage } from "./describe-usage.ts";
import { editMembers, findMembers, type Member, type MemberEdit } from "./json-members.ts";

/**
 * The whole answer as the client reads it, in pieces: the endpoint's own bytes with `model` as clients name it,
 * `provider`, `usage` with its cost, and for text `system_fingerprint`, which strict clients require.
 */
export function rewriteAnswer(
  answer: InferenceAnswer,
  execution: InferenceExecution,
  { kind, hints }: InferenceRequest,
): readonly Uint8Array[] {
  const json = asBuffer(answer.json);
  const members = membersOf(json);
  const { modelId, providerId } = execution.endpoint;
  const describe = writesText(kind) ? describeUsage : describeInputUsage;
  const usage = describe(
    readMember(json, members, "usage"),
    billedUsage(execution, answer.usage),
    execution.costMicroUsd(),
  );
  const lacksFingerprint = writesText(kind) && !members.some(({ name }) => name === "system_fingerprint");
  return editMembers(json, members, DROP_ANSWERER, [
    member("model", modelId),
    member("provider", providerId),
    ...(lacksFingerprint ? [member("system_fingerprint", null)] : []),
    member("usage", usage),
    ...(hints.wantsMetadata ? [member("signalbox", describeExecution(execution))] : []),
  ]);
}

/**
 * Turns the chunks of one stream into what the client reads. The endpoint's own usage, wherever and however often it
 * came, is held back, and one chunk with the usage and its cost ends the stream.
 */
export class ChunkRewriter {
  readonly #execution: InferenceExecution;
  readonly #request: Pick<InferenceRequest, "kind" | "hints">;
  #answering: EndpointFacts;
  #provider: Buffer;
  readonly #edits: ReadonlyMap<string, MemberEdit>;
  readonly #editsWithoutFingerprint: ReadonlyMap<string, MemberEdit>;
  #id: unknown;
  #created: unknown;
  #statedUsage: unknown;
  #lastUsage: Usage | undefined;
  #begun = false;

  constructor(execution: InferenceExecution, request: Pick<InferenceRequest, "kind" | "hints">) {
    this.#execution = execution;
    this.#request = request;
    this.#answering = execution.endpoint;
    this.#provider = member("provider", execution.endpoint.providerId);
    this.#edits = new Map([...DROP_ANSWERER, ["model", jsonBytes(execution.endpoint.modelId)]]);
    this.#editsWithoutFingerprint = new Map([...this.#edits, ["system_fingerprint", "drop"]]);
  }

  /** The chunk's pieces, or nothing for a chunk that carried only usage. */
  rewrite(chunk: InferenceChunk): readonly Uint8Array[] | undefined {
    const json = asBuffer(chunk.json);
    const members = membersOf(json);
    if (!this.#begun) this.#begin(json, members);
    this.#nameAnswerer();
    if (chunk.usage !== undefined) this.#lastUsage = chunk.usage;
    const stated = readMember(json, members, "usage");
    if (stated !== undefined && stated !== null) {
      this.#statedUsage = stated;
      if (isEmptyList(json, members, "choices")) return undefined;
    }
    const hasNullFingerprint = readMember(json, members, "system_fingerprint") === null;
    const edits = hasNullFingerprint ? this.#editsWithoutFingerprint : this.#edits;
    return editMembers(json, members, edits, [this.#provider]);
  }

  /** The last chunk, which carries the usage and what it cost. Call it when the events have ended. */
  finalChunk(): Uint8Array {
    return jsonBytes({
      ...this.#frame(),
      choices: [],
      usage: this.#usage(),
      ...(this.#request.hints.wantsMetadata ? { signalbox: describeExecution(this.#execution) } : {}),
    });
  }

  /** The chunk that says that the answer broke off. @see https://openrouter.ai/docs/api-reference/errors */
  errorChunk(error: object): Uint8Array {
    return jsonBytes({
      ...this.#frame(),
      choices: [{ index: 0, ...this.#emptyContent(), finish_reason: "error" }],
      error,
      usage: this.#usage(),
    });
  }

  #emptyContent(): Readonly<Record<string, unknown>> {
    return this.#request.kind === "completion" ? { text: "", logprobs: null } : { delta: { content: "" } };
  }

  #begin(json: Buffer, members: readonly Member[]): void {
    this.#begun = true;
    this.#id = readMember(json, members, "id");
    this.#created = readMember(json, members, "created");
  }

  /** The provider is that of the chunk: an answer that broke off may be gone on with by another one. */
  #nameAnswerer(): void {
    const answering = this.#execution.answering?.() ?? this.#answering;
    if (answering === this.#answering) return;
    this.#answering = answering;
    this.#provider = member("provider", answering.providerId);
  }

  #usage(): Readonly<Record<string, unknown>> {
    const billed = billedUsage(this.#execution, this.#lastUsage);
    return describeUsage(this.#statedUsage, billed, this.#execution.costMicroUsd());
  }

  #frame(): Readonly<Record<string, unknown>> {
    return {
      id: this.#id ?? this.#execution.requestId,
      object: this.#request.kind === "completion" ? "text_completion" : "chat.completion.chunk",
      created: this.#created ?? 0,
      model: this.#execution.endpoint.modelId,
      provider: this.#answering.providerId,
    };
  }
}

const DROP_ANSWERER: ReadonlyMap<string, MemberEdit> = new Map([
  ["model", "drop"],
  ["provider", "drop"],
  ["usage", "drop"],
]);
const EMPTY_LIST = /^\[\s*\]$/;

function member(name: string, value: unknown): Buffer {
  return jsonBytes({ [name]: value }).subarray(1, -1);
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
