import { describe, expect, it, onTestFinished } from "vitest";
import { createEngineWatch } from "../../../src/providers/site/watch-engine.ts";
import type { SiteEngine } from "../../../src/core/site-engine.ts";
import type { UpstreamBehaviour } from "../../support/upstream-server.ts";
import { behaviourOf, ENGINE_SERVERS, startEngineServer } from "./engine-servers.ts";

async function watched(behave: UpstreamBehaviour, engine: SiteEngine | "auto" = "auto") {
  const { server, clock, transport, permit, withdraw } = await startEngineServer(behave);
  const logged: string[] = [];
  const log = {
    info: (_: object, text: string) => logged.push(text),
    error: (_: object, text: string) => logged.push(text),
  };
  const random = { next: () => 0.5 };
  const watch = createEngineWatch({ providerId: "site", engine, transport, headers: () => ({}), clock, random, log });
  onTestFinished(() => watch.stop());
  /** Waits, without moving the time, until the watch has read once more. */
  const whenRead = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((turn) => setImmediate(turn));
  };
  return { watch, server, clock, permit, withdraw, logged, whenRead };
}

const running = (count: number): UpstreamBehaviour =>
  behaviourOf({ ...ENGINE_SERVERS.vllm.paths, "/metrics": `vllm:num_requests_running{model_name="m"} ${count}` });

describe("the watch of a server", () => {
  it("asks nothing before it has leave to", async () => {
    const { watch, server, clock } = await watched(running(1));
    clock.advance(60_000);
    expect(watch.stateOf("m")).toBeUndefined();
    expect(server.accepted()).toBe(0);
  });

  it("recognizes the server, reads it again and again, and says how old its knowledge is", async () => {
    const { watch, server, clock, permit, whenRead, logged } = await watched(running(1));
    watch.start(permit);
    await whenRead(() => watch.stateOf("m") !== undefined);
    expect(watch.stateOf("m")).toEqual({ engine: "vllm", ageMs: 0, running: 1 });
    expect(watch.stateOf("other")).toEqual({ engine: "vllm", ageMs: 0, running: 1 });
    server.behave(running(7));
    await whenRead(() => clock.pendingTimers() > 0);
    clock.advance(3_000);
    await whenRead(() => watch.stateOf("m")?.running === 7);
    expect(server.requests.filter(({ path }) => path === "/v1/models")).toHaveLength(1);
    expect(logged).toEqual(["a server on the site was recognized"]);
  });

  it("knows nothing any more when the last reading is too old", async () => {
    const { watch, server, clock, permit, whenRead } = await watched(running(1));
    watch.start(permit);
    await whenRead(() => watch.stateOf("m") !== undefined && clock.pendingTimers() > 0);
    server.behave((_, response) => void response.writeHead(404).end());
    clock.advance(3_000);
    await whenRead(() => clock.pendingTimers() > 0);
    expect(watch.stateOf("m")?.running).toBe(1);
    clock.advance(9_001);
    expect(watch.stateOf("m")).toBeUndefined();
  });

  it("says that a server is away when it can't be reached twice, and forgets it when it is back", async () => {
    const { watch, server, clock, permit, whenRead, logged } = await watched(running(1), "vllm");
    const { port } = server;
    await server.close();
    watch.start(permit);
    for (let tries = 0; watch.stateOf("m") === undefined; tries += 1) {
      expect(tries).toBeLessThan(3);
      await whenRead(() => clock.pendingTimers() > 0);
      clock.advance(10_000);
      await new Promise((turn) => setImmediate(turn));
      await whenRead(() => clock.pendingTimers() > 0);
    }
    expect(watch.stateOf("m")?.notReadyBecause).toBe("it can't be reached");
    expect(logged).toContain("a server on the site can't be reached");
    expect(port).toBeGreaterThan(0);
  });

  it("asks nothing more when its leave is withdrawn or it is stopped", async () => {
    const { watch, server, clock, permit, withdraw, whenRead } = await watched(running(1));
    watch.start(permit);
    await whenRead(() => watch.stateOf("m") !== undefined && clock.pendingTimers() > 0);
    const asked = server.requests.length;
    withdraw();
    clock.advance(3_000);
    await whenRead(() => clock.pendingTimers() > 0);
    await watch.stop();
    clock.advance(60_000);
    expect(server.requests).toHaveLength(asked);
    await server.idle();
  });
});
