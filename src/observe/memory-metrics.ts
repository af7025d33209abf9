import { Counter, Gauge, type Registry } from "prom-client";
import type { MemoryView } from "../core/memory-view.ts";

/** What the box's own models hold and how they moved; read when somebody scrapes, and free until then. */
export function defineMemoryMetrics(registry: Registry, memory: () => MemoryView): void {
  const registers = [registry];
  const count = (name: string, help: string, read: (view: MemoryView) => number): void => {
    new Counter({
      name: `signalbox_model_${name}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read(memory()));
      },
    });
  };
  count("loads", "Models that were loaded", (view) => view.loads);
  count("failed_loads", "Loads that failed", (view) => view.failedLoads);
  count("evictions", "Models that left memory for another", (view) => view.evictions);
  count("idle_unloads", "Models that left memory because nobody asked for them", (view) => view.idleUnloads);
  count(
    "refused_swaps",
    "Requests that went elsewhere because making room for them did not pay",
    (view) => view.refusedSwaps,
  );
  count("recycled", "Models whose process was started anew because it had grown", (view) => view.recycled);
  count("freed_states", "Times that states which were put aside made room for a model", (view) => view.freedStates);
  count("freed_contexts", "Times that an idle model gave its context back for another", (view) => view.freedContexts);
  new Gauge({
    name: "signalbox_model_resident_bytes",
    help: "Memory of a model's process, as it last reported it",
    labelNames: ["model"],
    registers,
    collect() {
      this.reset();
      for (const { modelId, residentBytes } of memory().models)
        if (residentBytes !== undefined) this.set({ model: modelId }, residentBytes);
    },
  });
  new Gauge({
    name: "signalbox_model_held_bytes",
    help: "Memory that counts as taken by a model, by pool: cpu, or gpu: and the device's UUID",
    labelNames: ["model", "pool"],
    registers,
    collect() {
      this.reset();
      for (const { modelId, heldBytes } of memory().models)
        for (const [pool, bytes] of Object.entries(heldBytes)) this.set({ model: modelId, pool }, bytes);
    },
  });
  new Gauge({
    name: "signalbox_model_leases",
    help: "Requests that keep a model in memory",
    labelNames: ["model"],
    registers,
    collect() {
      this.reset();
      for (const { modelId, leases } of memory().models) this.set({ model: modelId }, leases);
    },
  });
}
