import { describe, expect, it } from "vitest";
import type { EndpointFacts } from "../../src/core/endpoint.ts";
import { withServerLoad } from "../../src/dispatch/server-load.ts";

const FACTS: EndpointFacts = {
  id: "site/m",
  providerId: "site",
  modelId: "m",
  upstreamId: "m",
  location: "site",
  capabilities: [],
  slots: 64,
};
const LOAD = { running: 3, queued: 2, queuedPromptTokens: 20, queueLimit: 64, runningWork: [], queuedWork: [] };
const server = (said: object) => ({ engine: "vllm" as const, ageMs: 10, ...said });

describe("the load of an endpoint whose server says how busy it is", () => {
  it("counts the requests of its other callers, and its own once", () => {
    const { load } = withServerLoad(FACTS, LOAD, server({ running: 20, queued: 5 }));
    expect(load).toMatchObject({ running: 20, queued: 7, queuedPromptTokens: 20 });
  });

  it("is at least what this box sends it", () => {
    expect(withServerLoad(FACTS, LOAD, server({ running: 0 })).load).toMatchObject({ running: 3, queued: 2 });
  });

  it("has as many places as the server states, or as it runs while others wait, and never more than are configured", () => {
    expect(withServerLoad(FACTS, LOAD, server({ slots: 4 })).facts.slots).toBe(4);
    expect(withServerLoad(FACTS, LOAD, server({ running: 20, queued: 1 })).facts.slots).toBe(20);
    expect(withServerLoad(FACTS, LOAD, server({ running: 20, queued: 0 })).facts.slots).toBe(64);
    expect(withServerLoad(FACTS, LOAD, server({ slots: 500 })).facts.slots).toBe(64);
  });

  it("is the box's own where the server says nothing", () => {
    expect(withServerLoad(FACTS, LOAD, undefined)).toEqual({ facts: FACTS, load: LOAD });
  });
});
