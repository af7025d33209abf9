import { describe, expect, test } from "vitest";
import { describeExit } from "../../../src/hosting/supervisor/describe-exit.ts";
import { parseWorkerMessage } from "../../../src/hosting/supervisor/parse-worker-message.ts";
import { findTaskset, workerCommand, workerEnvironment } from "../../../src/hosting/supervisor/worker-command.ts";

describe("workerCommand", () => {
  test("goes through taskset only with cores to choose and the tool to choose them", () => {
    const plain = { execPath: process.execPath, execArgv: [] };
    expect(workerCommand("1-3", "/usr/bin/taskset")).toEqual({
      execPath: "/usr/bin/taskset",
      execArgv: ["-c", "1-3", process.execPath],
    });
    expect(workerCommand(undefined, "/usr/bin/taskset")).toEqual(plain);
    expect(workerCommand("1-3", undefined)).toEqual(plain);
  });

  test("finds no tool on an empty path", () => expect(findTaskset(":/nowhere")).toBeUndefined());
});

describe("workerEnvironment", () => {
  test("names a device by its identity and passes nothing that is not listed", () => {
    const environment = { PATH: "/bin", SIGNALBOX_ADMIN_KEY: "sbx_secret", CUDA_VISIBLE_DEVICES: "0" };
    expect(workerEnvironment(environment, { device: { kind: "gpu", uuid: "MIG-1" }, slots: 3 })).toEqual({
      HOME: "/",
      PATH: "/bin",
      CUDA_VISIBLE_DEVICES: "MIG-1",
      UV_THREADPOOL_SIZE: "7",
      NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true",
    });
  });
});

describe("describeExit", () => {
  const ended = (code: number | null, signal: string | null) => ({ kind: "ended", code, signal }) as const;
  const quiet = { outOfMemory: false, lastLines: [] };

  test("tells a crash from an unreadable file and from an unknown signal", () => {
    expect(describeExit(ended(null, "SIGSEGV"), quiet).problem).toBe("the engine crashed (SIGSEGV)");
    expect(describeExit(ended(null, "SIGBUS"), quiet).problem).toContain("model file became unreadable");
    expect(describeExit(ended(null, "SIGXCPU"), quiet).problem).toBe("it was ended by SIGXCPU");
  });

  test("quotes the last line that says something, up to a limit", () => {
    const lastLines = ["first", `long ${"x".repeat(1_000)}`, "  "];
    const { problem } = describeExit(ended(1, null), { outOfMemory: false, lastLines });
    expect(problem).toMatch(/^it ended with exit code 1; its last words: long x+$/);
    expect(problem.length).toBeLessThan(400);
  });

  test("quotes an assertion rather than the stack below it", () => {
    const lastLines = ["a.cpp:7: GGML_ASSERT(x) failed", "#1 0x7f in ggml_abort ()", "#2 0x7f in main ()"];
    const { problem } = describeExit(ended(null, "SIGABRT"), { outOfMemory: false, lastLines });
    expect(problem).toBe("the engine aborted (SIGABRT); its last words: a.cpp:7: GGML_ASSERT(x) failed");
  });

  test("blames memory only for a SIGKILL", () => {
    const starved = { outOfMemory: true, lastLines: [] };
    expect(describeExit(ended(null, "SIGKILL"), starved).problem).toContain("memory ran out");
    expect(describeExit(ended(null, "SIGABRT"), starved).problem).not.toContain("memory ran out");
  });
});

describe("parseWorkerMessage", () => {
  const facts = { contextTokens: 1, slots: 1, threads: 1, device: "cpu", loadMs: 1, weightBytes: 1 };
  const heartbeat = { kind: "heartbeat", running: 0, queued: 0, evaluatedTokens: 0, residentBytes: 0 };

  test.each([
    { kind: "loading", progress: 0.5 },
    { kind: "ready", facts },
    { kind: "load-failed", reason: "no" },
    heartbeat,
    { ...heartbeat, decodeTokensPerSecond: 3 },
  ])("accepts %j", (message) => expect(parseWorkerMessage(message)).toEqual(message));

  test.each([
    null,
    "ready",
    {},
    { kind: "loading" },
    { kind: "loading", progress: Number.NaN },
    { kind: "ready", facts: { ...facts, device: "tpu" } },
    { kind: "ready", facts: { ...facts, slots: "two" } },
    { kind: "load-failed" },
    { ...heartbeat, running: -1 },
    { ...heartbeat, prefillTokensPerSecond: "fast" },
    { kind: "other" },
  ])("does not accept %j", (message) => expect(parseWorkerMessage(message)).toBeUndefined());
});
