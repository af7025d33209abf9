import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { MemoryView } from "../../src/core/memory-view.ts";
import { COLLECTABLE, garbageCollectorOf } from "../support/collect-garbage.ts";
import { buildTestModel } from "../support/build-test-model.ts";
import { cloudProvider } from "../support/faulty-provider.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat } from "../support/upstream-behaviours.ts";
import { startUpstreamServer } from "../support/upstream-server.ts";
import { childrenOf } from "../support/worker-processes.ts";

/** SOAK_MINUTES shortens it for a look. */
const DURATION_MS = Number(process.env["SOAK_MINUTES"] ?? 30) * 60_000;
const CLIENTS = 6;
/** A share of the requests whose client leaves before the end. */
const LEAVING_SHARE = 0.25;
const KILL_INTERVAL_MS = 20_000;
const SAMPLE_INTERVAL_MS = 5_000;
/** Longer than any queue, load and answer here: a request that takes longer is lost. */
const REQUEST_LIMIT_MS = 120_000;
const SETTLE_MS = 30_000;
/**
 * How far the resident size of the gateway may drift between the second fifth of the run and the last. It is taken behind a
 * collection: what V8 keeps for garbage between two of them moves it by a third without a leak, and would hide one.
 */
const DRIFT_MAX = 0.1;
/** Sizes in each of the two fifths, and how long memory has to go back to the system. */
const SETTLED_SAMPLES = 8;
const GIVE_BACK_MS = 1_500;
const MODELS = ["soak/small", "soak/other", "soak/third", "soak/shared"] as const;

type Outcome = "answered" | "left" | "refused" | "failed" | "broke off" | "lost";

/** Repeatable chance, so that a run can be looked at again. @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One request from beginning to end: how it ended, whatever that was. What nobody can account for is noted in `lost`. */
async function oneRequest(box: RunningBox, chance: () => number, lost: string[]): Promise<Outcome> {
  const leaves = chance() < LEAVING_SHARE;
  const leaver = new AbortController();
  const limit = AbortSignal.timeout(REQUEST_LIMIT_MS);
  if (leaves) void delay(chance() * 400).then(() => leaver.abort());
  const stream = chance() < 0.7;
  const words = Array.from({ length: 1 + Math.floor(chance() * 120) }, () => "word").join(" ");
  const body = {
    model: MODELS[Math.floor(chance() * MODELS.length)],
    stream,
    max_tokens: 1 + Math.floor(chance() * 40),
    messages: [{ role: "user", content: words }],
  };
  try {
    const response = await fetch(`${box.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.any([leaver.signal, limit]),
    });
    const text = await response.text();
    if (response.status === 429 || response.status === 503) return "refused";
    if (response.status !== 200 && text.includes('"code"')) return "failed";
    if (response.status === 200 && (!stream || text.includes("[DONE]"))) return "answered";
    if (response.status === 200 && text.includes('"error"')) return "broke off";
    lost.push(`${response.status} ${JSON.stringify(body)}: ${text.slice(-500)}`);
    return "lost";
  } catch (error) {
    if (leaver.signal.aborted) return "left";
    lost.push(`${JSON.stringify(body)}: ${String(error)} ${String((error as Error).cause)}`);
    return "lost";
  }
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1_024;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function untilStill(holds: () => Promise<boolean>): Promise<boolean> {
  const until = Date.now() + SETTLE_MS;
  while (Date.now() < until) {
    if (await holds()) return true;
    await delay(200);
  }
  return false;
}

test.skipIf(process.platform !== "linux")(
  "random loads, leaving clients, kills and model switches leave no leak, no stuck slot and no lost request",
  { timeout: DURATION_MS + 10 * 60_000 },
  async () => {
    const cloud = await startUpstreamServer({ behave: chat({ pieces: ["From", " elsewhere"] }) });
    const shared = { keepLoaded: "20s", device: "cpu", contextTokens: 1_024, slots: 2 };
    const nano = await buildTestModel("noise");
    const price = { input: 1, output: 2 };
    const box = await runBox({
      environment: COLLECTABLE,
      config: {
        box: { memory: { cpu: "500mb" } },
        network: { egress: "allowlisted" },
        models: MODELS.map((id, index) => ({ id, file: nano, ...shared, slots: 1 + (index % 2) })),
        providers: [
          cloudProvider("cloud", cloud.baseUrl, { models: [{ id: "soak/shared", contextTokens: 4_096, price }] }),
        ],
      },
    });
    const pid = box.process.pid ?? -1;
    const garbage = await garbageCollectorOf(box);
    const settled: { readonly early: number[]; readonly late: number[] } = { early: [], late: [] };
    const outcomes: Record<Outcome, number> = { answered: 0, left: 0, refused: 0, failed: 0, "broke off": 0, lost: 0 };
    const sizes: number[] = [];
    const lost: string[] = [];
    let kills = 0;
    const until = Date.now() + DURATION_MS;
    const client = async (seed: number): Promise<void> => {
      const chance = chanceFrom(seed);
      while (Date.now() < until) outcomes[await oneRequest(box, chance, lost)] += 1;
    };
    const killer = async (): Promise<void> => {
      const chance = chanceFrom(99);
      while (Date.now() < until) {
        await delay(KILL_INTERVAL_MS);
        const workers = childrenOf(pid).filter(({ commandLine }) => commandLine.includes("soak/"));
        const victim = workers[Math.floor(chance() * workers.length)];
        if (victim === undefined) continue;
        process.kill(victim.pid, "SIGKILL");
        kills += 1;
      }
    };
    const sampler = async (): Promise<void> => {
      while (Date.now() < until) {
        await delay(SAMPLE_INTERVAL_MS);
        sizes.push(residentBytes(pid));
      }
    };
    const settledSampler = async (): Promise<void> => {
      const startedMs = until - DURATION_MS;
      const fifthMs = DURATION_MS / 5;
      for (const [name, fifth] of [
        ["early", 1],
        ["late", 4],
      ] as const) {
        for (let sample = 0; sample < SETTLED_SAMPLES; sample++) {
          const atMs = startedMs + (fifth + sample / SETTLED_SAMPLES) * fifthMs;
          await delay(Math.max(0, atMs - Date.now()));
          await garbage.collect();
          await delay(GIVE_BACK_MS);
          settled[name].push(residentBytes(pid));
        }
      }
    };
    try {
      const clients = Array.from({ length: CLIENTS }, (_, index) => client(index + 1));
      await Promise.all([...clients, killer(), sampler(), settledSampler()]);
      const isStill = await untilStill(async () => {
        const memory = (await (await box.get("/admin/memory")).json()) as MemoryView;
        const endpoints = (await (await box.get("/admin/endpoints")).json()) as readonly {
          readonly state: { readonly running: number; readonly queued: number };
        }[];
        return (
          memory.models.every(({ leases, waiting }) => leases === 0 && waiting === 0) &&
          endpoints.every(({ state }) => state.running === 0 && state.queued === 0)
        );
      });
      const memory = (await (await box.get("/admin/memory")).json()) as MemoryView;
      const fifth = Math.floor(sizes.length / 5);
      const [early, late] = [sizes.slice(fifth, 2 * fifth), sizes.slice(-fifth)];
      const medianBytes = { early: median(early), late: median(late) };
      const settledBytes = { early: median(settled.early), late: median(settled.late) };
      const { loads, evictions, idleUnloads, refusedSwaps } = memory;
      const moves = { loads, evictions, idleUnloads, refusedSwaps };
      process.stderr.write(`soak ${JSON.stringify({ outcomes, kills, moves, medianBytes, settledBytes })}\n`);
      expect(isStill).toBe(true);
      expect(lost).toEqual([]);
      expect(outcomes.answered).toBeGreaterThan(0);
      expect(kills).toBeGreaterThan(0);
      expect(evictions + idleUnloads).toBeGreaterThan(0);
      expect(Math.abs(settledBytes.late / settledBytes.early - 1)).toBeLessThan(DRIFT_MAX);
      const verified = await box.command("audit", "verify", "--json");
      expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
    } finally {
      garbage.close();
      await box.stop();
      await cloud.close();
    }
  },
);
