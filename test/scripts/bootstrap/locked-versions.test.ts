import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../../..");

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8")) as T;
}

describe("the lock files of scripts/runtime", () => {
  it("pin one version of Node for every platform, which is what the launcher reads", () => {
    const versions = Object.values(readJson<Manifest>("scripts/runtime/package.json").optionalDependencies ?? {});
    expect(versions).toHaveLength(4);
    expect(new Set(versions).size).toBe(1);
  });

  it("pin engines of the version that node-llama-cpp is installed in, since it loads no other", () => {
    const engine = readJson<Manifest>("package.json").dependencies?.["node-llama-cpp"];
    for (const name of readdirSync(join(ROOT, "scripts/runtime/engines"))) {
      const { dependencies } = readJson<Manifest>(`scripts/runtime/engines/${name}/package.json`);
      expect(Object.values(dependencies ?? {}).every((version) => version === engine)).toBe(true);
    }
  });

  it.each(["package-lock.json", "scripts/runtime/package-lock.json", "scripts/runtime/engines/cuda/package-lock.json"])(
    "%s pins every package by its integrity",
    (file) => {
      const { packages } = readJson<Lock>(file);
      const unpinned = Object.entries(packages).filter(
        ([path, { integrity }]) => path !== "" && integrity === undefined,
      );
      expect(unpinned.map(([path]) => path)).toEqual([]);
      expect(Object.keys(packages).length).toBeGreaterThan(1);
    },
  );

  it("keep the GPU builds out of the ordinary installation", () => {
    const { packages } = readJson<Lock & { packages: Record<string, { name?: string }> }>("package-lock.json");
    const gpuBuilds = Object.entries(packages).filter(([path]) => /@node-llama-cpp\/.*-(?:cuda|vulkan)/.test(path));
    expect(gpuBuilds.length).toBeGreaterThan(0);
    expect(gpuBuilds.every(([, entry]) => "name" in entry && entry.name === "signalbox-engine-not-installed")).toBe(
      true,
    );
  });
});
