import { describe, expect, it } from "vitest";
import { formatConfigProblems, parseConfig } from "../../src/config/load-config.ts";

const FILE = "/etc/signalbox/appliance.yaml";

function configOf(text: string) {
  const loaded = parseConfig(text, FILE);
  if (!loaded.ok) throw new Error(formatConfigProblems(FILE, loaded.problems));
  return loaded.config;
}

function problemsOf(text: string) {
  const loaded = parseConfig(text, FILE);
  return loaded.ok ? [] : loaded.problems;
}

describe("a configuration file", () => {
  it("may be empty, and then denies egress and listens on loopback", () => {
    const config = configOf("");
    expect(config.server).toMatchObject({ host: "127.0.0.1", port: 8080, bodyLimit: 32 * 1024 * 1024 });
    expect(config.network.egress).toBe("deny");
    expect(config.dataClasses).toEqual(["public", "internal", "confidential", "restricted"]);
  });

  it("may be JSON", () => {
    expect(configOf('{"server": {"port": 0}}').server.port).toBe(0);
  });

  it("counts relative paths from its own folder", () => {
    const config = configOf("dataDir: ./data\npolicies: policies/p.yaml\nmodels: [{id: a/b, file: ../models/m.gguf}]");
    expect(config.dataDir).toBe("/etc/signalbox/data");
    expect(config.policies).toBe("/etc/signalbox/policies/p.yaml");
    expect(config.models[0]?.file).toBe("/etc/models/m.gguf");
  });

  it("keeps the id of an imported model as it is", () => {
    expect(configOf("models: [{id: a/b, file: maker/imported}]").models[0]?.file).toBe("maker/imported");
  });

  it("reads prices in USD per million tokens as integer micro-USD, and keeps 0 as a known price", () => {
    const config = configOf(
      "providers: [{id: p, location: cloud, baseUrl: 'https://h/v1', models: [{id: m, price: {input: 0.15, output: 0}}]}]",
    );
    expect(config.providers[0]?.models[0]?.price).toEqual({ input: 150_000, output: 0 });
  });

  it("reads durations and sizes with their units", () => {
    const config = configOf("server: {bodyLimit: 1mb}\nmodels: [{id: a, file: a.gguf, keepLoaded: 30m}]");
    expect(config.server.bodyLimit).toBe(1_048_576);
    expect(config.models[0]?.keepLoaded).toBe(1_800_000);
  });
});

describe("a bad configuration file", () => {
  it("is refused with the unknown name, its line and the nearest known name", () => {
    expect(problemsOf("server:\n  host: 127.0.0.1\n  prot: 80\n")).toEqual([
      { path: "server.prot", line: 3, message: "is not a known name; did you mean port?" },
    ]);
  });

  it("names unknown names inside lists", () => {
    const [problem] = problemsOf("models:\n  - id: a\n    file: a.gguf\n    contextToken: 5\n");
    expect(problem).toMatchObject({ path: "models[0].contextToken", line: 4 });
    expect(problem?.message).toContain("contextTokens");
  });

  it("lists every problem at once", () => {
    expect(problemsOf("server: {port: 99999}\nnetwork: {egress: maybe}\n")).toHaveLength(2);
  });

  it("is refused when it repeats an id, with the line of the second", () => {
    const [problem] = problemsOf("models:\n  - {id: a, file: a.gguf}\n  - {id: a, file: b.gguf}\n");
    expect(problem).toEqual({ path: "models[1].id", line: 3, message: "a is used twice" });
  });

  it("is refused when a base URL holds a credential, without printing it", () => {
    const [problem] = problemsOf(
      "providers: [{id: p, location: cloud, baseUrl: 'https://u:canary@h/', models: [{id: m}]}]",
    );
    expect(problem?.message).toContain("apiKey");
    expect(JSON.stringify(problem)).not.toContain("canary");
  });

  it("is refused when a secret stands in the place of a reference, without printing it", () => {
    const [problem] = problemsOf(
      "providers: [{id: p, location: cloud, apiKey: sk-canary, baseUrl: 'https://h/', models: [{id: m}]}]",
    );
    expect(problem?.message).toContain("never the secret itself");
    expect(JSON.stringify(problem)).not.toContain("canary");
  });

  it("is refused when it is not YAML, with the line", () => {
    expect(problemsOf("server: {port: 1\nmodels: [")[0]?.line).toBeGreaterThan(0);
  });

  it("may not call a provider `box`", () => {
    expect(
      problemsOf("providers: [{id: box, location: site, baseUrl: 'http://127.0.0.1/', models: [{id: m}]}]")[0]?.message,
    ).toContain("this machine");
  });

  it("names what a provider that speaks Anthropic's protocol can't be told", () => {
    const provider = "{id: p, location: site, protocol: anthropic, baseUrl: 'http://127.0.0.1/v1'";
    const text = `providers: [${provider}, engine: vllm, continuation: last-message, models: [{id: m}]}]`;
    expect(problemsOf(text).map(({ path, message }) => `${path} ${message}`)).toEqual([
      "providers[0].engine means nothing where the protocol is anthropic",
      "providers[0].continuation means nothing where the protocol is anthropic",
    ]);
    expect(problemsOf(`providers: [${provider}, continuation: none, models: [{id: m}]}]`)).toEqual([]);
  });

  it("names what is wrong with a panel: a member that nobody has, an id that is taken, a quorum that can't be", () => {
    const models = "models: [{id: a/b, file: x.gguf}, {id: a/c, file: y.gguf}]\n";
    expect(problemsOf(`${models}panels: [{id: p, members: [a/b, a/d]}]`)).toMatchObject([
      {
        path: "panels[0].members[1]",
        line: 2,
        message: expect.stringContaining("a/d, which is no model here") as string,
      },
    ]);
    const messageOf = (panel: string) => problemsOf(`${models}panels: [${panel}]`)[0]?.message;
    expect(messageOf("{id: a/b, members: [a/b, a/c]}")).toContain("a member of itself");
    expect(messageOf("{id: a/c, members: [a/b, a/b]}")).toContain("names a member twice");
    expect(messageOf("{id: p, members: [a/b, a/c], quorum: 3}")).toContain("a quorum of more members");
    const plan = "plans: [{id: p, planner: a/b, workers: [a/x]}]";
    expect(problemsOf(`${models}panels: [{id: p, members: [a/b, a/c]}]\n${plan}`)).toMatchObject([
      { path: "plans[0].id", message: "p is used twice" },
      { path: "plans[0].workers[0]", message: expect.stringContaining("a/x, which is no model here") as string },
    ]);
  });
});
