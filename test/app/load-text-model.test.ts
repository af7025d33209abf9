import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { loadTextModel } from "../../src/app/load-text-model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ROUTER = "models/router";
let installFolder: string;

describe("loadTextModel", () => {
  beforeEach(() => {
    installFolder = temporaryFolder();
    mkdirSync(join(installFolder, "models"));
    cpSync(resolve(import.meta.dirname, "../..", ROUTER), join(installFolder, ROUTER), { recursive: true });
  });

  it("loads the model of a release", () => {
    expect(loadTextModel(installFolder).kind).toBe("loaded");
  });

  it("does without a file that is missing, and says so", () => {
    rmSync(join(installFolder, ROUTER, "text-model.bin"));
    expect(loadTextModel(installFolder)).toMatchObject({
      kind: "absent",
      because: expect.stringContaining("structure, rules and priors") as string,
    });
  });

  it("does without a file that is not the one of the record", () => {
    appendFileSync(join(installFolder, ROUTER, "text-model.bin"), "x");
    expect(loadTextModel(installFolder)).toMatchObject({
      because: expect.stringContaining("is not the file") as string,
    });
  });

  it("does without a record that is no JSON", () => {
    writeFileSync(join(installFolder, ROUTER, "text-model.json"), "{");
    expect(loadTextModel(installFolder).kind).toBe("absent");
  });
});
