import { z } from "zod";
import { CONTINUATION_FORMS, type ContinuationForm } from "../core/continuation.ts";
import { CAPABILITIES, SERVICE_TIERS, type ServiceTier } from "../core/endpoint.ts";
import { BOX_PROVIDER_ID } from "../core/ids.ts";
import { nearestName } from "../core/nearest-name.ts";
import { PROTOCOLS, type Protocol } from "../core/protocol.ts";
import { DEFAULT_QUEUE_CLASSES, MAX_QUEUE_WEIGHT, type ClassPolicy } from "../core/queue-policy.ts";
import { SITE_ENGINES } from "../core/site-engine.ts";
import { panel, plan } from "./joint-models-schema.ts";
import { modelId } from "./model-id.ts";
import { byteSize, durationMs, usd, usdPerMillion } from "./quantities.ts";

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/, "must be a slug: lower-case letters, digits, dots and dashes")
  .max(100);

/** Where a secret is to be found; never the secret itself. */
const secretReference = z
  .string()
  .regex(
    /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|cred:[A-Za-z0-9._-]+)$/,
    "must be env:NAME, file:/path or cred:name, never the secret itself",
  );

const capabilities = z.array(z.enum(CAPABILITIES as [string, ...string[]]));

const price = z.strictObject({
  input: usdPerMillion.describe("USD per million prompt tokens"),
  output: usdPerMillion.describe("USD per million answer tokens"),
  cachedInput: usdPerMillion.optional().describe("USD per million prompt tokens read from the provider's cache"),
  request: usd.optional().describe("USD per request, beside the tokens"),
  image: usd.optional().describe("USD per picture in a request, beside the tokens"),
});

/** What the operator states about a model, wherever it runs. */
const modelFacts = {
  contextTokens: z.int().positive().optional(),
  maxOutputTokens: z.int().positive().optional(),
  capabilities: capabilities.optional(),
  quality: z.number().min(0).max(1).optional().describe("0 to 1: a prior for the router"),
  price: price.optional(),
  costPerHour: usd
    .optional()
    .describe(
      "USD that an hour of its hardware costs its owner, energy and wear; for the router alone, nobody is billed",
    ),
  quantization: z.string().optional(),
  origin: z.string().optional().describe("country of the model's maker"),
  license: z.string().optional(),
};

const memoryPool = z.string().regex(/^(cpu|gpu|gpu:[A-Za-z0-9-]+)$/, "must be cpu, gpu or gpu:<uuid>");

const hostedModel = z.strictObject({
  id: modelId.describe("what clients ask for"),
  file: z.string().min(1).describe("a GGUF file, or the id of an imported model"),
  device: z
    .string()
    .regex(/^(auto|cpu|gpu|gpu:[A-Za-z0-9-]+)$/, "must be auto, cpu, gpu or gpu:<uuid>")
    .default("auto"),
  slots: z.int().min(1).max(64).default(1).describe("requests that the model answers at the same time"),
  threads: z.int().min(1).max(1024).optional().describe("left out: planned from the cores that this process may use"),
  keepLoaded: z
    .union([z.literal("pinned"), durationMs])
    .default("pinned")
    .describe("how long it stays in memory without a request; pinned: for ever; 0: not at all"),
  queueLimit: z.int().min(0).max(10_000).default(64).describe("requests that may wait for a slot"),
  ...modelFacts,
});

const queueWeight = z
  .number()
  .min(1 / MAX_QUEUE_WEIGHT)
  .max(MAX_QUEUE_WEIGHT);

/** How one workload class waits; what is left out is as it comes. */
const queueClass = ({ weight, maxWaitMs, maxQueuedTokens }: ClassPolicy) =>
  z
    .strictObject({
      weight: queueWeight.default(weight).describe("share of service against the other classes"),
      maxWait: durationMs.default(maxWaitMs).describe("who is expected to wait longer is refused at once"),
      maxTokens: z
        .int()
        .min(1)
        .default(maxQueuedTokens)
        .describe("prompt and expected answer tokens that may wait at one endpoint"),
    })
    .prefault({});

const queues = z
  .strictObject({
    classes: z
      .strictObject({
        interactive: queueClass(DEFAULT_QUEUE_CLASSES.interactive),
        agentic: queueClass(DEFAULT_QUEUE_CLASSES.agentic),
        embedding: queueClass(DEFAULT_QUEUE_CLASSES.embedding),
        rerank: queueClass(DEFAULT_QUEUE_CLASSES.rerank),
        generative: queueClass(DEFAULT_QUEUE_CLASSES.generative),
        batch: queueClass(DEFAULT_QUEUE_CLASSES.batch),
      })
      .prefault({}),
    teamWeights: z
      .record(z.string().min(1).max(100), queueWeight)
      .default({})
      .describe("share of service of each key of a team; 1 for the others; a key's own weight goes first"),
  })
  .prefault({});

const timeouts = z.strictObject({
  connect: durationMs.default(5_000),
  firstContent: durationMs.default(60_000).describe("until the first content of a stream"),
  idle: durationMs.default(60_000).describe("the longest silence within an answer"),
  total: durationMs.default(600_000).describe("until the whole answer"),
});

const continuation = z.enum(["none", ...(CONTINUATION_FORMS as [ContinuationForm, ...ContinuationForm[]])]).optional();

const providerMembers = z.strictObject({
  id: slug.refine((id) => id !== "box", "must not be `box`: that is this machine"),
  protocol: z
    .enum(PROTOCOLS as [Protocol, ...Protocol[]])
    .default("openai")
    .describe("how it is spoken to; anthropic: its base URL ends with /v1, too"),
  baseUrl: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }),
  apiKey: secretReference.optional(),
  location: z.enum(["site", "cloud"]),
  engine: z
    .enum(["auto", ...SITE_ENGINES])
    .optional()
    .describe("what serves on the site, so that its load is known; left out: recognized. openai: is not asked"),
  region: z.string().optional(),
  jurisdiction: z.string().optional(),
  device: z.enum(["cpu", "gpu"]).optional(),
  retentionDays: z.int().min(0).optional().describe("left out: unknown, which counts as the worst"),
  trainsOnData: z.boolean().optional().describe("left out: unknown, which counts as yes"),
  serviceTier: z
    .enum(SERVICE_TIERS as [ServiceTier, ...ServiceTier[]])
    .optional()
    .describe("asked of the provider, and served only to requests that ask for it; left out: it has no tiers"),
  continuation: continuation.describe(
    "how it is asked to go on with an answer that broke off; left out: as `engine` does, else it is not asked",
  ),
  costPerHour: usd
    .optional()
    .describe("USD that an hour of its server costs, shared by its models that state none of their own"),
  maxConcurrency: z.int().min(1).max(100_000).default(64),
  queueLimit: z.int().min(0).max(10_000).default(64),
  allowInsecure: z.boolean().default(false).describe("plain http beyond loopback and private addresses"),
  timeouts: timeouts.prefault({}),
  models: z
    .array(
      z.strictObject({
        id: modelId,
        upstreamId: z.string().min(1).optional(),
        continuation: continuation.describe("where it is not as the provider's"),
        ...modelFacts,
      }),
    )
    .min(1),
});

/** What is said of a server's engine, and of going on with answers, is said in OpenAI's protocol. */
const provider = providerMembers.superRefine(({ protocol, engine, continuation: stated, models }, context) => {
  if (protocol === "openai") return;
  const refuse = (path: (string | number)[]): void =>
    context.addIssue({ code: "custom", path, message: `means nothing where the protocol is ${protocol}` });
  if (engine !== undefined && engine !== "openai") refuse(["engine"]);
  const goesOn = (form: string | undefined): boolean => form !== undefined && form !== "none";
  if (goesOn(stated)) refuse(["continuation"]);
  for (const [index, model] of models.entries()) {
    if (goesOn(model.continuation)) refuse(["models", index, "continuation"]);
  }
});

const probes = z.strictObject({
  budgetPerDay: usd.describe("USD that probes may cost in a day (UTC); 0: only endpoints that cost nothing are probed"),
  interval: durationMs
    .default(60 * 60_000)
    .refine((ms) => ms >= 60_000, "must be 1m or more")
    .describe("each question is put to each endpoint once in this time"),
  contextTokens: z
    .int()
    .min(1_024)
    .max(2_000_000)
    .default(8_192)
    .describe("the longest prompt of a probe: a stated context is checked up to here"),
  only: z.array(z.string().min(1).max(300)).min(1).optional().describe("ids of providers and endpoints; left out: all"),
});

const gain = z.strictObject({
  baseline: z
    .string()
    .min(1)
    .max(300)
    .describe("the id of an endpoint, or a model: then the first endpoint that has it"),
  share: z.number().min(0).max(1).default(0.05).describe("of the requests that are compared; nothing is sent for it"),
});

const comparisons = z.strictObject({
  budgetPerDay: usd.describe("USD that the cheap answers and the judge may cost in a day (UTC)"),
  share: z.number().min(0).max(1).default(0.02).describe("of the answers that can be compared"),
  cheap: z.string().min(1).max(300).describe("the endpoint, or model, that is asked the same"),
  judge: z.string().min(1).max(300).describe("the endpoint, or model, that says which answer is better"),
});

/** The whole configuration file. Everything with a default may be left out; a name that is not here is an error. */
export const applianceSchema = z
  .strictObject({
    server: z
      .strictObject({
        host: z.string().min(1).default("127.0.0.1"),
        port: z.int().min(0).max(65_535).default(8080),
        tls: z.strictObject({ certFile: z.string().min(1), keyFile: z.string().min(1) }).optional(),
        bodyLimit: byteSize.default(32 * 1024 * 1024),
        drainTimeout: durationMs.default(30_000),
      })
      .prefault({}),
    dataDir: z.string().min(1).optional(),
    box: z
      .strictObject({
        region: z.string().optional(),
        jurisdiction: z.string().optional(),
        memory: z
          .record(memoryPool, byteSize)
          .default({})
          .describe(
            "what models may take of each memory: cpu, gpu for every GPU, or gpu:<uuid>; left out: what is free",
          ),
        costPerHour: z
          .record(memoryPool, usd)
          .default({})
          .describe(
            "USD that an hour of the device costs its owner, energy and wear: cpu, gpu for all GPUs together, or gpu:<uuid>; shared by the models loaded there that state none of their own. For the router alone, nobody is billed",
          ),
        isolation: z
          .enum(["auto", "required", "off"])
          .default("auto")
          .describe(
            "auto: models' processes have no network, see and write their own files alone and have bounded memory, as far as machine and device allow; required: a model that can't have all of it does not start",
          ),
        calibration: z
          .enum(["auto", "off"])
          .default("auto")
          .describe("auto: a model's speed is measured once, in idle seconds after its first load; requests end that"),
      })
      .prefault({}),
    network: z.strictObject({ egress: z.enum(["deny", "allowlisted"]).default("deny") }).prefault({}),
    dataClasses: z.array(slug).min(1).default(["public", "internal", "confidential", "restricted"]),
    models: z.array(hostedModel).default([]),
    providers: z.array(provider).default([]),
    panels: z.array(panel).max(100).default([]).describe("models that answer a request together"),
    plans: z
      .array(plan)
      .max(100)
      .default([])
      .describe("a task is split into steps that several models do, and their results are joined"),
    queues: queues.describe("how requests wait for an endpoint's place"),
    probes: probes.optional().describe("the box asks its endpoints questions of its own; left out: it never does"),
    gain: gain.optional().describe("compares a share of requests with going direct to one model; left out: none"),
    comparisons: comparisons
      .optional()
      .describe("compares a share of answers with a cheap model's, for the difficulty; left out: none"),
    policies: z.string().min(1).optional().describe("left out: the policy file shipped with the release"),
    budgets: z.strictObject({ currency: z.literal("USD").default("USD") }).prefault({}),
    audit: z
      .strictObject({
        payloads: z.enum(["none", "encrypted"]).default("none"),
        retentionDays: z.int().min(1).optional(),
      })
      .prefault({}),
  })
  .superRefine(({ gain: direct, comparisons: compared, models, providers }, context) => {
    const elsewhere = providers.flatMap((one) => one.models.flatMap(({ id }) => [`${one.id}/${id}`, id]));
    const known = [...models.flatMap(({ id }) => [`${BOX_PROVIDER_ID}/${id}`, id]), ...elsewhere];
    const check = (name: string | undefined, path: string[]): void => {
      if (name === undefined || known.includes(name)) return;
      const nearest = nearestName(name, known);
      const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
      const message = `is neither an endpoint nor a model that is configured${hint}`;
      context.addIssue({ code: "custom", path, message });
    };
    check(direct?.baseline, ["gain", "baseline"]);
    check(compared?.cheap, ["comparisons", "cheap"]);
    check(compared?.judge, ["comparisons", "judge"]);
  });

/** A configuration with every default filled in; durations in ms, sizes in bytes, prices in micro-USD per million tokens. */
export type ApplianceConfig = z.output<typeof applianceSchema>;

/** One `models:` entry. */
export type HostedModelConfig = ApplianceConfig["models"][number];

/** One `providers:` entry. */
export type ProviderConfig = ApplianceConfig["providers"][number];
