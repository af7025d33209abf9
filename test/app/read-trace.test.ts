import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTrace } from "../../src/app/read-trace.ts";
import { composeTrace } from "../../src/simulate/compose-trace.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { traced } from "../simulate/simulations.ts";

function fileOf(name: string, text: string): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

describe("a trace file", () => {
  it("is read from CSV in our own format, in order of arrival and from its first arrival on", () => {
    const text =
      "time_ms,prompt_tokens,output_tokens,class,key,data_class,service_tier,deadline_ms,prefix_ids\n" +
      "1500,20,2,,,,,,\n1000,10,1,agentic,key_a,restricted,flex,900,4 5 6\n";
    const { name, requests } = readTrace({ file: fileOf("own.csv", text), workloadClass: "batch" });
    expect(name).toBe("own");
    expect(requests.map(({ atMs }) => atMs)).toEqual([0, 0]);
    expect(requests).toContainEqual({
      ...{ atMs: 0, promptTokens: 10, outputTokens: 1, stream: "own", workloadClass: "agentic", keyId: "key_a" },
      ...{ dataClass: "restricted", serviceTier: "flex", deadlineMs: 900, prefixIds: [4, 5, 6] },
    });
    expect(requests).toContainEqual({
      ...{ atMs: 0, promptTokens: 20, outputTokens: 2, stream: "own", workloadClass: "batch" },
    });
  });

  it("is read from the CSV of Azure's traces, fractions of a millisecond included", () => {
    const text =
      "TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:15:46.6805900,374,44\r\n2023-11-16 18:15:50.9951690,396,109\r\n";
    const { requests } = readTrace({ file: fileOf("azure.csv", text), name: "conv" });
    expect(requests).toHaveLength(2);
    expect(requests[1]).toMatchObject({ promptTokens: 396, outputTokens: 109, stream: "conv" });
    expect(requests[1]?.atMs).toBeCloseTo(4_314.579, 2);
  });

  it("is read from Mooncake's JSON lines, with the blocks of its prompts", () => {
    const text =
      '{"timestamp": 0, "input_length": 600, "output_length": 5, "hash_ids": [0, 1]}\n{"timestamp": 3000, "input_length": 512, "output_length": 6, "hash_ids": [0]}\n';
    const { requests } = readTrace({ file: fileOf("mooncake.jsonl", text) });
    expect(requests.map(({ atMs, prefixIds }) => ({ atMs, prefixIds }))).toEqual([
      { atMs: 0, prefixIds: [0, 1] },
      { atMs: 3_000, prefixIds: [0] },
    ]);
  });

  it.each([
    ["x.csv", "a,b\n1,2\n", /x\.csv:1: the format is not known/],
    ["x.csv", "time_ms,prompt_tokens,output_tokens\n1,2\n", /x\.csv:2: it has 2 fields/],
    ["x.csv", "time_ms,prompt_tokens,output_tokens\n1,2,-3\n", /x\.csv:2: output_tokens must be a number/],
    ["x.csv", "time_ms,prompt_tokens,output_tokens\n1,,3\n", /x\.csv:2: prompt_tokens must be a number/],
    ["x.csv", "time_ms,prompt_tokens,output_tokens,class\n1,2,3,quick\n", /x\.csv:2: class must be one of/],
    ["x.csv", "time_ms,prompt_tokens,output_tokens\n", /holds no request/],
    ["x.jsonl", '{"time_ms": 1,\n', /x\.jsonl:1: it is no JSON/],
  ])("in %s that can't be read names the line: %j", (name, text, message) => {
    expect(() => readTrace({ file: fileOf(name, text) })).toThrow(message);
  });

  it("that does not exist is named", () => {
    expect(() => readTrace({ file: "/no/such/trace.csv" })).toThrow(/\/no\/such\/trace\.csv can't be read/);
  });
});

describe("traces together", () => {
  const trace = (name: string, count: number) => ({
    name,
    requests: Array.from({ length: count }, (_, index) => traced({ atMs: index * 10, stream: name })),
  });
  const countOf = (requests: readonly { readonly stream: string }[], name: string): number =>
    requests.filter(({ stream }) => stream === name).length;

  it("begin at the same time, come as many times as fast, and stop at a limit", () => {
    const composed = composeTrace({ traces: [trace("a", 10), trace("b", 5)], rate: 2, limit: 12, seed: 1 });
    expect(composed).toHaveLength(12);
    expect(composed.map(({ atMs }) => atMs)).toEqual(composed.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    expect(composed.at(-1)?.atMs).toBe(30);
  });

  it("have the shares that are asked for", () => {
    const composed = composeTrace({ traces: [trace("a", 4_000), trace("b", 1_000)], mix: { a: 0.5, b: 0.5 }, seed: 1 });
    expect(countOf(composed, "b")).toBe(1_000);
    expect(countOf(composed, "a")).toBeGreaterThan(900);
    expect(countOf(composed, "a")).toBeLessThan(1_100);
  });

  it("go on at the same rate when they are repeated", () => {
    const composed = composeTrace({ traces: [trace("a", 10)], repeat: 3, seed: 1 });
    expect(composed.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 30 }, (_, index) => index * 10));
  });
});
