import { z } from "zod";
import { modelId } from "./model-id.ts";
import { durationMs, usd } from "./quantities.ts";

const MAX_PANEL_MEMBERS = 8;

const MAX_ANSWER_TESTS = 16;

const celText = z.string().min(1).max(2_000);

/** A test of answers: one that an answer has to pass, or one that speaks for it. */
const answerTest = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/u, "must be lower-case letters, digits and dashes")
      .describe("under which failures are on record"),
    require: celText.optional().describe("CEL over `answer`: an answer of which it is not true does not count"),
    prefer: celText.optional().describe("CEL over `answer`: of those that count, the answer with the most is given"),
  })
  .refine(({ require, prefer }) => (require === undefined) !== (prefer === undefined), "needs `require` or `prefer`");

/** Models that answer the same request, and who decides among their answers. */
export const panel = z
  .strictObject({
    id: modelId.describe("what clients ask for"),
    members: z.array(modelId).min(2).max(MAX_PANEL_MEMBERS).describe("models that answer; of equal answers the first"),
    quorum: z
      .int()
      .min(1)
      .max(MAX_PANEL_MEMBERS)
      .optional()
      .describe("members that have to answer; left out: 2, and 1 where tests judge"),
    judge: z
      .union([
        z.enum(["majority", "schema"]),
        z.strictObject({
          model: modelId.describe("reads all answers"),
          merge: z.boolean().default(false).describe("writes one answer out of all, instead of selecting one"),
        }),
        z.strictObject({
          tests: z
            .array(answerTest)
            .min(1)
            .max(MAX_ANSWER_TESTS)
            .refine((tests) => new Set(tests.map(({ id }) => id)).size === tests.length, "has an id twice")
            .describe("of the answers that pass, the one of the member named first"),
        }),
      ])
      .default("majority")
      .describe(
        "who decides: the most votes, the most votes among answers that follow the request's schema, a model, or tests",
      ),
    timeout: durationMs.default(60_000).describe("one deadline over all members and the judge"),
    maxCostUsd: usd.optional().describe("the most that all of them together may cost"),
  })
  .refine(({ members }) => new Set(members).size === members.length, "names a member twice")
  .refine(({ members, quorum = 1 }) => quorum <= members.length, "asks for a quorum of more members than it has")
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
