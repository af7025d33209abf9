import type { PlayedPlan } from "./joint-models.ts";
import type { Ended, OpenWhole, Stage } from "./open-wholes.ts";
import { tokensBeforeAnswer, tokensBeforeStep } from "./plan-parts.ts";

/** Of a plan's time, what is over when its steps have to be done, so that the joiner has some: as in the box. */
const STEPS_SHARE = 0.7;

/** `none`: it has failed, was not done, or was cut short. */
type StepState = "waiting" | "running" | "done" | "none";

/**
 * A request of a plan that is under way: the planner, the steps as far as they may run side by side, each as soon as those
 * before it have results, and the joiner, who answers with whatever results there are by then. A plan without steps, or
 * whose planner fails, is answered by the joiner alone.
 */
export class OpenPlan implements OpenWhole {
  readonly #plan: PlayedPlan;
  readonly #stage: Stage;
  readonly #totalMs: number;
  readonly #steps: StepState[];
  #phase: "planning" | "steps" | "joining" | "ended" = "planning";
  #isTimeToJoin = false;
  #isTimeOver = false;
  #isLooking = false;

  constructor(plan: PlayedPlan, stage: Stage, totalMs: number) {
    this.#plan = plan;
    this.#stage = stage;
    this.#totalMs = totalMs;
    this.#steps = plan.steps.map(() => "waiting");
  }

  begin(): void {
    if (this.#totalMs < Infinity) {
      const startedMs = this.#stage.nowMs();
      this.#stage.later(startedMs + this.#totalMs * STEPS_SHARE, () => this.#stopSteps());
      this.#stage.later(startedMs + this.#totalMs, () => this.#stopAll());
    }
    this.#stage.begin(this.#plan.planner);
  }

  partEnded(part: number, outcome: Ended): void {
    if (part === this.#plan.joiner) return this.#end(this.#isTimeOver ? "cancelled" : outcome);
    if (part === this.#plan.planner) {
      this.#phase = "steps";
      if (outcome !== "finished") return this.#join([]);
    } else {
      const place = this.#plan.steps.findIndex((step) => step.part === part);
      this.#steps[place] = outcome === "finished" && this.#plan.steps[place]?.isCut === false ? "done" : "none";
    }
    this.#goOn();
  }

  /** Begins every step that may begin, until nothing changes any more; then, where none is left, the joiner. */
  #goOn(): void {
    // A step may end while it begins.
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (let changed = true; changed;) {
      changed = false;
      for (const place of this.#steps.keys()) changed = this.#tryStep(place) || changed;
    }
    this.#isLooking = false;
    if (this.#steps.some((state) => state === "waiting" || state === "running")) return;
    this.#join(this.#steps);
  }

  /** Whether the step has changed. */
  #tryStep(place: number): boolean {
    const step = this.#plan.steps[place];
    if (step === undefined || this.#steps[place] !== "waiting") return false;
    if (this.#isTimeToJoin || step.after.some((before) => this.#steps[before] === "none")) {
      this.#steps[place] = "none";
      return true;
    }
    const running = this.#steps.filter((state) => state === "running").length;
    if (running >= this.#plan.maxParallel || step.after.some((before) => this.#steps[before] !== "done")) return false;
    this.#steps[place] = "running";
    const needed = step.after.reduce((sum, before) => sum + (this.#plan.steps[before]?.outputTokens ?? 0), 0);
    this.#stage.begin(step.part, { promptTokens: tokensBeforeStep(this.#plan, needed) });
    return true;
  }

  #join(states: readonly StepState[]): void {
    this.#phase = "joining";
    const plan = states.length === 0 ? { ...this.#plan, steps: [] } : this.#plan;
    const results = plan.steps.filter((_, place) => states[place] === "done");
    const resultTokens = results.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
    this.#stage.begin(plan.joiner, { promptTokens: tokensBeforeAnswer(plan, resultTokens) });
  }

  #stopSteps(): void {
    if (this.#phase !== "planning" && this.#phase !== "steps") return;
    this.#isTimeToJoin = true;
    if (this.#phase === "planning") return this.#stage.cancel(this.#plan.planner);
    for (const [place, { part }] of this.#plan.steps.entries())
      if (this.#steps[place] === "running") this.#stage.cancel(part);
  }

  #stopAll(): void {
    if (this.#phase !== "joining") return;
    this.#isTimeOver = true;
    this.#stage.cancel(this.#plan.joiner);
  }

  #end(outcome: Ended): void {
    this.#phase = "ended";
    this.#stage.ended(outcome);
  }
}
