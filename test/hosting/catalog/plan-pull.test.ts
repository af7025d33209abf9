import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { carryInstructions } from "../../../src/hosting/catalog/carry-instructions.ts";
import type { CatalogEntry } from "../../../src/hosting/catalog/catalog-schema.ts";
import { parseCatalogEntry } from "../../../src/hosting/catalog/load-catalog.ts";
import { planPull, type PullPlan, type PullRequest } from "../../../src/hosting/catalog/plan-pull.ts";

const SHIPPED = resolve(import.meta.dirname, "../../../models/catalog");
const CATALOG = ["qwen3-8b", "gpt-oss-120b"].map(entryOf);
const HUB_HOSTS = ["huggingface.co", "*.huggingface.co", "*.hf.co"];

function entryOf(name: string): CatalogEntry {
  const parsed = parseCatalogEntry(readFileSync(join(SHIPPED, `${name}.yaml`), "utf8"), name);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.entry;
}

function planOf(request: PullRequest): PullPlan {
  const planned = planPull(request, CATALOG);
  if (planned.kind === "problem") throw new Error(planned.message);
  return planned.plan;
}

describe("a catalogue id", () => {
  it("becomes its default files at their pinned revision, under its own id, with the catalogue's hash", () => {
    expect(planOf({ source: "qwen/qwen3-8b" })).toMatchObject({
      id: "qwen/qwen3-8b",
      files: [
        {
          url: "https://huggingface.co/Qwen/Qwen3-8B-GGUF/resolve/7c41481f57cb95916b40956ab2f0b139b296d974/Qwen3-8B-Q4_K_M.gguf",
          name: "Qwen3-8B-Q4_K_M.gguf",
          sha256: "d98cdcbd03e17ce47681435b5150e34c1417f50b5c0019dd560e4882c5745785",
        },
      ],
      bytes: 5_027_783_488,
      namedHosts: [],
      redirectHosts: HUB_HOSTS,
    });
  });

  it("with another quantization gets an id of its own, whatever the case it is written in", () => {
    const plan = planOf({ source: "qwen/qwen3-8b", quantization: "q8_0" });
    expect(plan.id).toBe("qwen/qwen3-8b-q8_0");
    expect(plan.files[0]?.url).toContain("/main/Qwen3-8B-Q8_0.gguf");
  });

  it("of a split model becomes all its parts", () => {
    expect(planOf({ source: "openai/gpt-oss-120b" }).files.map(({ name }) => name)).toEqual(
      [1, 2, 3].map((part) => `gpt-oss-120b-mxfp4-0000${part}-of-00003.gguf`),
    );
  });

  it("comes from a mirror alone when one is named", () => {
    const plan = planOf({ source: "qwen/qwen3-8b", mirror: "http://10.1.2.3:8081/hf/" });
    expect(plan.files[0]?.url).toMatch(/^http:\/\/10\.1\.2\.3:8081\/hf\/Qwen\/Qwen3-8B-GGUF\/resolve\//);
    expect(plan).toMatchObject({ namedHosts: ["10.1.2.3"], redirectHosts: [] });
  });

  it("takes the caller's hash before the catalogue's", () => {
    expect(planOf({ source: "qwen/qwen3-8b", sha256: "a".repeat(64) }).files[0]?.sha256).toBe("a".repeat(64));
  });
});

describe("hf: and URLs", () => {
  it.each([
    ["hf:maker/repo-GGUF/model-Q4.gguf", "https://huggingface.co/maker/repo-GGUF/resolve/main/model-Q4.gguf"],
    [
      "hf:maker/repo/sub folder/m#1.gguf@abc123",
      "https://huggingface.co/maker/repo/resolve/abc123/sub%20folder/m%231.gguf",
    ],
    ["https://files.example/a/model.gguf?x=1", "https://files.example/a/model.gguf?x=1"],
  ])("%s is fetched from %s", (source, url) => {
    expect(planOf({ source }).files).toMatchObject([{ url }]);
  });

  it("name all parts of a split model when one part is named", () => {
    const plan = planOf({ source: "hf:maker/repo/q4/big-00002-of-00003.gguf" });
    expect(plan.files.map(({ name }) => name)).toEqual([1, 2, 3].map((part) => `big-0000${part}-of-00003.gguf`));
    expect(plan.files[2]?.url).toBe("https://huggingface.co/maker/repo/resolve/main/q4/big-00003-of-00003.gguf");
  });

  it("trust the named host alone, and a URL of the hub like hf:", () => {
    expect(planOf({ source: "https://files.example/m.gguf" })).toMatchObject({
      namedHosts: ["files.example"],
      redirectHosts: [],
    });
    expect(planOf({ source: "https://huggingface.co/a/b/resolve/main/m.gguf" }).redirectHosts).toEqual(HUB_HOSTS);
  });

  it("give a file a plain name on this box", () => {
    expect(planOf({ source: "https://files.example/a%2F..%2Fb%20c.gguf" }).files[0]?.name).toBe("a-2F..-2Fb-20c.gguf");
  });
});

describe("a bad request", () => {
  it.each<[PullRequest, string]>([
    [{ source: "qwen/qwen3-8" }, "did you mean qwen/qwen3-8b?"],
    [{ source: "qwen/qwen3-8b", quantization: "Q2_K" }, "it has Q4_K_M, Q8_0"],
    [{ source: "hf:maker/repo" }, "must be hf:owner/repository/file.gguf"],
    [{ source: "hf:maker/repo/../../x.gguf" }, "must be hf:owner/repository/file.gguf"],
    [{ source: "https://user:secret@files.example/m.gguf" }, "use --token"],
    [{ source: "https://files.example/page.html" }, "does not name a .gguf file"],
    [{ source: "https://files.example/m.gguf", mirror: "https://m.example" }, "--mirror is for"],
    [{ source: "https://files.example/m.gguf", quantization: "Q4_0" }, "--quantization is for"],
    [{ source: "qwen/qwen3-8b", mirror: "ftp://m.example" }, "--mirror must be"],
    [{ source: "qwen/qwen3-8b", mirror: "https://m.example/?key=secret" }, "--mirror must be"],
    [{ source: "openai/gpt-oss-120b", sha256: "a".repeat(64) }, "--sha256 is for a single file"],
    [{ source: "hf:a/b/c-00001-of-99999.gguf" }, "at most 1000"],
  ])("%j is refused with what to do", (request, message) => {
    const planned = planPull(request, CATALOG);
    expect(planned).toMatchObject({ kind: "problem", message: expect.stringContaining(message) });
    expect(JSON.stringify(planned)).not.toContain("secret");
  });
});

describe("the way for a box without a network", () => {
  it("names the file, where it is, its hash, and how to import it", () => {
    const text = carryInstructions(planOf({ source: "qwen/qwen3-8b" }), { id: "qwen/qwen3-8b", size: "4.7 GiB" });
    expect(text).toContain("network.egress is deny");
    expect(text).toContain("4.7 GiB");
    expect(text).toContain("curl -fL -C - -o Qwen3-8B-Q4_K_M.gguf 'https://huggingface.co/Qwen/Qwen3-8B-GGUF/");
    expect(text).toContain("d98cdcbd03e17ce47681435b5150e34c1417f50b5c0019dd560e4882c5745785  Qwen3-8B-Q4_K_M.gguf");
    expect(text).toContain("signalbox models import Qwen3-8B-Q4_K_M.gguf --id qwen/qwen3-8b");
  });

  it("says so where no hash is known", () => {
    const text = carryInstructions(planOf({ source: "hf:a/b/c.gguf" }), { id: "c" });
    expect(text).toContain("No SHA-256 is known here");
  });
});
