import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EndpointFacts } from "../../../src/core/endpoint.ts";
import type { LocalModelPhase } from "../../../src/core/local-model.ts";
import type { HostedModel, LocalModelSetup } from "../../../src/hosting/supervisor/hosted-model.ts";
import { createLocalModel } from "../../../src/hosting/supervisor/local-model.ts";
import { openRunDirectory } from "../../../src/hosting/supervisor/run-directory.ts";
import type { FakeWorkerBehaviour } from "../../support/fake-worker.ts";
import { ManualClock } from "../../support/manual-clock.ts";

export const FACTS: EndpointFacts = {
  id: "box/maker/fake",
  providerId: "box",
  modelId: "maker/fake",
  upstreamId: "maker/fake",
  location: "box",
  capabilities: [],
  slots: 2,
};

const OPTIONS: LocalModelSetup["options"] = {
  modelFile: "",
  device: { kind: "cpu" },
  threads: 1,
  contextTokens: 64,
  slots: 2,
  queueLimit: 4,
  prefillChunkTokens: 16,
};

const NEVER = new AbortController().signal;

/** A supervised fake worker: its processes are real, its time is moved by hand. */
export interface Supervised {
  readonly model: HostedModel;
  readonly clock: ManualClock;
  /** Lines that went to the log, of every level. */
  readonly logged: string[];
  /** Changes what the next process will do. */
  readonly behave: (behaviour: FakeWorkerBehaviour) => Promise<void>;
  readonly ensureReady: () => Promise<{ readonly socketPath: string }>;
  /** Resolves when the model is in `phase`. */
  readonly reach: (phase: LocalModelPhase) => Promise<void>;
  /** Asks the ready worker for something; a connection that breaks off is no error, for some requests end the worker. */
  readonly ask: (path: string, body?: unknown) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function supervise(
  behaviour: FakeWorkerBehaviour,
  changes: Partial<Omit<LocalModelSetup, "options">> & { readonly options?: Partial<LocalModelSetup["options"]> } = {},
): Promise<Supervised> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-supervised-"));
  const modelFile = join(folder, "behaviour.json");
  const clock = new ManualClock();
  const logged: string[] = [];
  const log = (_: unknown, message: string): void => void logged.push(message);
  const runDirectory = await openRunDirectory(folder);
  const behave = (next: FakeWorkerBehaviour): Promise<void> => writeFile(modelFile, JSON.stringify(next));
  await behave(behaviour);
  const model = createLocalModel({
    facts: FACTS,
    clock,
    random: { next: () => 0 },
    log: { debug: log, info: log, warn: log },
    runDirectory,
    entryFile: new URL("../../support/fake-worker.ts", import.meta.url).pathname,
    ...changes,
    options: { ...OPTIONS, modelFile, ...changes.options },
  });
  const ensureReady = () => model.ensureReady(NEVER);
  return {
    model,
    clock,
    logged,
    behave,
    ensureReady,
    reach: (phase) => reach(model, phase),
    ask: async (path, body) => askSocket((await ensureReady()).socketPath, path, body),
    close: async () => {
      await behave({ load: "fail" });
      const stopped = model.stop();
      const { pid } = model.state();
      // Whatever it was told to ignore, it ends with the test.
      if (pid !== undefined && isAlive(pid)) process.kill(pid, "SIGKILL");
      await stopped;
      await runDirectory.close();
      await rm(folder, { recursive: true });
    },
  };
}

function reach(model: HostedModel, phase: LocalModelPhase): Promise<void> {
  if (model.state().phase === phase) return Promise.resolve();
  return new Promise((resolve) => {
    const end = model.onChange((state) => {
      if (state.phase !== phase) return;
      end();
      resolve();
    });
  });
}

/** One HTTP request over a unix socket; the answer's text, or an empty one when the connection breaks off. */
export function askSocket(socketPath: string, path: string, body?: unknown): Promise<string> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path, method: body === undefined ? "GET" : "POST" }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("close", () => resolve(Buffer.concat(chunks).toString()));
    });
    asked.on("error", () => resolve(""));
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Whether a process with this id runs; one that has ended and was not yet collected by its new parent does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
