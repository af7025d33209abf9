import type { PlayedWhole } from "./joint-models.ts";
import { OpenPanel } from "./open-panel.ts";
import { OpenPlan } from "./open-plan.ts";
import type { Outcome, Outcomes } from "./outcomes.ts";
import type { TracedRequest } from "./traced-request.ts";

/** What a joint request may do in a simulation. */
export interface Stage {
  nowMs(): number;
  /** A part begins now, with `changes` of what is known by now; it may end before this returns. */
  begin(part: number, changes?: Partial<Pick<TracedRequest, "promptTokens">>): void;
  /** A part that is under way ends now as cancelled; anything else stays as it is. */
  cancel(part: number): void;
  later(atMs: number, act: () => void): void;
  /** The whole has ended. */
  ended(outcome: Ended): void;
}

/** How a whole or a part may end. */
export type Ended = Exclude<Outcome, "open">;

/** A joint request that is under way. */
export interface OpenWhole {
  begin(): void;
  partEnded(part: number, outcome: Ended): void;
}

/** All joint requests that are under way. */
export class OpenWholes {
  readonly #outcomes: Outcomes;
  readonly #stage: Omit<Stage, "ended">;
  readonly #open = new Map<number, OpenWhole>();

  constructor(outcomes: Outcomes, stage: Omit<Stage, "ended">) {
    this.#outcomes = outcomes;
    this.#stage = stage;
  }

  /** The request at `index` arrives. */
  begin(index: number, whole: PlayedWhole, { deadlineMs }: TracedRequest): void {
    const limits = [whole.timeoutMs, deadlineMs].filter((ms) => ms !== undefined);
    const totalMs = limits.length === 0 ? Infinity : Math.min(...limits);
    const stage: Stage = { ...this.#stage, ended: (outcome) => this.#ended(index, outcome) };
    const open = whole.kind === "panel" ? new OpenPanel(whole, stage, totalMs) : new OpenPlan(whole, stage, totalMs);
    this.#open.set(index, open);
    open.begin();
  }

  /** A part of the request at `index` has ended: the whole paid for it. */
  partEnded(index: number, part: number, outcome: Ended): void {
    const whole = this.#open.get(index);
    if (whole === undefined) throw new Error(`Request ${index} is no joint one that is under way.`);
    const { costMicroUsd, viaCloud, ttftMs, arrivedMs } = this.#outcomes;
    costMicroUsd[index] = (costMicroUsd[index] ?? 0) + (costMicroUsd[part] ?? 0);
    if (viaCloud[part] === 1) viaCloud[index] = 1;
    // Of whoever answers last: where that is streamed, it is what the caller sees first.
    ttftMs[index] = (arrivedMs[part] ?? 0) + (ttftMs[part] ?? NaN) - (arrivedMs[index] ?? 0);
    whole.partEnded(part, outcome);
  }

  #ended(index: number, outcome: Ended): void {
    const { ttftMs, totalMs, arrivedMs } = this.#outcomes;
    const open = this.#open.get(index);
    this.#open.delete(index);
    if (outcome === "finished") {
      totalMs[index] = this.#stage.nowMs() - (arrivedMs[index] ?? 0);
      // A panel's answer begins when the choice is made.
      if (!(open instanceof OpenPlan)) ttftMs[index] = totalMs[index] ?? NaN;
    } else ttftMs[index] = NaN;
    this.#outcomes.ended(index, outcome);
  }
}
