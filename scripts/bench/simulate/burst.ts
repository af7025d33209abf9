import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadConfig } from "../../../src/config/load-config.ts";
import { queueClassesOf } from "../../../src/app/build-endpoints.ts";
import { readEndpointRates, type RatedEndpoint } from "../../../src/app/read-endpoint-rates.ts";
import { readPolicy } from "../../../src/app/read-policy.ts";
import { readTrace } from "../../../src/app/read-trace.ts";
import { simulateLoad, type SimulatedLoad } from "../../../src/app/simulate-load.ts";
import { ROUTERS, type RouterName } from "../../../src/simulate/choose-order.ts";
import { composeTrace } from "../../../src/simulate/compose-trace.ts";
import { percentile } from "../../../src/simulate/percentile.ts";
import { seededRandom } from "../../../src/simulate/seeded-random.ts";
import type { TracedRequest } from "../../../src/simulate/traced-request.ts";

/*
 * What bursting is worth: `npm run bench:simulate -- --code FILE --conv FILE`, two traces of calls for code and of
 * conversations, and a stream of agents' calls that is made up here, because no public trace has one. It looks for the rate
 * of arrivals at which the house's GPU alone has a p95 of the time to the first token three times that of an empty house,
 * and plays that load with the cloud under every router.
 */

const SEED = 1;
/** Agents' calls: one a second, 1,300 prompt tokens of which 1,024 are the same tools and rules, 40 answer tokens. */
const AGENT_GAP_MS = 1_000;
const AGENT_PROMPT_TOKENS = 1_300;
const AGENT_OUTPUT_TOKENS = 40;
const AGENT_PREFIX = [-1, -2];
/** The limit of the policy's route for agents. */
const AGENT_LIMIT_MS = 2_000;
const INFLATION = 3;
const TOLERATED = 1.25;
/** Arrivals so rare that nobody meets anybody. */
const EMPTY_RATE = 0.005;
const SEARCH_STEPS = 9;

const { values } = parseArgs({
  options: { code: { type: "string" }, conv: { type: "string" }, json: { type: "boolean", default: false } },
});
if (values.code === undefined || values.conv === undefined) {
  process.stderr.write("Name two traces: --code FILE --conv FILE (docs/simulation.md says where to find them).\n");
  process.exit(2);
}
const traces = [
  readTrace({ file: values.code, name: "code", workloadClass: "generative" }),
  readTrace({ file: values.conv, name: "conv", workloadClass: "interactive" }),
];
const simulations = new URL("../../../config/simulations/", import.meta.url);
const endpoints = readEndpointRates(fileURLToPath(new URL("house-with-burst.yaml", simulations)));
const house = endpoints.filter(({ facts }) => facts.location !== "cloud");
const configured = loadConfig(fileURLToPath(new URL("../../../config/appliance.yaml", import.meta.url)));
if (!configured.ok) throw new Error(`The shipped configuration is refused: ${JSON.stringify(configured.problems)}`);
const { dataClasses, queues } = configured.config;
const read = readPolicy(fileURLToPath(new URL("house-with-burst-policy.yaml", simulations)), {
  endpoints: endpoints.map(({ facts }) => facts),
  dataClasses,
});
if (!read.ok) throw new Error(`The policy is refused: ${JSON.stringify(read.problems)}`);
const { policy } = read;

/** The traces' arrivals `rate` times as fast, with the agents', whose rate stays. */
function loadAt(rate: number): readonly TracedRequest[] {
  const calls = composeTrace({ traces, rate, seed: SEED });
  const random = seededRandom(SEED);
  const agents: TracedRequest[] = [];
  const lastMs = calls.at(-1)?.atMs ?? 0;
  for (let atMs = 0; atMs < lastMs; atMs -= AGENT_GAP_MS * Math.log(1 - random()))
    agents.push({
      atMs,
      promptTokens: AGENT_PROMPT_TOKENS,
      outputTokens: AGENT_OUTPUT_TOKENS,
      stream: "agents",
      workloadClass: "agentic",
      prefixIds: [...AGENT_PREFIX, agents.length],
    });
  return [...calls, ...agents].toSorted((a, b) => a.atMs - b.atMs);
}

function play(requests: readonly TracedRequest[], places: readonly RatedEndpoint[], router: RouterName): SimulatedLoad {
  const classes = queueClassesOf(queues);
  return simulateLoad({ requests, endpoints: places, policy, dataClasses, classes, router, seed: SEED, startsAtMs: 0 });
}

/** 95th percentile of the time to the first token over the calls of both traces. */
function p95Of({ outcomes }: SimulatedLoad): number {
  const ttfts = [...outcomes.ttftMs].filter((ms, index) => outcomes.classOf(index) !== "agentic" && !Number.isNaN(ms));
  return percentile(Float64Array.from(ttfts).sort(), 0.95) ?? NaN;
}

const emptyMs = p95Of(play(composeTrace({ traces, rate: EMPTY_RATE, seed: SEED }), house, "signalbox"));
let [low, high] = [EMPTY_RATE, 1];
for (let step = 0; step < SEARCH_STEPS; step++) {
  const middle = (low + high) / 2;
  if (p95Of(play(loadAt(middle), house, "signalbox")) < INFLATION * emptyMs) low = middle;
  else high = middle;
}
const requests = loadAt(high);
const alone = play(requests, house, "signalbox");
const runs = ROUTERS.map((router) => play(requests, endpoints, router));
report();

function report(): void {
  const rows = [
    { name: "house alone", run: alone },
    ...runs.map((run) => ({ name: `with the cloud, ${run.router}`, run })),
  ].map(({ name, run }) => {
    const { all, classes, endpoints: places } = run.summary;
    return {
      name,
      ttftP95Ms: Math.round(p95Of(run)),
      overEmpty: Number((p95Of(run) / emptyMs).toFixed(2)),
      agentsP95Ms: Math.round(classes["agentic"]?.ttftMs?.p95 ?? NaN),
      agentsP99Ms: Math.round(classes["agentic"]?.ttftMs?.p99 ?? NaN),
      agentsOnCpuP99Ms: Math.round(cpuP99Of(run)),
      burstShare: Number((all.burst / all.finished).toFixed(4)),
      costUsd: all.costMicroUsd / 1e6,
      refused: all.refused,
      gpuBusy: Number((places.find(({ endpointId }) => endpointId === "box/large")?.busyShare ?? 0).toFixed(3)),
    };
  });
  const signalbox = rows[1];
  const met = (holds: boolean | undefined): string => (holds === true ? "met" : "NOT met");
  if (values.json)
    process.stdout.write(`${JSON.stringify({ emptyMs, rate: high, requests: requests.length, rows }, undefined, 2)}\n`);
  else {
    print(`empty house: p95 of the time to the first token ${Math.round(emptyMs)} ms`);
    print(
      `rate ${high.toFixed(3)} of the traces': ${requests.length} requests in ${Math.round((requests.at(-1)?.atMs ?? 0) / 1_000)} s`,
    );
    for (const { name, ...row } of rows) print(`${name.padEnd(32)} ${JSON.stringify(row)}`);
  }
  print(
    `p95 with bursting below ${TOLERATED} times the empty house's: ${met((signalbox?.overEmpty ?? Infinity) < TOLERATED)}`,
  );
  print(
    `agents on the CPU below ${AGENT_LIMIT_MS} ms, 99 of 100: ${met((signalbox?.agentsOnCpuP99Ms ?? Infinity) < AGENT_LIMIT_MS)}`,
  );
}

function cpuP99Of({ outcomes, endpoints: places }: SimulatedLoad): number {
  const cpu = places.findIndex(({ spec }) => spec.facts.device === "cpu");
  const ttfts = [...outcomes.ttftMs].filter((_, index) => outcomes.endpoint[index] === cpu);
  return percentile(Float64Array.from(ttfts).sort(), 0.99) ?? NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
