import { expect, it } from "vitest";
import { reloadUnderLoad } from "./reload-under-load.ts";

it("decides every request under one whole policy and configuration, however often they change, and no bad file changes anything", async () => {
  const { answered, faults, versionsSeen } = await reloadUnderLoad(48);
  expect(faults.slice(0, 5)).toEqual([]);
  expect(versionsSeen).toBeGreaterThan(5);
  expect(answered).toBeGreaterThan(20);
});
