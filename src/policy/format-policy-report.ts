import type { LoadedPolicy } from "./load-policy.ts";
import type { PolicyProblem } from "./policy-source.ts";

/** `file:line:column: message (suggestion)`, the form in which compilers report and editors jump. */
export function formatPolicyProblem(fileName: string, { line, column, message, suggestion }: PolicyProblem): string {
  return `${fileName}:${line}:${column}: ${message}${suggestion === undefined ? "" : ` (${suggestion})`}`;
}

/** What `policy check` prints: the problems, or the warnings and what was loaded. */
export function formatPolicyCheck(loaded: LoadedPolicy): string {
  const { fileName } = loaded;
  if (!loaded.ok) {
    const count = loaded.problems.length === 1 ? "1 problem" : `${loaded.problems.length} problems`;
    return [...loaded.problems.map((problem) => formatPolicyProblem(fileName, problem)), `refused: ${count}`].join(
      "\n",
    );
  }
  const { policy, tests, warnings } = loaded;
  const summary = `ok: ${policy.constraints.length} constraints, ${policy.routes.length} routes, ${tests.length} tests passed`;
  return [
    ...warnings.map((warning) => `warning: ${formatPolicyProblem(fileName, warning)}`),
    summary,
    `sha256 ${policy.sha256}`,
  ].join("\n");
}

/** What `policy test` prints: every test with what went wrong in it; the problems, where the tests could not run. */
export function formatPolicyTests(loaded: LoadedPolicy): string {
  if (loaded.tests.length === 0) return formatPolicyCheck(loaded);
  const lines = loaded.tests.flatMap(({ name, passed, failures, notes }) => [
    `${passed ? "passed" : "FAILED"}  ${name}`,
    ...failures.map((failure) => `        ${failure}`),
    ...notes.map((note) => `        note: ${note}`),
  ]);
  const failed = loaded.tests.filter(({ passed }) => !passed).length;
  return [...lines, `${loaded.tests.length - failed} passed, ${failed} failed`].join("\n");
}
