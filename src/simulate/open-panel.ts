import type { PlayedPanel } from "./joint-models.ts";
import type { Ended, OpenWhole, Stage } from "./open-wholes.ts";

/** Of a panel's time, what its members have where a model is to judge their answers: as in the box. */
const MEMBERS_SHARE_BEFORE_JUDGE = 0.6;

/**
 * A request of a panel that is under way. It has its answer when all of its members have ended, enough of them with an
 * answer, and its judge has too: no vote is taken to be decided early, so that times are upper bounds, and so is the cost.
 * When the time is over, who is still at work is cancelled; what there is by then is chosen from.
 */
export class OpenPanel implements OpenWhole {
  readonly #panel: PlayedPanel;
  readonly #stage: Stage;
  readonly #totalMs: number;
  #phase: "members" | "judge" | "ended" = "members";
  #outstanding: number;
  #answered = 0;
  #isTimeOver = false;

  constructor(panel: PlayedPanel, stage: Stage, totalMs: number) {
    this.#panel = panel;
    this.#stage = stage;
    this.#totalMs = totalMs;
    this.#outstanding = panel.members.length;
  }

  begin(): void {
    const { members, judge } = this.#panel;
    if (this.#totalMs < Infinity) {
      const startedMs = this.#stage.nowMs();
      const membersMs = judge === undefined ? this.#totalMs : this.#totalMs * MEMBERS_SHARE_BEFORE_JUDGE;
      this.#stage.later(startedMs + membersMs, () => this.#stop("members", members));
      if (judge !== undefined) this.#stage.later(startedMs + this.#totalMs, () => this.#stop("judge", [judge]));
    }
    for (const member of members) this.#stage.begin(member);
  }

  partEnded(_part: number, outcome: Ended): void {
    if (this.#phase === "judge") {
      // Where a judge fails the majority decides.
      return this.#end("finished");
    }
    this.#outstanding -= 1;
    if (outcome === "finished") this.#answered += 1;
    if (this.#outstanding > 0) return;
    const { quorum, judge } = this.#panel;
    if (this.#answered < quorum) return this.#end(this.#whyNone(outcome));
    if (judge === undefined) return this.#end("finished");
    this.#phase = "judge";
    this.#stage.begin(judge);
  }

  /** The time of a phase is over. */
  #stop(phase: "members" | "judge", parts: readonly number[]): void {
    if (this.#phase !== phase) return;
    this.#isTimeOver = true;
    for (const part of parts) this.#stage.cancel(part);
  }

  #whyNone(last: Ended): Ended {
    if (this.#isTimeOver) return "cancelled";
    return this.#answered === 0 ? last : "failed";
  }

  #end(outcome: Ended): void {
    this.#phase = "ended";
    this.#stage.ended(outcome);
  }
}
