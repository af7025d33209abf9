import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { runBox, runCommand, type RunningBox } from "../support/run-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const REQUEST = JSON.stringify({ model: "auto", messages: [{ role: "user", content: "Hello" }] });

/** Dozens of processes, one after the other: on a busy machine each takes seconds to start. */
const MANY_PROCESSES_TIMEOUT_MS = 180_000;

/** Runs the commands two at a time: more would only wait for the machine's cores. */
async function inPairs<Input, Result>(
  inputs: readonly Input[],
  run: (input: Input) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let index = 0; index < inputs.length; index += 2) {
    results.push(...(await Promise.all(inputs.slice(index, index + 2).map(run))));
  }
  return results;
}

describe("the command line beside a running box", () => {
  let box: RunningBox;

  beforeAll(async () => {
    box = await runBox({
      config: { models: [{ id: "test/model", file: await buildTestModel("scripted"), slots: 1, device: "cpu" }] },
    });
  });

  afterAll(() => box.stop());

  it("explains itself with --help, on stdout, with exit code 0", async () => {
    expect(await box.command("audit", "verify", "--help")).toMatchObject({
      exitCode: 0,
      stderr: "",
      stdout: expect.stringMatching(/^Usage: signalbox audit verify/) as string,
    });
  });

  it("prints nothing but JSON on stdout with --json", { timeout: MANY_PROCESSES_TIMEOUT_MS }, async () => {
    const folder = temporaryFolder();
    const request = join(folder, "request.json");
    writeFileSync(request, REQUEST);
    const commands = [
      ["doctor"],
      ["hardware", "--no-bandwidth"],
      ["models", "list"],
      ["models", "verify"],
      ["keys", "list"],
      ["explain", "--request", request],
      ["policy", "check"],
      ["policy", "test"],
      ["policy", "history"],
      ["policy", "diff", "active", "active"],
      ["audit", "list", "--limit", "3"],
      ["audit", "show", "0"],
      ["audit", "verify"],
      ["audit", "checkpoint"],
      ["audit", "export", join(folder, "export")],
      ["teams", "list"],
      ["backup", join(folder, "backup")],
      ["usage", "--by", "day"],
    ];
    const answers = await inPairs(commands, (words) => box.command(...words, "--json"));
    for (const [index, { exitCode, stdout }] of answers.entries()) {
      expect([commands[index], exitCode]).toEqual([commands[index], 0]);
      expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    }
    // What is refused is JSON too; the reason goes to stderr.
    const refused = join(folder, "refused.json");
    writeFileSync(refused, JSON.stringify({ ...(JSON.parse(REQUEST) as object), model: "no/such" }));
    const explained = await box.command("explain", "--json", "--request", refused);
    expect(explained.exitCode).toBe(1);
    expect(JSON.parse(explained.stdout)).toMatchObject({ candidates: [] });
    expect(explained.stderr).toContain("model_not_found");
  });

  it("plays the requests on record against other endpoints", { timeout: MANY_PROCESSES_TIMEOUT_MS }, async () => {
    for (let count = 0; count < 3; count++) {
      const answer = await box.chat({ ...(JSON.parse(REQUEST) as object), max_tokens: 4 });
      expect(answer.status).toBe(200);
      await answer.text();
    }
    const endpoints = join(temporaryFolder(), "endpoints.yaml");
    writeFileSync(
      endpoints,
      "endpoints: [{id: box/test/model, prefillTokensPerSecond: 1000, decodeTokensPerSecond: 10}, {id: acme/other, location: cloud, slots: 2, firstContent: 1s, decodeTokensPerSecond: 50, price: {input: 1, output: 2}}]\n",
    );
    const { exitCode, stdout, stderr } = await box.command(
      ...["simulate", "--endpoints", endpoints, "--audit", "1h", "--json"],
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const { requests, runs } = JSON.parse(stdout) as {
      readonly requests: number;
      readonly runs: readonly {
        readonly all: Readonly<Record<string, number>>;
        readonly endpoints: readonly { readonly endpointId: string }[];
      }[];
    };
    expect(requests).toBeGreaterThanOrEqual(3);
    expect(runs[0]?.all).toMatchObject({ arrived: requests, finished: requests });
    expect(runs[0]?.endpoints.map(({ endpointId }) => endpointId)).toEqual(["box/test/model", "acme/other"]);
    const measured = await box.command("simulate", "--audit", "1h", "--json");
    expect({ exitCode: measured.exitCode, stderr: measured.stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect((JSON.parse(measured.stdout) as { readonly requests: number }).requests).toBe(requests);
  });

  it("says on stderr what is wrong, with exit code 1", { timeout: MANY_PROCESSES_TIMEOUT_MS }, async () => {
    const cases: readonly (readonly [string, ...string[]])[] = [
      ["no leaf 999999", "audit", "show", "999999"],
      ["no active key", "keys", "revoke", "key_nobody"],
      ["can't be read", "explain", "--request", "/no/such/file"],
      ["refused", "policy", "check", "/no/such/file"],
      ["imported", "models", "verify", "no-such-model"],
      ["no-such-model", "models", "remove", "no-such-model"],
      ["/no/such/file", "models", "import", "/no/such/file"],
      ["no audit log", "audit", "verify", "--data-dir", "/no/such/folder"],
      ["exists", "audit", "export", "/"],
      ["exists", "backup", "/"],
      ["no backup", "restore", "/no/such/folder"],
    ];
    const answers = await inPairs(cases, ([, ...words]) => box.command(...words));
    for (const [index, { exitCode, stderr }] of answers.entries()) {
      expect([cases[index], exitCode]).toEqual([cases[index], 1]);
      expect(stderr).toContain(cases[index]?.[0]);
      expect(stderr).not.toContain("    at ");
    }
  });

  it("makes, lists, rotates and revokes keys that count at once", async () => {
    const created = await box.command(
      "keys",
      "create",
      "--name",
      "shop",
      "--team",
      "web",
      "--tag",
      "eu",
      "--tag",
      "beta",
      "--budget-usd",
      "1.5",
      "--expires",
      "2099-01-01",
      "--json",
    );
    const { key, keyId } = JSON.parse(created.stdout) as { readonly key: string; readonly keyId: string };
    expect(key).toMatch(/^sbx_/);
    const statusOf = async (secret: string): Promise<number> =>
      (await fetch(`${box.url}/v1/key`, { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await statusOf(key)).toBe(200);
    const listed = JSON.parse((await box.command("keys", "list", "--json")).stdout) as readonly {
      readonly keyId: string;
    }[];
    expect(listed.find((one) => one.keyId === keyId)).toMatchObject({
      name: "shop",
      team: "web",
      tags: ["eu", "beta"],
      budgetMicroUsd: 1_500_000,
      state: "active",
    });
    expect(JSON.stringify(listed)).not.toContain(key);
    const rotated = JSON.parse((await box.command("keys", "rotate", keyId, "--now", "--json")).stdout) as {
      readonly key: string;
    };
    expect([await statusOf(key), await statusOf(rotated.key)]).toEqual([401, 200]);
    await box.command("keys", "revoke", keyId);
    expect(await statusOf(rotated.key)).toBe(401);
    expect((await box.command("keys", "revoke", keyId)).exitCode).toBe(1);
    const leaves = JSON.parse((await box.command("audit", "list", "--json", "--limit", "20")).stdout) as readonly {
      readonly kind: string;
      readonly keyId?: string;
    }[];
    const changes = leaves.filter((leaf) => leaf.keyId === keyId && leaf.kind.startsWith("key."));
    expect(changes.length).toBe(3);
  });

  it("imports a model, verifies it, notices a changed byte, and removes it", async () => {
    const broken = await box.command("models", "import", await buildTestModel("broken-not-gguf"), "--id", "broken");
    expect(broken.exitCode).toBe(1);
    const source = await buildTestModel("scripted", { script: "Imported." });
    const imported = await box.command("models", "import", source, "--id", "maker/copy", "--json");
    expect(imported.exitCode).toBe(0);
    const { file } = JSON.parse(imported.stdout) as { readonly file: string };
    expect((await box.command("models", "verify", "maker/copy")).exitCode).toBe(0);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(file, bytes);
    const changed = await box.command("models", "verify", "--json");
    expect(changed.exitCode).toBe(1);
    expect(JSON.parse(changed.stdout)).toMatchObject([{ id: "maker/copy", kind: "changed" }]);
    expect((await box.command("models", "remove", "maker/copy")).exitCode).toBe(0);
    expect((await box.command("models", "verify", "maker/copy")).exitCode).toBe(1);
  });

  it("refuses a second server on the same data folder, and a port that is taken", async () => {
    const second = await box.command("serve");
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain(`Another Signalbox serves from ${box.dataDir}`);
    expect(second.stdout).toBe("");
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const other = await runCommand(["serve"], environmentIn(temporaryFolder(), "{}", { SIGNALBOX_PORT: String(port) }));
    taken.close();
    expect(other.exitCode).toBe(1);
    expect(other.stderr).toContain(`port ${port}: something else listens there`);
    expect((await box.get("/readyz")).status).toBe(200);
  });
});

describe("signalbox simulate", () => {
  /** A folder with endpoints and a small trace, and what a command is run with there. */
  function simulationFolder() {
    const folder = temporaryFolder();
    const env = environmentIn(folder, "{}");
    writeFileSync(
      join(folder, "endpoints.yaml"),
      "endpoints:\n  - {id: box/small, location: box, slots: 1, prefillTokensPerSecond: 1000, decodeTokensPerSecond: 50}\n" +
        "  - {id: acme/large, location: cloud, slots: 8, firstContent: 500ms, decodeTokensPerSecond: {1: 60, 8: 50}, price: {input: 1, output: 2}}\n",
    );
    const lines = Array.from({ length: 40 }, (_, index) => `${index * 100},500,60,agentic\n`);
    writeFileSync(join(folder, "small.csv"), `time_ms,prompt_tokens,output_tokens,class\n${lines.join("")}`);
    return { folder, env };
  }

  it("plays a trace with every router, the same for the same seed, and draws it", async () => {
    const { folder, env } = simulationFolder();
    const [endpoints, trace, svg] = ["endpoints.yaml", "small.csv", "timeline.svg"].map((name) => join(folder, name));
    const files = ["--endpoints", String(endpoints), "--trace", String(trace)];
    const words = ["simulate", ...files, "--compare", "--svg", String(svg), "--json"];
    const [first, second] = await Promise.all([runCommand(words, env), runCommand(words, env)]);
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(second.stdout).toBe(first.stdout);
    const { requests, runs } = JSON.parse(first.stdout) as {
      readonly requests: number;
      readonly runs: readonly { readonly router: string; readonly all: Readonly<Record<string, number>> }[];
    };
    expect(requests).toBe(40);
    expect(runs.map(({ router }) => router)).toEqual(["signalbox", "round-robin", "least-busy", "cheapest-first"]);
    for (const { all } of runs) expect(all).toMatchObject({ arrived: 40, finished: 40 });
    expect(readFileSync(String(svg), "utf8")).toContain("box/small");
    const printed = await runCommand(["simulate", ...files], env);
    expect(printed.stdout).toMatch(/agentic +40/);
  });

  it("plays a trace against the endpoints of a configuration alone, and says what it assumes of them", async () => {
    const { folder, env } = simulationFolder();
    const config = join(folder, "thought-of.yaml");
    writeFileSync(
      config,
      "network: {egress: allowlisted}\nproviders:\n  - id: acme\n    baseUrl: https://acme.example/v1\n    location: cloud\n    models:\n" +
        "      - {id: large, price: {input: 1, output: 2}}\n",
    );
    const words = ["simulate", "--trace", join(folder, "small.csv"), "--config", config];
    const { exitCode, stdout, stderr } = await runCommand([...words, "--json"], env);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("Nobody has measured acme/large here");
    expect(JSON.parse(stdout)).toMatchObject({
      assumed: ["acme/large"],
      runs: [{ all: { arrived: 40, finished: 40, burst: 40, costMicroUsd: 40 * 620 } }],
    });
  });

  it.each<[readonly string[], number, RegExp]>([
    [["--endpoints", "endpoints.yaml"], 2, /--trace/],
    [["--trace", "small.csv"], 1, /no models and no providers.*--endpoints/],
    [["--endpoints", "/no/such.yaml", "--trace", "small.csv"], 1, /no\/such\.yaml can't be read/],
    [["--endpoints", "endpoints.yaml", "--trace", "/no/such.csv"], 1, /no\/such\.csv can't be read/],
    [["--endpoints", "endpoints.yaml", "--trace", "small.csv", "--mix", "other=1"], 2, /No trace is called other/],
    [["--endpoints", "endpoints.yaml", "--trace", "small.csv", "--router", "dice"], 2, /dice/],
  ])("says what is wrong with %j", async (words, code, message) => {
    const { folder, env } = simulationFolder();
    const files = words.map((word) => (/^(endpoints\.yaml|small\.csv)$/.test(word) ? join(folder, word) : word));
    const { exitCode, stderr } = await runCommand(["simulate", ...files], env);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: code });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
  });
});

describe("the command line with a set-up that is wrong", () => {
  it("names the file, the line and the nearest known name of a configuration", async () => {
    const env = environmentIn(temporaryFolder(), "network: {egress: deny}\nserver:\n  port: 8080\n  hots: 127.0.0.1\n");
    for (const words of [["serve"], ["doctor", "--json"]]) {
      const { exitCode, stdout, stderr } = await runCommand(words, env);
      expect(exitCode).toBe(1);
      expect(stdout).toBe("");
      expect(stderr).toContain("appliance.yaml:4: server.hots is not a known name; did you mean host?");
    }
  });

  it.each<[string, string, number, string]>([
    ["SIGNALBOX_CONFIG", "/no/such/appliance.yaml", 1, "/no/such/appliance.yaml: cannot be read"],
    ["SIGNALBOX_PORT", "eighty", 2, "SIGNALBOX_PORT must be a port"],
    ["SIGNALBOX_ADMIN_KEY", "sbx_canary", 2, "48 hexadecimal digits"],
    ["SIGNALBOX_LOG_LEVEL", "loud", 2, "SIGNALBOX_LOG_LEVEL"],
    ["SIGNALBOX_DATA_DIR", "/proc/signalbox", 1, "can't be made or used"],
    ["SIGNALBOX_DATA_DIR", `${resolve("package.json")}/data`, 1, "can't be made or used"],
  ])("says what is wrong with %s=%s", async (name, value, code, words) => {
    const { exitCode, stderr } = await runCommand(["serve"], environmentIn(temporaryFolder(), "{}", { [name]: value }));
    expect(exitCode).toBe(code);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain("sbx_canary");
    expect(stderr).not.toContain("    at ");
  });

  it("refuses a policy whole, with its line, and a policy without tests", async () => {
    const folder = temporaryFolder();
    const policy = join(folder, "policy.yaml");
    writeFileSync(
      policy,
      "apiVersion: signalbox/v1\nconstraints:\n  - id: a\n    when: 'true'\n    require: 'endpoint.regoin == \"eu\"'\ntests:\n  - name: t\n    expect: {allowed: '*'}\n",
    );
    const env = environmentIn(folder, `policies: ${policy}\n`);
    const served = await runCommand(["serve"], env);
    expect(served.exitCode).toBe(1);
    expect(served.stderr).toMatch(/policy\.yaml:5.*regoin/);
    const checked = await runCommand(["policy", "check", "--json"], env);
    expect(checked.exitCode).toBe(1);
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: false });
    writeFileSync(policy, "apiVersion: signalbox/v1\nroutes:\n  - id: a\n    objective: cost\n");
    expect((await runCommand(["policy", "check"], env)).stdout).toMatch(/test/);
  });

  it("finds what is misconfigured before anything is started", async () => {
    const env = environmentIn(
      temporaryFolder(),
      "models: [{id: a/b, file: missing.gguf}]\nproviders: [{id: acme, location: cloud, baseUrl: 'https://acme.example/v1', apiKey: 'env:NO_SUCH_KEY', models: [{id: c}]}]\n",
    );
    const { exitCode, stdout } = await runCommand(["doctor", "--json"], env);
    expect(exitCode).toBe(1);
    const findings = JSON.parse(stdout) as readonly {
      readonly verdict: string;
      readonly subject: string;
      readonly message: string;
    }[];
    expect(findings.find(({ subject }) => subject === "box/a/b")).toMatchObject({ verdict: "wrong" });
    expect(findings.find(({ message }) => message.includes("air-gapped"))).toMatchObject({ verdict: "note" });
    expect(findings.find(({ message }) => message.includes("NO_SUCH_KEY"))).toMatchObject({ verdict: "wrong" });
  });
});

/** What a command is run with: a configuration file in `folder`, and nothing of this process's own set-up. */
function environmentIn(
  folder: string,
  config: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "appliance.yaml");
  writeFileSync(file, config);
  return {
    PATH: process.env["PATH"] ?? "",
    SIGNALBOX_CONFIG: file,
    SIGNALBOX_DATA_DIR: join(folder, "data"),
    SIGNALBOX_PORT: "0",
    ...more,
  };
}
