import type { EndpointSnapshot, HardwareLoad } from "../core/endpoint.ts";

/**
 * The same endpoints, each with what all that are loaded on its hardware are doing, where it shares one. An endpoint that is
 * not loaded counts for itself as if it were, and for the others not at all.
 */
export function shareHardware(endpoints: readonly EndpointSnapshot[]): readonly EndpointSnapshot[] {
  const loads = new Map<string, HardwareLoad>();
  for (const { facts, state } of endpoints)
    if (facts.sharedHardware !== undefined && state.loaded)
      loads.set(facts.sharedHardware, sumOf(loads.get(facts.sharedHardware), facts.slots, state));
  if (loads.size === 0) return endpoints;
  return endpoints.map((endpoint) => {
    const { facts, state } = endpoint;
    const load = facts.sharedHardware === undefined ? undefined : loads.get(facts.sharedHardware);
    if (load === undefined) return endpoint;
    const hardwareLoad = state.loaded ? load : sumOf(load, facts.slots, state);
    return { ...endpoint, state: { ...state, hardwareLoad } };
  });
}

function sumOf(
  { slots, running, queued }: HardwareLoad = { slots: 0, running: 0, queued: 0 },
  addedSlots: number,
  added: Pick<HardwareLoad, "running" | "queued">,
): HardwareLoad {
  return { slots: slots + addedSlots, running: running + added.running, queued: queued + added.queued };
}
