import { request } from "node:http";
import { afterEach, expect, test } from "vitest";
import type { LocalModelSetup } from "../../../src/hosting/supervisor/hosted-model.ts";
import { buildTestModel } from "../../support/build-test-model.ts";
import { askSocket, supervise, type Supervised } from "./supervised.ts";

const WORKER_MAIN = new URL("../../../src/hosting/worker-main.ts", import.meta.url).pathname;

const open: Supervised[] = [];

async function host(preset: string): Promise<Supervised> {
  const options: Partial<LocalModelSetup["options"]> = {
    modelFile: await buildTestModel(preset),
    contextTokens: 4_096,
  };
  const supervised = await supervise({ load: "ready" }, { options, entryFile: WORKER_MAIN });
  open.push(supervised);
  return supervised;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((supervised) => supervised.close()));
});

/** Asks for an answer without end; resolves once its first bytes are here, with the promise of how it ends. */
function beginAnswer(socketPath: string): Promise<{ readonly end: Promise<string> }> {
  const messages = [{ role: "user", content: "Go on" }];
  const body = JSON.stringify({ model: "maker/fake", messages, stream: true, max_tokens: 4_000 });
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const asked = request({ socketPath, path: "/v1/chat/completions", method: "POST", headers }, (response) => {
      const { promise: end, resolve: finish } = Promise.withResolvers<string>();
      response.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
      response.on("end", () => finish("whole"));
      response.once("data", () => {
        response.resume();
        resolve({ end });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

test("a worker killed in the middle of an answer comes back, and its neighbour does not notice", async () => {
  const [hosted, other] = await Promise.all([host("scripted-endless"), host("noise")]);
  const [{ socketPath }, neighbour] = await Promise.all([hosted.ensureReady(), other.ensureReady()]);
  const before = hosted.model.state();
  expect(before.loaded).toMatchObject({ slots: 2, contextTokens: 4_096, device: "cpu" });
  const { end } = await beginAnswer(socketPath);
  process.kill(before.pid ?? 0, "SIGKILL");
  expect(await end).toBe("ECONNRESET");
  await hosted.reach("backing-off");
  expect(hosted.model.state().problem).toBe("it was killed from outside (SIGKILL)");
  expect(JSON.parse(await askSocket(neighbour.socketPath, "/health"))).toBeDefined();

  hosted.clock.advance(1_000);
  const after = await hosted.ensureReady();
  expect((await beginAnswer(after.socketPath)).end).toBeInstanceOf(Promise);
  expect(hosted.model.state()).toMatchObject({ phase: "ready", restarts: 1 });
  expect(other.model.state()).toMatchObject({ phase: "ready", restarts: 0 });
});

test("a file that makes the engine abort costs its own worker, and the reason is told", async () => {
  const broken = await host("broken-head-count-0");
  await expect(broken.ensureReady()).rejects.toMatchObject({ code: "worker_failed" });
  expect(broken.model.state().problem).toMatch(/^the engine aborted \(SIGABRT\); its last words: .*GGML_ASSERT/);
});

test("a worker that is asked to end does so by itself", async () => {
  const hosted = await host("noise");
  await hosted.ensureReady();
  await hosted.model.unload();
  expect(hosted.model.state()).toEqual({ phase: "stopped", restarts: 0 });
});
