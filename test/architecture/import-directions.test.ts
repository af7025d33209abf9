import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { checkImportDirections, describeViolation, readImports } from "../../scripts/check/import-directions.ts";

function violationsOf(file: string, text: string): readonly string[] {
  return readImports(file, text).flatMap((found) => describeViolation(found) ?? []);
}

describe("the directions of imports", () => {
  it("hold for every file of src", () => {
    const { importCount, violations } = checkImportDirections(resolve(import.meta.dirname, "../.."));
    expect(violations).toEqual([]);
    expect(importCount).toBeGreaterThan(100);
  });

  it.each([
    ["routing/route.ts", 'import { z } from "../policy/load.ts";'],
    ["core/ids.ts", 'import type { Route } from "../routing/route.ts";'],
    ["core/ids.ts", 'import { z } from "zod";'],
    ["core/ids.ts", 'import type { Stats } from "node:fs";'],
    ["policy/load.ts", 'import "../routing/route.ts";'],
    ["policy/load.ts", 'export { route } from "../routing/route.ts";'],
    ["policy/load.ts", 'import {\n  route,\n  type Route,\n} from "../routing/route.ts";'],
    ["gateway/server.ts", 'const { route } = await import("../routing/route.ts");'],
    ["audit/log.ts", 'import { x } from "../ledger/keys.ts";'],
    ["app/start-box.ts", 'import { x } from "../cli/serve.ts";'],
    ["main.ts", 'import { x } from "./core/ids.ts";'],
    ["core/ids.ts", 'import { x } from "../../test/support/builders.ts";'],
    ["newcomer/thing.ts", 'import { x } from "../core/ids.ts";'],
    ["app/start-box.ts", 'const engine = await import("node-llama-cpp");'],
    ["hosting/supervisor/start.ts", 'import type { Llama } from "node-llama-cpp";'],
    ["dispatch/attempt.ts", 'const { connect } = await import("node:net");'],
  ])("are violated by %s: %s", (file, text) => {
    expect(violationsOf(file, text)).toHaveLength(1);
  });

  it.each([
    ["routing/route.ts", 'import { z } from "../core/ids.ts";\nimport { rank } from "./rank.ts";'],
    ["ledger/keys.ts", 'import { commit } from "../journal/commit.ts";'],
    ["dispatch/attempt.ts", 'import { route } from "../routing/route.ts";'],
    ["cli/serve.ts", 'const { startBox } = await import("../app/start-box.ts");'],
    ["hosting/worker/load.ts", 'import { getLlama } from "node-llama-cpp";'],
    ["policy/load.ts", 'import { parse } from "yaml";\n// import { x } from "../routing/route.ts";'],
  ])("are kept by %s: %s", (file, text) => {
    expect(violationsOf(file, text)).toEqual([]);
  });

  it("are not called kept where no import was seen", async () => {
    const root = await mkdtemp(join(tmpdir(), "signalbox-directions-"));
    try {
      await mkdir(join(root, "src"));
      expect(checkImportDirections(root).violations).toHaveLength(1);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
