import { NO_HISTORY, planRetry, type Moment, type WorkerFailure, type WorkerHistory } from "./restart-policy.ts";
import {
  HEARTBEAT_TIMEOUT_MS,
  KILL_WAIT_MS,
  LOAD_STALL_MS,
  MAX_RESTART_WAIT_MS,
  OWN_STALL_MS,
  PROGRESS_STALL_MS,
  STOP_GRACE_MS,
  TROUBLE_HEARTBEAT_TIMEOUT_MS,
  wakeAtMs,
  type Refusal,
  type Step,
  type WorkerEffect,
  type WorkerEvent,
  type WorkerState,
} from "./worker-life.ts";

/**
 * The whole life of a worker. Pure and total: every event is answered in every state. The owner performs the effects
 * in order. A child exists from `spawn` until `child-exited`, and there is never a second one; whoever waits is
 * answered by the step that ends the waiting.
 */
export function step(state: WorkerState, event: WorkerEvent, moment: Moment): Step {
  switch (event.kind) {
    case "ready-requested":
      return requestReady(state, moment);
    case "start-requested":
      return requestStart(state, moment);
    case "unload-requested":
      return requestStop(state, "stopped", moment);
    case "shutdown-requested":
      return requestStop(state, "shut-down", moment);
    case "load-progressed":
      return state.kind === "starting" && event.progress > state.progress
        ? stay({ ...state, progress: event.progress, progressAtMs: moment.nowMs })
        : stay(state);
    case "load-failed":
      return state.kind === "starting" ? kill(state, loadFailure(event), moment) : stay(state);
    case "child-ready":
      return becomeReady(state, moment);
    case "heartbeat":
      return stay(state.kind === "ready" ? afterHeartbeat(state, event, moment) : state);
    case "trouble-reported":
      return stay(state.kind === "ready" ? suspect(state, moment) : state);
    case "child-exited":
      return afterExit(state, event.failure, moment);
    case "time-passed":
      return afterTime(state, moment);
  }
}

type StateOf<Kind extends WorkerState["kind"]> = Extract<WorkerState, { kind: Kind }>;

function stay(state: WorkerState, ...effects: readonly WorkerEffect[]): Step {
  return { state, effects };
}

function refuse(code: Refusal["code"], problem: string): WorkerEffect {
  return { kind: "refuse-waiters", refusal: { code, problem } };
}

function start(history: WorkerHistory, { nowMs }: Moment): Step {
  return stay({ kind: "starting", history, progress: 0, progressAtMs: nowMs }, { kind: "spawn" });
}

function loadFailure({ reason, outOfMemory }: Extract<WorkerEvent, { kind: "load-failed" }>): WorkerFailure {
  return { problem: reason, hopeless: true, ...(outOfMemory === true ? { outOfMemory } : {}) };
}

function requestReady(state: WorkerState, moment: Moment): Step {
  switch (state.kind) {
    case "stopped":
      return start(state.history, moment);
    case "starting":
      return stay(state);
    case "ready":
      return stay(state, { kind: "grant-waiters" });
    case "stopping":
      if (state.next === "shut-down") return stay(state, refuse("draining", "it is being stopped"));
      if (state.deadlineMs === undefined) return stay(state, refuse("worker_failed", UNKILLABLE));
      return stay({ ...state, next: "starting" });
    case "killing":
      return stay(state, refuse("worker_failed", state.failure.problem));
    case "backing-off":
      return state.startsSoon ? stay(state) : stay(state, refuse("worker_failed", state.problem));
    case "failed":
      return stay(state, refuse("worker_start_failed", state.problem));
    case "shut-down":
      return stay(state, refuse("draining", "it was stopped"));
  }
}

const UNKILLABLE = "its old process can't be killed: the kernel holds it, as a stuck device driver does";

function requestStart(state: WorkerState, moment: Moment): Step {
  switch (state.kind) {
    case "stopped":
    case "backing-off":
    case "failed":
      return start({ ...NO_HISTORY, restarts: state.history.restarts }, moment);
    case "stopping":
      return state.next === "stopped" && state.deadlineMs !== undefined
        ? stay({ ...state, next: "starting" })
        : stay(state);
    case "starting":
    case "ready":
    case "killing":
    case "shut-down":
      return stay(state);
  }
}

function requestStop(state: WorkerState, next: "stopped" | "shut-down", { nowMs }: Moment): Step {
  const { history } = state;
  const turnAway =
    next === "shut-down" ? refuse("draining", "it is being stopped") : refuse("worker_failed", "it was unloaded");
  switch (state.kind) {
    case "stopped":
    case "failed":
      return stay({ kind: next, history });
    case "backing-off":
      return stay({ kind: next, history }, turnAway);
    case "starting":
    case "ready":
      return stay({ kind: "stopping", history, next, killed: false, deadlineMs: nowMs + STOP_GRACE_MS }, turnAway, {
        kind: "terminate",
      });
    case "stopping":
      return state.next === "shut-down" ? stay(state) : stay({ ...state, next }, turnAway);
    case "killing":
      return stay({ kind: "stopping", history, next, killed: true, deadlineMs: nowMs + KILL_WAIT_MS });
    case "shut-down":
      return stay(state);
  }
}

function becomeReady(state: WorkerState, { nowMs }: Moment): Step {
  if (state.kind !== "starting") return stay(state);
  const ready: WorkerState = {
    kind: "ready",
    history: state.history,
    readyAtMs: nowMs,
    heartbeatDueMs: nowMs + HEARTBEAT_TIMEOUT_MS,
    running: 0,
    evaluatedTokens: 0,
    progressAtMs: nowMs,
  };
  return stay(ready, { kind: "grant-waiters" });
}

function afterHeartbeat(
  state: StateOf<"ready">,
  { running, evaluatedTokens }: Extract<WorkerEvent, { kind: "heartbeat" }>,
  { nowMs }: Moment,
): WorkerState {
  const progressed = state.running === 0 || running === 0 || evaluatedTokens !== state.evaluatedTokens;
  return {
    ...state,
    heartbeatDueMs: nowMs + HEARTBEAT_TIMEOUT_MS,
    running,
    evaluatedTokens,
    progressAtMs: progressed ? nowMs : state.progressAtMs,
  };
}

function suspect(state: StateOf<"ready">, { nowMs }: Moment): WorkerState {
  return { ...state, heartbeatDueMs: Math.min(state.heartbeatDueMs, nowMs + TROUBLE_HEARTBEAT_TIMEOUT_MS) };
}

/** A child that is no use any more. Its waiters are answered now; what follows is decided when it is gone. */
function kill(state: StateOf<"starting" | "ready">, failure: WorkerFailure, { nowMs }: Moment): Step {
  const ready = state.kind === "ready" ? { readyForMs: nowMs - state.readyAtMs } : {};
  const code = failure.hopeless ? "worker_start_failed" : "worker_failed";
  return stay({ kind: "killing", history: state.history, failure, ...ready }, refuse(code, failure.problem), {
    kind: "kill",
  });
}

function afterExit(state: WorkerState, failure: WorkerFailure, moment: Moment): Step {
  switch (state.kind) {
    case "starting":
      return fail(state, failure, undefined, moment);
    case "ready":
      return fail(state, failure, moment.nowMs - state.readyAtMs, moment);
    case "killing":
      return fail(state, state.failure, state.readyForMs, moment);
    case "stopping":
      return state.next === "starting"
        ? start(state.history, moment)
        : stay({ kind: state.next, history: state.history });
    case "stopped":
    case "backing-off":
    case "failed":
    case "shut-down":
      return stay(state);
  }
}

/** What follows the end of a child that failed. One that served is waited for if it starts again shortly. */
function fail(state: WorkerState, failure: WorkerFailure, readyForMs: number | undefined, moment: Moment): Step {
  const { kind, retryAtMs, history } = planRetry(state.history, failure, readyForMs, moment);
  const { problem, outOfMemory } = failure;
  const cause = { problem, ...(outOfMemory === true ? { outOfMemory } : {}) };
  if (kind === "failed") return stay({ kind, retryAtMs, history, ...cause }, refuse("worker_start_failed", problem));
  const startsSoon = readyForMs !== undefined && retryAtMs - moment.nowMs <= MAX_RESTART_WAIT_MS;
  const backingOff: WorkerState = { kind, retryAtMs, history, ...cause, startsSoon };
  return startsSoon ? stay(backingOff) : stay(backingOff, refuse("worker_failed", problem));
}

function afterTime(state: WorkerState, moment: Moment): Step {
  const dueMs = wakeAtMs(state);
  if (dueMs === undefined || moment.nowMs < dueMs) return stay(state);
  const wasStalled = moment.nowMs - dueMs > OWN_STALL_MS;
  switch (state.kind) {
    case "starting":
      if (wasStalled) return stay({ ...state, progressAtMs: moment.nowMs });
      return kill(state, { problem: `loading stood still for ${LOAD_STALL_MS / 1000} s`, hopeless: true }, moment);
    case "ready":
      if (wasStalled) return stay(becomeUnsuspected(state, moment));
      return kill(state, { problem: describeHang(state, moment), hopeless: false }, moment);
    case "stopping":
      return state.killed ? abandon(state) : killLate(state, moment);
    case "backing-off":
    case "failed":
      return start({ ...state.history, restarts: state.history.restarts + 1 }, moment);
    case "stopped":
    case "killing":
    case "shut-down":
      return stay(state);
  }
}

function becomeUnsuspected(state: StateOf<"ready">, { nowMs }: Moment): WorkerState {
  return { ...state, heartbeatDueMs: nowMs + HEARTBEAT_TIMEOUT_MS, progressAtMs: nowMs };
}

function describeHang(state: StateOf<"ready">, { nowMs }: Moment): string {
  return nowMs >= state.heartbeatDueMs
    ? "it stopped giving signs of life"
    : `it evaluated nothing for ${PROGRESS_STALL_MS / 1000} s although requests were running`;
}

function killLate(state: StateOf<"stopping">, { nowMs }: Moment): Step {
  return stay({ ...state, killed: true, deadlineMs: nowMs + KILL_WAIT_MS }, { kind: "kill" });
}

/** Nobody waits any longer; the child is still there, so no other may start. */
function abandon({ deadlineMs: _, ...state }: StateOf<"stopping">): Step {
  const next = state.next === "starting" ? "stopped" : state.next;
  return stay({ ...state, next }, refuse("worker_failed", UNKILLABLE));
}
