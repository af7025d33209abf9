import { DEFAULT_QUEUE_CLASSES } from "../../src/core/queue-policy.ts";
import { WORKLOAD_CLASSES } from "../../src/core/workload.ts";
import { AdmissionGate, type Entry } from "../../src/dispatch/admission/admission-gate.ts";

/*
 * What a place at an endpoint costs: alone, with others waiting, and in a flood that is refused. Run with
 * `npm run bench:queue`. Prints one line of JSON per case; times are microseconds of the processor for one request, its
 * refusal or its grant, release and the endpoint's load for one decision included.
 */

const SLOTS = 8;
const KEYS = 12;
const WARM_UP = 2_000;
const ROUNDS = 10_000;

const clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now(), after: () => () => undefined };

function entryAt(index: number): Entry {
  return {
    keyId: `key${index % KEYS}`,
    weight: 1,
    workloadClass: WORKLOAD_CLASSES[index % WORKLOAD_CLASSES.length] ?? "interactive",
    tier: index % 9 === 0 ? "priority" : "standard",
    promptTokens: 200 + (index % 50) * 20,
    expectedOutputTokens: 50 + (index % 30) * 10,
    signal: new AbortController().signal,
    patienceMs: Infinity,
    timeLeftMs: 600_000,
  };
}

function gateOf(requests: number, serviceMs: number): AdmissionGate {
  return new AdmissionGate({
    endpointId: "box/m",
    slots: SLOTS,
    limits: { requests, classes: DEFAULT_QUEUE_CLASSES },
    clock,
    serviceMsOf: () => serviceMs,
  });
}

/** Keeps `waiting` requests in the queue: each round one comes, and one that runs ends. */
async function served(waiting: number, rounds: number): Promise<void> {
  const gate = gateOf(Math.max(1, waiting), 1);
  const releases: (() => void)[] = [];
  const enter = (index: number): void =>
    void gate.enter(entryAt(index)).then((lease) => releases.push(() => lease.release()));
  for (let index = 0; index < (waiting === 0 ? 0 : SLOTS + waiting); index += 1) enter(index);
  await Promise.resolve();
  for (let round = 0; round < rounds; round += 1) {
    releases.shift()?.();
    await Promise.resolve();
    gate.load();
    enter(round);
    await Promise.resolve();
  }
}

/** A full queue of one key in which every newcomer of the same key is refused. */
function refused(waiting: number, rounds: number): void {
  const gate = gateOf(waiting, 1);
  const same = (index: number): Entry => ({
    ...entryAt(index),
    keyId: "flood",
    workloadClass: "batch",
    tier: "standard",
  });
  for (let index = 0; index < SLOTS + waiting; index += 1) gate.enter(same(index)).catch(() => undefined);
  for (let round = 0; round < rounds; round += 1) {
    gate.load();
    gate.refusalOf(same(round));
  }
}

const CASES: Readonly<Record<string, (rounds: number) => Promise<void> | void>> = {
  "a free place": (rounds) => served(0, rounds),
  "8 waiting": (rounds) => served(8, rounds),
  "64 waiting": (rounds) => served(64, rounds),
  "refused, 64 waiting": (rounds) => refused(64, rounds),
  "1024 waiting": (rounds) => served(1_024, rounds / 20),
};

for (const [name, run] of Object.entries(CASES)) {
  await run(WARM_UP);
  const rounds = name === "1024 waiting" ? ROUNDS / 20 : ROUNDS;
  const before = process.cpuUsage();
  await run(ROUNDS);
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(`${JSON.stringify({ case: name, cpuUs: Math.round(((user + system) / rounds) * 10) / 10 })}\n`);
}
