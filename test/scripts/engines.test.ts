import { lstat, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Checkout } from "./support/checkout.ts";
import { startPackageRegistry, type PackageRegistry } from "./support/package-registry.ts";

const CUDA = "@node-llama-cpp/linux-x64-cuda";
const BINARIES = { "bin/engine.js": "the real build" };

let registry: PackageRegistry;
let checkout: Checkout;
let link: string;

beforeEach(async () => {
  registry = await startPackageRegistry([
    { name: "one", version: "1.0.0" },
    { name: CUDA, version: "3.0.0", files: BINARIES },
  ]);
  checkout = await Checkout.create(registry.url);
  await checkout.addNode("v24.12.0");
  await checkout.addNpm();
  await checkout.lock(".", { one: { version: "1.0.0" } }, registry);
  await checkout.lock("scripts/runtime/engines/cuda", { [CUDA]: { version: "3.0.0" } }, registry);
  link = join(checkout.root, "node_modules", CUDA);
});

afterEach(async () => {
  await registry.close();
  await checkout.remove();
});

async function states(): Promise<Record<string, string>> {
  const { stdout } = await checkout.run("signalbox", "engines", "list", "--json");
  const rows = JSON.parse(stdout) as { engine: string; state: string }[];
  return Object.fromEntries(rows.map(({ engine, state }) => [engine, state]));
}

describe.runIf(process.platform === "linux" && process.arch === "x64")("signalbox engines", () => {
  it("brings an engine on request only, where node-llama-cpp looks for it", async () => {
    expect(await states()).toEqual({ cuda: "absent", vulkan: "absent" });
    const installed = await checkout.run("signalbox", "engines", "install", "cuda");
    expect(installed.stderr).toContain("the cuda engine is ready");
    expect(await readFile(join(link, "bin/engine.js"), "utf8")).toBe("the real build");
    expect(await states()).toEqual({ cuda: "current", vulkan: "absent" });
  });

  it("keeps an engine over a reinstall of the dependencies, without fetching it again", async () => {
    await checkout.run("signalbox", "engines", "install", "cuda");
    await rm(join(checkout.root, "node_modules"), { recursive: true });
    const requests = registry.requestCount();
    expect(await checkout.run("signalbox")).toMatchObject({ exitCode: 0 });
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(registry.requestCount() - requests).toBeLessThanOrEqual(2); // At most the one dependency, from the registry or the cache.
  });

  it("does not use an engine of another version than the pinned one, and says how to get the right one", async () => {
    await checkout.run("signalbox", "engines", "install", "cuda");
    await writeFile(join(checkout.root, "scripts/runtime/engines/cuda/package-lock.json"), '{"packages":{}}');
    const { stderr, exitCode } = await checkout.run("signalbox");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("scripts/signalbox engines install cuda");
    await expect(lstat(link)).rejects.toThrow("ENOENT");
    expect(await states()).toMatchObject({ cuda: "outdated" });
  });

  it("removes an engine with its link", async () => {
    await checkout.run("signalbox", "engines", "install", "cuda");
    await checkout.run("signalbox", "engines", "remove", "cuda");
    await expect(lstat(link)).rejects.toThrow("ENOENT");
    expect(await states()).toMatchObject({ cuda: "absent" });
  });

  it("refuses an engine whose content is not the pinned one, and leaves nothing behind", async () => {
    await checkout.lock(
      "scripts/runtime/engines/cuda",
      { [CUDA]: { version: "3.0.0", integrity: registry.integrity.get("one") } },
      registry,
    );
    const refused = await checkout.run("signalbox", "engines", "install", "cuda");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("not the one that the lock file pins");
    expect(await states()).toMatchObject({ cuda: "absent" });
  });

  it("answers wrong words with the usage and exit code 2", async () => {
    expect(await checkout.run("signalbox", "engines", "install", "rocm")).toMatchObject({ exitCode: 2 });
    const unknown = await checkout.run("signalbox", "engines", "frobnicate");
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("usage: signalbox engines list");
  });
});
