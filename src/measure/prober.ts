import type { Random } from "../core/clock.ts";
import type { EndpointFacts, EndpointSnapshot } from "../core/endpoint.ts";
import type { EndpointId } from "../core/ids.ts";
import type { ProbeMetrics } from "../core/probe-metrics.ts";
import type { Journal } from "../journal/journal.ts";
import type { Operation } from "../journal/operation.ts";
import { AlertBook } from "./alert-book.ts";
import { askProbe, type AskPorts } from "./ask-probe.ts";
import { assessEndpoint } from "./assess-endpoint.ts";
import { internalPrincipal, type InternalWork } from "./internal-principal.ts";
import { forgetProbes, keepProbe } from "./operation-requests.ts";
import type { ProbeQuestion } from "./probe-questions.ts";
import type { ProbeResult } from "./probe-result.ts";
import type { ProbeReader } from "./probe-store.ts";
import { questionsFor } from "./questions-for.ts";

/** How often the prober looks whether something is due. */
const LOOK_EVERY_MS = 5_000;

/** How long a round waits for an endpoint that has something else to do, and how often it looks. */
const ROUND_PATIENCE_MS = 20_000;
const ROUND_LOOK_MS = 500;

/** How far the time between two probes of an endpoint may differ from its mean, so that boxes do not ask in step. */
const JITTER = 0.2;

/** What the configuration says about probes. */
export interface ProbeSettings {
  readonly budgetMicroUsdPerDay: number;
  /** Each question is put to each endpoint once in this time. */
  readonly intervalMs: number;
  /** The longest prompt of a probe. */
  readonly contextTokens: number;
  /** Providers and endpoints that are probed; absent: all. */
  readonly only?: readonly string[];
}

/** What the prober reaches the rest of the box through. */
export interface ProberPorts extends AskPorts {
  readonly random: Random;
  readonly log: {
    info(facts: Readonly<Record<string, unknown>>, message: string): void;
    warn(facts: Readonly<Record<string, unknown>>, message: string): void;
    error(facts: Readonly<Record<string, unknown>>, message: string): void;
  };
  readonly metrics: ProbeMetrics;
  readonly journal: Pick<Journal, "commit">;
  readonly leaf: (draft: { readonly kind: string; readonly [fact: string]: unknown }) => Operation;
  readonly reader: ProbeReader;
  /** Read at each look, because a reload may change them. Absent: no probe is sent. */
  readonly settings: () => ProbeSettings | undefined;
  readonly endpoints: () => readonly EndpointSnapshot[];
  readonly dataClasses: () => readonly string[];
}

/** What became of one question of a round that somebody asked for. */
export interface RoundEntry {
  readonly endpointId: EndpointId;
  readonly question: string;
  readonly result?: ProbeResult;
  /** Why it was not asked. */
  readonly notSent?: string;
}

/** When an endpoint is asked next, and what. */
interface Turn {
  dueMs: number;
  next: number;
}

/**
 * Asks the endpoints our own questions, one at a time, each endpoint's spread evenly over the interval, and only endpoints
 * that are in memory and have nothing else to do. Keeps what comes, and raises and ends alerts by it.
 */
export class Prober {
  readonly #ports: ProberPorts;
  readonly #turns = new Map<EndpointId, Turn>();
  readonly #notAsked = new Map<EndpointId, string>();
  readonly #alerts: AlertBook;
  readonly #stopping = new AbortController();
  #cancelLook = (): void => undefined;
  /** The probe under way and those that wait for it. */
  #asking: Promise<unknown> = Promise.resolve();
  #askedCount = 0;

  constructor(ports: ProberPorts) {
    this.#ports = ports;
    this.#alerts = new AlertBook(ports);
  }

  /** Begins to look, every few seconds, whether something is due. */
  start(): void {
    this.#alerts.restore();
    this.#lookLater();
  }

  /** Gives up the probe under way and asks nothing more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelLook();
    await this.settled();
  }

  /** Resolves when the probes that were due have been asked and kept. */
  async settled(): Promise<void> {
    await this.#asking;
  }

  /** Why endpoints were not asked when it was last their turn. */
  notAsked(): ReadonlyMap<EndpointId, string> {
    return this.#notAsked;
  }

  /** Who pays for the probes of today. Absent where none are sent. */
  principal(): ReturnType<typeof internalPrincipal> | undefined {
    const settings = this.#ports.settings();
    if (settings === undefined) return undefined;
    return internalPrincipal(workOf(settings), this.#ports.clock.wallMs(), this.#ports.dataClasses()[0]);
  }

  /** Puts every question to the endpoints that `slug` names, or to all of them, now. Resolves when all have been asked. */
  async round(slug: string | undefined, signal: AbortSignal): Promise<readonly RoundEntry[]> {
    const named = this.#probed().filter(({ facts }) => slug === undefined || isNamed(slug, facts));
    const entries: RoundEntry[] = [];
    for (const { facts } of named) {
      // Looked up anew each time: the answer to one may make the next one possible.
      for (let at = 0; !signal.aborted; at++) {
        const question = this.#questionsOf(facts)[at];
        if (question === undefined) break;
        await this.#untilFree(facts.id, signal);
        entries.push(await this.#inTurn(() => this.#ask(facts, question, signal)));
      }
    }
    return entries;
  }

  /** Forgets the results of one endpoint, by whom is recorded: the next answers are what later ones are compared with. */
  async forget(endpointId: EndpointId, by: object): Promise<{ readonly results: number }> {
    const leaf = this.#ports.leaf({ kind: "probe.baseline-reset", endpointId, by });
    const [forgotten] = await this.#ports.journal.commit([forgetProbes({ endpointId }), leaf]);
    this.#alerts.forget(endpointId);
    return forgotten;
  }

  #lookLater(): void {
    if (this.#stopping.signal.aborted) return;
    this.#cancelLook = this.#ports.clock.after(LOOK_EVERY_MS, () => {
      this.#look();
      this.#lookLater();
    });
  }

  /** Asks the endpoint that has been due for the longest time and has nothing else to do. */
  #look(): void {
    const settings = this.#ports.settings();
    if (settings === undefined || this.#askedCount > 0) return;
    const nowMs = this.#ports.clock.monotonicMs();
    const probed = this.#probed();
    this.#keepTurns(probed, nowMs, settings);
    const due = probed
      .filter(({ facts }) => (this.#turns.get(facts.id)?.dueMs ?? Infinity) <= nowMs)
      .toSorted((a, b) => (this.#turns.get(a.facts.id)?.dueMs ?? 0) - (this.#turns.get(b.facts.id)?.dueMs ?? 0));
    const free = due.find((endpoint) => hindranceOf(endpoint) === undefined);
    for (const endpoint of due) this.#note(endpoint.facts.id, hindranceOf(endpoint));
    if (free !== undefined) void this.#takeTurn(free.facts, settings);
  }

  async #takeTurn(facts: EndpointFacts, settings: ProbeSettings): Promise<void> {
    const turn = this.#turns.get(facts.id);
    const questions = this.#questionsOf(facts);
    const question = questions[(turn?.next ?? 0) % Math.max(1, questions.length)];
    if (turn === undefined || question === undefined) return;
    turn.next = (turn.next + 1) % questions.length;
    const meanMs = settings.intervalMs / questions.length;
    turn.dueMs = this.#ports.clock.monotonicMs() + meanMs * (1 + JITTER * (2 * this.#ports.random.next() - 1));
    await this.#inTurn(() => this.#ask(facts, question, this.#stopping.signal));
  }

  /** A server on the site may say for some seconds that it runs what has ended. */
  async #untilFree(endpointId: EndpointId, signal: AbortSignal): Promise<void> {
    for (let waitedMs = 0; waitedMs < ROUND_PATIENCE_MS; waitedMs += ROUND_LOOK_MS) {
      const now = this.#ports.endpoints().find(({ facts }) => facts.id === endpointId);
      const isOver = signal.aborted || this.#stopping.signal.aborted;
      if (isOver || now === undefined || hindranceOf(now) !== BUSY) return;
      await new Promise<void>((resolve) => this.#ports.clock.after(ROUND_LOOK_MS, resolve));
    }
  }

  /** One after the other, however many ask for it. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#askedCount += 1;
    const result = this.#asking.then(work).finally(() => {
      this.#askedCount -= 1;
    });
    this.#asking = result.catch(() => undefined);
    return result;
  }

  async #ask(facts: EndpointFacts, question: ProbeQuestion, signal: AbortSignal): Promise<RoundEntry> {
    const { log, metrics } = this.#ports;
    const entry = { endpointId: facts.id, question: question.id };
    const principal = this.principal();
    const stopped = this.#stopping.signal;
    const now = this.#ports.endpoints().find((endpoint) => endpoint.facts.id === facts.id);
    const hindrance = now === undefined ? "it is not configured any more" : hindranceOf(now);
    const because = principal === undefined ? "probes are off" : stopped.aborted ? "the box stops" : hindrance;
    if (principal === undefined || because !== undefined) return { ...entry, notSent: because ?? "probes are off" };
    try {
      const asked = await askProbe(this.#ports, facts, question, principal, AbortSignal.any([signal, stopped]));
      this.#note(facts.id, asked.kind === "not-sent" ? asked.because : undefined);
      if (asked.kind === "not-sent") return { ...entry, notSent: asked.because };
      const { result } = asked;
      const outcome = result.errorCode ?? (result.isRight === true ? "right" : "wrong");
      metrics.probeEnded(facts.id, question.check, outcome, result.costMicroUsd);
      await this.#ports.journal.commit([keepProbe(result)]);
      await this.#judge(facts);
      return { ...entry, result };
    } catch (err) {
      log.error({ err, endpoint: facts.id, question: question.id }, "a probe could not be kept");
      return { ...entry, notSent: "it could not be kept; the log says why" };
    }
  }

  async #judge(facts: EndpointFacts): Promise<void> {
    const results = this.#ports.reader.resultsOf(facts.id, this.#questionsOf(facts));
    const { findings } = assessEndpoint(facts, results, this.#alerts.standing(facts.id));
    await this.#alerts.update(facts.id, findings);
  }

  #questionsOf(facts: EndpointFacts): readonly ProbeQuestion[] {
    const settings = this.#ports.settings();
    return settings === undefined ? [] : questionsFor(facts, this.#ports.reader, settings.contextTokens);
  }

  /** The endpoints that may be asked at all. */
  #probed(): readonly EndpointSnapshot[] {
    const only = this.#ports.settings()?.only;
    return this.#ports
      .endpoints()
      .filter(({ facts }) => facts.excludedBecause === undefined)
      .filter(({ facts }) => only === undefined || only.some((slug) => isNamed(slug, facts)));
  }

  /** A new endpoint has its first turn at some time of its first interval; one that is gone has none. */
  #keepTurns(probed: readonly EndpointSnapshot[], nowMs: number, { intervalMs }: ProbeSettings): void {
    const ids = new Set(probed.map(({ facts }) => facts.id));
    for (const id of this.#turns.keys()) if (!ids.has(id)) this.#turns.delete(id);
    for (const id of this.#notAsked.keys()) if (!ids.has(id)) this.#notAsked.delete(id);
    for (const { facts } of probed) {
      if (this.#turns.has(facts.id)) continue;
      const questionCount = Math.max(1, this.#questionsOf(facts).length);
      this.#turns.set(facts.id, {
        dueMs: nowMs + (this.#ports.random.next() * intervalMs) / questionCount,
        next: 0,
      });
    }
  }

  #note(endpointId: EndpointId, because: string | undefined): void {
    if (because === undefined) this.#notAsked.delete(endpointId);
    else this.#notAsked.set(endpointId, because);
  }
}

/** What the day's budget is held for. */
export function workOf({ budgetMicroUsdPerDay }: ProbeSettings): InternalWork {
  return { name: "probes", tag: "signalbox:probe", budgetMicroUsdPerDay };
}

const BUSY = "it is busy";

/** Why an endpoint is better not asked now, or nothing. A breaker that lets one request through may have this one. */
function hindranceOf({ state }: EndpointSnapshot): string | undefined {
  if (!state.loaded) return "its model is not in memory, and a probe loads none";
  if (state.running > 0 || state.queued > 0) return BUSY;
  return state.recovering === true ? "it has just come back and is given its load back" : undefined;
}

function isNamed(slug: string, { id, providerId }: EndpointFacts): boolean {
  return slug === id || slug === providerId;
}
