import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFile, checkHouseRules } from "../../scripts/check/house-rules.ts";

const DESCRIBED = "/** Says what it promises. */\n";

describe("the rules of the house", () => {
  it("hold for every file of the project", () => {
    const { fileCount, violations } = checkHouseRules(resolve(import.meta.dirname, "../.."));
    expect(violations).toEqual([]);
    expect(fileCount).toBeGreaterThan(100);
  });

  it.each([
    ["src/core/a.ts", "// TODO later"],
    ["src/core/a.ts", "// FIXME"],
    ["src/core/a.ts", "const a = b as any;"],
    ["src/core/a.ts", "// @ts-ignore"],
    ["src/core/a.ts", "// @ts-expect-error"],
    ["src/core/a.ts", "// oxlint-disable-next-line no-console"],
    ["test/core/a.test.ts", 'it.skip("x", () => {});'],
    ["test/core/a.test.ts", 'describe.only("x", () => {});'],
    ["test/core/a.test.ts", 'test.todo("x");'],
    ["src/core/utils.ts", ""],
    ["src/core/string-helpers.ts", ""],
    ["src/hosting/worker-manager.ts", ""],
    ["src/core/common.ts", ""],
    ["src/core/index.ts", ""],
    ["src/core/a.ts", "export function a(): void {}"],
    ["src/core/a.ts", "export interface A {}"],
    ["src/core/a.ts", "export class A {}"],
    ["src/core/a.ts", "export type A = string;"],
    ["src/core/a.ts", "export const A = 1;"],
    ["src/core/a.ts", "export async function a(): Promise<void> {}"],
    ["src/core/a.ts", "\n".repeat(401)],
    ["test/core/a.test.ts", "\n".repeat(801)],
    ["src/core/a.ts", 'const a = "/work/somewhere";'],
    ["docs/a.md", "see ../shared/notes.md"],
    ["scripts/a.sh", "curl https://registry.npmjs.org/zod"],
  ])("are broken by %s with %j", (file, text) => {
    expect(checkFile(file, text)).toHaveLength(1);
  });

  it.each([
    ["src/core/a.ts", `${DESCRIBED}export function a(): void {}`],
    ["src/core/a.ts", `${DESCRIBED}export function a(b: string): void;\nexport function a(b: number): void;`],
    ["src/core/a.ts", "// the same as any other provider"],
    ["src/core/a.ts", "\n".repeat(399)],
    ["src/core/network/a.ts", "const a = path.join(root, 'network/');"],
    ["test/core/a.test.ts", "export function build(): void {}"],
    ["test/core/a.test.ts", 'it.runIf(hasGpu)("x", () => {});'],
    ["docs/a.md", "A TODO in prose is no unfinished code."],
  ])("are kept by %s with %j", (file, text) => {
    expect(checkFile(file, text)).toEqual([]);
  });

  it("are not called kept where no file was seen", async () => {
    const root = await mkdtemp(join(tmpdir(), "signalbox-house-"));
    try {
      expect(checkHouseRules(root).violations).toHaveLength(1);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
