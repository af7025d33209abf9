import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

/** The key of every box that a test runs. */
export const ADMIN_KEY = `sbx_${"0".repeat(47)}1`;

const MAIN = resolve(import.meta.dirname, "../../src/main.ts");

/** The longest that a start may take here, the load of a small model included. */
const START_TIMEOUT_MS = 90_000;

/** A box that runs in a process of its own, as a user would start it. */
export interface RunningBox {
  readonly url: string;
  readonly dataDir: string;
  /** What it reads again at a reload. */
  readonly configFile: string;
  readonly process: ChildProcess;
  /** Everything written to stderr so far. */
  stderr(): string;
  /** POSTs a chat request with the admin key. */
  chat(body: object, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
  /** Any request, with the admin key unless another is given. */
  send(method: string, path: string, body?: unknown, key?: string): Promise<Response>;
  /** Runs a command of the command-line tool on the same data and configuration. */
  command(...words: string[]): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface BoxSetup {
  /** The configuration, as JSON. */
  readonly config: object;
  /** Text of a policy file; the shipped one when left out. */
  readonly policy?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder of an earlier box to go on with, which the caller removes; a new one when left out. */
  readonly folder?: string;
}

/** Starts a box and resolves when it says that it is ready. A folder that was made for it is removed when it is stopped. */
export async function runBox(setup: BoxSetup): Promise<RunningBox> {
  const folder = setup.folder ?? mkdtempSync(join(tmpdir(), "signalbox-box-"));
  const dataDir = join(folder, "data");
  const configFile = join(folder, "appliance.json");
  const policy = setup.policy === undefined ? {} : { policies: join(folder, "policy.yaml") };
  if (setup.policy !== undefined) writeFileSync(join(folder, "policy.yaml"), setup.policy);
  writeFileSync(configFile, JSON.stringify({ ...setup.config, ...policy }));
  const env = {
    PATH: process.env["PATH"] ?? "",
    SIGNALBOX_CONFIG: configFile,
    SIGNALBOX_DATA_DIR: dataDir,
    SIGNALBOX_PORT: "0",
    SIGNALBOX_ADMIN_KEY: ADMIN_KEY,
    ...setup.environment,
  };
  const child = spawn(process.execPath, [MAIN, "serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (bytes: Buffer) => (errors += bytes.toString()));
  const exited = once(child, "exit");
  const url = await readyUrl(child, exited).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw new Error(`The box did not start.\n${errors}`, { cause: error });
  });
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" };
  return {
    url,
    dataDir,
    configFile,
    process: child,
    stderr: () => errors,
    chat: (body, extra = {}) =>
      fetch(`${url}/v1/chat/completions`, {
        method: "POST",
        headers: { ...headers, ...extra },
        body: JSON.stringify(body),
      }),
    get: (path) => fetch(`${url}${path}`, { headers }),
    send: (method, path, body, key = ADMIN_KEY) =>
      fetch(`${url}${path}`, {
        method,
        headers: { ...headers, authorization: `Bearer ${key}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    command: (...words) => runCommand(words, env),
    stop: async () => {
      child.kill("SIGTERM");
      const [code] = (await exited) as [number | null];
      if (setup.folder === undefined) rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

async function readyUrl(child: ChildProcess, exited: Promise<unknown>): Promise<string> {
  if (child.stdout === null) throw new Error("The child has no stdout.");
  const lines = createInterface({ input: child.stdout });
  const ready = (async () => {
    for await (const line of lines) {
      const message = JSON.parse(line) as { readonly event?: string; readonly url?: string };
      if (message.event === "ready" && message.url !== undefined) return message.url;
    }
    throw new Error("stdout ended before the ready line.");
  })();
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`not ready after ${START_TIMEOUT_MS} ms`)), START_TIMEOUT_MS).unref();
  });
  const ended = exited.then(() => Promise.reject(new Error("the process ended")));
  ended.catch(() => undefined); // Raced below; a box that ends later is stopped on purpose.
  return Promise.race([ready, late, ended]);
}

/** Runs a command of the command-line tool to its end. */
export async function runCommand(words: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (stderr += bytes.toString()));
  const [exitCode] = (await once(child, "close")) as [number];
  return { exitCode, stdout, stderr };
}
