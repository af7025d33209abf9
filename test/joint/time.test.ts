import { describe, expect, it } from "vitest";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import type { InferenceExecution } from "../../src/core/inference-service.ts";
import { parseChatRequest } from "../../src/gateway/openai/parse-chat-request.ts";
import type { JointPorts } from "../../src/joint/joint-ports.ts";
import { askPanel } from "../../src/joint/panel/ask-panel.ts";
import type { Panel } from "../../src/joint/panel/panel.ts";
import type { Plan } from "../../src/joint/plan/plan.ts";
import { runPlan } from "../../src/joint/plan/run-plan.ts";
import { dispatchBox, ScriptedEndpoint, streamOf } from "../support/dispatch-box.ts";

const encoder = new TextEncoder();
const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000 };

function answer(text: string): InferenceEvent {
  const message = { role: "assistant", content: text };
  const json = encoder.encode(JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }] }));
  return { kind: "answer", json, finishReason: "stop" };
}

const endpoint = (model: string, text: string) =>
  new ScriptedEndpoint({ id: `acme/${model}`, price: PRICE, contextTokens: 32_768 }, () => streamOf([answer(text)]));

/** Never answers, and ends when it is told to. */
const silent = (model: string) =>
  new ScriptedEndpoint({ id: `acme/${model}`, price: PRICE, contextTokens: 32_768 }, async function* ({ signal }) {
    await new Promise((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
    yield answer("never");
  });

function jointBox(endpoints: readonly ScriptedEndpoint[]) {
  const box = dispatchBox(endpoints);
  let ids = 0;
  const ports: JointPorts = {
    service: box.service,
    journal: box.journal,
    keys: { spendOf: () => ({ settledMicroUsd: 0, reservedMicroUsd: 0 }) },
    clock: box.clock,
    random: { next: () => 0.3 },
    parseChat: (body) => parseChatRequest(body, {}, ["internal"]),
    checkFormat: () => () => undefined,
    newRequestId: () => `req_part${++ids}`,
  };
  const body = encoder.encode(
    JSON.stringify({ model: "our/joint", messages: [{ role: "user", content: "Hi" }], max_tokens: 9 }),
  );
  const job = box.job({ ...parseChatRequest(body, {}, ["internal"]) });
  return { ...box, ports, job: { ...job, requestId: "req_whole" } };
}

async function textOf(execution: InferenceExecution): Promise<string> {
  let text = "";
  for await (const { json } of execution.events) text += new TextDecoder().decode(json);
  return text;
}

/** Lets everything happen that waits for nothing but other promises. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
}

const PANEL: Panel = {
  id: "our/joint",
  members: ["a", "b", "c"],
  quorum: 2,
  judge: { kind: "majority" },
  timeoutMs: 10_000,
};

const PLAN: Plan = {
  id: "our/joint",
  planner: "planner",
  workers: ["worker"],
  joiner: "joiner",
  maxSteps: 4,
  maxParallel: 2,
  maxStepTokens: 50,
  timeoutMs: 10_000,
};

describe("the time of a panel", () => {
  it("ends it with `deadline_exceeded`, and every member is billed and on record by then", async () => {
    const { ports, job, clock, journal } = jointBox([endpoint("a", "yes"), silent("b"), silent("c")]);
    const asked = askPanel(ports, PANEL, job).catch((error: unknown) => error);
    await settled();
    clock.advance(9_999);
    await settled();
    expect(journal.jointOutcomes).toEqual([]);
    clock.advance(1);
    expect(await asked).toMatchObject({ code: "deadline_exceeded" });
    expect(journal.outcomes).toHaveLength(3);
    expect(journal.jointOutcomes).toMatchObject([{ result: "failed", errorCode: "deadline_exceeded" }]);
    const [{ parts, costMicroUsd } = { parts: [], costMicroUsd: 0 }] = journal.jointOutcomes;
    expect(parts.map(({ errorCode }) => errorCode)).toEqual([undefined, "deadline_exceeded", "deadline_exceeded"]);
    expect(costMicroUsd).toBe(journal.outcomes.reduce((sum, outcome) => sum + (outcome.costMicroUsd ?? 0), 0));
  });

  it("is the caller's own deadline where that is shorter", async () => {
    const { ports, job, clock } = jointBox([silent("a"), silent("b"), silent("c")]);
    const request = { ...job.request, hints: { wantsMetadata: false, deadlineMs: 500 } };
    const asked = askPanel(ports, PANEL, { ...job, request }).catch((error: unknown) => error);
    await settled();
    clock.advance(500);
    expect(await asked).toMatchObject({ code: "deadline_exceeded" });
  });

  it("leaves its judge two fifths: a member that is not done by then counts as absent", async () => {
    const judge = { kind: "model", modelId: "judge", merges: true } as const;
    const endpoints = [endpoint("a", "yes"), endpoint("b", "no"), silent("c"), endpoint("judge", "perhaps")];
    const { ports, job, clock, journal } = jointBox(endpoints);
    const asked = askPanel(ports, { ...PANEL, judge }, job);
    await settled();
    clock.advance(6_000);
    expect(await textOf(await asked)).toContain("perhaps");
    expect(journal.jointOutcomes[0]?.parts.map(({ errorCode }) => errorCode)).toEqual([
      undefined,
      undefined,
      "superseded",
      undefined,
    ]);
  });
});

describe("a panel whose members are all too slow for its judge", () => {
  it("ends with `deadline_exceeded`, not as if the caller had gone", async () => {
    const judge = { kind: "model", modelId: "judge", merges: true } as const;
    const endpoints = [silent("a"), silent("b"), silent("c"), endpoint("judge", "perhaps")];
    const { ports, job, clock } = jointBox(endpoints);
    const asked = askPanel(ports, { ...PANEL, judge }, job).catch((error: unknown) => error);
    await settled();
    clock.advance(6_000);
    expect(await asked).toMatchObject({ code: "deadline_exceeded" });
  });
});

describe("the time of a plan", () => {
  const steps = [1, 2, 3].map((id) => ({ id: `${id}`, task: "Wait.", after: [] }));

  it("ends steps that take too long, and begins no others, so that the joiner has some", async () => {
    const worker = silent("worker");
    const endpoints = [endpoint("planner", JSON.stringify({ steps })), worker, endpoint("joiner", "all in all")];
    const { ports, job, clock, journal } = jointBox(endpoints);
    const asked = runPlan(ports, PLAN, job);
    await settled();
    expect(worker.calls).toHaveLength(2);
    clock.advance(7_000);
    expect(await textOf(await asked)).toContain("all in all");
    expect(worker.calls).toHaveLength(2);
    expect(journal.jointOutcomes).toMatchObject([{ result: "answered", verdict: "0 of 3 steps have results" }]);
  });

  it("ends all of it, and leaves no timer behind", async () => {
    const endpoints = [endpoint("planner", '{"steps": []}'), endpoint("worker", ""), silent("joiner")];
    const { ports, job, clock, journal } = jointBox(endpoints);
    const asked = runPlan(ports, PLAN, job).catch((error: unknown) => error);
    await settled();
    clock.advance(10_000);
    expect(await asked).toMatchObject({ code: "deadline_exceeded" });
    expect(journal.jointOutcomes).toMatchObject([{ result: "failed", errorCode: "deadline_exceeded" }]);
  });
});
