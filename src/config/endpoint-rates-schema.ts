import { z } from "zod";
import { CAPABILITIES } from "../core/endpoint.ts";
import { durationMs, usd, usdPerMillion } from "./quantities.ts";

/** A rate, or one for each number of answers that are written together: `{1: 40, 8: 25}`. */
const decodeRate = z.union([
  z.number().positive(),
  z
    .record(z.string().regex(/^[1-9]\d{0,5}$/, "must be a number of answers"), z.number().positive())
    .refine((rates) => Object.keys(rates).length > 0, "must hold at least one rate"),
]);

/** What an endpoint is where no configuration says so, and how fast it is. */
const simulatedEndpoint = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]*\/.+$/, "must be provider/model, such as box/maker/model")
      .describe("of an endpoint of the configuration, or a new one"),
    location: z.enum(["box", "site", "cloud"]).optional(),
    device: z.enum(["cpu", "gpu"]).optional(),
    region: z.string().optional(),
    jurisdiction: z.string().optional(),
    retentionDays: z.int().min(0).optional(),
    trainsOnData: z.boolean().optional(),
    contextTokens: z.int().positive().optional(),
    maxOutputTokens: z.int().positive().optional(),
    capabilities: z.array(z.enum(CAPABILITIES as [string, ...string[]])).optional(),
    quality: z.number().min(0).max(1).optional(),
    price: z
      .strictObject({ input: usdPerMillion, output: usdPerMillion, cachedInput: usdPerMillion.optional() })
      .optional()
      .describe("USD per million tokens"),
    costPerHour: usd.optional(),
    slots: z.int().min(1).max(100_000).optional(),
    queueLimit: z.int().min(0).max(10_000).default(64),
    prefillTokensPerSecond: z.number().positive().optional().describe("prompt tokens read in a second"),
    firstContent: durationMs.optional().describe("until the first token, where the rate of reading is not known"),
    firstContentSpread: z.number().min(0).max(3).default(0).describe("deviation of its logarithm"),
    decodeTokensPerSecond: decodeRate.describe("of one answer, by how many are written together"),
    load: durationMs.optional().describe("what loading the model takes"),
    keepLoaded: durationMs.optional().describe("left out: the model stays in memory"),
    prefixCacheTokens: z.int().min(0).optional().describe("prompt tokens that it keeps read"),
    failureShare: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("share of its attempts that fail, when their first token would have come"),
    outages: z
      .array(z.strictObject({ from: durationMs, for: durationMs }))
      .max(1_000)
      .optional()
      .describe("times since the start of the trace in which every new attempt fails at once"),
    unsureShare: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("share of its answers that a cascade finds not sure enough of themselves"),
  })
  .refine((one) => (one.prefillTokensPerSecond === undefined) !== (one.firstContent === undefined), {
    message: "must have either prefillTokensPerSecond or firstContent",
  });

/** A file of endpoints with their measured rates, for simulations. */
export const endpointRatesSchema = z.strictObject({ endpoints: z.array(simulatedEndpoint).min(1) });

/** The checked file; durations in ms, prices in micro-USD per million tokens. */
export type EndpointRates = z.output<typeof endpointRatesSchema>;
