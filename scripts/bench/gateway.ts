import { type ChildProcess, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Load, measure, type Target } from "./gateway/measure.ts";
import { ADMIN_KEY, startBox, startProcess, stopProcess } from "./start-process.ts";
import { median, percentile } from "./statistics.ts";

const USAGE = `Measures what the whole box adds to a request: keys, policy, routing, a durable audit record before and
after the call, and the money. Compared with a bare node:http and undici proxy in the same run, in front of the same
tiny upstream; the rounds alternate, and the median counts. Only the ratios mean something on another machine.

  node scripts/bench/gateway.ts [--rounds N] [--seconds N] [--json]

Where taskset is there, the box and the proxy run on the last core, load and upstream on the first.
`;

const CONCURRENT = 64;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "2" },
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
  const cores = spawnSync("nproc").stdout.toString().trim();
  const serverCore =
    spawnSync("taskset", ["--version"]).status === 0 && Number(cores) > 1 ? Number(cores) - 1 : undefined;
  if (serverCore !== undefined) spawnSync("taskset", ["-a", "-cp", "0", String(process.pid)]);
  const upstreamPort = await startServer(
    ["scripts/bench/gateway/upstream.ts"],
    serverCore === undefined ? undefined : 0,
  );
  const origin = `http://127.0.0.1:${upstreamPort}`;
  const barePort = await startServer(["scripts/bench/gateway/bare-proxy.ts", origin], serverCore);
  const boxPort = await startBoxWith(origin, serverCore);
  const targets = [target("direct", upstreamPort), target("bare proxy", barePort), target("signalbox", boxPort)];
  const loads = new Map<string, { readonly one: Load[]; readonly many: Load[] }>(
    targets.map(({ name }) => [name, { one: [], many: [] }]),
  );
  for (const each of targets) await measure(each, 8, durationMs / 2);
  for (let round = 0; round < rounds; round++) {
    for (const each of targets) {
      loads.get(each.name)?.one.push(await measure(each, 1, durationMs));
      loads.get(each.name)?.many.push(await measure(each, CONCURRENT, durationMs));
    }
  }
  report(
    [...loads].map(([name, { one, many }]) => summarize(name, one, many)),
    serverCore !== undefined,
  );
}

interface Row {
  readonly name: string;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly requestsPerSecond: number;
}

function summarize(name: string, one: readonly Load[], many: readonly Load[]): Row {
  return {
    name,
    p50Us: median(one.map(({ latenciesUs }) => percentile(latenciesUs, 0.5))),
    p99Us: median(one.map(({ latenciesUs }) => percentile(latenciesUs, 0.99))),
    requestsPerSecond: median(many.map(({ requestsPerSecond }) => requestsPerSecond)),
  };
}

function report(rows: readonly Row[], isPinned: boolean): void {
  const direct = rows.find(({ name }) => name === "direct");
  const bare = rows.find(({ name }) => name === "bare proxy");
  const measured = rows.map((row) => ({
    name: row.name,
    p50Us: Math.round(row.p50Us),
    p99Us: Math.round(row.p99Us),
    addedP50Us: Math.round(row.p50Us - (direct?.p50Us ?? 0)),
    addedP99Us: Math.round(row.p99Us - (direct?.p99Us ?? 0)),
    requestsPerSecond: Math.round(row.requestsPerSecond),
    shareOfBare: Number((row.requestsPerSecond / (bare?.requestsPerSecond ?? Number.NaN)).toFixed(3)),
  }));
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ node: process.version, pinned: isPinned, concurrency: CONCURRENT, rows: measured })}\n`,
    );
    return;
  }
  process.stdout.write(
    `${isPinned ? "pinned" : "not pinned"}; latency at 1 connection, requests a second at ${CONCURRENT}\n`,
  );
  console.table(measured);
}

function target(name: string, port: number): Target {
  const body = JSON.stringify({
    model: "bench/model",
    messages: [
      { role: "system", content: "You answer briefly. ".repeat(20) },
      { role: "user", content: "What is the capital of France? ".repeat(12) },
    ],
    max_tokens: 128,
  });
  const head = [
    "POST /v1/chat/completions HTTP/1.1",
    `host: 127.0.0.1:${port}`,
    `authorization: Bearer ${ADMIN_KEY}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return { name, port, request: Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`) };
}

/** The whole box, with the upstream as its only provider. */
async function startBoxWith(origin: string, core: number | undefined): Promise<number> {
  const models = [{ id: "bench/model", contextTokens: 100_000, price: { input: 0.1, output: 0.2 } }];
  const provider = { id: "bench", baseUrl: `${origin}/v1`, location: "site", maxConcurrency: 2 * CONCURRENT, models };
  const { child, url } = await startBox({ network: { egress: "allowlisted" }, providers: [provider] }, folder, core);
  children.push(child);
  return Number(url.port);
}

/** The port that a small server prints. */
async function startServer(args: readonly string[], core: number | undefined): Promise<number> {
  const { child, firstLine } = await startProcess(args, { core });
  children.push(child);
  return Number(firstLine);
}
