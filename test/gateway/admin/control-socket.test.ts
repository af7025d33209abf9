import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../src/app/system-clock.ts";
import { openControlSocket } from "../../../src/gateway/admin/control-socket.ts";
import { exchangeOf } from "../../../src/gateway/exchange.ts";
import type { Route } from "../../../src/gateway/route.ts";
import { writeJson } from "../../../src/gateway/write-json.ts";
import { createMetrics } from "../../../src/observe/metrics.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const WHO: Route = {
  method: "GET",
  path: "/admin/who",
  base: "root",
  access: [],
  readsBody: false,
  handle: (_request, response) => writeJson(response, 200, exchangeOf(response).caller),
};

async function open(socketPath: string) {
  const logged: string[] = [];
  const log = (_facts: object, message: string): void => void logged.push(message);
  const socket = await openControlSocket(socketPath, [WHO], {
    clock: systemClock,
    log: { info: log, warn: log, error: log },
    metrics: createMetrics({ snapshots: () => [] }),
    config: { host: "127.0.0.1", port: 0, bodyLimitBytes: 1_024 },
  });
  onTestFinished(() => socket?.close());
  return { socket, logged };
}

/** A folder that its owner alone can enter. */
function privateFolder(): string {
  const folder = join(temporaryFolder(), "run");
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

function get(
  socketPath: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status?: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path, headers }, (response) => {
      let body = "";
      response.on("data", (bytes: Buffer) => (body += bytes.toString()));
      response.on("end", () => resolve({ status: response.statusCode, body }));
    })
      .on("error", reject)
      .end();
  });
}

describe("the control socket", () => {
  it("serves whoever can enter its folder as an admin, without a key and whatever key is sent", async () => {
    const path = join(privateFolder(), "control.sock");
    await open(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const headers of [{}, { authorization: "Bearer sbx_wrong" }, { "x-api-key": "sbx_wrong" }]) {
      const { status, body } = await get(path, "/admin/who", headers);
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({ keyId: "data-folder-owner", role: "admin" });
    }
  });

  it("answers unknown paths in the usual envelope", async () => {
    const path = join(privateFolder(), "control.sock");
    await open(path);
    const { status, body } = await get(path, "/v1/models");
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ error: { code: "not_found" } });
  });

  it("takes the place of one that a crash left behind, and is gone after the stop", async () => {
    const path = join(privateFolder(), "control.sock");
    writeFileSync(path, "");
    const { socket } = await open(path);
    expect((await get(path, "/admin/who")).status).toBe(200);
    await socket?.close();
    expect(existsSync(path)).toBe(false);
  });

  it("is not opened in a folder that others can enter", async () => {
    const folder = privateFolder();
    chmodSync(folder, 0o755);
    const { socket, logged } = await open(join(folder, "control.sock"));
    expect(socket).toBeUndefined();
    expect(logged).toEqual(["no control socket: its folder is open to others"]);
    expect(existsSync(join(folder, "control.sock"))).toBe(false);
  });

  it("is not opened where its path is too long for one", async () => {
    const { socket, logged } = await open(join(privateFolder(), "x".repeat(100), "control.sock"));
    expect(socket).toBeUndefined();
    expect(logged).toEqual(["no control socket: the path of the data folder is too long for one"]);
  });
});
