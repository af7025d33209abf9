import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GATES } from "../../scripts/check/gates.ts";

const PROJECT = resolve(import.meta.dirname, "../..");

/** Code that a lint rule must refuse: where it stands, what it is, and the rule that must say so. */
const PLANTED: readonly (readonly [file: string, text: string, rule: string])[] = [
  ["src/policy/floating.ts", "async function a() {}\nexport function b() { a(); }", "no-floating-promises"],
  ["src/policy/misused.ts", "export function b(c: number[]) { c.forEach(async () => {}); }", "no-misused-promises"],
  [
    "src/policy/switch.ts",
    'export function a(kind: "one" | "two"): number {\n  switch (kind) {\n    case "one":\n      return 1;\n  }\n  return 0;\n}',
    "switch-exhaustiveness-check",
  ],
  ["src/policy/default.ts", "export default 1;", "no-default-export"],
  ["src/policy/any.ts", "export const a: any = 1;", "no-explicit-any"],
  ["src/policy/bang.ts", "export const a = (b?: string) => b!.length;", "no-non-null-assertion"],
  ["src/policy/unused.ts", "const a = 1;\nexport const b = 2;", "no-unused-vars"],
  ["src/policy/type.ts", 'import { Stats } from "node:fs";\nexport type A = Stats;', "consistent-type-imports"],
  [
    "src/policy/protocol.ts",
    'import { readFileSync } from "fs";\nexport const a = readFileSync;',
    "prefer-node-protocol",
  ],
  ["src/policy/ignored.ts", "// @ts-ignore\nexport const a = 1;", "ban-ts-comment"],
  ["src/policy/cycle-a.ts", 'import { b } from "./cycle-b.ts";\nexport const a = () => b;', "no-cycle"],
  ["src/policy/cycle-b.ts", 'import { a } from "./cycle-a.ts";\nexport const b = () => a;', "no-cycle"],
  [
    "src/policy/long.ts",
    Array.from({ length: 401 }, (_, index) => `export const a${index} = 1;`).join("\n"),
    "max-lines",
  ],
  ["src/policy/long-function.ts", `export function a() {\n${"  a();\n".repeat(70)}}`, "max-lines-per-function"],
  ["src/policy/console.ts", 'console.log("x");', "no-console"],
  ["src/policy/fetch.ts", 'export const a = () => globalThis.fetch("http://x");', "no-restricted-globals"],
  ["src/policy/socket.ts", 'export const a = new WebSocket("ws://x");', "no-restricted-globals"],
  ["src/providers/undici.ts", 'import { request } from "undici";\nexport const a = request;', "no-restricted-imports"],
  ["src/providers/http.ts", 'import { request } from "node:http";\nexport const a = request;', "no-restricted-imports"],
  ["src/providers/https.ts", 'import * as https from "node:https";\nexport const a = https;', "no-restricted-imports"],
  ["src/providers/net.ts", 'import { connect } from "node:net";\nexport const a = connect;', "no-restricted-imports"],
  ["src/providers/tls.ts", 'import { connect } from "node:tls";\nexport const a = connect;', "no-restricted-imports"],
  [
    "src/providers/dns.ts",
    'import { lookup } from "node:dns/promises";\nexport const a = lookup;',
    "no-restricted-imports",
  ],
  ["src/gateway/client.ts", 'import { request } from "node:http";\nexport const a = request;', "no-restricted-imports"],
  ["src/gateway/connect.ts", 'import { connect } from "node:net";\nexport const a = connect;', "no-restricted-imports"],
  [
    "src/gateway/engine.ts",
    'import { getLlama } from "node-llama-cpp";\nexport const a = getLlama;',
    "no-restricted-imports",
  ],
  [
    "src/hosting/engine.ts",
    'import type { Llama } from "node-llama-cpp";\nexport type A = Llama;',
    "no-restricted-imports",
  ],
  [
    "src/hosting/worker/client.ts",
    'import { request } from "node:http";\nexport const a = request;',
    "no-restricted-imports",
  ],
  [
    "src/hosting/worker/net.ts",
    'import { connect } from "node:net";\nexport const a = connect;',
    "no-restricted-imports",
  ],
  [
    "src/egress/engine.ts",
    'import { getLlama } from "node-llama-cpp";\nexport const a = getLlama;',
    "no-restricted-imports",
  ],
  ["src/core/package.ts", 'import { z } from "zod";\nexport const a = z;', "no-restricted-imports"],
  ["src/routing/node.ts", 'import type { Stats } from "node:fs";\nexport type A = Stats;', "no-restricted-imports"],
  ["src/core/date.ts", "export const a = new Date();", "no-restricted-globals"],
  ["src/core/clock.ts", "export const a = performance.now();", "no-restricted-globals"],
  ["src/core/timer.ts", "export const a = setTimeout(() => {}, 1);", "no-restricted-globals"],
  ["src/routing/random.ts", "export const a = Math.random();", "no-restricted-properties"],
  ["src/routing/chance.ts", "export const a = crypto.randomUUID();", "no-restricted-globals"],
  ["src/routing/process.ts", "export const a = process.env;", "no-restricted-globals"],
  ["src/routing/fetch.ts", 'export const a = globalThis.fetch("http://x");', "no-restricted-globals"],
  ["test/policy/only.test.ts", 'import { it } from "vitest";\nit.only("a", () => {});', "no-focused-tests"],
  ["test/policy/skip.test.ts", 'import { it } from "vitest";\nit.skip("a", () => {});', "no-disabled-tests"],
];

/** Code that no rule may refuse, because the rules above must not hit what is allowed. */
const ALLOWED: readonly (readonly [file: string, text: string])[] = [
  ["src/cli/print.ts", 'console.log("x");'],
  ["src/audit/address.ts", 'import { isIP } from "node:net";\nexport const a = isIP("::1");'],
  ["src/gateway/serve.ts", 'import { createServer } from "node:http";\nexport const a = createServer;'],
  ["src/gateway/address.ts", 'import type { AddressInfo } from "node:net";\nexport type A = AddressInfo;'],
  ["src/hosting/worker/serve.ts", 'import { createServer } from "node:http";\nexport const a = createServer;'],
  ["src/hosting/worker-main.ts", 'import { getLlama } from "node-llama-cpp";\nexport const a = getLlama;'],
  [
    "src/egress/send.ts",
    'import { connect } from "node:net";\nimport { request } from "undici";\nexport const a = [connect, request];',
  ],
  ["src/core/pure.ts", "export const a = Math.max(1, 2);"],
];

let root: string;
let findings: readonly { readonly file: string; readonly rule: string }[];

async function plant(folder: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), `${text}\n`);
}

async function createTree(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-gates-"));
  for (const file of [".oxlintrc.json", ".oxfmtrc.json", "tsconfig.json"])
    await cp(join(PROJECT, file), join(folder, file));
  for (const part of ["src", "test", "scripts"]) await mkdir(join(folder, part));
  await writeFile(join(folder, "package.json"), '{\n  "type": "module"\n}\n');
  await symlink(join(PROJECT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

async function lint(folder: string): Promise<readonly { readonly file: string; readonly rule: string }[]> {
  const words = ["node_modules/oxlint/bin/oxlint", "--type-aware", "--format=unix", "src", "test"];
  const output = await new Promise<string>((resolveOutput) => {
    // A non-zero exit code is what is expected here: the output tells whether the right rules caused it.
    execFile(process.execPath, words, { cwd: folder, maxBuffer: 10_000_000 }, (_error, stdout) =>
      resolveOutput(stdout),
    );
  });
  return output.split("\n").flatMap((line) => {
    const [, file, rule] = /^([^:]+):\d+:\d+: .*\[\w+\/[\w-]+\(([\w-]+)\)\]$/.exec(line) ?? [];
    return file === undefined || rule === undefined ? [] : [{ file, rule }];
  });
}

beforeAll(async () => {
  root = await createTree();
  for (const [file, text] of [...PLANTED, ...ALLOWED]) await plant(root, file, text);
  findings = await lint(root);
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

describe("the lint rules", () => {
  it.each(PLANTED)("refuse %s", (file, _text, rule) => {
    expect(findings.filter((finding) => finding.file === file).map((finding) => finding.rule)).toContain(rule);
  });

  it.each(ALLOWED)("allow %s", (file) => {
    expect(findings.filter((finding) => finding.file === file)).toEqual([]);
  });
});

describe("each gate", () => {
  it.each(GATES)("$name passes a clean tree and fails when its own violation is planted", async (gate) => {
    const tree = await createTree();
    try {
      await plant(tree, "src/core/a.ts", "export const a = 1;");
      await plant(tree, "src/main.ts", 'import { b } from "./cli/b.ts";\n\nexport const c = b;');
      await plant(tree, "src/cli/b.ts", 'import { a } from "../core/a.ts";\n\nexport const b = a;');
      expect(await gate.run(tree)).toMatchObject({ passed: true });
      await plant(tree, "src/core/a.ts", VIOLATIONS[gate.name] ?? "");
      const broken = await gate.run(tree);
      expect(broken.passed).toBe(false);
      expect(broken.output).toContain("core/a.ts");
    } finally {
      await rm(tree, { recursive: true });
    }
  });
});

const VIOLATIONS: Readonly<Record<string, string>> = {
  types: 'export const a: number = "one";',
  lint: "export const a = 1;\nvar unused = 2;",
  format: "export const   a=1",
  "import directions": 'export const a = 1;\nexport type { b } from "../cli/b.ts";',
};
