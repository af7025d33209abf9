import { describe, expect, test } from "vitest";
import { examineRecords } from "../../src/app/examine-records.ts";

describe("what is configured for the records", () => {
  test("is nothing to speak of where it is what the release does", () => {
    expect(examineRecords({ payloads: "none" })).toEqual([]);
  });

  test("is said to have no effect where it asks for more", () => {
    const findings = examineRecords({ payloads: "encrypted", retentionDays: 400 });
    expect(findings.map(({ verdict, subject }) => [verdict, subject])).toEqual([
      ["note", "audit"],
      ["note", "audit"],
    ]);
    expect(findings.map(({ message }) => message).join("\n")).toMatch(/are not stored[^]*are kept for good/u);
  });
});
