import { describe, expect, it } from "vitest";
import type { Principal } from "../../../src/core/principal.ts";
import type { InferenceRequest } from "../../../src/core/inference-request.ts";
import { chunk, dispatchBox, PRINCIPAL, ScriptedEndpoint, streamOf } from "../../support/dispatch-box.ts";

const OUTPUT_TOKENS = 20;
const ANSWER = [
  chunk("Hello"),
  chunk("", {
    finishReason: "stop",
    usage: { promptTokens: 10, completionTokens: OUTPUT_TOKENS, basis: "measured" },
  }),
];

/** The names in the order in which they were served at one slot; every caller asks as often as it stands there. */
async function servedOrder(
  callers: readonly (readonly [string, Partial<Principal>, Partial<InferenceRequest>?])[],
): Promise<string[]> {
  const box = dispatchBox([new ScriptedEndpoint({ id: "box/m", slots: 1 }, () => streamOf(ANSWER))], {
    queueLimit: 64,
    teamWeights: { research: 3, constructor: 2 },
  });
  const first = await box.service.execute(box.job());
  const served: string[] = [];
  const waiting = callers.map(async ([name, principal, changes = {}]) => {
    const job = {
      ...box.job({ maxTokens: OUTPUT_TOKENS, ...changes }),
      principal: { ...PRINCIPAL, keyId: name, ...principal },
    };
    const execution = await box.service.execute(job);
    served.push(name);
    for await (const _ of execution.events);
  });
  while ((box.live[0]?.snapshot().state.queued ?? 0) < callers.length) await Promise.resolve();
  for await (const _ of first.events);
  await Promise.all(waiting);
  return served;
}

const times = (count: number, name: string, principal: Partial<Principal>) =>
  Array.from({ length: count }, () => [name, principal] as const);

describe("the share of a key", () => {
  it("is its team's, and its own where it has one", async () => {
    const served = await servedOrder([
      ...times(8, "plain", {}),
      ...times(8, "research", { team: "research" }),
      ...times(8, "own", { team: "research", weight: 1 }),
      ...times(8, "unnamed", { team: "toString" }),
    ]);
    const first = served.slice(0, 12);
    const countOf = (name: string): number => first.filter((one) => one === name).length;
    expect(countOf("research")).toBe(6);
    expect([countOf("plain"), countOf("own"), countOf("unnamed")]).toEqual([2, 2, 2]);
  });

  it("waits behind whoever asked for service_tier priority, and flex behind both", async () => {
    const served = await servedOrder([
      ["flex", {}, { serviceTier: "flex" }],
      ["plain", {}],
      ["urgent", {}, { serviceTier: "priority" }],
    ]);
    expect(served).toEqual(["urgent", "plain", "flex"]);
  });
});
