import type { InferenceService, EndpointCatalog } from "../core/inference-service.ts";
import type { Clock } from "../core/clock.ts";
import type { FeedbackLog } from "../core/feedback.ts";
import type { GenerationLog } from "../core/generation-log.ts";
import type { PresetCatalog } from "../core/preset.ts";
import type { DecisionJournal, KeyDirectory } from "../core/records.ts";
import type { RequestMetrics } from "../core/request-metrics.ts";
import type { Route } from "./route.ts";

/** The part of pino's logger that the gateway uses. */
export interface GatewayLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** Where the gateway listens, and how much it takes. */
export interface GatewayConfig {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly bodyLimitBytes: number;
  /** PEM files, read once when the gateway is made. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
}

/** Everything that the gateway needs of the rest of the box. */
export interface GatewayPorts {
  readonly service: InferenceService;
  readonly catalog: EndpointCatalog;
  readonly keys: KeyDirectory;
  readonly journal: Pick<DecisionJournal, "isWritable">;
  readonly generations: GenerationLog;
  /** Absent: `/v1/feedback` is not served. */
  readonly feedback?: FeedbackLog;
  readonly clock: Clock;
  readonly log: GatewayLog;
  readonly metrics: RequestMetrics;
  readonly config: GatewayConfig;
  /** The classes that requests may name, the least sensitive first; read per request, as a reload may change them. */
  readonly dataClasses: () => readonly string[];
  /** Absent where there are none. */
  readonly presets?: PresetCatalog;
  /** Routes of other parts, such as `/admin`, under the same authentication, limits and errors. */
  readonly extraRoutes?: readonly Route[];
}
