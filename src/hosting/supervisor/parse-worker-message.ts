import type { LoadedModelFacts } from "../../core/local-model.ts";
import type { FromWorker, WorkerHeartbeat } from "../worker-protocol.ts";

/**
 * Checks what came over IPC: the child runs native code over an outside file, so its words are data. Undefined for what
 * the protocol does not know.
 */
export function parseWorkerMessage(message: unknown): FromWorker | undefined {
  if (!isRecord(message)) return undefined;
  switch (message["kind"]) {
    case "loading":
      return isCount(message["progress"]) ? { kind: "loading", progress: message["progress"] } : undefined;
    case "ready":
      return isLoadedModelFacts(message["facts"]) ? { kind: "ready", facts: message["facts"] } : undefined;
    case "load-failed":
      return typeof message["reason"] === "string"
        ? {
            kind: "load-failed",
            reason: message["reason"],
            ...(message["outOfMemory"] === true ? { outOfMemory: true } : {}),
          }
        : undefined;
    case "given-back": {
      const { what, isGiven } = message;
      const isKnown = (what === "states" || what === "context") && typeof isGiven === "boolean";
      return isKnown ? { kind: "given-back", what, isGiven } : undefined;
    }
    case "heartbeat":
      return isHeartbeat(message) ? message : undefined;
    default:
      return undefined;
  }
}

function isLoadedModelFacts(value: unknown): value is LoadedModelFacts {
  return (
    isRecord(value) &&
    ["contextTokens", "slots", "threads", "loadMs", "weightBytes"].every((name) => isCount(value[name])) &&
    (value["device"] === "cpu" || value["device"] === "gpu") &&
    hasRates(value)
  );
}

function isHeartbeat(value: object): value is WorkerHeartbeat {
  return (
    isRecord(value) &&
    ["running", "queued", "evaluatedTokens", "residentBytes"].every((name) => isCount(value[name])) &&
    ["anonymousBytes", "savedStateBytes"].every((name) => value[name] === undefined || isCount(value[name])) &&
    hasRates(value)
  );
}

function hasRates(value: Readonly<Record<string, unknown>>): boolean {
  return ["prefillTokensPerSecond", "decodeTokensPerSecond"].every(
    (name) => value[name] === undefined || isCount(value[name]),
  );
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
