import type { EngineReader, ModelState } from "./engine-state.ts";
import { itemsOf, jsonOf, memberOf, textOf } from "./read-reply.ts";

/** Models in one answer that are looked at. */
const MAX_MODELS = 1_000;

/**
 * LM Studio loads a model at its first request; `/api/v0/models` lists all with their `state`, `loaded` or `not-loaded`.
 * It says nothing of what runs or waits.
 * @see https://lmstudio.ai/docs/api/rest-api
 */
export const lmStudio: EngineReader = {
  engine: "lm-studio",

  async identify(ask) {
    return statesOf(jsonOf(await ask("/api/v0/models"))).size > 0;
  },

  async read(ask) {
    const json = jsonOf(await ask("/api/v0/models"));
    return Array.isArray(memberOf(json, "data")) ? { models: statesOf(json) } : undefined;
  },
};

function statesOf(json: unknown): ReadonlyMap<string, ModelState> {
  const states = new Map<string, ModelState>();
  for (const model of itemsOf(memberOf(json, "data")).slice(0, MAX_MODELS)) {
    const [id, state] = [textOf(memberOf(model, "id")), textOf(memberOf(model, "state"))];
    if (id !== undefined && (state === "loaded" || state === "not-loaded"))
      states.set(id, { loaded: state === "loaded" });
  }
  return states;
}
