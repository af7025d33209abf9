import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ActiveConfiguration } from "../../src/app/active-configuration.ts";
import { readConfiguration } from "../../src/app/prepare-configuration.ts";
import { systemClock, systemRandom } from "../../src/app/system-clock.ts";
import { openLeafReader } from "../../src/audit/read-leaves.ts";
import { readEnvironment } from "../../src/config/environment.ts";
import { createPermitOffice } from "../../src/core/permit.ts";
import { ModelPlacement } from "../../src/hosting/placement/model-placement.ts";
import { openRunDirectory } from "../../src/hosting/supervisor/run-directory.ts";
import { openAuditBox } from "../audit/audit-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const MODEL = { id: "m", price: { input: 1, output: 2 } };
const ACME = { id: "acme", location: "cloud", baseUrl: "https://acme.example/v1", models: [MODEL] };
const OTHER = { id: "other", location: "site", baseUrl: "http://10.0.0.1/v1", models: [{ id: "n" }] };

const POLICY = `
apiVersion: signalbox/v1
routes: [{id: otherwise}]
tests: [{name: all may go anywhere, endpoints: [{id: a/b}], expect: {allowed: [a/b]}}]
`;

/** A configuration of providers alone in a folder of its own, over a real log. */
async function activeIn(folder: string, config: object, variables: Record<string, string> = {}) {
  const configFile = join(folder, "appliance.json");
  const policyFile = join(folder, "policy.yaml");
  const write = (next: object): void =>
    writeFileSync(configFile, JSON.stringify({ network: { egress: "allowlisted" }, policies: "policy.yaml", ...next }));
  write(config);
  writeFileSync(policyFile, POLICY);
  const read = readEnvironment({ SIGNALBOX_CONFIG: configFile, ...variables }, folder);
  const source = readConfiguration(configFile);
  if (!read.ok || !source.ok) throw new Error("The test's own configuration is bad.");
  const audit = await openAuditBox(join(folder, "data"));
  const leaves = openLeafReader(audit.dataDir);
  onTestFinished(() => leaves.close());
  const runDirectory = await openRunDirectory(join(folder, "run"));
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const permits = createPermitOffice();
  const configuration = new ActiveConfiguration({
    environment: read.environment,
    records: audit,
    leaves,
    log,
    preparation: {
      dataDir: audit.dataDir,
      lookAtMachine: () => Promise.reject(new Error("no model needs a worker")),
      clock: systemClock,
      random: systemRandom,
      log,
      runDirectory,
      placement: new ModelPlacement({ clock: systemClock, log, readMemory: () => Promise.resolve({}) }),
      redeemPermit: permits.redeem,
      issueWatchPermit: permits.issueWatch,
      environment: {},
    },
  });
  await configuration.start(source);
  onTestFinished(() => configuration.close());
  const live = (id: string) => configuration.routing.endpoints.get(id);
  return { configuration, write, writePolicy: (text: string) => writeFileSync(policyFile, text), audit, live };
}

describe("a reload", () => {
  it("keeps unchanged endpoints, with their queues and what they have learned, and makes the others anew", async () => {
    const { configuration, write, live } = await activeIn(temporaryFolder(), { providers: [ACME, OTHER] });
    const [acme, other] = [live("acme/m"), live("other/n")];
    write({ providers: [{ ...ACME, models: [{ ...MODEL, price: { input: 1, output: 3 } }, { id: "new" }] }, OTHER] });
    expect(await configuration.reload()).toMatchObject({
      ok: true,
      endpoints: { added: ["acme/new"], changed: ["acme/m"], removed: [], kept: ["other/n"] },
    });
    expect(live("other/n")).toBe(other);
    expect(live("acme/m")).not.toBe(acme);
    expect(live("acme/m")?.facts.price?.outputMicroUsdPerMillion).toBe(3_000_000);
  });

  it("lets requests wait in the same queue when only the price has changed, and in a new one when the limit has", async () => {
    const { configuration, write, live } = await activeIn(temporaryFolder(), { providers: [ACME] });
    const gate = live("acme/m")?.gate;
    write({ providers: [{ ...ACME, region: "eu-west" }] });
    await configuration.reload();
    expect(live("acme/m")?.facts.region).toBe("eu-west");
    expect(live("acme/m")?.gate).toBe(gate);
    write({ providers: [{ ...ACME, maxConcurrency: 2 }] });
    await configuration.reload();
    expect(live("acme/m")?.gate).not.toBe(gate);
  });

  it("excludes what the new configuration does not let out, and says so", async () => {
    const { configuration, write, live } = await activeIn(temporaryFolder(), { providers: [ACME] });
    write({ providers: [ACME], network: { egress: "deny" } });
    expect(await configuration.reload()).toMatchObject({
      ok: true,
      notes: [expect.stringContaining("acme/m is not in use: air-gapped")],
    });
    expect(live("acme/m")?.facts.excludedBecause).toContain("air-gapped");
  });

  it("records both hashes before they count, with who asked", async () => {
    const { configuration, writePolicy, audit } = await activeIn(temporaryFolder(), { providers: [ACME] });
    writePolicy(`${POLICY}# changed\n`);
    const by = { keyId: "key_op", role: "operator", requestId: "req_1" } as const;
    const done = await configuration.reload(by);
    if (!done.ok) throw new Error("refused");
    const reader = openLeafReader(audit.dataDir);
    onTestFinished(() => reader.close());
    const [policy, config] = reader.list({ limit: 2 });
    expect(config).toMatchObject({ index: done.auditIndex, kind: "config.activated", sha256: done.configSha256, by });
    expect(policy).toMatchObject({ kind: "policy.activated", sha256: done.policySha256, by });
    expect(configuration.routing.policy.sha256).toBe(done.policySha256);
  });
});

describe("a reload that can't be applied", () => {
  it("lists every problem with its line, what needs a restart and what is wrong with the policy, and changes nothing", async () => {
    const folder = temporaryFolder();
    const { configuration, write, writePolicy } = await activeIn(folder, { providers: [ACME] });
    const before = configuration.active;
    write({ providers: [OTHER], server: { port: 1 }, dataDir: "elsewhere" });
    writePolicy(POLICY.replace("otherwise", "'bad id'").replace("a/b}]", "a/b, speed: 1}]"));
    const refused = await configuration.reload();
    if (refused.ok) throw new Error("applied");
    expect(refused.problems).toMatchObject([
      { file: join(folder, "appliance.json"), line: 1, message: expect.stringContaining("server.port") },
      { file: join(folder, "appliance.json"), line: 1, message: expect.stringContaining("dataDir") },
      { file: join(folder, "policy.yaml"), line: 3 },
      { file: join(folder, "policy.yaml"), line: 4 },
    ]);
    expect(configuration.active).toBe(before);
  });

  it.each([
    [{ SIGNALBOX_HOST: "127.0.0.1" }, { server: { host: "0.0.0.0" } }],
    [{ SIGNALBOX_PORT: "0" }, { server: { port: 9_000 } }],
    [{ SIGNALBOX_DATA_DIR: "/tmp" }, { dataDir: "elsewhere" }],
    [{}, { server: { drainTimeout: "1s" } }],
  ])("is not one that changes only what the environment %j overrides or what may change", async (variables, change) => {
    const { configuration, write } = await activeIn(
      temporaryFolder(),
      { providers: [ACME] },
      variables as Record<string, string>,
    );
    write({ providers: [ACME], ...change });
    expect(await configuration.reload()).toMatchObject({ ok: true });
  });

  it("is one whose files are gone", async () => {
    const folder = temporaryFolder();
    const { configuration } = await activeIn(folder, { providers: [ACME] });
    rmSync(join(folder, "appliance.json"));
    expect(await configuration.reload()).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining("cannot be read") }],
    });
  });

  it("is one that can't be recorded: nothing counts that is not in the log", async () => {
    const { configuration, write, audit } = await activeIn(temporaryFolder(), { providers: [ACME] });
    const before = configuration.active;
    write({ providers: [OTHER] });
    await audit.journal.close();
    await expect(configuration.reload()).rejects.toMatchObject({ code: "audit_unavailable" });
    expect(configuration.active).toBe(before);
  });

  it("is one that comes while the box stops", async () => {
    const { configuration } = await activeIn(temporaryFolder(), { providers: [ACME] });
    const reload = configuration.reload();
    await configuration.close();
    await expect(reload).rejects.toMatchObject({ code: "draining" });
  });
});

describe("reloads at the same time", () => {
  it("run one after the other, each with the files of its turn, and only so many wait", async () => {
    const { configuration, write, live } = await activeIn(temporaryFolder(), { providers: [ACME] });
    const reloads = Array.from({ length: 8 }, () => configuration.reload());
    await expect(configuration.reload()).rejects.toMatchObject({
      code: "rate_limited",
      details: { retryAfterMs: 1_000 },
    });
    await reloads[0];
    write({ providers: [OTHER] });
    const outcomes = await Promise.all(reloads);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect([live("acme/m"), live("other/n")?.facts.id]).toEqual([undefined, "other/n"]);
    expect(outcomes.flatMap((outcome) => (outcome.ok ? outcome.endpoints.removed : []))).toEqual(["acme/m"]);
    const indexes = outcomes.map((outcome) => (outcome.ok ? outcome.auditIndex : -1));
    expect(indexes).toEqual(indexes.toSorted((a, b) => a - b));
    expect(await configuration.reload()).toMatchObject({ ok: true });
  });
});
