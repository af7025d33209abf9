import { describe, expect, it } from "vitest";
import { countTests } from "../../../scripts/check/run-tests.ts";

function reportOf(files: readonly { status: string; message?: string; tests: readonly string[] }[]): string {
  return JSON.stringify({
    testResults: files.map(({ status, message, tests }, index) => ({
      name: `/root/test/file-${index}.test.ts`,
      status,
      message,
      assertionResults: tests.map((testStatus) => ({ status: testStatus, fullName: `does ${testStatus}` })),
    })),
  });
}

describe("countTests", () => {
  it("counts passed, failed and skipped tests, and names the failed ones", () => {
    const report = reportOf([
      { status: "passed", tests: ["passed", "passed", "skipped"] },
      { status: "failed", tests: ["failed", "passed"] },
    ]);
    expect(countTests(report, 1, "/root")).toEqual({
      passed: 3,
      failed: 1,
      skipped: 1,
      failures: ["test/file-1.test.ts: does failed"],
    });
  });

  it("counts a file that did not load as a failure", () => {
    const report = reportOf([
      { status: "passed", tests: ["passed"] },
      { status: "failed", message: "SyntaxError: unexpected token\n  at x", tests: [] },
    ]);
    expect(countTests(report, 1, "/root")).toMatchObject({
      failed: 1,
      failures: ["test/file-1.test.ts: SyntaxError: unexpected token"],
    });
  });

  it("counts a run that executed no test as a failure, whatever vitest says", () => {
    expect(countTests(reportOf([]), 0, "/root")).toMatchObject({ passed: 0, failed: 1 });
    expect(countTests(reportOf([{ status: "passed", tests: ["skipped"] }]), 0, "/root")).toMatchObject({ failed: 1 });
  });

  it("counts an error that belongs to no test as a failure", () => {
    expect(countTests(reportOf([{ status: "passed", tests: ["passed"] }]), 1, "/root")).toMatchObject({ failed: 1 });
  });

  it("counts a vitest that was stopped, or wrote no report, as a failure", () => {
    expect(countTests(undefined, undefined, "/root")).toMatchObject({ passed: 0, failed: 1 });
    const report = reportOf([{ status: "passed", tests: ["passed"] }]);
    expect(countTests(report, undefined, "/root")).toMatchObject({ failed: 1 });
  });
});
