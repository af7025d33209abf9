import type { EngineReader } from "./engine-state.ts";

/** What Ray Serve's proxy answers with when it can route. @see https://docs.ray.io/en/latest/serve/production-guide/fault-tolerance.html */
const HEALTHY = "success";

/**
 * Ray Serve's proxy: `/-/healthz` says whether it can route. Its metrics are on another port of the cluster, so what
 * runs and waits stays unknown.
 */
export const rayServe: EngineReader = {
  engine: "ray-serve",

  async identify(ask) {
    const reply = await ask("/-/healthz");
    return reply.kind === "answer" && reply.status === 200 && reply.text.trim() === HEALTHY;
  },

  async read(ask) {
    const reply = await ask("/-/healthz");
    if (reply.kind !== "answer") return undefined;
    if (reply.status === 200) return {};
    return reply.status >= 500 ? { notReadyBecause: "its proxy is not healthy" } : undefined;
  },
};
