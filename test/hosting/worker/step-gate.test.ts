import { expect, test } from "vitest";
import { StepGate } from "../../../src/hosting/worker/step-gate.ts";

const never = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A gate on a clock that moves by what each evaluation is said to take, with a record of which slots began together. */
function makeGate(): {
  readonly gate: StepGate;
  readonly begun: string[];
  readonly evaluate: (slot: number, kind?: "prefill" | "decode", ms?: number) => Promise<void>;
} {
  let nowMs = 0;
  const gate = new StepGate(() => nowMs);
  const begun: string[] = [];
  let open: string[] = [];
  const evaluate = (slot: number, kind: "prefill" | "decode" = "decode", ms = 1): Promise<void> =>
    gate.run(slot, kind, never, async () => {
      if (open.length === 0)
        setImmediate(() => {
          begun.push(open.join("+"));
          open = [];
        });
      open.push(String(slot));
      await turn();
      nowMs += ms;
    });
  return { gate, begun, evaluate };
}

test("slots that go on after a step are in the next one together, in ascending order, however late they ask", async () => {
  const { begun, evaluate } = makeGate();
  const answer = async (slot: number, laps: number): Promise<void> => {
    for (let token = 0; token < 2; token++) {
      await evaluate(slot);
      for (let lap = 0; lap < laps; lap++) await Promise.resolve();
    }
  };
  await Promise.all([answer(2, 40), answer(0, 0), answer(1, 7)]);
  expect(begun).toEqual(["0+1+2", "0+1+2"]);
});

test("a slot that does not ask keeps nobody waiting", async () => {
  const { begun, evaluate } = makeGate();
  await Promise.all([evaluate(0), evaluate(1)]);
  await evaluate(1);
  expect(begun).toEqual(["0+1", "1"]);
});

test("a piece of a prompt is a step of its own, after a token for everybody who writes", async () => {
  const { gate, begun, evaluate } = makeGate();
  await Promise.all([evaluate(1, "prefill", 9), evaluate(2, "decode", 3), evaluate(0, "decode", 2)]);
  expect(begun).toEqual(["0", "2", "1"]);
  await turn();
  expect(gate.load).toEqual({ decodeRoundMs: 5, prefillingSlots: 1 });
  await evaluate(1, "prefill");
  await turn();
  expect(gate.load).toEqual({ decodeRoundMs: 0, prefillingSlots: 1 });
});

test("an evaluation that fails fails for its own slot only", async () => {
  const { gate, evaluate } = makeGate();
  const failing = gate.run(0, "decode", never, () => Promise.reject(new Error("broken")));
  const [failed, other] = await Promise.allSettled([failing, evaluate(1)]);
  expect([failed.status, other.status]).toEqual(["rejected", "fulfilled"]);
  await evaluate(0);
});

test("a slot that is cancelled while it waits is gone at once and never evaluated", async () => {
  const { gate, evaluate } = makeGate();
  const cancel = new AbortController();
  let isEvaluated = false;
  const running = evaluate(0);
  const waiting = gate.run(1, "prefill", cancel.signal, async () => {
    isEvaluated = true;
  });
  cancel.abort(new Error("gone"));
  await expect(waiting).rejects.toThrow("gone");
  await running;
  await evaluate(2);
  expect(isEvaluated).toBe(false);
  await expect(gate.run(1, "decode", cancel.signal, () => Promise.resolve())).rejects.toThrow("gone");
});
