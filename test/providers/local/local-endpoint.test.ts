import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import type { LocalModel } from "../../../src/core/local-model.ts";
import { createUnixTransport } from "../../../src/egress/unix-transport.ts";
import { createLocalEndpoint } from "../../../src/providers/local/local-endpoint.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { chat, resetAtOnce, stallAfter, status } from "../../support/upstream-behaviours.ts";
import { chatCallOf, collect, failureOf, upstreamFactsOf } from "../../support/upstream-call.ts";
import { startUpstreamServer, type UpstreamBehaviour } from "../../support/upstream-server.ts";

/** A model whose workers the test starts. */
async function start(behave: UpstreamBehaviour) {
  const folder = temporaryFolder();
  const clock = new ManualClock();
  const opened: string[] = [];
  const closed: string[] = [];
  let troubles = 0;
  let leases = 0;
  const leaseOf = (name: string) => {
    leases += 1;
    return { socketPath: join(folder, name), release: () => (leases -= 1) };
  };
  let ensureReady: LocalModel["ensureReady"] = () => Promise.resolve(leaseOf("1.sock"));
  const model: LocalModel = {
    modelId: "signalbox/nano",
    facts: upstreamFactsOf({ id: "box/signalbox/nano", providerId: "box", location: "box" }),
    state: () => ({ phase: "ready", restarts: 0 }),
    ensureReady: (signal, demand) => ensureReady(signal, demand),
    reportTrouble: () => {
      troubles += 1;
    },
  };
  const endpoint = createLocalEndpoint({
    model,
    clock,
    transportFor(socketPath) {
      opened.push(socketPath);
      const transport = createUnixTransport({ socketPath, clock, maxConnections: 4 });
      const close = async (): Promise<void> => {
        closed.push(socketPath);
        await transport.close();
      };
      return { ...transport, close };
    },
  });
  const startWorker = async (name: string) => {
    const server = await startUpstreamServer({ behave, socketPath: join(folder, name) });
    onTestFinished(() => server.close());
    return server;
  };
  const first = await startWorker("1.sock");
  onTestFinished(() => endpoint.close());
  return {
    ...{ endpoint, clock, opened, closed, folder, startWorker, first },
    troubles: () => troubles,
    leases: () => leases,
    leaseOf,
    whenAsked: (next: LocalModel["ensureReady"]) => {
      ensureReady = next;
    },
  };
}

describe("a hosted model as an endpoint", () => {
  it("needs no permit, because its bytes never leave the box", async () => {
    const { endpoint } = await start(chat());
    expect(endpoint.destination).toBeUndefined();
    expect(await collect(endpoint.infer(chatCallOf({})))).toHaveLength(1);
  });

  it("tells the worker whose evaluated text it may reuse, without saying who that is", async () => {
    const { endpoint, first } = await start(chat());
    for (const cacheScope of ["team:böse", "team:böse", "key:1"])
      await collect(endpoint.infer(chatCallOf({}, { cacheScope })));
    const [team, again, key] = first.requests.map(({ headers }) => headers["x-signalbox-cache-scope"]);
    expect(team).toMatch(/^[0-9a-f]{64}$/);
    expect(again).toBe(team);
    expect(key).not.toBe(team);
  });

  it("keeps one transport per worker and closes it when another worker takes its place", async () => {
    const subject = await start(chat());
    await collect(subject.endpoint.infer(chatCallOf({})));
    await collect(subject.endpoint.infer(chatCallOf({})));
    expect(subject.opened).toHaveLength(1);
    const second = await subject.startWorker("2.sock");
    subject.whenAsked(() => Promise.resolve(subject.leaseOf("2.sock")));
    await collect(subject.endpoint.infer(chatCallOf({})));
    expect(second.requests).toHaveLength(1);
    expect(subject.closed).toEqual([join(subject.folder, "1.sock")]);
    await subject.endpoint.close();
    expect(subject.closed).toEqual(subject.opened);
  });

  it("holds its model in memory until an answer has ended, however it ends", async () => {
    const answered = await start(chat());
    const events = answered.endpoint.infer(chatCallOf({}))[Symbol.asyncIterator]();
    await events.next();
    expect(answered.leases()).toBe(1);
    await events.next();
    expect(answered.leases()).toBe(0);
    const broken = await start(resetAtOnce);
    await failureOf(collect(broken.endpoint.infer(chatCallOf({}))));
    expect(broken.leases()).toBe(0);
    const stalled = await start(stallAfter());
    const caller = new AbortController();
    const left = failureOf(collect(stalled.endpoint.infer(chatCallOf({}, { signal: caller.signal }))));
    await stalled.first.received(1);
    caller.abort();
    await left;
    expect(stalled.leases()).toBe(0);
  });

  it("says what is expected elsewhere, so that it can be weighed whether a load is worth it", async () => {
    const subject = await start(chat());
    const demands: unknown[] = [];
    subject.whenAsked((_signal, demand) => {
      demands.push(demand);
      return Promise.resolve(subject.leaseOf("1.sock"));
    });
    const elsewhere = { thereMs: 900, hereMs: 5_000 };
    const call = chatCallOf({});
    await collect(subject.endpoint.infer({ ...call, elsewhere }));
    await collect(subject.endpoint.infer(call));
    const promptTokens = call.request.estimatedPromptTokens;
    expect(demands).toEqual([{ promptTokens, elsewhere }, { promptTokens }]);
  });

  it("reports a worker that breaks off, and not one that refuses", async () => {
    const broken = await start(resetAtOnce);
    await expect(collect(broken.endpoint.infer(chatCallOf({})))).rejects.toMatchObject({ code: "worker_failed" });
    expect(broken.troubles()).toBe(1);
    const refusing = await start(status(400, { error: { message: "no" } }));
    await expect(collect(refusing.endpoint.infer(chatCallOf({})))).rejects.toMatchObject({ code: "upstream_rejected" });
    expect(refusing.troubles()).toBe(0);
  });

  it("does not report a worker whose caller went away", async () => {
    const subject = await start(stallAfter());
    const caller = new AbortController();
    const failure = collect(subject.endpoint.infer(chatCallOf({}, { signal: caller.signal })));
    const expected = failureOf(failure);
    await subject.first.received(1);
    caller.abort();
    expect(await expected).toMatchObject({ code: "client_closed_request" });
    await subject.first.idle();
    expect(subject.troubles()).toBe(0);
  });

  it.each(["worker_failed", "worker_start_failed", "draining"] as const)(
    "passes %s on from the model",
    async (code) => {
      const subject = await start(chat());
      subject.whenAsked(() => Promise.reject(new SignalboxError(code, "the reason")));
      await expect(collect(subject.endpoint.infer(chatCallOf({})))).rejects.toMatchObject({
        code,
        message: "the reason",
      });
    },
  );

  it("counts the loading of the model against the call's time", async () => {
    const subject = await start(chat());
    subject.whenAsked(
      (signal) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
    );
    const failure = collect(subject.endpoint.infer(chatCallOf({ stream: true }, { firstContentTimeoutMs: 500 })));
    const expected = failureOf(failure);
    subject.clock.advance(500);
    expect(await expected).toMatchObject({ code: "upstream_timeout" });
  });
});
