/** The ledger's part of the writer: runs in its thread, inside the write transaction. */
import type { OperationModule } from "../journal/operation.ts";
import {
  prepareInsertKey,
  prepareRevokeKey,
  prepareRotateSecret,
  prepareSetTeamBudget,
  prepareTouchKey,
} from "./key-operations.ts";
import { prepareKeepOpen, prepareReserve, prepareSettle } from "./reservation-operations.ts";
import { ledgerSchema } from "./schema.ts";

/** What the writer registers for the ledger. */
export const operationModule: OperationModule = {
  schema: ledgerSchema,
  operations: {
    "ledger.reserve": prepareReserve,
    "ledger.settle": prepareSettle,
    "ledger.keep-open": prepareKeepOpen,
    "ledger.insert-key": prepareInsertKey,
    "ledger.rotate-secret": prepareRotateSecret,
    "ledger.revoke-key": prepareRevokeKey,
    "ledger.touch-key": prepareTouchKey,
    "ledger.set-team-budget": prepareSetTeamBudget,
  },
};
