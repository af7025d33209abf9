import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Clock } from "../../core/clock.ts";
import type { ContextPlan } from "../context-plan.ts";
import { engineEnvironment } from "../engine-environment.ts";

const CHILD_ENTRY = fileURLToPath(new URL("../worker/estimate-main.ts", import.meta.url));
/** Starting the engine and reading a header; it allocates nothing. For all loads together. */
const TIMEOUT_MS = 60_000;

/** What the engine is asked: one file on one device, for several loads. */
export interface EngineQuestion {
  readonly file: string;
  readonly device: "cpu" | "gpu";
  readonly loads: readonly ContextPlan[];
}

/** The engine's own estimate of weights and context, without its process; or why there is none. */
export type EngineEstimate =
  | { readonly kind: "estimate"; readonly hostBytes: number; readonly deviceBytes: number }
  | { readonly kind: "none"; readonly reason: string };

/**
 * Asks the engine for its estimates in a process of its own, because a file can make it abort. One answer for each load,
 * in their order. Never rejects; the process is gone when this resolves.
 */
export async function askEngine(question: EngineQuestion, clock: Clock): Promise<readonly EngineEstimate[]> {
  const child = fork(CHILD_ENTRY, [JSON.stringify(question)], {
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: engineEnvironment(process.env),
  });
  const answers: EngineEstimate[] = [];
  let tookTooLong = false;
  child.on("message", (message: EngineEstimate) => answers.push(message));
  const cancelTimeout = clock.after(TIMEOUT_MS, () => {
    tookTooLong = true;
    child.kill("SIGKILL");
  });
  const ended = await new Promise<string>((resolve) => {
    child.on("close", (code, signal) => resolve(signal ?? `code ${code ?? "unknown"}`));
    child.on("error", (error) => {
      // Without a process there is no end of it.
      if (child.pid === undefined) resolve(error.message);
    });
  });
  cancelTimeout();
  const reason = tookTooLong
    ? `the engine took longer than ${TIMEOUT_MS / 1000} s`
    : `the engine's process ended (${ended})`;
  return question.loads.map((_, index) => answers[index] ?? { kind: "none", reason });
}
