import { describe, expect, it, onTestFinished } from "vitest";
import type { InferenceCall, InferenceEndpoint } from "../../src/core/inference-endpoint.ts";
import type { ErrorCode } from "../../src/core/error-facts.ts";
import { SignalboxError } from "../../src/core/errors.ts";
import type { Permit } from "../../src/core/permit.ts";
import type { TransportLimits } from "../../src/core/transport.ts";
import type { ManualClock } from "../support/manual-clock.ts";
import * as upstream from "../support/upstream-behaviours.ts";
import { chatCallOf, collect, failureOf, jsonOf, textOf } from "../support/upstream-call.ts";
import type { UpstreamBehaviour, UpstreamServer } from "../support/upstream-server.ts";
import type { Dialect } from "./dialects.ts";

/** One endpoint, wired to a real server that the test scripts. */
export interface ContractSubject {
  readonly endpoint: InferenceEndpoint;
  readonly server: UpstreamServer;
  readonly clock: ManualClock;
  /** A permit for one call, where the endpoint needs one. */
  permit(): Permit | undefined;
  close(): Promise<void>;
}

/** What an implementation brings along. */
export interface ContractSetup {
  start(behave: UpstreamBehaviour, limits: Partial<TransportLimits>): Promise<ContractSubject>;
  /** What its server speaks. */
  readonly dialect: Dialect;
  /** The codes of failures that implementations call differently. */
  readonly codes: Readonly<
    Record<"unreachable" | "broken" | "notHttp" | "tooLarge" | "redirect" | "rateLimited", ErrorCode>
  >;
}

const IDLE_MS = 5_000;
const MAX_BODY_BYTES = 32 * 1024 * 1024;
/** A call that follows at once on another finds its connection not yet free, so two take turns. */
const REUSED_CONNECTIONS = 2;

/** The behaviour that every `InferenceEndpoint` shows, whatever it speaks and wherever it is. */
export function describeChatEndpoint(name: string, setup: ContractSetup): void {
  const { dialect } = setup;
  const { role, hello, stop } = dialect;
  const start = async (behave: UpstreamBehaviour): Promise<ContractSubject> => {
    const subject = await setup.start(behave, { idleTimeoutMs: IDLE_MS, maxBodyBytes: MAX_BODY_BYTES });
    onTestFinished(() => subject.close());
    return subject;
  };
  const callOf = (subject: ContractSubject, body: object, options: Partial<InferenceCall> = {}): InferenceCall =>
    chatCallOf({ ...body }, { permit: subject.permit(), ...options });
  const askInVain = async (subject: ContractSubject, call: InferenceCall): Promise<SignalboxError> => {
    const thrown = await failureOf(collect(subject.endpoint.infer(call)));
    expect(thrown).toBeInstanceOf(SignalboxError);
    return thrown as SignalboxError;
  };

  describe(`${name}: answers`, () => {
    it("passes an answer on as it came, with its finish reason and usage", async () => {
      const subject = await start(dialect.chat({ pieces: ["Hi."] }));
      const [answer, ...more] = await collect(subject.endpoint.infer(callOf(subject, {})));
      expect(more).toEqual([]);
      expect(answer).toMatchObject({
        kind: "answer",
        finishReason: "stop",
        usage: { promptTokens: 7, completionTokens: 1, basis: "measured" },
      });
      expect(answer && textOf([answer])).toBe("Hi.");
    });

    it("streams chunks, of which the role alone is no content, up to the finish reason and the usage", async () => {
      const subject = await start(dialect.chat());
      const events = await collect(subject.endpoint.infer(callOf(subject, { stream: true })));
      expect(events.map((event) => event.kind === "chunk" && event.hasContent)).toEqual([
        ...[false, true, true, true, true],
        ...[false, false],
      ]);
      expect(textOf(events.slice(0, -1))).toBe("Hello from upstream.");
      expect(events.at(-2)?.finishReason).toBe("stop");
      expect(events.at(-1)?.usage).toEqual({ promptTokens: 7, completionTokens: 4, basis: "measured" });
    });

    it("counts a tool call as content and keeps its arguments", async () => {
      const toolCalls = [{ id: "call_1", name: "weather", arguments: '{"city":"Graz"}' }];
      const subject = await start(dialect.chat({ toolCalls }));
      const events = await collect(subject.endpoint.infer(callOf(subject, { stream: true })));
      expect(events.findIndex((event) => event.kind === "chunk" && event.hasContent)).toBe(1);
      expect(events.find((event) => event.finishReason !== undefined)?.finishReason).toBe("tool_calls");
      const [answer] = await collect(subject.endpoint.infer(callOf(subject, {})));
      expect(JSON.stringify(answer && jsonOf(answer))).toContain("Graz");
    });

    it("sends the provider's name of the model and keeps the router's own members to itself", async () => {
      const subject = await start(dialect.chat());
      const body = { stream: true, provider: { only: ["acme"] }, models: ["other"], seed: 7, vendor_option: [1] };
      await collect(subject.endpoint.infer(callOf(subject, body)));
      const [request] = subject.server.requests;
      expect(request?.path).toBe(dialect.path);
      expect(request?.json()).toEqual({ model: subject.endpoint.facts.upstreamId, ...dialect.asked });
    });

    it("uses a connection again", async () => {
      const subject = await start(dialect.chat());
      for (const stream of [true, false, true, false, true, false]) {
        await collect(subject.endpoint.infer(callOf(subject, { stream })));
      }
      expect(subject.server.accepted()).toBeLessThanOrEqual(REUSED_CONNECTIONS);
    });
  });

  describe(`${name}: refusals`, () => {
    const refusals: readonly [number, unknown, ErrorCode | "rateLimited"][] = [
      [400, { error: { message: "temperature is too high", param: "temperature" } }, "upstream_rejected"],
      [401, { error: { message: "Incorrect API key provided: sk-abc" } }, "upstream_unauthorized"],
      [403, { error: { message: "not in your region" } }, "upstream_unauthorized"],
      [404, { error: { message: "no such model" } }, "upstream_failed"],
      [408, "", "upstream_timeout"],
      [409, "", "upstream_failed"],
      [413, { detail: "body too large" }, "upstream_rejected"],
      [422, { detail: [{ msg: "bad" }] }, "upstream_rejected"],
      [400, { error: { message: "no", code: "context_length_exceeded" } }, "context_length_exceeded"],
      [400, { error: { message: "This model's maximum context length is 8192 tokens." } }, "context_length_exceeded"],
      [500, { error: { type: "exceed_context_size_error", message: "too long" } }, "context_length_exceeded"],
      [429, { error: { message: "slow down" } }, "rateLimited"],
      [500, "<html>oops</html>", "upstream_failed"],
      [503, "", "upstream_failed"],
      [504, "", "upstream_timeout"],
    ];
    it.each(refusals)("answers status %i %j with %s", async (code, body, expected) => {
      const subject = await start(upstream.status(code, body));
      const error = await askInVain(subject, callOf(subject, { stream: code % 2 === 0 }));
      expect(error.code).toBe(expected === "rateLimited" ? setup.codes.rateLimited : expected);
      if (error.code === "upstream_rejected") expect(error.status).toBe(code);
    });

    it("hands on how long to wait", async () => {
      const subject = await start(upstream.status(429, "", { "retry-after": "7" }));
      expect((await askInVain(subject, callOf(subject, {}))).details.retryAfterMs).toBe(7_000);
    });

    it("takes an error body for an error although the status is 200, streamed or not", async () => {
      const subject = await start(upstream.status(200, { error: { message: "overloaded", code: 503 } }));
      for (const stream of [true, false]) {
        const error = await askInVain(subject, callOf(subject, { stream }));
        expect(error.code).toBe("upstream_failed");
        expect(error.message).toContain("overloaded");
      }
    });

    it("takes an error within a stream for an error", async () => {
      const subject = await start(upstream.rawStream(role, hello, dialect.error("out of memory")));
      const error = await askInVain(subject, callOf(subject, { stream: true }));
      expect(error).toMatchObject({
        code: "upstream_failed",
        message: expect.stringContaining("out of memory") as string,
      });
    });
  });

  describe(`${name}: faults`, () => {
    const faults: readonly [string, UpstreamBehaviour, keyof ContractSetup["codes"] | ErrorCode][] = [
      ["a reset before the answer", upstream.resetAtOnce, "broken"],
      ["a reset within the stream", upstream.resetAfter(role, hello), "broken"],
      ["something that is not HTTP", upstream.garbage, "notHttp"],
      ["a truncated chunk", upstream.truncatedChunk, "broken"],
      ["a stream that ends before it is complete", upstream.rawStream(role, hello), "upstream_failed"],
      ["a stream without any answer", upstream.rawStream(role, dialect.emptyEnd), "upstream_invalid_response"],
      ["an empty body", upstream.rawStream(), "upstream_failed"],
      ["an event that is not JSON", upstream.rawStream(role, "data: {oops}\n\n"), "upstream_invalid_response"],
      ["an event that is no chunk", upstream.rawStream("data: []\n\n", stop), "upstream_invalid_response"],
      ["an endless stream without content", upstream.endless(`: ${"x".repeat(65_000)}\n\n`), "tooLarge"],
      ["a huge line", upstream.rawStream(`data: ${"x".repeat(9 * 1024 * 1024)}`), "upstream_invalid_response"],
      ["a redirect", upstream.redirect("http://169.254.169.254/"), "redirect"],
    ];
    it.each(faults)("frees the socket after %s", async (_what, behave, expected) => {
      const subject = await start(behave);
      for (let time = 0; time < 4; time += 1) {
        const error = await askInVain(subject, callOf(subject, { stream: true }));
        expect(error.code).toBe(expected in setup.codes ? setup.codes[expected as "broken"] : expected);
      }
      subject.server.behave(dialect.chat());
      const events = await collect(subject.endpoint.infer(callOf(subject, { stream: true })));
      expect(events.at(-2)?.finishReason).toBe("stop");
      expect(subject.server.open()).toBeLessThanOrEqual(REUSED_CONNECTIONS);
    });

    it("names a server that nobody listens at", async () => {
      const subject = await start(dialect.chat());
      await subject.server.close();
      expect((await askInVain(subject, callOf(subject, {}))).code).toBe(setup.codes.unreachable);
    });

    it("gives up on a server that never begins, when the first content is due", async () => {
      const subject = await start(upstream.stallAfter());
      const failure = askInVain(subject, callOf(subject, { stream: true }, { firstContentTimeoutMs: 1_000 }));
      await subject.server.received(1);
      subject.clock.advance(1_000);
      expect((await failure).code).toBe("upstream_timeout");
      await subject.server.idle();
    });

    it("waits for an answer without a stream as long as the whole call may take", async () => {
      const answer = Promise.withResolvers<void>();
      const subject = await start(dialect.chat({ beforePiece: () => answer.promise }));
      const limits = { firstContentTimeoutMs: Infinity, totalTimeoutMs: 3_600_000 };
      const events = collect(subject.endpoint.infer(callOf(subject, {}, limits)));
      await subject.server.received(1);
      subject.clock.advance(3_599_000);
      answer.resolve();
      expect(await events).toHaveLength(1);
    });

    it("gives up on a stream that falls silent", async () => {
      const subject = await start(upstream.stallAfter(role, hello));
      const events = subject.endpoint.infer(callOf(subject, { stream: true }))[Symbol.asyncIterator]();
      await events.next();
      await events.next();
      const failure = failureOf(events.next());
      subject.clock.advance(IDLE_MS);
      expect(await failure).toMatchObject({ code: "upstream_timeout" });
      await subject.server.idle();
    });

    it("gives up on a stream that drips byte by byte, when the first content is due", async () => {
      const steps: (() => void)[] = [];
      const drip = upstream.trickle(role + hello, () => new Promise((resolve) => void steps.push(resolve)));
      const subject = await start(drip);
      const failure = askInVain(subject, callOf(subject, { stream: true }, { firstContentTimeoutMs: 9_000 }));
      await subject.server.received(1);
      for (let second = 0; second < 9; second += 1) {
        steps.shift()?.();
        subject.clock.advance(1_000);
      }
      expect((await failure).code).toBe("upstream_timeout");
      await subject.server.idle();
    });

    it("gives up on an answer that is not whole in time, although it goes on", async () => {
      const second = Promise.withResolvers<void>();
      const never = new Promise<void>(() => undefined);
      const beforePiece = (index: number): Promise<void> => (index === 1 ? second.promise : never);
      const subject = await start(dialect.chat({ pieces: ["a", "b", "c"], beforePiece }));
      const call = callOf(subject, { stream: true }, { firstContentTimeoutMs: 1_000, totalTimeoutMs: 3_000 });
      const events = subject.endpoint.infer(call)[Symbol.asyncIterator]();
      await events.next();
      await events.next();
      subject.clock.advance(2_000);
      second.resolve();
      await events.next();
      const failure = failureOf(events.next());
      subject.clock.advance(1_000);
      expect(await failure).toMatchObject({ code: "upstream_timeout" });
      await subject.server.idle();
    });
  });

  describe(`${name}: cancellation`, () => {
    it("frees the socket when the caller aborts, before and after the first content", async () => {
      for (const sent of [[], [role, hello]]) {
        const subject = await start(upstream.stallAfter(...sent));
        const caller = new AbortController();
        const events = subject.endpoint.infer(callOf(subject, { stream: true }, { signal: caller.signal }));
        const failure = failureOf(collect(events));
        await subject.server.received(1);
        caller.abort();
        expect(await failure).toMatchObject({ code: "client_closed_request" });
        await subject.server.idle();
      }
    });

    it("gives the reason of the signal where it is one of ours", async () => {
      const subject = await start(upstream.stallAfter());
      const caller = new AbortController();
      const failure = askInVain(subject, callOf(subject, {}, { signal: caller.signal }));
      await subject.server.received(1);
      caller.abort(new SignalboxError("deadline_exceeded", "too late"));
      expect((await failure).code).toBe("deadline_exceeded");
    });

    it("sends nothing for a call that was cancelled before", async () => {
      const subject = await start(dialect.chat());
      const error = await askInVain(subject, callOf(subject, {}, { signal: AbortSignal.abort() }));
      expect(error.code).toBe("client_closed_request");
      expect(subject.server.accepted()).toBe(0);
    });

    it("frees the socket when the reader stops early", async () => {
      const subject = await start(upstream.endless(role + hello));
      for await (const event of subject.endpoint.infer(callOf(subject, { stream: true }))) {
        if (event.kind === "chunk" && event.hasContent) break;
      }
      await subject.server.idle();
    });
  });
}
