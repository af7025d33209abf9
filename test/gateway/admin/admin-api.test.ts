import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudProvider } from "../../support/faulty-provider.ts";
import { runBox, type RunningBox } from "../../support/run-box.ts";
import { chat } from "../../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../../support/upstream-server.ts";

const POLICY = `
apiVersion: signalbox/v1
constraints:
  - {id: eu-stays-home, when: '"eu" in principal.tags', require: 'endpoint.location != "cloud"'}
routes: [{id: otherwise}]
endpoints: [{id: acme/team/chat, location: cloud}]
tests:
  - name: the EU stays home
    given: {principal: {tags: [eu]}}
    expect: {forbidden: [acme/team/chat], by: eu-stays-home}
`;

const POLICY_SHA256 = createHash("sha256").update(POLICY).digest("hex");

const QUESTION = { model: "team/chat", messages: [{ role: "user", content: "Hello?" }], max_tokens: 20 };

type Json = Record<string, unknown>;

describe("the admin API", () => {
  let cloud: UpstreamServer;
  let box: RunningBox;
  const keys: Record<string, string> = {};

  const call = async (method: string, path: string, body?: unknown, key?: string) => {
    const response = await box.send(method, path, body, key);
    return { status: response.status, body: (await response.json()) as Json };
  };
  const list = async (path: string, key?: string): Promise<readonly Json[]> =>
    (await call("GET", path, undefined, key)).body as unknown as readonly Json[];

  beforeAll(async () => {
    cloud = await startUpstreamServer({ behave: chat({ pieces: ["Hello"] }) });
    const config = { network: { egress: "allowlisted" }, providers: [cloudProvider("acme", cloud.baseUrl)] };
    box = await runBox({ config, policy: POLICY });
    await call("PUT", "/admin/presets/kept", { model: "team/chat" });
    for (const role of ["inference", "operator", "auditor"]) {
      keys[role] = String((await call("POST", "/admin/keys", { name: role, role })).body["key"]);
    }
  });

  afterAll(async () => {
    await box.stop();
    await cloud.close();
  });

  describe("keeps to roles", () => {
    const ROWS: readonly (readonly [method: string, path: string, roles: readonly string[]])[] = [
      ["GET", "/admin/keys", []],
      ["POST", "/admin/keys", []],
      ["DELETE", "/admin/keys/key_x", []],
      ["POST", "/admin/keys/key_x/revoke", []],
      ["POST", "/admin/keys/key_x/rotate", []],
      ["GET", "/admin/teams", []],
      ["PUT", "/admin/teams/t/budget", []],
      ["DELETE", "/admin/teams/t/budget", []],
      ["GET", "/admin/endpoints", ["operator"]],
      ["GET", "/admin/hardware", ["operator"]],
      ["GET", "/admin/models", ["operator"]],
      ["GET", "/admin/memory", ["operator"]],
      ["POST", "/admin/models/load", ["operator"]],
      ["POST", "/admin/models/unload", ["operator"]],
      ["POST", "/admin/models/bench", ["operator"]],
      ["POST", "/admin/models/pin", ["operator"]],
      ["POST", "/admin/models/unpin", ["operator"]],
      ["GET", "/admin/providers", ["operator", "auditor"]],
      ["POST", "/admin/providers/probe", ["operator"]],
      ["POST", "/admin/providers/reset", ["operator"]],
      ["GET", "/admin/presets", ["operator", "auditor"]],
      ["GET", "/admin/presets/kept", ["operator", "auditor"]],
      ["PUT", "/admin/presets/kept", ["operator"]],
      ["DELETE", "/admin/presets/kept", ["operator"]],
      ["GET", "/admin/presets/kept/versions/1", ["operator", "auditor"]],
      ["GET", "/admin/policies", ["auditor"]],
      ["POST", "/admin/policies/check", ["operator", "auditor"]],
      ["POST", "/admin/policies/dry-run", ["operator", "auditor"]],
      ["POST", "/admin/policies/activate", []],
      ["POST", "/admin/policies/rollback", []],
      ["POST", "/admin/policies/shadow", ["operator"]],
      ["DELETE", "/admin/policies/shadow", ["operator"]],
      ["GET", "/admin/policies/history", ["auditor"]],
      ["GET", `/admin/policies/${POLICY_SHA256}`, ["auditor"]],
      ["POST", "/admin/explain", ["operator", "auditor"]],
      ["GET", "/admin/decisions", ["auditor"]],
      ["GET", "/admin/usage", ["auditor"]],
      ["GET", "/admin/gain", ["auditor"]],
      ["GET", "/admin/audit", ["auditor"]],
      ["GET", "/admin/audit/0", ["auditor"]],
      ["GET", "/admin/audit/checkpoint", ["auditor"]],
      ["POST", "/admin/audit/checkpoint", []],
      ["POST", "/admin/audit/verify", ["auditor"]],
      ["GET", "/admin/config", ["operator", "auditor"]],
      ["POST", "/admin/config/reload", ["operator"]],
    ];

    it.each(ROWS)("%s %s is for admins and for [%s]", async (method, path, roles) => {
      for (const role of ["inference", "operator", "auditor"]) {
        const { status } = await call(method, path, undefined, keys[role]);
        if (roles.includes(role)) expect([200, 400]).toContain(status);
        else expect(status).toBe(403);
      }
      expect((await call(method, path, undefined, "sbx_nobody")).status).toBe(401);
    });

    it("and every row of the table is among those tried here", async () => {
      const { readFileSync } = await import("node:fs");
      const table = readFileSync(resolve(import.meta.dirname, "../../../src/gateway/admin/admin-routes.ts"), "utf8");
      expect(table.match(/^ {4}row\(/gm)).toHaveLength(ROWS.length);
    });
  });

  describe("changes keys and budgets", () => {
    it("makes a key that works at once, lists it without its secret, rotates and revokes it, each change on record", async () => {
      const made = await call("POST", "/admin/keys", {
        name: "clerk",
        team: "finance",
        tags: ["a"],
        dataClass: "confidential",
        weight: 3,
        budgetUsd: 1.5,
        expires: "2099-01-31",
      });
      expect(made.status).toBe(201);
      const { keyId, key } = made.body as { keyId: string; key: string };
      expect((await box.chat(QUESTION, { authorization: `Bearer ${key}` })).status).toBe(200);
      const listed = (await list("/admin/keys")).find((one) => one["keyId"] === keyId);
      expect(listed).toMatchObject({
        name: "clerk",
        role: "inference",
        team: "finance",
        weight: 3,
        budgetMicroUsd: 1_500_000,
        expiresAtMs: Date.UTC(2099, 0, 31),
        state: "active",
      });
      expect(JSON.stringify(listed)).not.toContain(key);
      const rotated = await call("POST", `/admin/keys/${keyId}/rotate`, { now: true });
      expect((await box.send("GET", "/v1/key", undefined, key)).status).toBe(401);
      expect((await box.send("GET", "/v1/key", undefined, String(rotated.body["key"]))).status).toBe(200);
      expect((await call("DELETE", `/admin/keys/${keyId}`)).body).toEqual({ keyId, state: "revoked" });
      expect((await call("DELETE", `/admin/keys/${keyId}`)).status).toBe(404);
      const leaves = await list("/admin/audit?limit=20");
      const ofTheKey = leaves.filter((leaf) => leaf["keyId"] === keyId && String(leaf["kind"]).startsWith("key."));
      expect(ofTheKey.map((leaf) => leaf["kind"])).toEqual(["key.revoked", "key.rotated", "key.created"]);
      for (const leaf of ofTheKey) {
        expect(leaf["by"]).toMatchObject({
          keyId: "key_bootstrap",
          role: "admin",
          requestId: expect.stringMatching(/^req_/),
        });
      }
    });

    it("sets, shows and removes the budget of a team", async () => {
      await call("POST", "/admin/keys", { name: "one", team: "ops" });
      expect(await call("PUT", "/admin/teams/ops/budget", { budgetMicroUsd: 7 })).toMatchObject({
        status: 200,
        body: { team: "ops", budgetMicroUsd: 7 },
      });
      expect(await list("/admin/teams")).toContainEqual({
        team: "ops",
        budgetMicroUsd: 7,
        settledMicroUsd: 0,
        reservedMicroUsd: 0,
      });
      await call("DELETE", "/admin/teams/ops/budget");
      expect(await list("/admin/teams")).toContainEqual({ team: "ops", settledMicroUsd: 0, reservedMicroUsd: 0 });
    });

    it.each([
      [{}, "name", "name must be a text"],
      [{ nam: "x", name: "y" }, "nam", "nam is not a known name; name is"],
      [{ name: "x", role: "root" }, "role", "role must be one of inference, operator, auditor, admin"],
      [{ name: "x", dataClass: "secret" }, "dataClass", "the classes are public, internal"],
      [{ name: "x", budgetUsd: -1 }, "budgetUsd", "budgetUsd"],
      [{ name: "x", budgetUsd: 1, budgetMicroUsd: 1 }, "budgetUsd", "send one of them"],
      [{ name: "x", expires: "soon" }, "expires", "a date such as 2027-01-31"],
      [{ name: "x", expiresAtMs: 1 }, "expiresAtMs", "a time to come"],
    ])("refuses the key %j and says what is wrong with %s", async (body, param, message) => {
      const refused = await call("POST", "/admin/keys", body);
      expect(refused).toMatchObject({
        status: 400,
        body: { error: { code: "invalid_request", param, message: expect.stringContaining(message) } },
      });
    });
  });

  describe("shows the machine and what is configured", () => {
    it("lists endpoints with their live state", async () => {
      await box.chat(QUESTION);
      expect(await list("/admin/endpoints", keys["operator"])).toMatchObject([
        { id: "acme/team/chat", location: "cloud", slots: 64, state: { breaker: "closed", loaded: true, running: 0 } },
      ]);
    });

    it("shows hardware and models as the command-line tool does", async () => {
      expect((await call("GET", "/admin/hardware")).body).toMatchObject({
        platform: process.platform,
        cpu: {},
        gpus: expect.any(Array),
      });
      const printed = await box.command("models", "list", "--json");
      expect((await call("GET", "/admin/models")).body).toEqual(JSON.parse(printed.stdout));
    });
  });

  describe("explains", () => {
    it("where a request would go now, as the decision that it would be recorded as, and sends nothing", async () => {
      const before = cloud.requests.length;
      const { status, body } = await call("POST", "/admin/explain", { request: QUESTION }, keys["auditor"]);
      expect(status).toBe(200);
      expect(body).toMatchObject({ routeId: "otherwise", candidates: [{ endpointId: "acme/team/chat" }] });
      expect(cloud.requests.length).toBe(before);
    });

    it("with the rights of a key, with headers, and under another policy", async () => {
      const { body: made } = await call("POST", "/admin/keys", { name: "berlin", tags: ["eu"] });
      const question = { request: QUESTION, keyId: made["keyId"], headers: { "X-Data-Class": "restricted" } };
      const { body } = await call("POST", "/admin/explain", question);
      expect(body).toMatchObject({ dataClass: "restricted", candidates: [], rejected: [{ by: "eu-stays-home" }] });
      const open = POLICY.replace("'endpoint.location != \"cloud\"'", "'endpoint.location != \"site\"'").replace(
        "location: cloud",
        "location: site",
      );
      const dry = await call("POST", "/admin/policies/dry-run", { text: open, ...question });
      expect(dry.body).toMatchObject({ candidates: [{ endpointId: "acme/team/chat" }] });
      expect(dry.body["policySha256"]).not.toBe(body["policySha256"]);
      expect((await call("GET", "/admin/policies")).body["sha256"]).toBe(body["policySha256"]);
    });

    it.each([
      [{ model: "team/chat", prompt: "Once" }, undefined, "interactive", ["acme/team/chat"]],
      [{ model: "team/chat", input: "a text" }, undefined, "embedding", ["acme/team/chat"]],
      [{ model: "team/chat", query: "which?", documents: ["a"] }, "rerank", "rerank", ["acme/team/chat"]],
      [{ model: "team/chat", input: "a text", labels: ["a", "b"] }, undefined, "agentic", []],
    ])("%j as what it asks for", async (request, kind, workload, endpointIds) => {
      const { status, body } = await call("POST", "/admin/explain", { request, kind });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        workload: { class: workload },
        candidates: endpointIds.map((endpointId) => ({ endpointId })),
      });
    });

    it.each([
      [{}, 400, "request"],
      [{ request: QUESTION, kind: "song" }, 400, "kind"],
      [{ request: { ...QUESTION, messages: 3 } }, 400, "messages"],
      [{ request: QUESTION, keyId: "key_none" }, 404, "keyId"],
      [{ request: QUESTION, header: {} }, 400, "header"],
    ])("refuses %j", async (body, status, param) => {
      expect(await call("POST", "/admin/explain", body)).toMatchObject({ status, body: { error: { param } } });
    });

    it("to the command-line tool from its live facts, which it reaches without a key", async () => {
      const file = join(dirname(box.configFile), "question.json");
      writeFileSync(file, JSON.stringify(QUESTION));
      const { stdout, stderr, exitCode } = await box.command("explain", "--json", "--request", file);
      expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
      const { candidates } = JSON.parse(stdout) as {
        candidates: readonly { prediction: { tokensPerSecond?: number } }[];
      };
      const { body } = await call("POST", "/admin/explain", { request: QUESTION });
      expect(candidates).toEqual((body as { candidates?: unknown }).candidates);
    });
  });

  describe("checks policies", () => {
    it("shows the one that counts with the text that was activated, whatever the file says by now", async () => {
      const file = join(dirname(box.configFile), "policy.yaml");
      writeFileSync(file, "apiVersion: something/else");
      const { body } = await call("GET", "/admin/policies", undefined, keys["auditor"]);
      writeFileSync(file, POLICY);
      expect(body).toMatchObject({ file, text: POLICY, constraints: ["eu-stays-home"], routes: ["otherwise"] });
    });

    it("says what is wrong with a text, and where", async () => {
      const { status, body } = await call("POST", "/admin/policies/check", {
        text: POLICY.replace("principal", "principle"),
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({ ok: false, problems: [{ line: 4, message: expect.stringContaining("principle") }] });
    });

    it("refuses a dry run under a text that it would refuse", async () => {
      const { status, body } = await call("POST", "/admin/policies/dry-run", { text: "routes: 3", request: QUESTION });
      expect(status).toBe(400);
      expect(body).toMatchObject({ error: { param: "text", metadata: { problems: expect.any(Array) } } });
    });
  });

  describe("reads decisions and the audit log", () => {
    it("lists what became of a request, and nothing else", async () => {
      const response = await box.chat(QUESTION);
      const requestId = String(response.headers.get("x-request-id"));
      await response.text();
      const leaves = await list(`/admin/decisions?request=${requestId}`, keys["auditor"]);
      expect(leaves).toMatchObject([
        { kind: "outcome", requestId, result: "answered" },
        { kind: "attempt", requestId, endpointId: "acme/team/chat", decision: { routeId: "otherwise" } },
      ]);
      expect(await list("/admin/decisions?kind=attempt&limit=2")).toHaveLength(2);
      const kinds = (await list("/admin/decisions?limit=1000")).map((leaf) => leaf["kind"]);
      expect(new Set(kinds)).toEqual(new Set(["attempt", "outcome"]));
      const [newest] = await list("/admin/decisions?limit=1");
      const [before] = await list(`/admin/decisions?limit=1&before=${String(newest?.["index"])}`);
      expect(Number(before?.["index"])).toBeLessThan(Number(newest?.["index"]));
    });

    it("shows a leaf with its receipt, signs and shows a checkpoint, and verifies", async () => {
      const { body: signed } = await call("POST", "/admin/audit/checkpoint");
      expect((await call("GET", "/admin/audit/checkpoint")).body).toEqual(signed);
      expect((await call("GET", "/admin/audit/0")).body).toMatchObject({
        leaf: { index: 0, kind: "log.created" },
        receipt: expect.stringContaining("index 0"),
      });
      expect((await call("GET", "/admin/audit/999999")).status).toBe(404);
      expect((await call("POST", "/admin/audit/verify")).body).toMatchObject({ ok: true });
      expect((await call("POST", "/admin/audit/verify", { vkey: "nonsense" })).status).toBe(400);
    });

    it("sums usage by what is asked for, and refuses what it can't sum by", async () => {
      await (await box.chat(QUESTION)).text();
      const { body } = await call("GET", "/admin/usage?by=endpoint&since=2020-01-01", undefined, keys["auditor"]);
      const { groups } = body as { readonly groups: readonly Json[] };
      expect(groups.find(({ name }) => name === "acme/team/chat")?.["answered"]).toBeGreaterThan(0);
      expect(body).toMatchObject({ by: "endpoint", since: "2020-01-01T00:00:00.000Z" });
      for (const [query, param] of [
        ["by=mood", "by"],
        ["since=soon", "since"],
      ] as const)
        expect(await call("GET", `/admin/usage?${query}`)).toMatchObject({ status: 400, body: { error: { param } } });
    });

    it("puts reading on record under the reader's key", async () => {
      const { body: made } = await call("POST", "/admin/keys", { name: "curious", role: "auditor" });
      await list("/admin/audit?limit=1&kind=attempt", String(made["key"]));
      await list("/admin/decisions", String(made["key"]));
      const reads = (await list("/admin/audit?kind=audit.read")).filter(
        (leaf) => (leaf["by"] as Json)["keyId"] === made["keyId"],
      );
      expect(reads).toMatchObject([{ query: { route: "/admin/audit", limit: 1, kind: "attempt" } }]);
    });

    it.each(["limit=0", "limit=x", "limit=5000", "before=-1", "kind=key.created", "kind=a&kind=b", "unknown=1"])(
      "refuses the query %s",
      async (query) => {
        expect(await call("GET", `/admin/decisions?${query}`)).toMatchObject({
          status: 400,
          body: { error: { param: query.split("=")[0] } },
        });
      },
    );
  });

  it("reloads for an operator, on record under the operator's key, and refuses a bad file with its lines", async () => {
    const reloaded = await call("POST", "/admin/config/reload", undefined, keys["operator"]);
    expect(reloaded).toMatchObject({ status: 200, body: { ok: true, endpoints: { kept: ["acme/team/chat"] } } });
    const shown = await call("GET", `/admin/audit/${String(reloaded.body["auditIndex"])}`);
    expect(shown.body).toMatchObject({
      leaf: { kind: "config.activated", sha256: reloaded.body["configSha256"], by: { role: "operator" } },
    });
    const policyFile = join(dirname(box.configFile), "policy.yaml");
    writeFileSync(policyFile, POLICY.replace("[{id: otherwise}]", "[{id: otherwise, objective: speed}]"));
    const refused = await call("POST", "/admin/config/reload", {}, keys["operator"]);
    writeFileSync(policyFile, POLICY);
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: "config_refused", metadata: { problems: [{ file: policyFile, line: 5 }] } } },
    });
    expect((await call("GET", "/admin/config")).body).toMatchObject({ policySha256: reloaded.body["policySha256"] });
  });
});

describe("a data folder without a server", () => {
  it("is explained from the configuration alone, and the tool says so", async () => {
    const cloud = await startUpstreamServer({ behave: chat() });
    const box = await runBox({
      config: { network: { egress: "allowlisted" }, providers: [cloudProvider("acme", cloud.baseUrl)] },
    });
    const file = resolve(import.meta.dirname, "../../integration/report-request.json");
    box.process.kill("SIGKILL");
    const { stdout, stderr, exitCode } = await box.command("explain", "--json", "--request", file);
    const texts = join(dirname(box.configFile), "texts.json");
    writeFileSync(texts, JSON.stringify({ model: "team/chat", input: ["a", "b"] }));
    const embedding = await box.command("explain", "--json", "--kind", "embedding", "--request", texts);
    const inferred = await box.command("explain", "--request", texts);
    await box.stop();
    await cloud.close();
    expect(exitCode).toBe(0);
    expect(stderr).toContain("No server answers here");
    expect(JSON.parse(embedding.stdout)).toMatchObject({
      workload: { class: "embedding" },
      candidates: [{ endpointId: "acme/team/chat" }],
    });
    expect(inferred.stdout).toContain("workload  embedding");
    expect(JSON.parse(stdout)).toMatchObject({ candidates: [{ endpointId: "acme/team/chat" }] });
  });
});
