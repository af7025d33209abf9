import { beforeAll, describe, expect, test } from "vitest";
import { boundsOf, enterFence } from "../../../src/hosting/fence/enter-fence.ts";
import { detectWorkerFence, holds, type WorkerFence } from "../../../src/hosting/fence/worker-fence.ts";
import { buildTestModel } from "../../support/build-test-model.ts";
import { askSocket, supervise } from "../supervisor/supervised.ts";

let fence: WorkerFence;
beforeAll(async () => {
  fence = await detectWorkerFence(process.env["PATH"] ?? "");
});

const WORKER = {
  device: "cpu",
  modelFile: "/models/a.gguf",
  entryFile: "/x/worker.ts",
  folder: "/run/a",
  rootFolder: "/run/a-root",
  stateCacheBytes: 0,
} as const;

test("a worker behind the fence answers, and says what it is kept from", async () => {
  const options = { modelFile: await buildTestModel("noise"), contextTokens: 256, stateCacheBytes: 1_000_000 };
  const entryFile = new URL("../../../src/hosting/worker-main.ts", import.meta.url).pathname;
  const hosted = await supervise({ load: "ready" }, { options, entryFile, fence, memoryBytes: 2 * 1024 ** 3 });
  const { socketPath } = await hosted.ensureReady();
  const body = { model: "maker/fake", messages: [{ role: "user", content: "Hi" }], max_tokens: 2 };
  expect(JSON.parse(await askSocket(socketPath, "/v1/chat/completions", body))).toHaveProperty("choices");
  expect(hosted.model.state().bounds).toEqual(fence.bounds);
  await hosted.close();
});

describe("on a machine without the tools", () => {
  let bare: WorkerFence;
  beforeAll(async () => {
    bare = await detectWorkerFence("/nowhere");
  });

  test("each bound that is left out is named with the remedy, and Node's own permissions stay", () => {
    const left = bare.bounds.filter(({ name, holds: is }) => !is && name !== "memory" && name !== "processor");
    expect(left.map(({ name, problem }) => [name, problem])).toEqual([
      ["network", "unshare is not installed: install util-linux"],
      ["files", "unshare is not installed: install util-linux"],
      ["privileges", "setpriv is not installed: install util-linux"],
      ["core-dumps", "prlimit is not installed: install util-linux"],
    ]);
    const { prefix, nodeArguments } = enterFence(bare, WORKER);
    expect(prefix).toEqual([]);
    expect(nodeArguments).toEqual(
      expect.arrayContaining(["--permission", "--allow-fs-read=/models/a.gguf", "--allow-fs-write=/run/a"]),
    );
  });
});

describe("on a GPU", () => {
  test("the driver keeps what it needs, and the reason is stated", () => {
    const bounds = boundsOf(fence, { device: "gpu", memoryBytes: 1 });
    for (const name of ["network", "files", "privileges", "memory"] as const) {
      const bound = bounds.find((one) => one.name === name);
      expect(bound?.holds).toBe(false);
      expect(bound?.problem).toEqual(expect.any(String));
    }
    expect(enterFence(fence, { ...WORKER, device: "gpu" }).nodeArguments).toContain("--allow-fs-read=*");
  });
});

test("memory is bounded only where the need is known", () => {
  expect(boundsOf(fence, { device: "cpu" }).find(({ name }) => name === "memory")).toMatchObject({ holds: false });
  const byLimit: WorkerFence = { bounds: [{ name: "memory", holds: true }] };
  expect(enterFence(byLimit, { ...WORKER, memoryBytes: 1_000 }).prefix).toEqual([
    "prlimit",
    `--data=${1_000 + 1024 ** 3}`,
    "--",
  ]);
  expect(enterFence(byLimit, WORKER).prefix).toEqual([]);
  expect(holds(byLimit, "memory")).toBe(true);
});
