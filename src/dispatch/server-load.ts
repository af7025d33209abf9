import type { EndpointFacts, ServerLoad } from "../core/endpoint.ts";
import type { GateLoad } from "./admission/admission-gate.ts";

/**
 * The load of an endpoint whose server has other callers too. Its count of running requests has this box's among them;
 * what waits there waits before whatever waits here. A server lets requests wait only when it can run no more, so one
 * that does not state its slots has as many as it runs then.
 */
export function withServerLoad(
  facts: EndpointFacts,
  load: GateLoad,
  server: ServerLoad | undefined,
): { readonly facts: EndpointFacts; readonly load: GateLoad } {
  if (server === undefined) return { facts, load };
  const { running = 0, queued = 0, slots = queued > 0 && running > 0 ? running : facts.slots } = server;
  return {
    facts: slots < facts.slots ? { ...facts, slots } : facts,
    load: { ...load, running: Math.max(load.running, running), queued: load.queued + queued },
  };
}
