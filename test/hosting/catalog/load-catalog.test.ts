import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultQuantizationOf, sizeOfQuantization } from "../../../src/hosting/catalog/catalog-schema.ts";
import { formatCatalogProblems, loadCatalog, parseCatalogEntry } from "../../../src/hosting/catalog/load-catalog.ts";
import { planPull } from "../../../src/hosting/catalog/plan-pull.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const SHIPPED = resolve(import.meta.dirname, "../../../models/catalog");

const ENTRY = readFileSync(join(SHIPPED, "qwen3-8b.yaml"), "utf8");

function problemsOf(text: string): string {
  const parsed = parseCatalogEntry(text, "entry.yaml");
  return parsed.ok ? "" : formatCatalogProblems(parsed.problems);
}

describe("the shipped catalogue", () => {
  const catalog = loadCatalog(SHIPPED);
  const entries = catalog.ok ? catalog.entries : [];

  it("is valid, has more than twenty models with unique ids, and something for every workload class", () => {
    expect(catalog.ok ? "" : formatCatalogProblems(catalog.problems)).toBe("");
    expect(entries.length).toBeGreaterThan(20);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    const workloads = new Set(entries.flatMap((entry) => entry.workloads));
    expect([...workloads].toSorted()).toEqual(["agentic", "batch", "embedding", "generative", "interactive", "rerank"]);
  });

  it("can be pulled: every quantization of every entry has a plan with parts that belong together", () => {
    for (const entry of entries) {
      for (const { name, files } of entry.quantizations) {
        const planned = planPull({ source: entry.id, quantization: name }, entries);
        expect(planned).toMatchObject({ kind: "plan", plan: { files: { length: files.length } } });
        const parts = files.flatMap(({ path }) => /-(\d{5})-of-(\d{5})\.gguf$/.exec(path)?.slice(1) ?? []);
        const expected =
          files.length === 1
            ? []
            : files.flatMap((_, index) => [index + 1, files.length].map((part) => String(part).padStart(5, "0")));
        expect(parts).toEqual(expected);
      }
    }
  });

  it("names no hash twice for different files", () => {
    const hashes = entries.flatMap(({ quantizations }) =>
      quantizations.flatMap(({ files }) => files.flatMap(({ sha256 }) => sha256 ?? [])),
    );
    expect(hashes.length).toBeGreaterThan(10);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("has sizes that go with the number of parameters, so that no digit was lost", () => {
    const bitsPerParameter = entries.flatMap((entry) => {
      const size = sizeOfQuantization(defaultQuantizationOf(entry));
      return size === undefined ? [] : [{ id: entry.id, bits: (size * 8) / entry.parameters.total }];
    });
    expect(bitsPerParameter.length).toBeGreaterThan(20);
    expect(bitsPerParameter.filter(({ bits }) => bits < 3.5 || bits > 11)).toEqual([]);
  });
});

describe("an entry", () => {
  it("with an unknown name is refused with its line and the nearest known name", () => {
    expect(problemsOf(ENTRY.replace("contextTokens:", "contextToken:"))).toContain("did you mean contextTokens?");
    const nested = ENTRY.replace("repository: Qwen", "repositry: Qwen");
    const line = nested.split("\n").findIndex((text) => text.includes("repositry")) + 1;
    expect(problemsOf(nested)).toContain(
      `entry.yaml:${line}: quantizations.0.repositry is not a known name; did you mean repository?`,
    );
  });

  it.each([
    ["a hash that is none", /sha256: [0-9a-f]+/, "sha256: abcd", "64 hexadecimal digits"],
    [
      "a path that leads out of the repository",
      /path: Qwen3-8B-Q4_K_M\.gguf/,
      "path: ../secret.gguf",
      "path of a .gguf file",
    ],
    ["a quality beyond 1", /value: [\d.]+/, "value: 7", "<=1"],
    ["a default that is not there", /default: Q4_K_M/, "default: Q3_K_S", "must be one of Q4_K_M, Q8_0"],
    ["the same quantization twice", /name: Q8_0/, "name: Q4_K_M", "used twice"],
    ["a capability that nothing has", /capabilities: \[tools/, "capabilities: [telepathy", "capabilities.0"],
    ["figures from nowhere", /    seen: pinned.*\n/, "", "where the sizes and hashes were seen"],
    ["an origin that is no country", /origin: CN/, "origin: China", "ISO 3166-1"],
    ["a licence without https", /url: https:/, "url: http:", "license.url"],
  ])("with %s is refused", (_what, from, to, message) => {
    expect(ENTRY).toMatch(from);
    expect(problemsOf(ENTRY.replace(from, to))).toContain(message);
  });

  it("that is not YAML is refused with its line", () => {
    expect(problemsOf(`${ENTRY}\n  : [`)).toMatch(/^entry\.yaml:\d+: /);
  });

  it("that is in the catalogue twice is refused, and so is a folder that is not there", () => {
    const folder = join(temporaryFolder(), "catalog");
    expect(loadCatalog(folder)).toMatchObject({ ok: false, problems: [{ file: folder }] });
    mkdirSync(folder);
    writeFileSync(join(folder, "a.yaml"), ENTRY);
    writeFileSync(join(folder, "b.yaml"), ENTRY);
    expect(loadCatalog(folder)).toMatchObject({
      ok: false,
      problems: [{ message: "qwen/qwen3-8b is in the catalogue twice" }],
    });
  });
});
