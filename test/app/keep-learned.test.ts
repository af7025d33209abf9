import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keepLearned } from "../../src/app/keep-learned.ts";
import { LearnedLengths } from "../../src/dispatch/learn/learned-lengths.ts";
import { DEFAULT_QUEUE_CLASSES } from "../../src/core/queue-policy.ts";
import type { EndpointFacts } from "../../src/core/endpoint.ts";
import { LiveEndpoint } from "../../src/dispatch/live-endpoint.ts";
import { ScriptedEndpoint, streamOf } from "../support/dispatch-box.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SHAPE = { exact: "interactive chat none text any", class: "interactive" };

function liveEndpoint(clock: ManualClock, facts: Partial<EndpointFacts> = {}): LiveEndpoint {
  return new LiveEndpoint({
    endpoint: new ScriptedEndpoint({ id: "acme/m", ...facts }, () => streamOf([])),
    queue: { requests: 1, classes: DEFAULT_QUEUE_CLASSES },
    readings: () => ({ loaded: true }),
    clock,
  });
}

/** A start of the box at `startMs` of the wall clock. */
async function keep(dataDir: string, startMs = 1_700_000_000_000, facts: Partial<EndpointFacts> = {}) {
  const clock = new ManualClock(startMs);
  const lengths = new LearnedLengths();
  const live = liveEndpoint(clock, facts);
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => void warnings.push(message) };
  const kept = await keepLearned({ dataDir, lengths, endpoints: () => [live], clock, log });
  return { clock, lengths, live, kept, warnings };
}

/** Ten answers that came after twice the predicted time, at 40 tokens a second. */
function learn({ live, clock }: { readonly live: LiveEndpoint; readonly clock: ManualClock }): void {
  for (let answer = 0; answer < 10; answer++) {
    clock.advance(1_000);
    const ratios = { firstContent: 2, writing: 1.5 };
    const speed = { firstContentMs: 500, decodeMs: 2_500, completionTokens: 100, meanRunning: 1 };
    live.attemptEnded({ startedAtMs: clock.monotonicMs(), ...speed, ratios });
  }
}

describe("what was learned about answers", () => {
  it("is there again after a restart", async () => {
    const dataDir = temporaryFolder();
    const first = await keep(dataDir);
    for (let time = 0; time < 10; time++) first.lengths.add("key1", SHAPE, "m", 100);
    await first.kept.close();
    const second = await keep(dataDir);
    expect(second.lengths.lengthsOf("key1", SHAPE).overall).toBeDefined();
    expect(second.warnings).toEqual([]);
    await second.kept.close();
    expect(readdirSync(dataDir)).toEqual(["learned.json"]);
  });

  it.each([
    ["cut off", '{"version":1,"lengths":['],
    ["of another version", '{"version":9,"lengths":[]}'],
    ["of nonsense in its speeds", '{"version":2,"savedAtMs":1,"lengths":[],"speeds":[{"endpointId":"acme/m"}]}'],
    ["of nonsense", '{"version":1,"lengths":[{"kind":"x","all":[[0,-5]],"models":[]}]}'],
  ])("begins anew, with a note in the log, where the file is %s", async (_, content) => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, "learned.json"), content);
    const { lengths, warnings, kept } = await keep(dataDir);
    expect(warnings).toEqual(["what was learned about answers can't be read; learning begins anew"]);
    expect(lengths.save()).toEqual([]);
    await kept.close();
    expect(JSON.parse(readFileSync(join(dataDir, "learned.json"), "utf8"))).toMatchObject({
      version: 2,
      lengths: [],
    });
  });

  it("is an endpoint's speed and how far its predictions were off, as if there had been no restart", async () => {
    const dataDir = temporaryFolder();
    const first = await keep(dataDir);
    learn(first);
    const before = first.live.snapshot().state;
    expect(before.corrections).toMatchObject({ firstContent: { p50: 2, count: 10 }, writing: { p50: 1.5 } });
    await first.kept.close();
    const second = await keep(dataDir, first.clock.wallMs() + 60_000);
    // Whether it fails is found out anew.
    const { errorRate: _, ...learned } = before;
    expect(second.live.snapshot().state).toEqual(learned);
    // What was four minutes old then is as old as it would have been.
    second.clock.advance(4.5 * 60_000);
    const later = second.live.snapshot().state;
    expect(later.corrections).toBeUndefined();
    expect(later.ttftMs).toBeUndefined();
    expect(later.decodeRates).toEqual([{ running: 1, tokensPerSecond: 40 }]);
    await second.kept.close();
  });

  it("is too old to correct by after a long stop, and where nobody knows how long it was", async () => {
    const dataDir = temporaryFolder();
    const first = await keep(dataDir);
    learn(first);
    await first.kept.close();
    for (const startMs of [first.clock.wallMs() + 3_600_000, first.clock.wallMs() - 3_600_000]) {
      const { live } = await keep(dataDir, startMs);
      expect(live.snapshot().state.corrections).toBeUndefined();
      expect(live.snapshot().state.decodeRates).toHaveLength(1);
    }
  });

  it("does not count for another server, device or number of slots under the same name", async () => {
    const dataDir = temporaryFolder();
    const first = await keep(dataDir);
    learn(first);
    await first.kept.close();
    for (const facts of [{ upstreamId: "other" }, { device: "cpu" }, { slots: 9 }, { id: "acme/n" }] as const) {
      const { live, warnings } = await keep(dataDir, first.clock.wallMs(), facts);
      expect(live.snapshot().state.decodeRates).toBeUndefined();
      expect(warnings).toEqual([]);
    }
  });

  it("takes up lengths that an earlier release has kept", async () => {
    const dataDir = temporaryFolder();
    const kind = { kind: "class interactive", all: [[10, 9]], models: [] };
    writeFileSync(join(dataDir, "learned.json"), JSON.stringify({ version: 1, lengths: [kind] }));
    const { lengths, warnings, kept } = await keep(dataDir);
    expect(warnings).toEqual([]);
    expect(lengths.lengthsOf("key1", SHAPE).overall?.count).toBe(9);
    await kept.close();
  });

  it("does not keep the box from running where it can't be written", async () => {
    const { kept, warnings } = await keep(join(temporaryFolder(), "gone"));
    await kept.close();
    expect(warnings).toEqual(["what was learned about answers could not be kept"]);
  });
});
