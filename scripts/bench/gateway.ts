import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type Load, measure, median, percentile, type Target } from "./gateway/measure.ts";

const USAGE = `Measures what the whole box adds to a request: keys, policy, routing, a durable audit record before and
after the call, and the money. Compared with a bare node:http and undici proxy in the same run, in front of the same
tiny upstream; the rounds alternate, and the median counts. Only the ratios mean something on another machine.

  node scripts/bench/gateway.ts [--rounds N] [--seconds N] [--json]

Where taskset is there, the box and the proxy run on the last core, load and upstream on the first.
`;

const ADMIN_KEY = `sbx_${"5a".repeat(24)}`;
const CONCURRENT = 64;
const ROOT = join(import.meta.dirname, "../..");

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
  for (const child of children) await stop(child);
  await rm(folder, { recursive: true, force: true });
}

async function run(rounds: number, durationMs: number): Promise<void> {
  const cores = spawnSync("nproc").stdout.toString().trim();
  const serverCore =
    spawnSync("taskset", ["--version"]).status === 0 && Number(cores) > 1 ? Number(cores) - 1 : undefined;
  if (serverCore !== undefined) spawnSync("taskset", ["-a", "-cp", "0", String(process.pid)]);
  const upstreamPort = Number(
    await startLine(["scripts/bench/gateway/upstream.ts"], serverCore === undefined ? undefined : 0),
  );
  const origin = `http://127.0.0.1:${upstreamPort}`;
  const barePort = Number(await startLine(["scripts/bench/gateway/bare-proxy.ts", origin], serverCore));
  const boxPort = await startBox(origin, serverCore);
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

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, "exit");
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

/** Starts the whole box as `signalbox serve` does, with the upstream as its only provider. */
async function startBox(origin: string, core: number | undefined): Promise<number> {
  const config = {
    network: { egress: "allowlisted" },
    providers: [
      {
        id: "bench",
        baseUrl: `${origin}/v1`,
        location: "site",
        maxConcurrency: 2 * CONCURRENT,
        models: [{ id: "bench/model", contextTokens: 100_000, price: { input: 0.1, output: 0.2 } }],
      },
    ],
  };
  const configFile = join(folder, "appliance.json");
  await writeFile(configFile, JSON.stringify(config));
  const line = await startLine(["src/main.ts", "serve"], core, {
    SIGNALBOX_CONFIG: configFile,
    SIGNALBOX_DATA_DIR: join(folder, "data"),
    SIGNALBOX_PORT: "0",
    SIGNALBOX_ADMIN_KEY: ADMIN_KEY,
    // A log line for each request is part of what the box does; where it goes is not.
    SIGNALBOX_LOG_LEVEL: "info",
  });
  const ready = JSON.parse(line) as { readonly url: string };
  return Number(new URL(ready.url).port);
}

/** Starts a program with this Node, on one core where pinning is possible; resolves with its first line of output. */
async function startLine(
  args: readonly string[],
  core: number | undefined,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const command = [process.execPath, ...args];
  const [program = "", ...rest] = core === undefined ? command : ["taskset", "-c", String(core), ...command];
  const child = spawn(program, rest, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", process.env["BENCH_DEBUG"] === undefined ? "ignore" : "inherit"],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, "line").then(([line]: string[]) => line),
    once(child, "exit").then(() => undefined),
  ]);
  if (first === undefined) throw new Error(`${args.join(" ")} ended before it was ready; BENCH_DEBUG=1 shows why.`);
  return first;
}
