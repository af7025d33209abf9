import { describe, expect, it } from "vitest";
import type { InferenceCall } from "../../../src/core/inference-endpoint.ts";
import type { InferenceEvent } from "../../../src/core/inference-event.ts";
import type { InferenceRequest } from "../../../src/core/inference-request.ts";
import type { InferenceExecution } from "../../../src/core/inference-service.ts";
import type { ContinuationVerdict } from "../../../src/core/continuation.ts";
import type { ErrorCode } from "../../../src/core/error-facts.ts";
import { SignalboxError } from "../../../src/core/errors.ts";
import type { CompiledPolicy } from "../../../src/core/policy-port.ts";
import {
  chatRequest,
  chunk,
  dispatchBox,
  type DispatchBoxOptions,
  OPEN_POLICY,
  ScriptedEndpoint,
  streamOf,
} from "../../support/dispatch-box.ts";

const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 2_000_000 };
const able = { continuation: "last-message", price: PRICE } as const;
const failure = (code: ErrorCode = "upstream_failed"): SignalboxError => new SignalboxError(code, "It broke.");
const encoder = new TextEncoder();

/** An endpoint that writes the pieces and breaks off. */
function breaking(id: string, pieces: readonly string[], code?: ErrorCode, facts: object = able): ScriptedEndpoint {
  return new ScriptedEndpoint({ id, ...facts }, () =>
    streamOf(
      pieces.map((piece) => chunk(piece)),
      failure(code),
    ),
  );
}

/** An endpoint that writes the pieces and ends. */
function ending(id: string, pieces: readonly string[], facts: object = able): ScriptedEndpoint {
  const events = [...pieces.map((piece) => chunk(piece)), chunk("", { finishReason: "stop" })];
  return new ScriptedEndpoint({ id, ...facts }, () => streamOf(events));
}

const asking = (changes: object = {}): Pick<InferenceRequest, "provider"> => ({
  provider: { ...chatRequest().provider, continuation: true, order: ["first", "second", "third"], ...changes },
});

function withRoute(continuation: boolean): CompiledPolicy {
  return {
    ...OPEN_POLICY,
    routes: [{ id: "only", when: () => true, prefer: [], objective: "balanced", continuation }],
  };
}

function textOf(events: readonly InferenceEvent[]): string {
  const decode = ({ json }: InferenceEvent) =>
    JSON.parse(new TextDecoder().decode(json)) as { choices: { delta?: { content?: string } }[] };
  return events.map((event) => decode(event).choices[0]?.delta?.content ?? "").join("");
}

interface Reading {
  readonly execution: InferenceExecution;
  readonly text: string;
  readonly error: SignalboxError | undefined;
  readonly events: readonly InferenceEvent[];
}

/** Runs a request and reads its answer to the end. */
async function read(box: ReturnType<typeof dispatchBox>, changes: Partial<InferenceRequest>): Promise<Reading> {
  const execution = await box.service.execute(box.job({ maxTokens: 20, ...changes }));
  const events: InferenceEvent[] = [];
  let error: SignalboxError | undefined;
  try {
    for await (const event of execution.events) events.push(event);
  } catch (thrown) {
    error = thrown as SignalboxError;
  }
  return { execution, text: textOf(events), error, events };
}

function boxOf(endpoints: readonly ScriptedEndpoint[], options: DispatchBoxOptions = {}) {
  const verdicts: [string, ContinuationVerdict][] = [];
  const box = dispatchBox(endpoints, { ...options, onContinuation: (id, verdict) => verdicts.push([id, verdict]) });
  return { ...box, verdicts };
}

describe("an answer that breaks off", () => {
  it("is an error, and nobody else is asked, where nobody asks for more", async () => {
    const [first, second] = [breaking("first/m", ["Once ", "upon "]), ending("second/m", ["a time."])];
    const box = boxOf([first, second]);
    const { text, error, execution } = await read(box, asking({ continuation: undefined }));
    expect([text, error?.code]).toEqual(["Once upon ", "upstream_failed"]);
    expect(second.calls).toEqual([]);
    expect("continuations" in execution).toBe(false);
    expect(box.verdicts).toEqual([]);
  });

  it("is gone on with by another endpoint of its model: one message, two records, both paid", async () => {
    const [first, second] = [breaking("first/m", ["Once ", "upon "]), ending("second/m", ["a ", "time."])];
    const box = boxOf([first, second]);
    const { text, error, execution } = await read(box, asking());
    expect([text, error]).toEqual(["Once upon a time.", undefined]);
    expect(second.calls[0]?.request).toMatchObject({
      body: encoder.encode("{}"),
      maxTokens: 18,
      estimatedPromptTokens: 12,
      continues: { text: "Once upon ", completionTokens: 2, modelId: "m", endpointId: "first/m" },
    });
    expect(box.journal.attempts).toMatchObject([
      { attemptNumber: 1, endpointId: "first/m", reserveMicroUsd: 10 + 40 },
      {
        attemptNumber: 2,
        endpointId: "second/m",
        reserveMicroUsd: 12 + 36,
        fallbackOf: { endpointId: "first/m", errorCode: "upstream_failed" },
        continuationOf: { attemptNumber: 1, afterTokens: 2 },
      },
    ]);
    expect(box.journal.outcomes).toMatchObject([
      { attemptNumber: 1, result: "failed", errorCode: "upstream_failed", costMicroUsd: 10 + 4 },
      { attemptNumber: 2, result: "answered", costMicroUsd: 12 + 4 },
    ]);
    expect(execution.costMicroUsd()).toBe(30);
    expect(execution.usage?.()).toEqual({ promptTokens: 22, completionTokens: 4, basis: "estimated" });
    expect(execution.continuations?.()).toMatchObject([
      {
        brokenEndpointId: "first/m",
        errorCode: "upstream_failed",
        afterTokens: 2,
        attempts: [{ endpointId: "second/m" }],
        auditIndex: 2,
      },
    ]);
    expect(execution.answering?.().id).toBe("second/m");
    expect(box.verdicts).toEqual([["first/m", "went-on"]]);
  });

  it("is gone on with where the route says so, unless the request wants none of it", async () => {
    const box = () =>
      boxOf([breaking("first/m", ["Once "]), ending("second/m", ["more."])], { policy: withRoute(true) });
    expect((await read(box(), asking({ continuation: undefined }))).text).toBe("Once more.");
    expect((await read(box(), asking({ continuation: false }))).error?.code).toBe("upstream_failed");
  });

  it("is an error where the route forbids it, whatever the request asks for, and the decision says so", async () => {
    const box = boxOf([breaking("first/m", ["Once "]), ending("second/m", ["more."])], { policy: withRoute(false) });
    const { error, execution } = await read(box, asking());
    expect(error?.code).toBe("upstream_failed");
    expect(execution.decision.notes).toContain(
      "an answer that breaks off is an error: route only does not let it be gone on with",
    );
  });

  it("is gone on with by the same endpoint, once, where no other can", async () => {
    const answers = [[chunk("Once ")], [chunk("upon ")]];
    const first = new ScriptedEndpoint({ id: "first/m", ...able }, () => streamOf(answers.shift() ?? [], failure()));
    const { text, error } = await read(boxOf([first]), asking());
    expect(text).toBe("Once upon ");
    expect(error?.code).toBe("upstream_failed");
    expect(first.calls).toHaveLength(2);
  });

  it("is gone on with again where whoever went on breaks off too, each time with all of the text", async () => {
    const third = ending("third/m", ["a ", "time."]);
    const box = boxOf([breaking("first/m", ["Once "]), breaking("second/m", ["upon "]), third]);
    const { text, execution } = await read(box, asking());
    expect(text).toBe("Once upon a time.");
    expect(third.calls[0]?.request).toMatchObject({
      maxTokens: 18,
      continues: { text: "Once upon ", completionTokens: 2, endpointId: "second/m" },
    });
    expect(box.journal.attempts.map(({ continuationOf }) => continuationOf)).toEqual([
      undefined,
      { attemptNumber: 1, afterTokens: 1 },
      { attemptNumber: 2, afterTokens: 2 },
    ]);
    expect(execution.continuations?.().map(({ brokenEndpointId }) => brokenEndpointId)).toEqual([
      "first/m",
      "second/m",
    ]);
    expect(execution.usage?.()).toMatchObject({ completionTokens: 4 });
  });

  it("is an error once the attempts of the request are used up", async () => {
    const endpoints = [1, 2, 3, 4, 5, 6, 7].map((n) => breaking(`p${n}/m`, [`${n} `]));
    const { text, error } = await read(boxOf(endpoints), asking({ order: undefined }));
    expect(error?.code).toBe("upstream_failed");
    expect(text.split(" ")).toHaveLength(6);
    expect(endpoints.flatMap(({ calls }) => calls)).toHaveLength(5);
  });
});

describe("nobody is asked to go on", () => {
  const cannot = { price: PRICE };

  it.each<[string, ScriptedEndpoint, Partial<InferenceRequest>]>([
    [
      "of another model, even one that the request names next",
      ending("second/n", ["more."]),
      { fallbackModels: ["n"] },
    ],
    ["who is not known to be able to", ending("second/m", ["more."], cannot), {}],
  ])("%s", async (_, second, changes) => {
    const box = boxOf([breaking("first/m", ["Once "]), second]);
    const { text, error } = await read(box, { ...asking(), ...changes });
    expect(text.startsWith("Once Once")).toBe(true); // The first one itself, which breaks off again.
    expect(error?.code).toBe("upstream_failed");
    expect(second.calls).toEqual([]);
  });

  it("whom the policy forbids, even where it changed in between", async () => {
    const second = ending("second/m", ["more."]);
    let isForbidden = false;
    const policy: CompiledPolicy = {
      ...OPEN_POLICY,
      constraints: [
        {
          id: "never",
          when: () => true,
          require: ({ endpoint }) => !isForbidden || endpoint?.["provider"] === "first",
          requireText: "first alone",
        },
      ],
    };
    const first = new ScriptedEndpoint({ id: "first/m", ...able }, async function* () {
      yield chunk("Once ");
      isForbidden = true;
      throw failure("upstream_invalid_response");
    });
    const { error } = await read(boxOf([first, second], { policy }), asking());
    expect(second.calls).toEqual([]);
    expect(error?.message).toContain("It broke.");
  });

  it("but the endpoint itself where the request allows no fallback", async () => {
    const [first, second] = [breaking("first/m", ["Once "]), ending("second/m", ["more."])];
    await read(boxOf([first, second]), asking({ allowFallbacks: false, order: undefined, only: ["first", "second"] }));
    expect([first.calls.length, second.calls.length]).toEqual([2, 0]);
  });

  it("after an error that would happen anywhere", async () => {
    const second = ending("second/m", ["more."]);
    const { error } = await read(boxOf([breaking("first/m", ["Once "], "upstream_rejected"), second]), asking());
    expect([error?.code, second.calls]).toEqual(["upstream_rejected", []]);
  });

  it("once the caller is gone", async () => {
    const caller = new AbortController();
    const second = ending("second/m", ["more."]);
    const first = new ScriptedEndpoint({ id: "first/m", ...able }, async function* () {
      yield chunk("Once ");
      caller.abort(new SignalboxError("client_closed_request", "gone"));
      throw failure();
    });
    const box = boxOf([first, second]);
    const execution = await box.service.execute(box.job(asking(), caller.signal));
    await expect(Array.fromAsync(execution.events)).rejects.toBeDefined();
    expect(second.calls).toEqual([]);
  });

  it("once the deadline has passed, which counts from the request's arrival", async () => {
    const second = new ScriptedEndpoint({ id: "second/m", ...able }, (call) => untilAborted(call));
    const box = boxOf([breaking("first/m", ["Once "]), second]);
    const hints = { wantsMetadata: false, deadlineMs: 1_000 };
    const execution = await box.service.execute(box.job({ ...asking(), hints }));
    box.clock.advance(600);
    const reading = Array.fromAsync(execution.events).catch((error: unknown) => error);
    while (second.calls.length === 0) await Promise.resolve();
    expect(second.calls[0]?.totalTimeoutMs).toBeLessThan(1_500);
    box.clock.advance(399);
    expect(second.calls[0]?.signal.aborted).toBe(false);
    box.clock.advance(1);
    expect(await reading).toMatchObject({ code: "deadline_exceeded" });
    expect(box.journal.outcomes.map(({ errorCode }) => errorCode)).toEqual(["upstream_failed", "deadline_exceeded"]);
  });

  it("whom the budget does not reach: the error says why the answer broke off, and why it stays so", async () => {
    const second = ending("second/m", ["more."]);
    const box = boxOf([breaking("first/m", ["Once "]), second]);
    const record = box.journal.recordAttempt.bind(box.journal);
    box.journal.recordAttempt = (attempt) =>
      attempt.attemptNumber === 1
        ? record(attempt)
        : Promise.reject(new SignalboxError("budget_exceeded", "The key has spent its budget."));
    const { error } = await read(box, asking());
    expect(error?.code).toBe("upstream_failed");
    expect(error?.message).toBe("It broke. Nobody could go on with it: The key has spent its budget.");
    expect(second.calls).toEqual([]);
    expect(box.verdicts).toEqual([["first/m", "gave-up"]]);
  });

  it("who fails before a word: the error says why the answer broke off, and who failed to go on", async () => {
    const failing = new ScriptedEndpoint({ id: "second/m", ...able }, () =>
      streamOf([], new SignalboxError("upstream_timeout", "It is late.")),
    );
    const first = new ScriptedEndpoint({ id: "first/m", ...able }, () =>
      streamOf(first.calls.length === 1 ? [chunk("Once ")] : [], failure()),
    );
    const { text, error } = await read(boxOf([first, failing]), asking());
    expect([text, error?.code]).toEqual(["Once ", "upstream_failed"]);
    expect(error?.message).toMatch(/^It broke\. Nobody could go on with it: It broke\. Tried in vain: .*second\/m/);
  });

  it("who refuses to, twice: another one is asked", async () => {
    const refusing = new ScriptedEndpoint({ id: "second/m", ...able }, () =>
      streamOf([], failure("upstream_rejected")),
    );
    const box = boxOf([breaking("first/m", ["Once "]), refusing, ending("third/m", ["more."])]);
    const { text, execution } = await read(box, asking());
    expect(text).toBe("Once more.");
    expect(execution.continuations?.()[0]?.attempts).toMatchObject([
      { endpointId: "second/m", errorCode: "upstream_rejected" },
      { endpointId: "third/m" },
    ]);
  });
});

describe("an answer that can't be gone on with", () => {
  const raw = (body: object, extra: object = {}): InferenceEvent =>
    ({ kind: "chunk", json: encoder.encode(JSON.stringify(body)), hasContent: true, ...extra }) as InferenceEvent;
  const delta = (members: object): InferenceEvent => raw({ choices: [{ index: 0, delta: members }] });

  it.each<[string, readonly InferenceEvent[]]>([
    ["calls a tool", [chunk("I look."), delta({ tool_calls: [{ index: 0, function: { name: "look" } }] })]],
    ["reasons", [delta({ reasoning_content: "Hm." })]],
    ["has reasoned", [delta({ reasoning: "Hm.", content: "Well, " })]],
    ["refuses", [delta({ refusal: "I can't" })]],
    ["is one of several", [raw({ choices: [{ index: 1, delta: { content: "B" } }] })]],
    ["ends within a character", [chunk("Gr\ufffd")]],
    ["ends within a pair of surrogates", [chunk("\ud83d")]],
    ["is finished", [chunk("All."), chunk("", { finishReason: "stop" })]],
    ["has had its limit of tokens", Array.from({ length: 20 }, () => chunk("x"))],
  ])("because it %s is an error", async (_, events) => {
    const first = new ScriptedEndpoint({ id: "first/m", ...able }, () => streamOf(events, failure()));
    const second = ending("second/m", ["more."]);
    const { error } = await read(boxOf([first, second]), asking());
    expect([error?.code, error?.message]).toEqual(["upstream_failed", "It broke."]);
    expect(second.calls).toEqual([]);
  });

  it("because the model may have thought unseen is an error", async () => {
    for (const members of [{ include_reasoning: false }, { reasoning: { exclude: true } }]) {
      const second = ending("second/m", ["more."]);
      const body = encoder.encode(JSON.stringify(members));
      await read(boxOf([breaking("first/m", ["Once "]), second]), { ...asking(), body });
      expect(second.calls).toEqual([]);
    }
  });
});

describe("the seam", () => {
  it("gives both parts one name and one role", async () => {
    const named = (id: string, delta: object): InferenceEvent => ({
      kind: "chunk",
      json: encoder.encode(JSON.stringify({ id, created: id.length, choices: [{ index: 0, delta }] })),
      hasContent: "content" in delta && delta.content !== "",
    });
    const first = new ScriptedEndpoint({ id: "first/m", ...able }, () =>
      streamOf([named("a", { role: "assistant", content: "" }), named("a", { content: "Once " })], failure()),
    );
    const second = new ScriptedEndpoint({ id: "second/m", ...able }, () =>
      streamOf([named("second", { role: "assistant", content: "" }), named("second", { content: "more." })]),
    );
    const { events } = await read(boxOf([first, second]), asking());
    const chunks = events.map(({ json }) => JSON.parse(new TextDecoder().decode(json)) as object);
    expect(chunks).toEqual([
      { id: "a", created: 1, choices: [{ index: 0, delta: { role: "assistant", content: "" } }] },
      { id: "a", created: 1, choices: [{ index: 0, delta: { content: "Once " } }] },
      { id: "a", created: 1, choices: [{ index: 0, delta: { content: "" } }] },
      { id: "a", created: 1, choices: [{ index: 0, delta: { content: "more." } }] },
    ]);
  });

  it("hides no text of `stop`, and whoever writes on is cancelled there", async () => {
    let isClosed = false;
    const second = new ScriptedEndpoint({ id: "second/m", ...able }, async function* () {
      try {
        for (const piece of ["serv", "ation: and so on"]) yield chunk(piece);
      } finally {
        isClosed = true;
      }
    });
    const box = boxOf([breaking("first/m", ["Thought. ", "Ob"]), second]);
    const body = encoder.encode('{"stop":["Observation:"]}');
    const { text, error, events } = await read(box, { ...asking(), body });
    expect([text, error]).toEqual(["Thought. Ob", undefined]);
    expect(events.at(-1)?.finishReason).toBe("stop");
    expect(isClosed).toBe(true);
    expect(box.journal.outcomes.at(-1)).toMatchObject({ attemptNumber: 2, result: "cancelled" });
  });

  it("closes whoever is found when it was closed meanwhile", async () => {
    const begins = Promise.withResolvers<void>();
    const second = new ScriptedEndpoint({ id: "second/m", ...able }, async function* () {
      await begins.promise;
      for (;;) yield chunk("more ");
    });
    const box = boxOf([breaking("first/m", ["Once "]), second]);
    const events = (await box.service.execute(box.job(asking()))).events[Symbol.asyncIterator]();
    await events.next();
    const seeking = events.next();
    while (second.calls.length === 0) await Promise.resolve();
    await events.return?.();
    begins.resolve();
    expect(await seeking).toEqual({ done: true, value: undefined });
    expect(box.live.map(({ gate }) => gate.running)).toEqual([0, 0]);
    expect(box.journal.outcomes.map(({ result }) => result)).toEqual(["failed", "cancelled"]);
  });

  it("says nothing more after the error that ended it", async () => {
    const box = boxOf([breaking("first/m", ["Once "]), breaking("second/m", [])]);
    const events = (await box.service.execute(box.job(asking()))).events[Symbol.asyncIterator]();
    await expect(Array.fromAsync({ [Symbol.asyncIterator]: () => events })).rejects.toBeDefined();
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it("closes whoever is answering when it is closed, and frees every place", async () => {
    let isClosed = false;
    const second = new ScriptedEndpoint({ id: "second/m", ...able }, async function* () {
      try {
        for (;;) yield chunk("more ");
      } finally {
        isClosed = true;
      }
    });
    const box = boxOf([breaking("first/m", ["Once "]), second]);
    const execution = await box.service.execute(box.job(asking()));
    for await (const _ of execution.events) if (second.calls.length > 0) break;
    expect(isClosed).toBe(true);
    expect(box.live.map(({ gate }) => gate.running)).toEqual([0, 0]);
    expect(box.journal.outcomes).toHaveLength(2);
  });
});

async function* untilAborted(call: InferenceCall): AsyncGenerator<InferenceEvent> {
  await new Promise((_, reject) => call.signal.addEventListener("abort", () => reject(call.signal.reason as Error)));
  yield chunk("never");
}
