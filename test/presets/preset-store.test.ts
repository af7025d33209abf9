import { describe, expect, it, onTestFinished } from "vitest";
import { openRecords, type Records } from "../../src/app/open-records.ts";
import { checkPreset } from "../../src/app/check-preset.ts";
import { openLeafReader } from "../../src/audit/read-leaves.ts";
import { openPresetReader } from "../../src/presets/preset-reader.ts";
import { createPresetStore, type PresetStore } from "../../src/presets/preset-store.ts";
import { endpoint } from "../routing/builders.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function open(dataDir = temporaryFolder()): Promise<{ store: PresetStore; records: Records; dataDir: string }> {
  const clock = new ManualClock();
  const records = await openRecords({ dataDir, clock });
  onTestFinished(() => records.close());
  const { journal, log, presets: reader } = records;
  return { store: createPresetStore({ journal, reader, clock, leaf: (draft) => log.leaf(draft) }), records, dataDir };
}

describe("presets", () => {
  it("are kept in versions, of which the newest counts, also after a restart", async () => {
    const { store, records, dataDir } = await open();
    await store.put("clerk", { model: "a/b" });
    expect(await store.put("clerk", { model: "a/c" })).toMatchObject({ version: 2 });
    await store.put("other", { seed: 1 });
    expect(records.presets.find("clerk")).toMatchObject({ version: 2, fields: { model: "a/c" } });
    await records.close();
    const again = openPresetReader(dataDir);
    onTestFinished(() => again.close());
    expect(again.list().map(({ name, version }) => [name, version])).toEqual([
      ["clerk", 2],
      ["other", 1],
    ]);
    expect(again.version("clerk", 1)?.fields).toEqual({ model: "a/b" });
  });

  it("can be removed, stay readable, and can be taken up again", async () => {
    const { store, records } = await open();
    await store.put("clerk", { model: "a/b" });
    await store.remove("clerk");
    expect(records.presets.find("clerk")).toBeUndefined();
    expect(records.presets.version("clerk", 1)?.fields).toEqual({ model: "a/b" });
    expect(records.presets.versions("clerk").map(({ version, removed }) => [version, removed])).toEqual([
      [2, true],
      [1, false],
    ]);
    await expect(store.remove("clerk")).rejects.toMatchObject({ code: "not_found" });
    expect(await store.put("clerk", { seed: 3 })).toMatchObject({ version: 3 });
  });

  it("leave a leaf for each change, with the hash of their fields and not the fields", async () => {
    const { store, dataDir } = await open();
    await store.put("clerk", { system_prompt: "the secret recipe" });
    await store.remove("clerk");
    const leaves = openLeafReader(dataDir);
    onTestFinished(() => leaves.close());
    const [removed, stored] = leaves.list({ limit: 2 });
    expect(removed).toMatchObject({ kind: "preset.removed", name: "clerk", version: 2 });
    expect(stored).toMatchObject({
      kind: "preset.stored",
      name: "clerk",
      version: 1,
      sha256: expect.any(String) as string,
    });
    expect(JSON.stringify(stored)).not.toContain("recipe");
  });

  it.each([
    ["a name with a slash", "a/b", {}],
    ["a name in capitals", "Clerk", {}],
    ["too much", "clerk", { system_prompt: "x".repeat(65 * 1024) }],
  ])("are refused with %s", async (_, name, fields) => {
    const { store } = await open();
    await expect(store.put(name, fields)).rejects.toMatchObject({
      code: "invalid_request",
      details: { param: "name" },
    });
  });

  it("keep one of two changes that were made at the same time, and refuse the other", async () => {
    const { store, records } = await open();
    const both = await Promise.allSettled([store.put("clerk", { seed: 1 }), store.put("clerk", { seed: 2 })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(records.presets.versions("clerk")).toHaveLength(1);
  });
});

describe("a preset's fields", () => {
  const context = {
    jointModels: ["our/panel"],
    endpoints: [endpoint("acme", { region: "eu" }).facts],
    dataClasses: ["internal"],
  };

  it.each<[string, object]>([
    ["nothing", {}],
    ["a model with a suffix", { model: "maker/model:floor" }],
    ["a panel", { model: "our/panel" }],
    ["fallbacks alone", { models: ["maker/model", "auto"] }],
    [
      "preferences, parameters and a text",
      { provider: { order: ["acme/eu"], zdr: true }, seed: 1, system_prompt: "Hi" },
    ],
  ])("may be %s", (_, fields) => {
    expect(() => checkPreset({ ...fields }, context)).not.toThrow();
  });

  it.each<[string, object, string, string]>([
    ["messages", { messages: [] }, "messages", "belongs to a request"],
    ["another preset", { preset: "other" }, "preset", "belongs to a request"],
    ["another preset as its model", { model: "@preset/other" }, "model", "circle"],
    ["another preset as a fallback", { models: ["maker/model", "x@preset/other"] }, "model", "circle"],
    ["a model that nobody has", { model: "maker/modle" }, "model", "Did you mean maker/model?"],
    ["a fallback that nobody has", { model: "maker/model", models: ["no/such"] }, "models", "no model no/such"],
    ["a panel as a fallback", { model: "maker/model", models: ["our/panel"] }, "models", "no model our/panel"],
    ["a suffix that nobody knows", { model: "maker/model:flor" }, "model", "Did you mean floor?"],
    ["a provider that nobody has", { provider: { only: ["acmee"] } }, "provider.only", "Did you mean acme?"],
    ["a parameter of the wrong form", { temperature: "hot" }, "temperature", "must be"],
    ["a text that is none", { system_prompt: 7 }, "system_prompt", "must be"],
  ])("can't be %s", (_, fields, param, hint) => {
    expect(() => checkPreset({ ...fields }, context)).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ param }) as object,
        message: expect.stringContaining(hint) as string,
      }),
    );
  });
});
