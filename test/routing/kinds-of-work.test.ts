import { describe, expect, it } from "vitest";
import type { InferenceKind } from "../../src/core/inference-request.ts";
import { route } from "../../src/routing/route.ts";
import { refusalOf } from "../../src/routing/refusal.ts";
import { chatRequest, endpoint, routingInput } from "./builders.ts";

const CHAT = endpoint("box", { modelId: "chat", capabilities: ["json-schema"] });
const EMBED = endpoint("box", { modelId: "embed", capabilities: ["embeddings"], contextTokens: 512 });
const RANK = endpoint("box", { modelId: "rank", capabilities: ["rerank"] });
const SILENT = endpoint("acme", { modelId: "silent" });
const ALL = [CHAT, EMBED, RANK, SILENT];

function decide(kind: InferenceKind, model: string, parts: Parameters<typeof chatRequest>[0] = {}) {
  const reads = kind === "chat" || kind === "completion" ? {} : { maxTokens: 0 };
  return route(routingInput({ request: chatRequest({ kind, model, ...reads, ...parts }), endpoints: ALL }));
}

const candidatesOf = (decision: ReturnType<typeof decide>) =>
  decision.candidates.map(({ modelId }) => modelId).toSorted();

describe("the kind of work", () => {
  it.each<[InferenceKind, string[]]>([
    ["chat", ["chat", "silent"]],
    ["completion", ["chat", "silent"]],
    ["rerank", ["rank"]],
    ["classify", ["chat"]],
  ])("%s is left to models that are made for it", (kind, models) => {
    expect(candidatesOf(decide(kind, "auto"))).toEqual(models);
  });

  it.each<[InferenceKind, string]>([
    ["embedding", "embed"],
    ["embedding", "silent"],
    ["rerank", "silent"],
  ])("%s may go to a model by name that declares it, or of which nothing is known (%s)", (kind, model) => {
    expect(candidatesOf(decide(kind, model))).toEqual([model]);
  });

  it.each<[InferenceKind, string, string]>([
    ["embedding", "chat", "its model makes no embeddings"],
    ["rerank", "embed", "its model ranks no documents"],
    ["chat", "embed", "its model does not chat"],
    ["classify", "silent", "only models of this box classify"],
  ])("%s is refused where the named model (%s) is made for other work", (kind, model, reason) => {
    expect(refusalOf(decide(kind, model))).toMatchObject({
      errorCode: "unsupported_parameter",
      message: expect.stringContaining(reason),
    });
  });

  it.each<[InferenceKind, string, string, string]>([
    ["embedding", "embed", "embedding", "embedding"],
    ["rerank", "rank", "rerank", "rerank"],
    ["classify", "chat", "agentic", "classification"],
  ])("%s has a workload class of its own and no answer to wait for", (kind, model, workloadClass, task) => {
    expect(decide(kind, model).workload).toMatchObject({ class: workloadClass, task, expectedOutputTokens: 0 });
  });

  it("the caller's own word for the work counts for what is only read, too", () => {
    const { workload } = decide("embedding", "embed", { hints: { workloadClass: "batch" } });
    expect(workload).toMatchObject({ class: "batch", task: "embedding", expectedOutputTokens: 0 });
  });

  it("many short inputs fit a short context, one long input does not", () => {
    const many = { inputCount: 100, estimatedPromptTokens: 20_000, longestInputTokens: 200 };
    expect(candidatesOf(decide("embedding", "embed", many))).toEqual(["embed"]);
    const long = { estimatedPromptTokens: 2_000, longestInputTokens: 2_000 };
    expect(refusalOf(decide("embedding", "embed", long)).errorCode).toBe("context_length_exceeded");
  });

  it("what is only read costs its input alone, at most and as expected", () => {
    const priced = endpoint("acme", {
      modelId: "embed",
      capabilities: ["embeddings"],
      price: { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 9_000_000 },
    });
    const request = chatRequest({ kind: "embedding", model: "embed", maxTokens: 0, estimatedPromptTokens: 50 });
    const [candidate] = route(routingInput({ request, endpoints: [priced] })).candidates;
    expect(candidate?.prediction).toMatchObject({ costMicroUsd: 50, worstCostMicroUsd: 50 });
  });
});

describe("what a provider's protocol has no words for", () => {
  const claude = endpoint("claude", { modelId: "large", protocol: "anthropic", capabilities: ["tools", "embeddings"] });
  const asked = (parts: Parameters<typeof chatRequest>[0]) =>
    route(routingInput({ request: chatRequest({ model: "large", ...parts }), endpoints: [claude] }));

  it("leaves chats to it", () => {
    expect(candidatesOf(asked({}))).toEqual(["large"]);
  });

  it.each<[Parameters<typeof chatRequest>[0], string]>([
    [{ kind: "embedding", maxTokens: 0 }, "its provider's protocol has no such request"],
    [{ kind: "completion" }, "its provider's protocol has no such request"],
    [{ choiceCount: 2 }, "its provider's protocol gives one answer alone"],
  ])("is not asked of it: %j", (parts, reason) => {
    expect(refusalOf(asked(parts))).toMatchObject({
      errorCode: "unsupported_parameter",
      message: expect.stringContaining(reason),
    });
  });
});
