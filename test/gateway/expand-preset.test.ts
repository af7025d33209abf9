import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../src/core/errors.ts";
import type { Preset, PresetCatalog } from "../../src/core/preset.ts";
import { expandPreset, type SystemPromptPlace } from "../../src/gateway/presets/expand-preset.ts";

const catalogOf = (fields: Preset["fields"]): PresetCatalog => ({
  find: (name) => (name === "clerk" ? { name, version: 3, fields, createdAtMs: 0 } : undefined),
  names: () => ["clerk"],
});

const expandText = (text: string, fields: Preset["fields"] = {}, place?: SystemPromptPlace) => {
  const { body, preset } = expandPreset(Buffer.from(text), catalogOf(fields), place);
  return { text: Buffer.from(body).toString("utf8"), preset };
};
const expand = (request: object, fields: Preset["fields"] = {}, place?: SystemPromptPlace): unknown =>
  JSON.parse(expandText(JSON.stringify(request), fields, place).text);

const HELLO = [{ role: "user", content: "Hello" }];
const tool = (name: string, description = "") => ({ type: "function", function: { name, description } });

describe("a preset", () => {
  it.each<[string, object, Preset["fields"], object]>([
    ["as the model", { model: "@preset/clerk" }, { model: "a/b", seed: 1 }, { model: "a/b", seed: 1 }],
    ["beside a model", { model: "c/d@preset/clerk" }, { model: "a/b", seed: 1 }, { model: "c/d", seed: 1 }],
    ["in a field", { preset: "clerk" }, { model: "a/b" }, { model: "a/b" }],
    ["in a field beside a model", { model: "c/d", preset: "clerk" }, { model: "a/b" }, { model: "c/d" }],
    ["named twice", { model: "@preset/clerk", preset: "clerk" }, { model: "a/b" }, { model: "a/b" }],
    ["with a suffix", { model: "@preset/clerk:floor" }, { model: "a/b:local" }, { model: "a/b:local:floor" }],
    ["beside a model with a suffix", { model: "c/d@preset/clerk:floor" }, { model: "a/b" }, { model: "c/d:floor" }],
    ["of models alone", { model: "@preset/clerk" }, { models: ["a", "b"] }, { models: ["a", "b"] }],
    ["whose field the request has", { preset: "clerk", seed: 7 }, { seed: 1, top_p: 1 }, { seed: 7, top_p: 1 }],
    ["whose field is null in the request", { preset: "clerk", seed: null }, { seed: 1 }, { seed: 1 }],
    [
      "whose object the request has, whole",
      { preset: "clerk", provider: { sort: "price" } },
      { provider: { zdr: true } },
      { provider: { sort: "price" } },
    ],
    [
      "whose tools are united with the request's",
      { preset: "clerk", tools: [tool("f", "own")] },
      { tools: [tool("f", "preset's"), tool("g")] },
      { tools: [tool("f", "own"), tool("g")] },
    ],
    [
      "whose text is put before the messages",
      { preset: "clerk", messages: HELLO },
      { system_prompt: "Be kind." },
      {
        messages: [{ role: "system", content: "Be kind." }, ...HELLO],
      },
    ],
    [
      "whose text gives way to the request's own",
      { preset: "clerk", messages: [{ role: "developer", content: "Be brief." }] },
      { system_prompt: "Be kind." },
      { messages: [{ role: "developer", content: "Be brief." }] },
    ],
  ])("%s is merged", (_, request, fields, expected) => {
    expect(expand(request, fields)).toEqual(expected);
  });

  it("has its text where the protocol has it", () => {
    const fields = { system_prompt: "Be kind." };
    expect(expand({ preset: "clerk" }, fields, "system")).toEqual({ system: "Be kind." });
    expect(expand({ preset: "clerk", instructions: "Own." }, fields, "instructions")).toEqual({ instructions: "Own." });
  });

  it("says its name and version, and leaves bytes alone that it does not touch", () => {
    const text = '{ "model":"@preset/clerk", "big": 12345678901234567890.50, "messages" : [ "\\u00e9" ] }';
    const { text: body, preset } = expandText(text, { model: "a/b" });
    expect(preset).toBe("clerk@3");
    expect(body).toContain('"big": 12345678901234567890.50');
    expect(body).toContain('"messages" : [ "\\u00e9" ]');
  });

  it.each(["{}", '{"model":"a/b","messages":[{"role":"user","content":"the preset, please"}]}', '{"preset":""}'])(
    "is not looked for in %s",
    (text) => {
      expect(expandText(text)).toEqual({ text, preset: undefined });
    },
  );

  it("that does not exist is named, with the nearest", () => {
    const refused = (request: object): SignalboxError => {
      try {
        expand(request);
      } catch (error) {
        if (error instanceof SignalboxError) return error;
        throw error;
      }
      throw new Error("nothing was refused");
    };
    const unknown = refused({ model: "@preset/clerc" });
    expect(unknown).toMatchObject({ code: "model_not_found", details: { param: "model" } });
    expect(unknown.message).toContain("Did you mean clerk?");
    expect(refused({ preset: "nobody" }).details.param).toBe("preset");
    expect(refused({ preset: 5 })).toMatchObject({ code: "invalid_request", details: { param: "preset" } });
    expect(refused({ model: "@preset/clerk", preset: "other" }).code).toBe("invalid_request");
  });

  it("gives, for any request and any fields, what a merge of the two objects gives, also for escaped names", () => {
    const name = fc.constantFrom("seed", "top_p", "stop", "provider", "x");
    const fields = fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true });
    const escaped = (json: string): string =>
      json.replace(/"seed":/g, '"s\\u0065ed":').replace('"model":', '"m\\u006fdel":');
    fc.assert(
      fc.property(fields, fields, fc.boolean(), (own, preset, escape) => {
        const request = { ...own, model: "@preset/clerk" };
        const json = JSON.stringify(request);
        const merged = JSON.parse(
          expandText(escape ? escaped(json) : json, { ...preset, model: "a/b" }).text,
        ) as object;
        const present = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
        const expected = { ...own, ...preset, ...present, model: "a/b" };
        expect(merged).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
    );
  });
});
