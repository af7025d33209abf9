import { z } from "zod";
import type { Objective } from "../core/decision.ts";
import { VARIABLES, type VariableRoot, type VariableType } from "./variables.ts";

const OBJECTIVES = ["cost", "latency", "throughput", "quality", "balanced"] as const satisfies readonly Objective[];

/** Numbers of things in one file: far more than anybody maintains, few enough to check for every endpoint. */
const MAX_CONSTRAINTS = 200;
const MAX_ROUTES = 200;
const MAX_TIERS = 20;
const MAX_TESTS = 1_000;
const MAX_TEST_ENDPOINTS = 200;

const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "must be a name of letters, digits, dots, dashes and underscores")
  .max(100);
const condition = z.string().min(1, "must be a condition");

const constraint = z.strictObject({
  id,
  description: z.string().optional(),
  when: condition.default("true"),
  require: condition,
});

/** The most that a second, an answer's quality or a failure may be said to be worth. */
const MAX_WORTH_USD = 1_000;

const worthUsd = z.number().min(0).max(MAX_WORTH_USD).optional();

const weights = z.strictObject({
  firstContentSecondUsd: worthUsd.describe("what a second until the first content costs"),
  answerSecondUsd: worthUsd.describe("what a second of the whole answer costs"),
  qualityUsd: worthUsd.describe("what the whole way from the worst quality to the best is worth, for one request"),
  failureUsd: worthUsd.describe("what a failed attempt or a missed deadline costs, beside the time"),
});

/** A mean log-probability below which no answer is: a token in 500 million. */
const LOWEST_LOGPROB = -20;

const cascade = z.strictObject({
  minMeanLogprob: z
    .number()
    .min(LOWEST_LOGPROB)
    .max(0)
    .describe(
      "an answer of this box whose tokens have a lower mean log-probability is not sent; the next endpoint answers",
    ),
});

const route = z.strictObject({
  id,
  description: z.string().optional(),
  when: condition.optional(),
  prefer: z.array(condition).max(MAX_TIERS).default([]),
  burstWhen: condition.optional(),
  objective: z.enum(OBJECTIVES).default("balanced"),
  hedge: z.boolean().optional().describe("asks a second endpoint when the first is unusually late; both are billed"),
  cascade: cascade.optional(),
  continuation: z
    .boolean()
    .optional()
    .describe(
      "true: an answer that breaks off is gone on with by an endpoint of the same model that can; false: never, whatever the request asks for; left out: where the request asks for it",
    ),
  weights: weights.optional(),
});

const VALUE_SCHEMAS: Readonly<Record<VariableType, z.ZodType>> = {
  string: z.string(),
  number: z.number(),
  bool: z.boolean(),
  "list<string>": z.array(z.string()),
  "map<string, string>": z.record(z.string(), z.string()),
  json: z.unknown(),
  "list<tool_call>": z.array(z.unknown()),
};

/** Values for the variables of one root; `null` states that a fact is unknown. */
function factsSchema(root: VariableRoot): z.ZodObject<Record<string, z.ZodType>, z.core.$strict> {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(VARIABLES[root]).map(([field, { type, values }]) => [
        field,
        (values === undefined ? VALUE_SCHEMAS[type] : z.enum(values as [string, ...string[]])).nullable().optional(),
      ]),
    ),
  );
}

const endpointId = z.string().regex(/^[^/\s*]+\/\S+$/, "must be an endpoint's id: <provider>/<model>");

/** An endpoint as a test states it: the variables of `endpoint`, of which only the id is required. */
export type TestEndpoint = Readonly<Record<string, unknown>> & { readonly id: string };

const testEndpoint = factsSchema("endpoint").extend({ id: endpointId }) as unknown as z.ZodType<TestEndpoint>;
const pattern = z.string().min(1);
const patterns = z.union([pattern.transform((one) => [one]), z.array(pattern).min(1)]);

const given = z.strictObject({
  request: factsSchema("request").optional(),
  principal: factsSchema("principal").optional(),
  data: factsSchema("data").optional(),
  workload: factsSchema("workload").optional(),
  budget: factsSchema("budget").optional(),
  now: factsSchema("now").optional(),
});

const expectation = z
  .strictObject({
    forbidden: patterns.optional(),
    allowed: patterns.optional(),
    by: z.union([id.transform((one) => [one]), z.array(id).min(1)]).optional(),
    route: z.string().min(1).optional(),
    first: pattern.optional(),
  })
  .refine((expect) => Object.keys(expect).length > 0, "must expect something")
  .refine((expect) => expect.by === undefined || expect.forbidden !== undefined, {
    message: "says by which rule something is forbidden, so `forbidden` must say what",
    path: ["by"],
  });

const test = z.strictObject({
  name: z.string().min(1),
  given: given.default({}),
  endpoints: z.array(testEndpoint).min(1).max(MAX_TEST_ENDPOINTS).optional(),
  expect: expectation,
});

/** A policy file. A name that is not here is an error. */
export const policySchema = z.strictObject({
  apiVersion: z.literal("signalbox/v1", { error: "must be signalbox/v1" }),
  description: z.string().optional(),
  constraints: z.array(constraint).max(MAX_CONSTRAINTS).default([]),
  routes: z.array(route).max(MAX_ROUTES).default([]),
  endpoints: z.array(testEndpoint).max(MAX_TEST_ENDPOINTS).optional().describe("endpoints that the tests are about"),
  tests: z
    .array(test, { error: "are missing: a policy must have tests that show what it allows and forbids" })
    .min(1, "must not be empty: a policy must have tests that show what it allows and forbids")
    .max(MAX_TESTS),
});

/** A policy file whose shape is right; its conditions are still text. */
export type PolicyFile = z.infer<typeof policySchema>;
/** One test of a policy file. */
export type PolicyTest = PolicyFile["tests"][number];
