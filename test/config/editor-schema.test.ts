import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { editorSchema } from "../../src/config/editor-schema.ts";

const CONFIG = resolve(import.meta.dirname, "../../config");

it("the schema for editors is the one that the program checks with (npm run generate:schema writes it)", () => {
  expect(readFileSync(`${CONFIG}/schema/appliance.schema.json`, "utf8")).toBe(editorSchema());
});

it("the shipped configuration satisfies the schema for editors, and a misspelt name does not", () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(editorSchema()) as object);
  const shipped = parse(readFileSync(`${CONFIG}/appliance.yaml`, "utf8")) as object;
  expect(validate(shipped)).toBe(true);
  expect(validate({ ...shipped, sever: {} })).toBe(false);
});
