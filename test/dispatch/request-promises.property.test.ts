import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InferenceCall } from "../../src/core/inference-endpoint.ts";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import type { ErrorCode } from "../../src/core/error-facts.ts";
import { SignalboxError } from "../../src/core/errors.ts";
import type { AttemptRecord, OutcomeRecord } from "../../src/core/records.ts";
import { chatRequest, chunk, dispatchBox, MemoryJournal, ScriptedEndpoint } from "../support/dispatch-box.ts";
import { ManualClock } from "../support/manual-clock.ts";

const MAX_TOKENS = 8;
const FORBIDDEN = "p0";

/** How one endpoint answers one request. */
interface Behaviour {
  /** Before the first content. */
  readonly lateMs: number;
  readonly pieces: number;
  /** After so many pieces. */
  readonly failsAfter: number | undefined;
  readonly errorCode: ErrorCode;
}

/** A ledger with a cap over everything, as the real one keeps it. */
class CappedJournal extends MemoryJournal {
  readonly #open = new Map<string, number>();
  readonly #capMicroUsd: number;
  settledMicroUsd = 0;
  /** The most that was spent and held at any instant. */
  mostMicroUsd = 0;

  constructor(capMicroUsd: number) {
    super();
    this.#capMicroUsd = capMicroUsd;
  }

  get openReservations(): number {
    return this.#open.size;
  }

  override recordAttempt(record: AttemptRecord) {
    const reserve = record.reserveMicroUsd ?? Infinity;
    if (this.#sum() + reserve > this.#capMicroUsd)
      return Promise.reject(new SignalboxError("budget_exceeded", "The cap is reached."));
    this.#open.set(nameOf(record), reserve);
    this.#look();
    return super.recordAttempt(record);
  }

  override recordOutcome(record: OutcomeRecord) {
    this.settledMicroUsd += record.costMicroUsd ?? this.#open.get(nameOf(record)) ?? Infinity;
    this.#open.delete(nameOf(record));
    this.#look();
    return super.recordOutcome(record);
  }

  #sum(): number {
    return this.#open.values().reduce((sum, one) => sum + one, this.settledMicroUsd);
  }

  #look(): void {
    this.mostMicroUsd = Math.max(this.mostMicroUsd, this.#sum());
  }
}

const nameOf = ({ requestId, attemptNumber }: Pick<AttemptRecord, "requestId" | "attemptNumber">): string =>
  `${requestId} ${attemptNumber}`;

const behaviourArbitrary: fc.Arbitrary<Behaviour> = fc.record({
  lateMs: fc.constantFrom(0, 0, 30, 5_000),
  pieces: fc.integer({ min: 1, max: MAX_TOKENS }),
  failsAfter: fc.constantFrom(undefined, undefined, 0, 2),
  errorCode: fc.constantFrom("upstream_failed", "upstream_unreachable", "upstream_rate_limited", "upstream_rejected"),
});

const requestArbitrary = fc.record({
  hedge: fc.boolean(),
  /** Whether an answer that breaks off may be gone on with. */
  continuation: fc.boolean(),
  allowFallbacks: fc.boolean(),
  order: fc.option(fc.shuffledSubarray(["p0", "p1", "p2", "p3"]), { nil: undefined }),
  /** When its caller goes away; never where absent. */
  leavesAfterMs: fc.option(fc.constantFrom(0, 20, 200), { nil: undefined }),
  behaviours: fc.tuple(behaviourArbitrary, behaviourArbitrary, behaviourArbitrary, behaviourArbitrary),
});

/** Answers as the behaviour of the request says that this endpoint does, with words that its model numbers. */
async function* answer(
  call: InferenceCall,
  clock: ManualClock,
  behaviour: Behaviour,
  modelId: string,
): AsyncGenerator<InferenceEvent> {
  const { lateMs, pieces, failsAfter, errorCode } = behaviour;
  if (lateMs > 0)
    await new Promise<void>((resolve) => {
      clock.after(lateMs, resolve);
      call.signal.addEventListener("abort", () => resolve(), { once: true });
    });
  for (let piece = 0; piece < pieces; piece++) {
    await Promise.resolve();
    if (call.signal.aborted) throw call.signal.reason;
    if (piece === failsAfter) throw new SignalboxError(errorCode, "as told");
    const number = (call.request.continues?.completionTokens ?? 0) + piece;
    yield chunk(`${modelId}${number} `, piece + 1 === pieces ? { finishReason: "stop" } : {});
  }
}

describe("requests in parallel, with fallbacks, second attempts beside the first, and answers that are gone on with", () => {
  it("never overshoot a cap, never reach what policy forbids, never mix two texts, and leave nothing open", async () => {
    let [hedges, fallbacks, continuations] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(requestArbitrary, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 40, max: 2_000 }),
        async (requests, capMicroUsd) => {
          const clock = new ManualClock();
          const behaviourOf = (call: InferenceCall, index: number): Behaviour =>
            requests[Number(call.requestId)]?.behaviours[index as 0] ?? QUICK;
          const endpoints = [0, 1, 2, 3].map((index) => {
            const price = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: (index + 1) * 1_000_000 };
            const modelId = index === 3 ? "n" : "m";
            const facts = { id: `p${index}/${modelId}`, price, continuation: "last-message" } as const;
            return new ScriptedEndpoint(facts, (call) => answer(call, clock, behaviourOf(call, index), modelId));
          });
          const journal = new CappedJournal(capMicroUsd);
          const policy = {
            sha256: "0".repeat(64),
            routes: [],
            constraints: [
              {
                id: "never",
                when: () => true,
                require: ({ endpoint }: { endpoint?: Readonly<Record<string, unknown>> }) =>
                  endpoint?.["provider"] !== FORBIDDEN,
                requireText: "not p0",
              },
            ],
          };
          const box = dispatchBox(endpoints, { clock, journal, policy });
          for (const live of box.live)
            for (let round = 0; round < 20; round++) live.attemptEnded({ startedAtMs: 0, firstContentMs: 10 });

          let open = requests.length;
          const texts: string[] = [];
          for (const [index, request] of requests.entries()) {
            const { hedge, allowFallbacks, continuation, order, leavesAfterMs } = request;
            const caller = new AbortController();
            if (leavesAfterMs !== undefined)
              clock.after(leavesAfterMs, () => caller.abort(new SignalboxError("client_closed_request", "gone")));
            const provider = {
              ...chatRequest().provider,
              hedge,
              continuation,
              allowFallbacks,
              ...(order && { order }),
            };
            const job = box.job({ provider, maxTokens: MAX_TOKENS, fallbackModels: ["n"] }, caller.signal);
            void readAll(box.service, { ...job, requestId: String(index) }, (text) => texts.push(text)).finally(
              () => (open -= 1),
            );
          }
          for (let step = 0; open > 0 && step < 400; step++) {
            for (let turn = 0; turn < 30; turn++) await Promise.resolve();
            clock.advance(50);
          }
          expect(open).toBe(0);
          expect(journal.mostMicroUsd).toBeLessThanOrEqual(capMicroUsd);
          expect(journal.openReservations).toBe(0);
          expect(journal.attempts.filter(({ endpointId }) => endpointId.startsWith(FORBIDDEN))).toEqual([]);
          expect(endpoints[0]?.calls).toEqual([]);
          expect(box.live.map(({ gate }) => gate.running + gate.queued)).toEqual([0, 0, 0, 0]);
          expect(journal.outcomes.map(nameOf).toSorted()).toEqual(journal.attempts.map(nameOf).toSorted());
          for (const { decision, endpointId } of journal.attempts)
            expect(decision.candidates.map((one) => one.endpointId)).toContain(endpointId);
          for (const text of texts) expect(text).toBe(writtenBy(text.slice(0, 1), text.split(" ").length - 1));
          const continued = journal.attempts.filter(({ continuationOf }) => continuationOf !== undefined);
          for (const { requestId, continuationOf, endpointId } of continued) {
            expect(requests[Number(requestId)]?.continuation).toBe(true);
            const broken = journal.attempts.find(
              (one) => one.requestId === requestId && one.attemptNumber === continuationOf?.attemptNumber,
            );
            expect(modelOf(endpointId)).toBe(modelOf(broken?.endpointId ?? ""));
          }
          continuations += continued.length;
          hedges += journal.attempts.filter(({ hedgeOf }) => hedgeOf !== undefined).length;
          fallbacks += journal.attempts.filter(({ fallbackOf }) => fallbackOf !== undefined).length;
        },
      ),
      { numRuns: 150 },
    );
    // The property says nothing where neither happened.
    expect(hedges).toBeGreaterThan(0);
    expect(fallbacks).toBeGreaterThan(0);
    expect(continuations).toBeGreaterThan(0);
  });
});

const QUICK: Behaviour = { lateMs: 0, pieces: 1, failsAfter: undefined, errorCode: "upstream_failed" };

const modelOf = (endpointId: string): string => endpointId.slice(endpointId.indexOf("/") + 1);

/** The first words of the only answer that a model gives. */
function writtenBy(modelId: string, words: number): string {
  return Array.from({ length: words }, (_, index) => `${modelId}${index} `).join("");
}

/** Reads an answer to its end and says what there was of it; how it ended is on record. */
async function readAll(
  service: ReturnType<typeof dispatchBox>["service"],
  job: Parameters<ReturnType<typeof dispatchBox>["service"]["execute"]>[0],
  onText: (text: string) => void,
): Promise<void> {
  let text = "";
  try {
    for await (const { json } of (await service.execute(job)).events)
      text += (JSON.parse(new TextDecoder().decode(json)) as { choices: { delta: { content: string } }[] }).choices
        .map(({ delta }) => delta.content)
        .join("");
  } catch (error) {
    if (!(error instanceof SignalboxError)) throw error;
  } finally {
    onText(text);
  }
}
