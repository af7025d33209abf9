import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { measure, type Target } from "./gateway/measure.ts";
import { ADMIN_KEY, startBox, startProcess, stopProcess } from "./start-process.ts";
import { median, percentile } from "./statistics.ts";

const USAGE = `Measures what is off unless it is asked for adds to a request: the memory of sessions, the routing gain, shadow
comparisons, and cascades. Each beside the same request without it: one request at a time, in many short rounds with a ratio for each,
of which the median and the middle half are told, and the processor time of the box for a request. A cascade is measured with the shipped model; everything else in front of a tiny upstream.

  node scripts/bench/extras.ts [--rounds N] [--seconds N] [--json]
`;

const LOCAL = "plain, this box";

/** Between two measurements, so that neither pays for the other. */
const SETTLING_MS = 200;

const NANO = resolve(import.meta.dirname, "../../models/nano.gguf");

/** Cascades by the request's metadata, so that one box answers with and without. */
const POLICY = `
apiVersion: signalbox/v1
routes:
  - id: kept
    when: '"kept" in request.metadata'
    prefer: ['endpoint.location == "box"']
    cascade: {minMeanLogprob: -20}
  - id: goes-on
    when: '"goes-on" in request.metadata'
    prefer: ['endpoint.location == "box"']
    cascade: {minMeanLogprob: -0.000001}
  - id: plain
    prefer: ['endpoint.location == "box"']
tests:
  - {name: without metadata nothing cascades, expect: {route: plain}}
`;

const MESSAGES = [
  { role: "system", content: "You answer briefly. ".repeat(20) },
  { role: "user", content: "What is the capital of France? ".repeat(12) },
];

const QUESTION = [
  { role: "user", content: "Classify the sentiment: The room was lovely and the staff were friendly." },
];

/** One way to ask, and the one that it is compared with. */
interface Measured extends Target {
  /** Of the box. */
  readonly pid: number;
  readonly against: string;
}

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    seconds: { type: "string", default: "0.3" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const children: ChildProcess[] = [];
const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
try {
  if (values.help) process.stdout.write(USAGE);
  else await run(Number(values.rounds), Number(values.seconds) * 1_000);
} finally {
  for (const child of children) await stopProcess(child);
  await rm(folder, { recursive: true, force: true });
}

async function run(rounds: number, durationMs: number): Promise<void> {
  const { child, firstLine } = await startProcess(["scripts/bench/gateway/upstream.ts"]);
  children.push(child);
  const baseUrl = `http://127.0.0.1:${firstLine}/v1`;
  const plain = await startBoxWith("plain", baseUrl, {});
  const gain = await startBoxWith("gain", baseUrl, { gain: { baseline: "bench/cheap", share: 1 } });
  const comparisons = { budgetPerDay: 1_000, share: 1, cheap: "bench/cheap", judge: "bench/judge" };
  const compared = await startBoxWith("compared", baseUrl, { comparisons });
  const policies = join(folder, "cascade.yaml");
  await writeFile(policies, POLICY);
  const models = [{ id: "signalbox/nano", file: NANO, slots: 2, contextTokens: 1024 }];
  const local = await startBoxWith("cascade", baseUrl, { models, policies });
  const large = { model: "bench/large", messages: MESSAGES, max_tokens: 128 };
  const small = { model: "auto", messages: QUESTION, max_tokens: 32, temperature: 0 };
  const all: readonly Measured[] = [
    ask("plain", plain, large),
    ask("with a session", plain, { ...large, session_id: "one" }),
    ask("routing gain of every request", gain, large),
    ask("comparison of every answer", compared, large),
    ask(LOCAL, local, small, LOCAL),
    ask("cascade, answer kept", local, { ...small, metadata: { kept: "1" } }, LOCAL),
    ask("cascade, goes on", local, { ...small, metadata: { "goes-on": "1" } }, LOCAL),
  ];
  for (const each of all) await measure(each, 4, durationMs);
  const shown = new Map<string, Shown>(all.map(({ name }) => [name, { p50sUs: [], requests: 0, processorUs: 0 }]));
  for (let round = 0; round < rounds; round++)
    // Every other round backwards, so that nobody always comes after the same.
    for (const each of round % 2 === 0 ? all : all.toReversed()) await add(each, durationMs, shown.get(each.name));
  report(all, shown);
}

/** What the rounds of one way to ask have shown. */
interface Shown {
  readonly p50sUs: number[];
  requests: number;
  /** Of the box's process, its threads and what it does afterwards included; of models' processes not. */
  processorUs: number;
}

async function add({ pid, ...target }: Measured, durationMs: number, shown: Shown | undefined): Promise<void> {
  if (shown === undefined) throw new Error(`${target.name} is not measured.`);
  const before = processorUsOf(pid);
  const { latenciesUs } = await measure(target, 1, durationMs);
  // What a request leaves to be done behind it belongs to it.
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
  shown.processorUs += processorUsOf(pid) - before;
  shown.requests += latenciesUs.length;
  shown.p50sUs.push(percentile(latenciesUs, 0.5));
}

/** Processor time of a process so far. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html utime and stime, in hundredths of a second */
function processorUsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /u, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function report(all: readonly Measured[], shown: ReadonlyMap<string, Shown>): void {
  const of = (name: string): Shown => shown.get(name) ?? { p50sUs: [], requests: 0, processorUs: 0 };
  const perRequest = (name: string): number => of(name).processorUs / of(name).requests;
  const rows = all.map(({ name, against }) => ({
    name,
    requests: of(name).requests,
    p50Us: Math.round(median(of(name).p50sUs)),
    p50Ratio: quartilesOf(of(name).p50sUs, of(against).p50sUs),
    processorUs: Math.round(perRequest(name)),
    processorRatio: Number((perRequest(name) / perRequest(against)).toFixed(2)),
  }));
  if (values.json) process.stdout.write(`${JSON.stringify({ node: process.version, rows })}\n`);
  else console.table(rows);
}

/** Of the ratios of each round: the median, and between which the middle half lies. */
function quartilesOf(parts: readonly number[], wholes: readonly number[]): string {
  const ratios = Float64Array.from(parts, (part, round) => part / (wholes[round] ?? Number.NaN)).sort();
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => percentile(ratios, share).toFixed(2));
  return `${middle} (${low} to ${high})`;
}

function ask(name: string, { url, pid }: StartedBox, fields: object, against = "plain"): Measured {
  const body = JSON.stringify(fields);
  const head = [
    "POST /v1/chat/completions HTTP/1.1",
    `host: ${url.host}`,
    `authorization: Bearer ${ADMIN_KEY}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return { name, against, pid, port: Number(url.port), request: Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`) };
}

interface StartedBox {
  readonly url: URL;
  readonly pid: number;
}

/** A box with the upstream's three models, of which reading the prompt again is cheaper, and what else is asked for. */
async function startBoxWith(name: string, baseUrl: string, more: object): Promise<StartedBox> {
  const price = { input: 0.1, output: 0.2, cachedInput: 0.01 };
  const models = ["large", "cheap", "judge"].map((id, index) => {
    return { id: `bench/${id}`, contextTokens: 100_000, quality: [0.9, 0.3, 0.95][index], price };
  });
  const provider = { id: "bench", baseUrl, location: "site", maxConcurrency: 64, models };
  const own = join(folder, name);
  await mkdir(own);
  const config = { network: { egress: "allowlisted" }, providers: [provider], ...more };
  const { child, url } = await startBox(config, own);
  children.push(child);
  return { url, pid: child.pid ?? 0 };
}
