import type { Command } from "commander";
import type { MemoryView, ModelInMemory } from "../core/memory-view.ts";
import { askRunning } from "./ask-running.ts";
import { formatBytes, type Output } from "./print.ts";

/** The longest that a load may take before the command stops waiting; the load itself goes on. */
const LOAD_PATIENCE_MS = 30 * 60_000;

/** An unload waits for the requests that the model has. */
const UNLOAD_PATIENCE_MS = 15 * 60_000;

/** `signalbox models ps|load|unload|pin|unpin`: the models of the running server, in memory. */
export function addMemoryCommands(models: Command, output: Output): void {
  models
    .command("ps")
    .description("which models of the running server are in memory, what they hold, and who waits")
    .option("--json", "print JSON")
    .action(async (options: { json?: boolean }) => {
      const view = (await askRunning("GET", "/admin/memory")) as MemoryView;
      if (options.json === true) return output.json(view);
      printView(view, output);
    });
  addMove(models, output, "load", "bring a model into memory; idle models leave for it, pinned and busy ones do not");
  addMove(models, output, "unload", "take a model out of memory once its requests have ended");
  addMove(models, output, "pin", "keep a model in memory whatever comes, until the next reload or restart");
  addMove(models, output, "unpin", "let a pinned model leave again, until the next reload or restart");
}

function addMove(
  models: Command,
  output: Output,
  name: "load" | "unload" | "pin" | "unpin",
  description: string,
): void {
  models
    .command(`${name} <id>`)
    .description(description)
    .option("--json", "print JSON")
    .action(async (id: string, options: { json?: boolean }) => {
      const patienceMs = name === "load" ? LOAD_PATIENCE_MS : UNLOAD_PATIENCE_MS;
      const model = (await askRunning("POST", `/admin/models/${name}`, { model: id }, patienceMs)) as ModelInMemory;
      if (options.json === true) return output.json(model);
      output.line(`${model.modelId} is ${stateOf(model)}.`);
    });
}

function printView(view: MemoryView, output: Output): void {
  const { models, pools, evictions, refusedSwaps, recycled, freedContexts, freedStates } = view;
  output.table(
    ["MODEL", "STATE", "DEVICE", "HOLDS", "REQUESTS", "STAYS", "NOTE"],
    models.map((model) => [
      model.modelId,
      stateOf(model),
      model.device,
      formatBytes(sum(model.residency === "cold" ? model.claimedBytes : model.heldBytes)),
      model.waiting === 0 ? String(model.leases) : `${model.leases} and ${model.waiting} waiting`,
      staysFor(model),
      model.problem ?? model.noRoomBecause ?? model.heldUpBecause ?? savedStatesOf(model),
    ]),
  );
  output.table(
    ["MEMORY", "HELD", "ALLOWED", "FREE"],
    pools.map(({ pool, heldBytes, budgetBytes, freeBytes }) => [
      pool,
      formatBytes(heldBytes),
      formatBytes(budgetBytes),
      formatBytes(freeBytes),
    ]),
  );
  output.line(
    `Room was made by states that were put aside (${freedStates}×), contexts of idle models (${freedContexts}×), ` +
      `models that left (${evictions}×); ${refusedSwaps} requests went elsewhere instead.`,
  );
  if (recycled > 0) output.line(`Processes that had grown were started anew (${recycled}×).`);
}

const STATES: Readonly<Record<string, string>> = { cold: "not in memory", dormant: "in memory without a context" };

/** A model that is not in memory shows what it would take. */
function stateOf({ residency, isPinned }: ModelInMemory): string {
  const state = STATES[residency] ?? residency;
  return isPinned ? `${state}, pinned` : state;
}

function savedStatesOf({ savedStateBytes }: ModelInMemory): string {
  return savedStateBytes === undefined ? "" : `${formatBytes(savedStateBytes)} of it put aside`;
}

function staysFor({ isPinned, keepLoadedMs, idleMs }: ModelInMemory): string {
  if (isPinned) return "always";
  if (keepLoadedMs === undefined) return "-";
  if (idleMs === undefined) return `${minutes(keepLoadedMs)} after its last request`;
  return `${minutes(Math.max(0, keepLoadedMs - idleMs))} more`;
}

function minutes(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}

function sum(bytes: Readonly<Record<string, number>>): number {
  return Object.values(bytes).reduce((total, one) => total + one, 0);
}
