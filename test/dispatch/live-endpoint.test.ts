import { describe, expect, it } from "vitest";
import { LiveEndpoint } from "../../src/dispatch/live-endpoint.ts";
import { ProviderBreaker } from "../../src/routing/provider-breaker.ts";
import { chunk, dispatchBox, ScriptedEndpoint, streamOf } from "../support/dispatch-box.ts";
import { CLASSES, entry } from "./admission/tickets.ts";
import { ManualClock } from "../support/manual-clock.ts";

const ANSWER = [chunk("Hello"), chunk("", { finishReason: "stop" })];

/** Whether a promise has resolved by now. */
async function isResolved(promise: Promise<void>): Promise<boolean> {
  let resolved = false;
  void promise.then(() => {
    resolved = true;
  });
  await new Promise((turn) => setImmediate(turn));
  return resolved;
}

describe("an endpoint that is taken out of use", () => {
  it("is in use from the decision until its answer has been read to the end", async () => {
    const box = dispatchBox([new ScriptedEndpoint({ id: "box/m" }, () => streamOf(ANSWER))]);
    const [live] = box.live;
    const asked = box.service.execute(box.job());
    const unused = live?.whenUnused() ?? Promise.reject(new Error("no endpoint"));
    const execution = await asked;
    expect(await isResolved(unused)).toBe(false);
    for await (const _ of execution.events) expect(await isResolved(unused)).toBe(false);
    await unused;
  });

  it("is no longer in use when its attempt could not be recorded", async () => {
    const box = dispatchBox([new ScriptedEndpoint({ id: "box/m" }, () => streamOf(ANSWER))]);
    const { SignalboxError } = await import("../../src/core/errors.ts");
    box.journal.failure = new SignalboxError("audit_unavailable", "disk full");
    await expect(box.service.execute(box.job())).rejects.toMatchObject({ code: "audit_unavailable" });
    await box.live[0]?.whenUnused();
  });

  it("is no longer in use when it failed before any content", async () => {
    const { SignalboxError } = await import("../../src/core/errors.ts");
    const failing = new ScriptedEndpoint({ id: "box/m" }, () =>
      streamOf([], new SignalboxError("upstream_failed", "no")),
    );
    const box = dispatchBox([failing]);
    await expect(box.service.execute(box.job())).rejects.toMatchObject({ code: "upstream_failed" });
    await box.live[0]?.whenUnused();
  });
});

describe("an endpoint that takes another one's place", () => {
  const clock = new ManualClock();
  const make = (replaces?: LiveEndpoint) =>
    new LiveEndpoint({
      endpoint: new ScriptedEndpoint({ id: "acme/m", slots: 1 }, () => streamOf(ANSWER)),
      queue: { requests: 3, classes: CLASSES },
      readings: () => ({ loaded: true }),
      clock,
      ...(replaces === undefined ? {} : { replaces }),
    });

  it("goes on with its queue, its breaker and what it has learned", async () => {
    const old = make();
    await old.enter(entry());
    old.attemptEnded({ startedAtMs: 0, firstContentMs: 120, decodeMs: 1_000, completionTokens: 50 });
    for (let failure = 0; failure < 10; failure++) old.attemptEnded({ startedAtMs: 0, errorCode: "upstream_failed" });
    const { state } = make(old).snapshot();
    expect(state).toMatchObject({ running: 1, breaker: "open", ttftMs: { p50: 120 }, tokensPerSecond: { p50: 50 } });
  });
});

describe("an endpoint that works again", () => {
  const fail = (live: LiveEndpoint, errorCode: "upstream_failed" | "upstream_unreachable"): void => {
    for (let failure = 0; failure < 3; failure++) live.attemptEnded({ startedAtMs: 0, errorCode });
  };
  const succeed = (live: LiveEndpoint, clock: ManualClock): void => {
    live.attemptStarted();
    live.attemptEnded({ startedAtMs: clock.monotonicMs() });
  };
  const make = (id: string, clock: ManualClock, provider?: ProviderBreaker) =>
    new LiveEndpoint({
      endpoint: new ScriptedEndpoint({ id, slots: 4 }, () => streamOf(ANSWER)),
      queue: { requests: 3, classes: CLASSES },
      readings: () => ({ loaded: true }),
      clock,
      provider,
    });

  it("is passed over while it has as many requests as it is trusted with so soon after", async () => {
    const clock = new ManualClock();
    const live = make("acme/m", clock);
    fail(live, "upstream_failed");
    clock.advance(2_000);
    succeed(live, clock);
    expect(live.snapshot().state.recovering).toBeUndefined();
    await live.enter(entry());
    expect(live.snapshot().state.recovering).toBe(true);
    clock.advance(15_000);
    expect(live.snapshot().state.recovering).toBeUndefined();
    await live.enter(entry());
    expect(live.snapshot().state.recovering).toBe(true);
    clock.advance(15_000);
    expect(live.snapshot().state.recovering).toBeUndefined();
  });

  it("is passed over, too, while its provider has as many at all of its endpoints", () => {
    const clock = new ManualClock();
    const provider = new ProviderBreaker();
    const [live, other] = [make("acme/m", clock, provider), make("acme/other", clock, provider)];
    fail(live, "upstream_unreachable");
    clock.advance(2_000);
    succeed(live, clock);
    expect(other.snapshot().state.recovering).toBeUndefined();
    live.attemptStarted();
    expect(other.snapshot().state.recovering).toBe(true);
    clock.advance(30_000);
    expect(other.snapshot().state.recovering).toBeUndefined();
  });
});

describe("what an endpoint learns of its speed", () => {
  it("leaves out an answer whose model had to be loaded for it, and remembers how long that took", async () => {
    let loaded = false;
    const endpoint = new ScriptedEndpoint({ id: "box/m" }, async function* () {
      box.clock.advance(loaded ? 100 : 9_000);
      loaded = true;
      yield chunk("Hello");
      box.clock.advance(1_000);
      for (let index = 0; index < 9; index++) yield chunk("more");
      yield chunk("", { finishReason: "stop" });
    });
    const box = dispatchBox([endpoint], { isLoaded: () => loaded });
    const ask = async () => {
      const execution = await box.service.execute(box.job());
      for await (const _ of execution.events);
      return box.live[0]?.snapshot().state;
    };
    const afterLoad = await ask();
    expect(afterLoad?.ttftMs).toBeUndefined();
    expect(afterLoad?.loadMs).toBe(9_000);
    expect(await ask()).toMatchObject({ ttftMs: { p50: 100, count: 1 }, tokensPerSecond: { p50: 10, count: 1 } });
  });
});
