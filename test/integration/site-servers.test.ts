import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFileSync } from "node:fs";
import { behaviourOf, ENGINE_SERVERS, Status } from "../providers/site/engine-servers.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

interface Reported {
  readonly id: string;
  readonly running: number;
  readonly queued: number;
  readonly unavailable_because: string | null;
  readonly server: Readonly<Record<string, unknown>> | null;
}

let server: UpstreamServer;
let box: RunningBox;

const configOf = (changes: object) => ({
  providers: [{ id: "rack", location: "site", baseUrl: server.baseUrl, models: [{ id: "m" }], ...changes }],
});

beforeAll(async () => {
  server = await startUpstreamServer({ behave: behaviourOf(ENGINE_SERVERS["llama-server"].paths) });
  box = await runBox({ config: configOf({}) });
});

afterAll(async () => {
  await box.stop();
  await server.close();
});

/** What the box says of the endpoint, once `holds`. */
async function reported(holds: (endpoint: Reported) => boolean): Promise<Reported> {
  for (;;) {
    const answer = (await (await box.get("/v1/models/m/endpoints")).json()) as {
      readonly data: { readonly endpoints: readonly { readonly signalbox: Reported }[] };
    };
    const endpoint = answer.data.endpoints[0]?.signalbox;
    if (endpoint !== undefined && holds(endpoint)) return endpoint;
    await server.received(server.requests.length + 1);
  }
}

describe("a running box with a server on the site", () => {
  it("knows its load, and shows it", async () => {
    const endpoint = await reported((one) => one.server !== null);
    expect(endpoint).toMatchObject({
      running: 2,
      queued: 5,
      server: { engine: "llama-server", running: 2, queued: 5, slots: 2 },
      queues: { interactive: { queued: 0 } },
    });
    const { stdout } = await box.command("doctor", "--json");
    const findings = JSON.parse(stdout) as readonly { readonly subject: string; readonly message: string }[];
    const messages = findings.filter(({ subject }) => subject === "rack/m").map(({ message }) => message);
    expect(messages).toContain("served by llama-server: 2 running, 5 waiting, 2 slots");
    expect(messages).toContain("it is sent up to 64 requests at a time, and its server runs 2");
  });

  it("has recorded that it asks, and sends nothing of a request with that", async () => {
    const leaves = (await (await box.get("/admin/audit?limit=50")).json()) as readonly Record<string, unknown>[];
    expect(leaves.find(({ kind }) => kind === "config.activated")).toMatchObject({ watched: [server.origin] });
    expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  it("sends no request to one that says that it loads its model, and says so", async () => {
    const loading = new Status(503, { error: { message: "Loading model" } });
    server.behave(behaviourOf({ ...ENGINE_SERVERS["llama-server"].paths, "/health": loading }));
    const { unavailable_because } = await reported((one) => one.unavailable_because !== null);
    expect(unavailable_because).toBe("its server is not ready: Loading model");
    expect((await box.chat({ model: "m", messages: [{ role: "user", content: "?" }] })).status).toBe(503);
  });

  it("asks nothing more after a reload that says so", async () => {
    writeFileSync(box.configFile, JSON.stringify(configOf({ engine: "openai" })));
    expect((await box.send("POST", "/admin/config/reload")).status).toBe(200);
    const { server: known, unavailable_because } = await reported(() => true);
    expect([known, unavailable_because]).toEqual([null, null]);
    await server.idle();
  });
});
