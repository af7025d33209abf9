import { createHash } from "node:crypto";
import type { CompiledPolicy } from "../core/policy-port.ts";
import { compileRules } from "./compile-rules.ts";
import type { PolicyContext } from "./known-names.ts";
import { policySchema } from "./policy-schema.ts";
import { parsePolicySource, type PolicyProblem } from "./policy-source.ts";
import { runPolicyTest, type PolicyTestResult } from "./run-policy-tests.ts";
import { schemaProblems } from "./schema-problems.ts";
import { createTestCatalog } from "./test-endpoints.ts";

/** The largest policy file. */
const MAX_POLICY_BYTES = 1024 * 1024;

/** A policy that can be used, or everything that is wrong with it; with what its tests did, as far as they ran. */
export type LoadedPolicy =
  | {
      readonly ok: true;
      readonly fileName: string;
      readonly policy: CompiledPolicy;
      readonly warnings: readonly PolicyProblem[];
      readonly tests: readonly PolicyTestResult[];
    }
  | {
      readonly ok: false;
      readonly fileName: string;
      readonly problems: readonly PolicyProblem[];
      readonly tests: readonly PolicyTestResult[];
    };

/**
 * Compiles a policy file: shape, names, types and patterns are checked, every condition is evaluated once, and the
 * file's own tests are run. A file is accepted whole or refused whole; nothing in it is evaluated for a request before.
 * Never throws for anything that is wrong with the file.
 */
export function loadPolicy(text: string, fileName: string, context: PolicyContext = {}): LoadedPolicy {
  const refused = (problems: readonly PolicyProblem[], tests: readonly PolicyTestResult[] = []): LoadedPolicy => {
    return { ok: false, fileName, problems, tests };
  };
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES)
    return refused([{ line: 1, column: 1, message: `the file is larger than ${MAX_POLICY_BYTES} bytes` }]);
  const parsed = parsePolicySource(text);
  if (!parsed.ok) return refused(parsed.problems);
  const { source } = parsed;
  const shaped = policySchema.safeParse(source.value ?? {});
  if (!shaped.success) return refused(schemaProblems(shaped.error.issues, source));
  const file = shaped.data;

  const rules = compileRules(source, file, context);
  if (rules.problems.length > 0) return refused(rules.problems);

  const sha256 = createHash("sha256").update(text).digest("hex");
  const policy: CompiledPolicy = { sha256, constraints: rules.constraints, routes: rules.routes };
  const catalog = createTestCatalog(file.endpoints, context.endpoints ?? []);
  const tests = file.tests.map((test) => runPolicyTest(policy, test, catalog));
  const failed = tests.flatMap((result, index) =>
    result.failures.map((failure) =>
      source.problemAt(["tests", index, "name"], { message: `test "${result.name}" failed: ${failure}` }),
    ),
  );
  if (failed.length > 0) return refused(failed, tests);
  const notes = tests.flatMap((result, index) =>
    result.notes.map((note) =>
      source.problemAt(["tests", index, "name"], { message: `test "${result.name}": ${note}` }),
    ),
  );
  return { ok: true, fileName, policy, warnings: [...rules.warnings, ...notes], tests };
}
