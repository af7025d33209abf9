import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlan } from "../../../src/joint/plan/read-plan.ts";

const step = (id: string, after: readonly string[] = []) => ({ id, task: `Do ${id}.`, after });
const read = (steps: unknown, most = 8) => readPlan(JSON.stringify({ steps }), most);

/** Names and, of each pair of them, whether the first waits for the second. */
const graphs = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 7 }).chain((ids) =>
  fc.record({
    ids: fc.constant(ids),
    edges: fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 })), { maxLength: 12 }),
  }),
);

describe("a planner's answer", () => {
  it("is a plan exactly where its steps can be done one after the other", () => {
    fc.assert(
      fc.property(graphs, ({ ids, edges }) => {
        const known = edges.filter(([from, to]) => from < ids.length && to < ids.length);
        const steps = ids.map((id, index) =>
          step(
            id,
            known.flatMap(([from, to]) => (from === index ? (ids[to] ?? []) : [])),
          ),
        );
        const result = read(steps);
        const done = new Set<string>();
        for (let round = 0; round < ids.length; round += 1)
          for (const { id, after } of steps) if (after.every((name) => done.has(name))) done.add(id);
        expect(result.kind).toBe(done.size === ids.length ? "plan" : "problem");
        if (result.kind === "plan")
          expect(result.steps.map(({ number }) => number)).toEqual(ids.map((_, index) => index + 1));
      }),
    );
  });

  it("never becomes anything else than a plan or a problem, whatever a model writes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify({ steps: value })),
        ),
        (text) => {
          expect(["plan", "problem"]).toContain(readPlan(text, 4).kind);
        },
      ),
    );
  });

  it("names steps by number, so that no text of the planner's is recorded", () => {
    expect(read([step("look up"), step("compare", ["look up", "look up"])])).toEqual({
      kind: "plan",
      steps: [
        { number: 1, task: "Do look up.", after: [] },
        { number: 2, task: "Do compare.", after: [1] },
      ],
    });
  });

  it("may have no steps, stand in a fence, and leave `after` out", () => {
    expect(read([])).toEqual({ kind: "plan", steps: [] });
    expect(readPlan('```json\n{"steps": [{"id": "a", "task": "Do it."}]}\n```', 4)).toMatchObject({ kind: "plan" });
  });

  it.each([
    ["more steps than it may have", [step("a"), step("b")], "it has 2 steps, and 1 are the most"],
    ["two steps of the same name", [step("a"), step("a")], "two steps have the same id"],
    ["a step after one that there is not", [step("a", ["z"])], "a step is after one that there is not"],
    ["a step without a task", [{ id: "a", task: " ", after: [] }], "a step's task is empty or too long"],
    ["a step that is none", ["a"], "it is not the JSON that was asked for"],
  ])("is a problem with %s", (_, steps, problem) => {
    expect(read(steps, problem.includes("most") ? 1 : 8)).toEqual({ kind: "problem", problem });
  });
});
