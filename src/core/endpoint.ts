import type { ContinuationForm } from "./continuation.ts";
import type { EndpointId, KeyId, ModelId, ProviderId } from "./ids.ts";
import type { Protocol } from "./protocol.ts";
import type { SiteEngine } from "./site-engine.ts";
import type { Price } from "./usage.ts";
import type { WorkloadClass } from "./workload.ts";

/** Where an endpoint runs, seen from the customer: this box, the customer's site, or somebody else's cloud. */
export type Location = "box" | "site" | "cloud";

/** What a model at an endpoint can do beyond plain text. */
export type Capability =
  | "tools"
  | "json-schema"
  | "images"
  | "logprobs"
  | "reasoning"
  | "embeddings"
  | "rerank"
  | "audio";

/** Every capability, as the configuration may name them. */
export const CAPABILITIES: readonly Capability[] = [
  "tools",
  "json-schema",
  "images",
  "logprobs",
  "reasoning",
  "embeddings",
  "rerank",
  "audio",
];

/** How soon and how dearly a provider serves what it is sent. @see https://openrouter.ai/docs/guides/features/service-tiers */
export type ServiceTier = "default" | "flex" | "priority";

/** Every tier, as the configuration may name them. */
export const SERVICE_TIERS: readonly ServiceTier[] = ["default", "flex", "priority"];

/** How the reason of an exclusion begins where nothing but `network.egress` is in the way. */
export const AIR_GAPPED = "air-gapped";

/** What is known about an endpoint from the configuration and the model file. Does not change while a configuration is active. */
export interface EndpointFacts {
  readonly id: EndpointId;
  readonly providerId: ProviderId;
  readonly modelId: ModelId;
  /** What the provider calls the model. */
  readonly upstreamId: string;
  /** How its provider is spoken to; absent: in OpenAI's protocol. */
  readonly protocol?: Protocol;
  readonly location: Location;
  readonly device?: "cpu" | "gpu";
  readonly region?: string;
  readonly jurisdiction?: string;
  /** Days that the provider keeps prompts. Absent is unknown, and unknown counts as the worst. */
  readonly retentionDays?: number;
  /** Whether the provider trains on prompts. Absent is unknown, and unknown counts as yes. */
  readonly trainsOnData?: boolean;
  readonly quantization?: string;
  /** Country of the model's maker. */
  readonly origin?: string;
  readonly license?: string;
  /** Tokens that prompt and answer may have together. */
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
  readonly capabilities: readonly Capability[];
  /** How it is asked to go on with an answer that broke off; absent: it can't, or nobody knows. */
  readonly continuation?: ContinuationForm;
  /**
   * The tier that the provider serves the endpoint's requests at. `flex` and `priority` are used only by requests that
   * ask for them. Absent: it has no tiers, and serves every request.
   */
  readonly serviceTier?: ServiceTier;
  /** 0 to 1, a prior stated by the operator. */
  readonly quality?: number;
  readonly price?: Price;
  /** What an hour of the hardware costs its owner, energy and wear, in micro-USD. Nobody is billed for it. */
  readonly costPerHourMicroUsd?: number;
  /** Names the hardware whose hour that is, where other endpoints run on it too. Absent: nobody else does. */
  readonly sharedHardware?: string;
  /** Requests that it serves at the same time: a worker's slots, or a provider's `maxConcurrency`. */
  readonly slots: number;
  /** Why the endpoint can't be used under this configuration at all, for example `air-gapped`. */
  readonly excludedBecause?: string;
}

/** What the box's own hardware costs a caller: nobody sends a bill for it. */
const NO_PRICE: Price = { inputMicroUsdPerMillion: 0, outputMicroUsdPerMillion: 0 };

/** The price of an endpoint: as configured, nothing for this box, otherwise unknown. */
export function priceOf(facts: EndpointFacts): Price | undefined {
  return facts.price ?? (facts.location === "box" ? NO_PRICE : undefined);
}

/** A rolling distribution of something measured: so many percent of the values are as good as this one, or better. */
export interface Percentiles {
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95?: number;
  readonly p99: number;
  readonly count: number;
}

/** How fast one sequence is written while `running` are written together. */
export interface DecodeRate {
  readonly running: number;
  readonly tokensPerSecond: number;
}

/** The ratio of what was observed to what was predicted; above 1 is slower than predicted. */
export interface Ratio {
  readonly p50: number;
  readonly p90: number;
  readonly count: number;
}

/** How far recent predictions about an endpoint were off, before any correction. Unmeasured is absent. */
export interface Corrections {
  /** Of the time to first content, loading left out. */
  readonly firstContent?: Ratio;
  /** Of the time that writing the answer took, for the tokens that it had. */
  readonly writing?: Ratio;
}

/** The most requests of each kind that a state lists; what lies beyond is in its counts alone. */
export const MAX_LISTED_WORK = 64;

/** One request that an endpoint is working on or that waits for it. */
export interface PendingWork {
  /** To be read: without what the endpoint is believed to hold of it already. */
  readonly promptTokens: number;
  readonly expectedOutputTokens: number;
  /** Of a running request whose answer has begun. Absent: its prompt is still being read, or it waits. */
  readonly outputTokensSoFar?: number;
  readonly workloadClass: WorkloadClass;
}

/** A request that would come now, as those who wait at an endpoint's door would find it. */
export interface Newcomer extends PendingWork {
  readonly keyId: KeyId;
  /** The key's share against other keys'; 1 unless somebody said otherwise. */
  readonly weight: number;
  readonly serviceTier?: string | undefined;
}

/** Those who wait at an endpoint's door. Asked within one decision only, so that it does not change meanwhile. */
export interface WaitingLine {
  readonly queued: number;
  /** Who is served before the newcomer, in order, if it comes now and nobody comes after it. */
  aheadOf(newcomer: Newcomer): readonly PendingWork[];
}

/** What waits of one workload class at an endpoint, and what may. */
export interface ClassQueue {
  readonly workloadClass: WorkloadClass;
  readonly queued: number;
  /** Prompts and expected answers together. */
  readonly queuedTokens: number;
  readonly maxQueuedTokens: number;
  /** Wait of a further request of ordinary size, whose key has nothing waiting. Absent: nobody can tell. */
  readonly predictedWaitMs?: number;
  readonly maxWaitMs: number;
}

/** What the server behind an endpoint says of itself, the requests of its other callers included. Unsaid is absent. */
export interface ServerLoad {
  readonly engine: SiteEngine;
  /** Since it said so. */
  readonly ageMs: number;
  readonly running?: number;
  readonly queued?: number;
  /** Requests that it runs at the same time. */
  readonly slots?: number;
  /** Share of its cache of keys and values that is in use, 0 to 1. */
  readonly kvCacheUsage?: number;
}

/** What everything that is loaded on one piece of hardware is doing together. */
export interface HardwareLoad {
  readonly slots: number;
  readonly running: number;
  readonly queued: number;
}

/** What is known about an endpoint at one instant. Unmeasured is absent. */
export interface EndpointState {
  readonly breaker: "closed" | "open" | "half-open";
  /** For an open breaker: how long until it lets a probe through. */
  readonly breakerRetryInMs?: number;
  /** Whether the breaker is the provider's, over all of its endpoints. */
  readonly breakerIsProviders?: boolean;
  /** Whether a local model is in memory; true for remote endpoints that do not say. */
  readonly loaded: boolean;
  /** Why it can't serve now although it is configured, for example `failed to load: …`. */
  readonly unavailableBecause?: string;
  /** When that is expected to be over, where it is known. */
  readonly unavailableForMs?: number;
  /** How long it has asked to be left alone from now on (`Retry-After`). */
  readonly restsForMs?: number;
  /** It works again since moments and has as many requests as it is trusted with so far: others go first. */
  readonly recovering?: boolean;
  /** It failed and will be back within moments: others go first, but it is worth waiting for. `loadMs` says how long. */
  readonly restarting?: boolean;
  /** Expected time until a model that is not loaded can serve, with the time until those that make room for it have left. */
  readonly loadMs?: number;
  /** Why a model that is not loaded would have to wait for longer than its load, or be passed over for another endpoint. */
  readonly heldUpBecause?: string;
  readonly running: number;
  readonly queued: number;
  /** Prompt tokens of everything queued or in prefill. */
  readonly queuedPromptTokens: number;
  /** The most that may be queued; 0 for none. */
  readonly queueLimit: number;
  /** The first of what is running, at most `MAX_LISTED_WORK`. Absent: only their number is known. */
  readonly runningWork?: readonly PendingWork[];
  /** The first of what is queued, in the order in which it will be served, at most `MAX_LISTED_WORK`. */
  readonly queuedWork?: readonly PendingWork[];
  /** Counted in `running` and `queued` already. Absent for a server that says nothing. */
  readonly server?: ServerLoad;
  /** Of the hardware that it shares, itself included. Absent: nobody else is loaded there. */
  readonly hardwareLoad?: HardwareLoad;
  /** By workload class. Absent where it is not asked for: no decision needs it. */
  readonly classQueues?: readonly ClassQueue[];
  readonly prefillTokensPerSecond?: number;
  /** Decode rate of one sequence. */
  readonly decodeTokensPerSecond?: number;
  /** Decode rate of one sequence while several are answered together, by their number, ascending; where it was measured. */
  readonly decodeRates?: readonly DecodeRate[];
  /** How far recent predictions were off. */
  readonly corrections?: Corrections;
  /** Observed time to first content. */
  readonly ttftMs?: Percentiles;
  /** Observed tokens a second of one answer. */
  readonly tokensPerSecond?: Percentiles;
  /** Share of the recent attempts that failed by the endpoint's fault, 0 to 1. */
  readonly errorRate?: number;
}

/** Everything that routing may know about one endpoint. */
export interface EndpointSnapshot {
  readonly facts: EndpointFacts;
  readonly state: EndpointState;
  /** Present where requests wait at this box's own door to it and do not all go before a newcomer. */
  readonly line?: WaitingLine;
}
