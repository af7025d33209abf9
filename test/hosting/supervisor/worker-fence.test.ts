import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { workerCommand } from "../../../src/hosting/supervisor/worker-command.ts";
import { detectWorkerFence } from "../../../src/hosting/supervisor/worker-fence.ts";
import { buildTestModel } from "../../support/build-test-model.ts";
import { askSocket, supervise } from "./supervised.ts";

const fence = await detectWorkerFence(process.env["PATH"] ?? "");
const hasNetworkBound = fence.bounds.some(({ name, holds }) => name === "network" && holds);

/** What a process started with `prefix` says of a connection to a port of this machine. */
async function connect(port: number, prefix: readonly string[]): Promise<string> {
  const { execPath, execArgv } = workerCommand(undefined, undefined, prefix);
  const script = `require("node:net").connect(${port}, "127.0.0.1").on("error", (e) => console.log(e.code)).on("connect", function () { console.log("connected"); this.destroy(); })`;
  const { stdout } = await promisify(execFile)(execPath, [...execArgv, "-e", script]);
  return stdout.trim();
}

test.skipIf(!hasNetworkBound)(
  "a process in the fence reaches no port of this machine, and one outside does",
  async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await connect(port, [])).toBe("connected");
    expect(await connect(port, fence.prefix)).toBe("ENETUNREACH");
    server.close();
  },
);

test("a worker in the fence answers", async () => {
  const options = { modelFile: await buildTestModel("noise"), contextTokens: 256 };
  const entryFile = new URL("../../../src/hosting/worker-main.ts", import.meta.url).pathname;
  const hosted = await supervise({ load: "ready" }, { options, entryFile, fence: fence.prefix });
  const { socketPath } = await hosted.ensureReady();
  const body = { model: "maker/fake", messages: [{ role: "user", content: "Hi" }], max_tokens: 2 };
  expect(JSON.parse(await askSocket(socketPath, "/v1/chat/completions", body))).toHaveProperty("choices");
  await hosted.close();
});

test("each tool that is missing leaves its bound out and is named", async () => {
  const none = await detectWorkerFence("/nowhere");
  expect(none.prefix).toEqual([]);
  expect(none.bounds.map(({ problem }) => problem)).toEqual([
    "unshare is not installed",
    "setpriv is not installed",
    "prlimit is not installed",
  ]);
});
