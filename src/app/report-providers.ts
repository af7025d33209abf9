import { readEndpointRecords, type EndpointRecord } from "../audit/endpoint-record.ts";
import type { LeafReader } from "../audit/read-leaves.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import { assessEndpoint, type EndpointAssessment } from "../measure/assess-endpoint.ts";
import { internalTeamOf } from "../measure/internal-principal.ts";
import type { EndpointAlert, ProbeReader } from "../measure/probe-store.ts";
import { questionsFor } from "../measure/questions-for.ts";
import { spreadOf, type Spread } from "../measure/statistics/quantiles.ts";
import { wilsonInterval, type ShareInterval } from "../measure/statistics/wilson-interval.ts";

/** How far back traffic is looked at. */
export const REPORTED_MS = 24 * 60 * 60_000;

/** One endpoint: what is stated, what was measured. */
export interface EndpointReport {
  readonly endpointId: string;
  readonly providerId: string;
  readonly modelId: string;
  readonly statedFacts: Pick<EndpointFacts, "contextTokens" | "quantization" | "capabilities" | "quality">;
  readonly probes: EndpointAssessment;
  readonly traffic: {
    readonly answered: number;
    readonly failed: number;
    /** Share of the attempts that the endpoint did not fail; absent without any. */
    readonly uptime?: ShareInterval;
    readonly firstContentMs?: Spread;
    readonly tokensPerSecond?: Spread;
  };
  readonly probeCostMicroUsd: number;
  /** Those that stand, then the last one that is over. */
  readonly alerts: readonly EndpointAlert[];
  /** Why it was not probed when it was last its turn. */
  readonly notProbed?: string;
}

/** Stated against measured, for every endpoint. */
export interface ProvidersReport {
  /** Since when traffic and costs are counted; ISO 8601. */
  readonly since: string;
  /** What probes cost today (UTC) and may cost; absent while they are off. */
  readonly probes?: { readonly spentMicroUsd: number; readonly budgetMicroUsdPerDay: number };
  readonly endpoints: readonly EndpointReport[];
}

/** What a report is made from. */
export interface ReportParts {
  readonly leaves: Pick<LeafReader, "list">;
  readonly probes: ProbeReader;
  readonly endpoints: readonly EndpointFacts[];
  readonly nowMs: number;
  /** Absent: probes are off. */
  readonly settings?: { readonly contextTokens: number; readonly budgetMicroUsdPerDay: number };
  readonly spentTodayMicroUsd?: number;
  /** Known while the box runs. */
  readonly notProbed?: ReadonlyMap<string, string>;
}

/** The context that is checked where nothing is configured: of use for what earlier probes have shown. */
const USUAL_CONTEXT_TOKENS = 8_192;

/** Reads the day's attempts and all that probes have shown. */
export async function reportProviders(parts: ReportParts): Promise<ProvidersReport> {
  const { leaves, probes, endpoints, nowMs, settings, spentTodayMicroUsd = 0, notProbed } = parts;
  const sinceMs = nowMs - REPORTED_MS;
  const records = await readEndpointRecords(leaves, sinceMs, OWN_TEAMS);
  const alerts = probes.alerts();
  const maxContextTokens = settings?.contextTokens ?? USUAL_CONTEXT_TOKENS;
  const spending =
    settings === undefined
      ? {}
      : { probes: { spentMicroUsd: spentTodayMicroUsd, budgetMicroUsdPerDay: settings.budgetMicroUsdPerDay } };
  return {
    since: new Date(sinceMs).toISOString(),
    ...spending,
    endpoints: endpoints.map((facts) => {
      const questions = probes.resultsOf(facts.id, questionsFor(facts, probes, maxContextTokens));
      const own = alerts.filter(({ endpointId }) => endpointId === facts.id);
      const standing = own.filter(({ clearedAtMs }) => clearedAtMs === undefined);
      const over = own
        .filter(({ clearedAtMs }) => clearedAtMs !== undefined)
        .toSorted((a, b) => (b.clearedAtMs ?? 0) - (a.clearedAtMs ?? 0));
      const because = facts.excludedBecause ?? notProbed?.get(facts.id);
      return {
        endpointId: facts.id,
        providerId: facts.providerId,
        modelId: facts.modelId,
        statedFacts: statedFactsOf(facts),
        probes: assessEndpoint(facts, questions, new Set(standing.map(({ subject }) => subject))),
        traffic: trafficOf(records.get(facts.id)),
        probeCostMicroUsd: records.get(facts.id)?.ownCostMicroUsd ?? 0,
        alerts: [...standing, ...over.slice(0, 1)],
        ...(because === undefined ? {} : { notProbed: because }),
      };
    }),
  };
}

const OWN_TEAMS: ReadonlySet<string> = new Set([internalTeamOf("probes")]);

function statedFactsOf({ contextTokens, quantization, capabilities, quality }: EndpointFacts) {
  return {
    capabilities,
    ...(contextTokens === undefined ? {} : { contextTokens }),
    ...(quantization === undefined ? {} : { quantization }),
    ...(quality === undefined ? {} : { quality }),
  };
}

function trafficOf(record: EndpointRecord | undefined): EndpointReport["traffic"] {
  if (record === undefined) return { answered: 0, failed: 0 };
  const { answered, failed } = record;
  const uptime = wilsonInterval(answered, answered + failed);
  const firstContentMs = spreadOf(record.firstContentMs);
  const tokensPerSecond = spreadOf(record.tokensPerSecond);
  return {
    answered,
    failed,
    ...(uptime === undefined ? {} : { uptime }),
    ...(firstContentMs === undefined ? {} : { firstContentMs }),
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
  };
}
