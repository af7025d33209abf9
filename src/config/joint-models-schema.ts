import { z } from "zod";
import { modelId } from "./model-id.ts";
import { durationMs, usd } from "./quantities.ts";

const MAX_PANEL_MEMBERS = 8;

/** Models that answer the same request, and who decides among their answers. */
export const panel = z
  .strictObject({
    id: modelId.describe("what clients ask for"),
    members: z.array(modelId).min(2).max(MAX_PANEL_MEMBERS).describe("models that answer; of equal answers the first"),
    quorum: z.int().min(1).max(MAX_PANEL_MEMBERS).default(2).describe("members that have to answer"),
    judge: z
      .union([
        z.enum(["majority", "schema"]),
        z.strictObject({
          model: modelId.describe("reads all answers"),
          merge: z.boolean().default(false).describe("writes one answer out of all, instead of selecting one"),
        }),
      ])
      .default("majority")
      .describe(
        "who decides: the most votes, the most votes among answers that follow the request's schema, or a model",
      ),
    timeout: durationMs.default(60_000).describe("one deadline over all members and the judge"),
    maxCostUsd: usd.optional().describe("the most that all of them together may cost"),
  })
  .refine(({ members }) => new Set(members).size === members.length, "names a member twice")
  .refine(({ members, quorum }) => quorum <= members.length, "asks for a quorum of more members than it has")
  .refine(({ id, members }) => !members.includes(id), "is a member of itself");

const MAX_PLAN_STEPS = 32;

/** How a task is split into steps, which others do, and whose results are joined. */
export const plan = z.strictObject({
  id: modelId.describe("what clients ask for"),
  planner: modelId.describe("splits the task into steps"),
  workers: z.array(modelId).min(1).max(32).describe("do the steps; for each the router chooses among them"),
  joiner: modelId.optional().describe("writes the answer from the results; left out: the planner"),
  maxSteps: z.int().min(1).max(MAX_PLAN_STEPS).default(6),
  maxParallel: z.int().min(1).max(MAX_PLAN_STEPS).default(4).describe("steps that are done at the same time"),
  maxStepTokens: z.int().min(1).max(100_000).default(1_024).describe("tokens that one step may write"),
  timeout: durationMs.default(180_000).describe("one deadline over everything"),
  maxCostUsd: usd.optional().describe("the most that everything together may cost, for one request"),
});
