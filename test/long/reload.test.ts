import { expect, test } from "vitest";
import { reloadUnderLoad } from "../fault/reload-under-load.ts";

test("a thousand reloads under load, half of them bad, never mix two policies in one decision", async () => {
  const { answered, faults, versionsSeen } = await reloadUnderLoad(1_000);
  expect(faults.slice(0, 5)).toEqual([]);
  expect(versionsSeen).toBeGreaterThan(100);
  expect(answered).toBeGreaterThan(500);
});
