import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { endpointRatesSchema, type EndpointRates } from "../config/endpoint-rates-schema.ts";
import type { Capability, EndpointFacts } from "../core/endpoint.ts";
import type { EndpointSpec } from "../simulate/endpoint-profile.ts";
import { SimulationProblem } from "./simulation-problem.ts";

type Rates = EndpointRates["endpoints"][number];

/** An endpoint to simulate, with how many may wait for it. */
export interface RatedEndpoint extends EndpointSpec {
  readonly queueLimit: number;
}

/**
 * The endpoints of a file of rates. What the file leaves out of one that is `configured` is as configured; one that is
 * not must say where it is and how many slots it has. Throws SimulationProblem with everything that is wrong.
 */
export function readEndpointRates(file: string, configured: readonly EndpointFacts[] = []): readonly RatedEndpoint[] {
  const parsed = endpointRatesSchema.safeParse(readYaml(file));
  if (!parsed.success)
    throw new SimulationProblem(
      parsed.error.issues.map(({ path, message }) => `${file}: ${path.join(".")} ${message}`).join("\n"),
    );
  const byId = new Map(configured.map((facts) => [facts.id, facts]));
  return parsed.data.endpoints.map((rates) => toEndpoint(rates, byId.get(rates.id), file));
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"), { maxAliasCount: 100 });
  } catch (error) {
    // The reason is passed on to whoever named the file.
    throw new SimulationProblem(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function toEndpoint(rates: Rates, configured: EndpointFacts | undefined, file: string): RatedEndpoint {
  const { id, price, costPerHour, capabilities, queueLimit } = rates;
  const slash = id.indexOf("/");
  const location = rates.location ?? configured?.location;
  const slots = rates.slots ?? configured?.slots;
  if (location === undefined || slots === undefined)
    throw new SimulationProblem(
      `${file}: ${id} is not an endpoint of the configuration, so it must have ${location === undefined ? "location" : "slots"}`,
    );
  const modelId = id.slice(slash + 1);
  const { device, region, jurisdiction, retentionDays, trainsOnData, contextTokens, maxOutputTokens, quality } = rates;
  const onBox = location === "box" ? { retentionDays: 0, trainsOnData: false } : {};
  const facts: EndpointFacts = {
    ...{ id, providerId: id.slice(0, slash), modelId, upstreamId: modelId, capabilities: [] },
    ...onBox,
    ...configured,
    ...{ location, slots },
    ...stated({ device, region, jurisdiction, retentionDays, trainsOnData, contextTokens, maxOutputTokens, quality }),
    // The schema has checked the names.
    ...stated({ capabilities: capabilities as readonly Capability[] | undefined, costPerHourMicroUsd: costPerHour }),
    ...(price === undefined
      ? {}
      : {
          price: {
            inputMicroUsdPerMillion: price.input,
            outputMicroUsdPerMillion: price.output,
            ...stated({ cachedInputMicroUsdPerMillion: price.cachedInput }),
          },
        }),
  };
  return { facts: usable(facts), queueLimit, profile: profileOf(rates) };
}

/** A simulation asks what would be if the endpoint were there: a missing file or a closed egress is no reason against it. */
function usable({ excludedBecause: _, ...facts }: EndpointFacts): EndpointFacts {
  return facts;
}

function profileOf(rates: Rates): EndpointSpec["profile"] {
  const { decodeTokensPerSecond: decode, firstContentSpread } = rates;
  const decodeRates =
    typeof decode === "number"
      ? [{ running: 1, tokensPerSecond: decode }]
      : Object.entries(decode)
          .map(([running, tokensPerSecond]) => ({ running: Number(running), tokensPerSecond }))
          .toSorted((a, b) => a.running - b.running);
  return {
    decodeRates,
    firstContentSpread,
    ...stated({
      prefillTokensPerSecond: rates.prefillTokensPerSecond,
      firstContentMs: rates.firstContent,
      loadMs: rates.load,
      keepLoadedMs: rates.keepLoaded,
      prefixCacheTokens: rates.prefixCacheTokens,
      failureShare: rates.failureShare,
      outages: rates.outages?.map(({ from, for: lastsMs }) => ({ fromMs: from, toMs: from + lastsMs })),
      unsureShare: rates.unsureShare,
    }),
  };
}

type Stated<Shape> = { readonly [Name in keyof Shape]?: Exclude<Shape[Name], undefined> };

function stated<Shape extends object>(shape: Shape): Stated<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Stated<Shape>;
}
