import type { DecodeRate, EndpointFacts } from "../core/endpoint.ts";

/** How fast an endpoint is, as it was measured. */
export interface EndpointProfile {
  /** Prompts are read one after the other at this rate, as one engine does. Absent: see `firstContentMs`. */
  readonly prefillTokensPerSecond?: number;
  /** Where the rate of reading is not known: each request has its first token after this time, whatever else is read. */
  readonly firstContentMs?: number;
  /** Deviation of the logarithm of `firstContentMs` from request to request; 0 for none. */
  readonly firstContentSpread?: number;
  /** Of one answer by the number that is written together, ascending. */
  readonly decodeRates: readonly DecodeRate[];
  /** What loading the model takes; with `keepLoadedMs`. */
  readonly loadMs?: number;
  /** The model leaves memory after so long without a request. Absent: it stays. */
  readonly keepLoadedMs?: number;
  /** Share of its attempts that fail, each when its first content would have come. Absent: none. */
  readonly failureShare?: number;
  /** Times, since the start of the trace, in which every attempt that begins fails at once. In order. */
  readonly outages?: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** Share of its answers that a cascade finds not sure enough of themselves. Absent: unknown, and none counts as unsure. */
  readonly unsureShare?: number;
  /** Prompt tokens that it keeps read, the least recently used make room. Absent: none. */
  readonly prefixCacheTokens?: number;
}

/** One endpoint of a simulation. */
export interface EndpointSpec {
  readonly facts: EndpointFacts;
  readonly profile: EndpointProfile;
}

/** Tokens of one block of a prompt, unless the trace says otherwise: those of Mooncake's traces. */
export const PREFIX_BLOCK_TOKENS = 512;
