import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive } from "./supervised.ts";

const GATEWAY = new URL("../../support/gateway-with-worker.ts", import.meta.url).pathname;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-gateway-end-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts a gateway process with one fake worker; resolves with both when the worker is ready. */
async function startGateway(behaviour: Record<string, unknown>, then: "exit" | "wait") {
  const modelFile = join(folder, "behaviour.json");
  await writeFile(modelFile, JSON.stringify({ load: "ready", ...behaviour }));
  const gateway = spawn(process.execPath, [GATEWAY, folder, modelFile, then], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(gateway, "exit");
  const [line] = await once(createInterface(gateway.stdout), "line");
  return { gateway, ended, workerPid: Number(line) };
}

test("a gateway that exits takes its workers along, even one that ignores everything", async () => {
  const { ended, workerPid } = await startGateway({ ignoresSigterm: true, ignoresDisconnect: true }, "exit");
  await ended;
  await expect.poll(() => isAlive(workerPid)).toBe(false);
});

test("a worker ends by itself when its gateway is killed", async () => {
  const { gateway, ended, workerPid } = await startGateway({}, "wait");
  expect(isAlive(workerPid)).toBe(true);
  gateway.kill("SIGKILL");
  await ended;
  await expect.poll(() => isAlive(workerPid)).toBe(false);
});
