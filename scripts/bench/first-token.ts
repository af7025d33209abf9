import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { ADMIN_KEY } from "./start-process.ts";

const USAGE = `Measures how long a new user waits: from \`git clone\` through \`npm start\` to the first token of an answer,
then the second start. npm's own cache counts: a machine that has never installed the packages also downloads them.

  node scripts/bench/first-token.ts [--json]
`;

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});

if (values.help) process.stdout.write(USAGE);
else await main();

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
  try {
    const clone = join(folder, "signalbox");
    const startedMs = performance.now();
    const cloned = spawnSync("git", ["clone", "--quiet", join(import.meta.dirname, "../.."), clone]);
    if (cloned.status !== 0) throw new Error(`git clone failed: ${cloned.stderr.toString()}`);
    const first = await startAndAsk(clone, startedMs);
    const second = await startAndAsk(clone, performance.now());
    report({ cloneToReadyS: first.readyS, cloneToFirstTokenS: first.firstTokenS, secondStartToReadyS: second.readyS });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts the box as a user does, asks it once, stops it; both times are counted from `sinceMs`. */
async function startAndAsk(
  clone: string,
  sinceMs: number,
): Promise<{ readonly readyS: number; readonly firstTokenS: number }> {
  const environment = { SIGNALBOX_PORT: "0", SIGNALBOX_ADMIN_KEY: ADMIN_KEY };
  const child = spawn("npm", ["start"], {
    cwd: clone,
    env: { ...userEnvironment(), ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const url = await readyUrl(child.stdout);
    const readyS = secondsSince(sinceMs);
    await firstToken(url);
    return { readyS, firstTokenS: secondsSince(sinceMs) };
  } finally {
    child.kill();
    await once(child, "exit");
  }
}

/** The environment without the Node that runs this benchmark: a user's machine does not have it. */
function userEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env["PATH"] ?? "").split(":").filter((folder) => !process.execPath.startsWith(folder));
  return { ...process.env, PATH: path.join(":") };
}

async function readyUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('{"event":"ready"')) return (JSON.parse(line) as { readonly url: string }).url;
  }
  throw new Error("The box ended before it was ready.");
}

async function firstToken(url: string): Promise<void> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    body: JSON.stringify({ model: "signalbox/nano", stream: true, messages: [{ role: "user", content: "Hello!" }] }),
  });
  let text = "";
  for await (const part of response.body ?? []) {
    text += Buffer.from(part).toString();
    if (/"content":"[^"]/u.test(text)) return;
  }
  throw new Error(`There was no token: ${text}`);
}

function secondsSince(startedMs: number): number {
  return Math.round(performance.now() - startedMs) / 1_000;
}

function report(figures: Readonly<Record<string, number>>): void {
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else
    for (const [name, seconds] of Object.entries(figures))
      process.stdout.write(`${name.padEnd(24)}${seconds.toFixed(1)} s\n`);
}
