import { describe, expect, it } from "vitest";
import type { ProvidersReport } from "../../src/app/report-providers.ts";
import type { CompiledPolicy } from "../../src/core/policy-port.ts";
import { keepProbe } from "../../src/measure/operation-requests.ts";
import { loadPolicy } from "../../src/policy/load-policy.ts";
import { answerProbes } from "../support/answer-probes.ts";
import { chatRequest, PRINCIPAL } from "../support/dispatch-box.ts";
import { stallAfter, status } from "../support/upstream-behaviours.ts";
import { startUpstreamServer } from "../support/upstream-server.ts";
import { EVERYTHING, probeBox } from "./probe-box.ts";

const ENDPOINT = "acme/maker/model";
const DAY_MS = 24 * 60 * 60_000;

function policyThatForbids(when: string): CompiledPolicy {
  const text = `
apiVersion: signalbox/v1
constraints:
  - {id: stays-here, when: '${when}', require: 'endpoint.location == "box"'}
routes: [{id: otherwise, objective: balanced}]
tests:
  - {name: it compiles, given: {principal: {tags: []}}, expect: {route: otherwise}}
`;
  const loaded = loadPolicy(text, "policy.yaml", { endpoints: [], dataClasses: ["public", "internal"] });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.policy;
}

async function reportOf(box: Awaited<ReturnType<typeof probeBox>>) {
  const report = (await box.controls.report()) as ProvidersReport;
  const [endpoint] = report.endpoints;
  if (endpoint === undefined) throw new Error("There is one endpoint.");
  return { report, endpoint };
}

describe("a round of probes", () => {
  it("asks every question once, and finds a server that is as stated to be so", async () => {
    const box = await probeBox({ model: EVERYTHING });
    const entries = await box.round();
    expect(entries.map(({ question, result }) => [question, result?.isRight])).toEqual(
      [
        ...["sum/1", "product/1", "days/1", "copy/1", "count/1", "needle-near/1"],
        ...["schema-city/1", "schema-order/1", "tool-weather/1", "tool-room/1", "needle-far/1"],
      ].map((question) => [question, true]),
    );
    const { endpoint } = await reportOf(box);
    expect(endpoint.probes.answers).toMatchObject({ successes: 6, trials: 6 });
    expect(endpoint.probes.stated.context).toMatchObject({ statedTokens: 4_096, found: { successes: 1 } });
    expect(endpoint.traffic).toMatchObject({ answered: 11, failed: 0 });
    expect(endpoint.probes.baseline).toEqual({ answers: 11, of: 110 });
  });

  it("is a request of the box itself: decided on, on record, of the lowest class, its money in the ledger", async () => {
    const box = await probeBox({ model: EVERYTHING });
    await box.round();
    const attempts = box.leaves.list({ kind: "attempt", limit: 100 });
    expect(attempts).toHaveLength(11);
    for (const leaf of attempts)
      expect(leaf).toMatchObject({
        keyId: "probes:2023-11-14",
        team: "signalbox:probes",
        tags: ["signalbox:probe"],
        decision: { dataClass: "public", candidates: [{ endpointId: ENDPOINT }] },
      });
    const spend = box.records.keys.spendOf("probes:2023-11-14");
    expect(spend.reservedMicroUsd).toBe(0);
    expect(spend.settledMicroUsd).toBeGreaterThan(0);
    const { report, endpoint } = await reportOf(box);
    expect(report.probes).toEqual({ spentMicroUsd: spend.settledMicroUsd, budgetMicroUsdPerDay: 1_000_000 });
    expect(endpoint.probeCostMicroUsd).toBe(spend.settledMicroUsd);
  });

  it("sends nothing where the policy forbids it, records nothing, and says why", async () => {
    const box = await probeBox({ policy: policyThatForbids('"signalbox:probe" in principal.tags') });
    const entries = await box.round();
    expect(entries.every(({ notSent }) => notSent?.startsWith("stays-here: ") === true)).toBe(true);
    expect(box.upstream.requests).toHaveLength(0);
    expect(box.leaves.list({ kind: "refusal" })).toHaveLength(0);
    expect((await reportOf(box)).endpoint.notProbed).toMatch(/^stays-here: /);
  });

  it("stops where the day's budget ends, and goes on the next day", async () => {
    const box = await probeBox({ probes: { budgetPerDay: 0.0006 } });
    const entries = await box.round();
    const sent = entries.filter(({ result }) => result !== undefined).length;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(entries.length);
    expect(entries.at(-1)?.notSent).toMatch(/^budget: /);
    const { settledMicroUsd, reservedMicroUsd } = box.records.keys.spendOf("probes:2023-11-14");
    expect(settledMicroUsd + reservedMicroUsd).toBeLessThanOrEqual(600);
    box.clock.advance(DAY_MS);
    const [first] = await box.round();
    expect(first?.result?.isRight).toBe(true);
  });

  it("does not ask an endpoint of unknown price: its budget could not be kept", async () => {
    const box = await probeBox({ model: { price: undefined } });
    expect((await box.round())[0]?.notSent).toMatch(/^unknown-price: /);
    expect(box.upstream.requests).toHaveLength(0);
  });

  it("sends our own text, greedy, to this endpoint alone", async () => {
    const box = await probeBox({ model: { capabilities: ["logprobs"] } });
    const entries = await box.round();
    expect(entries.map(({ question }) => question)).not.toContain("tool-room/1");
    for (const request of box.upstream.requests)
      expect(request.json()).toMatchObject({ model: "maker/model", temperature: 0, logprobs: true, stream: true });
  });

  it("is refused while the configuration has no probes", async () => {
    const box = await probeBox({ probes: null });
    await expect(box.controls.probe(undefined, new AbortController().signal)).rejects.toThrow("Probes are off");
    expect((await reportOf(box)).report.probes).toBeUndefined();
  });

  it("keeps why an endpoint did not answer, and counts it against its uptime", async () => {
    const box = await probeBox();
    await box.round();
    box.upstream.behave(status(500, { error: { message: "no" } }));
    const [first] = await box.round();
    expect(first?.result).toMatchObject({ errorCode: "upstream_failed" });
    const { endpoint } = await reportOf(box);
    expect(endpoint.traffic.failed).toBeGreaterThan(0);
    expect(endpoint.traffic.uptime?.share).toBeLessThan(1);
    expect(endpoint.probes.answers?.trials).toBe(6);
  });

  it("leaves an endpoint alone whose breaker is open", async () => {
    const box = await probeBox();
    box.upstream.behave(status(500, { error: { message: "no" } }));
    const entries = await box.round();
    expect(entries.at(-1)?.notSent).toMatch(/^breaker: /);
    expect(box.upstream.requests).toHaveLength(3);
  });
});

describe("the prober", () => {
  it("asks one question at a time, each endpoint's spread over the interval, and none before it is started", async () => {
    const box = await probeBox({ model: EVERYTHING });
    box.clock.advance(DAY_MS);
    expect(box.upstream.requests).toHaveLength(0);
    box.prober.start();
    const askedAtS: number[] = [];
    for (let second = 0; askedAtS.length < 11; second += 5) {
      box.clock.advance(5_000);
      await box.prober.settled();
      if (box.upstream.requests.length > askedAtS.length) askedAtS.push(second);
      expect(box.upstream.requests).toHaveLength(askedAtS.length);
    }
    const pausesS = askedAtS.slice(1).map((atS, index) => atS - (askedAtS[index] ?? 0));
    expect(Math.min(...pausesS)).toBeGreaterThanOrEqual(320);
    expect(Math.max(...pausesS)).toBeLessThanOrEqual(365);
    expect(new Set(box.outcomes)).toEqual(new Set(["answers right", "tools right", "schema right", "context right"]));
  });

  it("leaves an endpoint alone that is busy", async () => {
    const box = await probeBox({ probes: { budgetPerDay: 1, interval: "1m" } });
    box.upstream.behave(stallAfter());
    const abort = new AbortController();
    const busy = box.service.execute({
      requestId: "req_1",
      request: chatRequest({ model: "maker/model", maxTokens: 10 }),
      principal: PRINCIPAL,
      signal: abort.signal,
    });
    await box.upstream.received(1);
    box.prober.start();
    box.clock.advance(30_000);
    expect(box.prober.notAsked().get(ENDPOINT)).toBe("it is busy");
    expect(box.upstream.requests).toHaveLength(1);
    abort.abort();
    await expect(busy).rejects.toMatchObject({ code: "client_closed_request" });
  });
});

describe("what probes find", () => {
  it("is an alert once answers change beyond chance, told once each way, and over when they are as before", async () => {
    const upstream = await startUpstreamServer({ behave: answerProbes() });
    const box = await probeBox({ upstream });
    const asBefore = (await box.round()).flatMap(({ result }) => (result === undefined ? [] : [keepProbe(result)]));
    await box.records.journal.commit(Array.from({ length: 9 }, () => asBefore).flat());
    await box.round();
    expect((await reportOf(box)).endpoint.alerts).toEqual([]);
    upstream.behave(answerProbes({ answers: { "347 + 589": "937", "23 * 17": "390", "leap year": "28" } }));
    for (let round = 0; round < 4; round++) await box.round();
    const changed = await reportOf(box);
    expect(changed.endpoint.alerts.map(({ subject }) => subject).toSorted()).toEqual(["agreement", "answers"]);
    expect(box.alerts.get("answers")).toBe(true);
    expect(box.leaves.list({ kind: "endpoint.alert" })).toHaveLength(2);
    expect(box.told.filter(({ level }) => level === "warn")).toHaveLength(2);
    upstream.behave(answerProbes());
    await box.records.journal.commit(Array.from({ length: 19 }, () => asBefore).flat());
    await box.round();
    const restored = await reportOf(box);
    expect(restored.endpoint.alerts).toHaveLength(1);
    expect(restored.endpoint.alerts[0]?.clearedAtMs).toBeDefined();
    expect(box.alerts.get("answers")).toBe(false);
    expect(box.leaves.list({ kind: "endpoint.alert-cleared" })).toHaveLength(2);
    await box.close();
    await upstream.close();
  });

  it("is that a server reads less than the context that it states", async () => {
    const upstream = await startUpstreamServer({ behave: answerProbes({ readsTokens: 1_000 }) });
    const box = await probeBox({ model: EVERYTHING, upstream });
    for (let round = 0; round < 5; round++) await box.round();
    const { endpoint } = await reportOf(box);
    expect(endpoint.probes.stated.context).toMatchObject({ verdict: "fails", found: { successes: 0 } });
    expect(endpoint.alerts.map(({ subject }) => subject)).toEqual(["stated_context"]);
    expect(endpoint.alerts[0]?.detail).toBe(
      "a context of 4096 tokens is stated, and 0 of 4 long prompts within it were read whole",
    );
    await box.close();
    await upstream.close();
  });

  it("lasts over a restart, and is forgotten when an operator says that the model was changed on purpose", async () => {
    const upstream = await startUpstreamServer({ behave: answerProbes({ readsTokens: 1_000 }) });
    const first = await probeBox({ model: EVERYTHING, upstream });
    for (let round = 0; round < 5; round++) await first.round();
    await first.close();
    const second = await probeBox({ model: EVERYTHING, upstream, dataDir: first.dataDir });
    second.prober.start();
    expect(second.alerts.get("stated_context")).toBe(true);
    const by = { keyId: "key_admin", role: "admin", requestId: "req_9" } as const;
    expect(await second.controls.reset(by, ENDPOINT)).toEqual({ results: 55 });
    expect(second.alerts.get("stated_context")).toBe(false);
    expect((await reportOf(second)).endpoint).toMatchObject({ alerts: [], probes: { baseline: { answers: 0 } } });
    expect(second.leaves.list({ kind: "probe.baseline-reset" })[0]).toMatchObject({ endpointId: ENDPOINT, by });
    await expect(second.controls.reset(by, "acme")).rejects.toMatchObject({ code: "not_found" });
    await second.close();
    await upstream.close();
  });
});
