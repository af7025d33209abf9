import { AUDIT_OPERATIONS } from "../../../src/audit/operation-requests.ts";
import { FEEDBACK_OPERATIONS } from "../../../src/feedback/operation-requests.ts";
import type { OperationModule, Schema } from "../../../src/journal/operation.ts";
import { LEDGER_OPERATIONS } from "../../../src/ledger/operation-requests.ts";
import { MEASURE_OPERATIONS } from "../../../src/measure/operation-requests.ts";
import { PRESET_OPERATIONS } from "../../../src/presets/operation-requests.ts";

/** The tables of every part that a box has, in the order in which it brings them up to date. */
export async function shippedSchemas(): Promise<readonly Schema[]> {
  const urls = [AUDIT_OPERATIONS, LEDGER_OPERATIONS, PRESET_OPERATIONS, FEEDBACK_OPERATIONS, MEASURE_OPERATIONS];
  const modules = await Promise.all(urls.map((url) => import(url) as Promise<{ operationModule: OperationModule }>));
  return modules.map(({ operationModule }) => operationModule.schema);
}
