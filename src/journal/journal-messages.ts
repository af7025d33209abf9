import type { RequestOutcome } from "./commit-batch.ts";
import type { Operation } from "./operation.ts";

/** What the writer's thread is started with. */
export interface WriterData {
  readonly file: string;
  /** URLs of the modules whose operations it knows. */
  readonly operationModules: readonly string[];
}

/** One call of `commit`. */
export interface CommitRequest {
  readonly id: number;
  readonly operations: readonly Operation[];
}

/** From the journal to its writer. */
export type WriterRequest =
  | { readonly kind: "commit"; readonly requests: readonly CommitRequest[] }
  | { readonly kind: "close" };

/** From the writer to its journal. `committed` answers requests; after `failed` nothing is answered any more. */
export type WriterReply =
  | { readonly kind: "ready" }
  | { readonly kind: "not-opened"; readonly message: string }
  | {
      readonly kind: "committed";
      readonly answers: readonly { readonly id: number; readonly outcome: RequestOutcome }[];
    }
  | { readonly kind: "failed"; readonly message: string };
