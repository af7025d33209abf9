import type { EndpointId, KeyId, RequestId } from "../core/ids.ts";
import type { Operation } from "../journal/operation.ts";
import type { LeafStamp } from "./leaf.ts";

/** The module that registers the audit log's operations, for `openJournal`. */
export const AUDIT_OPERATIONS = new URL("./operations.ts", import.meta.url).href;

/** Where in the log a leaf stands, once it is committed. */
export interface AppendedLeaf {
  readonly auditIndex: number;
}

/** Which attempt a leaf begins or ends: an attempt that was begun and not ended is the remains of a crash. */
export type AttemptChange =
  | {
      readonly change: "opened";
      readonly requestId: RequestId;
      readonly attemptNumber: number;
      readonly keyId: KeyId;
      readonly endpointId: EndpointId;
    }
  | { readonly change: "closed"; readonly requestId: RequestId; readonly attemptNumber: number };

/** A leaf to append. It is encoded by whoever has it: a text crosses to the writer's thread faster than its objects. */
export interface AppendParams {
  readonly body: string;
  readonly attempt?: AttemptChange;
}

/** The leaf that begins a log. */
export interface OpenLogParams {
  readonly body: string;
}

/** The stamp of the outcomes that recovery appends. */
export interface RecoverParams {
  readonly stamp: LeafStamp;
}

/** A signed head. */
export interface CheckpointParams {
  readonly size: number;
  readonly note: string;
}

/** Appends one leaf. */
export function appendLeaf(params: AppendParams): Operation<AppendedLeaf> {
  return { name: "audit.append", params };
}

/** Appends the first leaf of an empty log; does nothing to another. */
export function openLog(params: OpenLogParams): Operation<{ readonly created: boolean }> {
  return { name: "audit.open-log", params };
}

/** Ends every open attempt as `unknown_after_crash`. */
export function recoverAttempts(params: RecoverParams): Operation<{ readonly recovered: number }> {
  return { name: "audit.recover", params };
}

/** Keeps a signed head. */
export function storeCheckpoint(params: CheckpointParams): Operation<void> {
  return { name: "audit.store-checkpoint", params };
}
