import { describe, expect, it } from "vitest";
import type { CompiledPolicy } from "../../src/core/policy-port.ts";
import { parseVerdict } from "../../src/measure/judge-answers.ts";
import { OPEN_POLICY } from "../support/dispatch-box.ts";
import { chat, stallAfter, status } from "../support/upstream-behaviours.ts";
import { CALLER, comparisonBox } from "./comparison-box.ts";

const PAYER = "comparisons:2023-11-14";

function policyThatForbids(location: string, dataClass: string): CompiledPolicy {
  return {
    ...OPEN_POLICY,
    constraints: [
      {
        id: "not-there",
        when: ({ data }) => data.class === dataClass,
        require: ({ endpoint }) => endpoint?.location !== location,
        requireText: `endpoint.location != "${location}"`,
      },
    ],
  };
}

describe("a comparison", () => {
  it("begins when the caller has the answer, and makes the task harder for the team whose answers need a strong model", async () => {
    const box = await comparisonBox();
    const difficulty = () => box.records.feedback.correctionOf(CALLER, taskOf(box));
    expect(await box.ask()).toContain("the right answer");
    await box.comparer.settled();
    expect(box.asked()).toEqual(["strong", "cheap", "judge"]);
    expect(box.outcomes).toEqual(["worse"]);
    const once = difficulty();
    expect(once).toMatchObject({ count: 1, whose: "team support's" });
    expect(once?.logOdds).toBeGreaterThan(0);
    // The answers stand the other way round for the judge now.
    await box.ask({ stream: true });
    await box.comparer.settled();
    expect(box.outcomes).toEqual(["worse", "worse"]);
    expect(difficulty()?.logOdds).toBeGreaterThan(once?.logOdds ?? 0);
  });

  it("makes the task easier where the cheap model is as good", async () => {
    const box = await comparisonBox({ answers: { cheap: chat({ pieces: ["also right"] }) } });
    await box.ask();
    await box.comparer.settled();
    expect(box.outcomes).toEqual(["as-good"]);
    expect(box.records.feedback.correctionOf(CALLER, taskOf(box))?.logOdds).toBeLessThan(0);
  });

  it("is on record as what it is: whose data, for which request, by which judge, and nobody but the box pays", async () => {
    const box = await comparisonBox();
    await box.ask();
    await box.comparer.settled();
    const own = box.leaves.list({ kind: "attempt" }).filter(({ keyId }) => keyId === PAYER);
    expect(own).toHaveLength(2);
    for (const leaf of own)
      expect(leaf).toMatchObject({
        comparisonOf: "req_1",
        team: "signalbox:comparisons",
        tags: ["signalbox:comparison"],
      });
    expect(box.leaves.list({ kind: "feedback" })).toMatchObject([
      {
        ...{ keyId: "key_caller", byKeyId: PAYER, team: "support", endpointId: "local/cheap", score: 0 },
        comparison: { of: "req_1", withEndpointId: "acme/strong", judgeEndpointId: "bench/judge" },
      },
    ]);
    expect(box.records.keys.spendOf("key_caller").settledMicroUsd).toBe(70);
    expect(box.records.keys.spendOf(PAYER)).toMatchObject({ settledMicroUsd: 140, reservedMicroUsd: 0 });
  });

  it("sends nothing to an endpoint that the policy forbids for the caller's data", async () => {
    const box = await comparisonBox({ policy: policyThatForbids("site", "confidential") });
    await box.ask({}, { "x-data-class": "confidential" });
    await box.comparer.settled();
    expect(box.outcomes).toEqual(["not-permitted"]);
    expect(box.asked()).toEqual(["strong"]);
    await box.ask();
    await box.comparer.settled();
    expect(box.outcomes).toEqual(["not-permitted", "worse"]);
  });

  it("shows the judge nothing that it may not see, though the cheap model may", async () => {
    const box = await comparisonBox({
      policy: {
        ...OPEN_POLICY,
        constraints: [
          {
            id: "no-bench",
            when: () => true,
            require: ({ endpoint }) => endpoint?.provider !== "bench",
            requireText: 'endpoint.provider != "bench"',
          },
        ],
      },
    });
    await box.ask();
    await box.comparer.settled();
    expect(box.asked()).toEqual(["strong", "cheap"]);
    expect(box.outcomes).toEqual(["not-permitted"]);
  });

  it.each([
    ["only", { only: ["acme"] }],
    ["ignore", { ignore: ["local"] }],
    ["zdr", { zdr: true }],
    ["order without fallbacks", { order: ["acme"], allow_fallbacks: false }],
  ])("keeps to what the caller says of providers: %s", async (_, provider) => {
    const box = await comparisonBox();
    await box.ask({ provider });
    await box.comparer.settled();
    expect(box.outcomes).toEqual(["not-permitted"]);
    expect(box.asked()).toEqual(["strong"]);
  });

  it("stops where the day's budget ends", async () => {
    const box = await comparisonBox({ comparisons: { budgetPerDay: 0.000_01 } });
    await box.ask();
    await box.comparer.settled();
    expect(box.outcomes).toEqual(["budget"]);
    expect(box.asked()).toEqual(["strong"]);
  });

  it("leaves a cheap model alone that has no place free, and drops what it can't keep up with", async () => {
    const box = await comparisonBox({ answers: { cheap: stallAfter() } });
    await box.ask();
    await box.upstream.received(2);
    for (let more = 0; more < 18; more++) await box.ask();
    expect(box.outcomes).toEqual(["dropped", "dropped"]);
    await box.comparer.stop();
    expect(box.outcomes).toEqual(["dropped", "dropped", "failed"]);
  });

  it.each([
    ["is off", { comparisons: null }, {}],
    ["has a share of nothing", { comparisons: { share: 0 } }, {}],
    ["is asked for several answers", {}, { n: 2 }],
    ["is asked with tools", {}, { tools: [{ type: "function", function: { name: "f", parameters: {} } }] }],
    ["is answered by the cheap model itself", {}, { model: "cheap" }],
  ])("is none where the box %s", async (_, setup, fields) => {
    const box = await comparisonBox(setup);
    await box.ask(fields);
    await box.comparer.settled();
    expect(box.outcomes).toEqual([]);
    expect(box.asked()).toHaveLength(1);
  });

  it("teaches nothing where the judge says nothing or somebody fails, and the caller never hears of it", async () => {
    const vague = await comparisonBox({ answers: { judge: chat({ pieces: ["Hard to say."] }) } });
    expect(await vague.ask()).toContain("the right answer");
    await vague.comparer.settled();
    expect(vague.outcomes).toEqual(["unclear"]);
    const broken = await comparisonBox({ answers: { cheap: status(500, { error: { message: "no" } }) } });
    expect(await broken.ask()).toContain("the right answer");
    await broken.comparer.settled();
    expect(broken.outcomes).toEqual(["failed"]);
    expect(broken.errors).toEqual([]);
    for (const box of [vague, broken]) expect(box.leaves.list({ kind: "feedback" })).toEqual([]);
  });

  it("is none of an answer that the caller did not wait for, whose endpoint is told so", async () => {
    const box = await comparisonBox({
      answers: { strong: stallAfter('data: {"choices":[{"delta":{"content":"a"}}]}\n\n') },
    });
    const { events } = await box.begin({ stream: true });
    await events[Symbol.asyncIterator]().return?.();
    await box.upstream.idle();
    expect(box.outcomes).toEqual([]);
    expect(box.leaves.list({ kind: "outcome" })).toMatchObject([{ result: "cancelled" }]);
  });
});

describe("a verdict", () => {
  it.each([
    ["A", "first"],
    ["The better answer is B.", "second"],
    ["Equal", "equal"],
    ["Answer A is wrong, so: B", "second"],
    ["neither", undefined],
    ["", undefined],
  ])("is the last word that is one: %j", (text, verdict) => {
    expect(parseVerdict(text)).toBe(verdict);
  });
});

function taskOf(box: Awaited<ReturnType<typeof comparisonBox>>): string {
  const [leaf] = box.leaves.list({ kind: "feedback" });
  return String(leaf?.["task"]);
}
