import type { EngineReader, ModelState } from "./engine-state.ts";
import { itemsOf, jsonOf, memberOf, textOf } from "./read-reply.ts";

/** The tag that a name without one means. @see https://docs.ollama.com/api/introduction */
const DEFAULT_TAG = ":latest";

/** Models in one answer that are looked at. */
const MAX_MODELS = 1_000;

/**
 * Ollama loads a model at its first request and forgets it after a while; `/api/ps` lists what is in memory. It says
 * nothing of what runs or waits.
 * @see https://docs.ollama.com/api/ps
 */
export const ollama: EngineReader = {
  engine: "ollama",

  async identify(ask) {
    return Array.isArray(memberOf(jsonOf(await ask("/api/ps")), "models"));
  },

  async read(ask) {
    const running = memberOf(jsonOf(await ask("/api/ps")), "models");
    if (!Array.isArray(running)) return undefined;
    const models = new Map<string, ModelState>();
    for (const model of itemsOf(running).slice(0, MAX_MODELS)) {
      for (const name of [memberOf(model, "name"), memberOf(model, "model")].flatMap((one) => textOf(one) ?? [])) {
        models.set(name, { loaded: true });
        if (name.endsWith(DEFAULT_TAG)) models.set(name.slice(0, -DEFAULT_TAG.length), { loaded: true });
        else if (!name.includes(":")) models.set(`${name}${DEFAULT_TAG}`, { loaded: true });
      }
    }
    return { models, others: { loaded: false } };
  },
};
