import type { Outcome, Outcomes } from "./outcomes.ts";
import type { PlayedWhole } from "./panels.ts";

interface OpenWhole extends PlayedWhole {
  outstanding: number;
  answered: number;
  judgeAsked: boolean;
}

/**
 * Requests of panels that are under way. One has its answer when all of its members have ended, enough of them with an
 * answer, and its judge has too: no vote is taken to be decided early, so that times are upper bounds, and so is the cost.
 */
export class OpenPanels {
  readonly #outcomes: Outcomes;
  readonly #open = new Map<number, OpenWhole>();

  constructor(outcomes: Outcomes) {
    this.#outcomes = outcomes;
  }

  begin(index: number, whole: PlayedWhole): void {
    this.#open.set(index, { ...whole, outstanding: whole.members.length, answered: 0, judgeAsked: false });
  }

  /** A part has ended. Answers with the part that is to begin now: the judge, once all members have ended. */
  partEnded(index: number, part: number, outcome: Outcome, nowMs: number): number | undefined {
    const whole = this.#open.get(index);
    if (whole === undefined) throw new Error(`Request ${index} is no panel's that is under way.`);
    this.#add(index, part);
    if (!whole.judgeAsked) {
      whole.outstanding -= 1;
      if (outcome === "finished") whole.answered += 1;
      if (whole.outstanding > 0) return undefined;
      const hasQuorum = whole.answered >= whole.quorum;
      if (hasQuorum && whole.judge !== undefined) {
        whole.judgeAsked = true;
        return whole.judge;
      }
      if (!hasQuorum) return this.#end(index, whole.answered === 0 ? outcome : "failed");
    }
    // Where a judge fails the majority decides.
    const sinceArrivalMs = nowMs - (this.#outcomes.arrivedMs[index] ?? 0);
    this.#outcomes.ttftMs[index] = sinceArrivalMs;
    this.#outcomes.totalMs[index] = sinceArrivalMs;
    return this.#end(index, "finished");
  }

  #add(index: number, part: number): void {
    const { costMicroUsd, viaCloud } = this.#outcomes;
    costMicroUsd[index] = (costMicroUsd[index] ?? 0) + (costMicroUsd[part] ?? 0);
    if (viaCloud[part] === 1) viaCloud[index] = 1;
  }

  #end(index: number, outcome: Outcome): undefined {
    if (outcome === "open") throw new Error(`Request ${index} has not ended.`);
    this.#outcomes.ended(index, outcome);
    this.#open.delete(index);
  }
}
