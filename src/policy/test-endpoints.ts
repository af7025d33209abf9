import { endpointVariables } from "../core/endpoint-variables.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import type { TestEndpoint } from "./policy-schema.ts";

/** The facts of one endpoint under the names that policies use. */
export type EndpointVariables = Readonly<Record<string, unknown>> & { readonly id: string };

/** What an endpoint's state is in a test that says nothing about it: ready, idle, nothing measured. */
const IDLE = { queue_ms: 0, loaded: true, healthy: true, capabilities: [] } as const;

/**
 * The endpoints of tests that name none: one of each kind, so that a small policy needs no list. A cloud about which
 * nothing is known is among them, because a rule must hold for that one too.
 */
const BUILT_IN: readonly TestEndpoint[] = [
  {
    id: "box/small-cpu",
    location: "box",
    device: "cpu",
    retention_days: 0,
    trains_on_data: false,
    price_input: 0,
    price_output: 0,
  },
  {
    id: "box/large-gpu",
    location: "box",
    device: "gpu",
    retention_days: 0,
    trains_on_data: false,
    price_input: 0,
    price_output: 0,
  },
  {
    id: "site/large-gpu",
    location: "site",
    device: "gpu",
    retention_days: 0,
    trains_on_data: false,
    price_input: 0,
    price_output: 0,
  },
  {
    id: "eu-cloud/large",
    location: "cloud",
    region: "eu-frankfurt",
    jurisdiction: "EU",
    retention_days: 0,
    trains_on_data: false,
    price_input: 1,
    price_output: 3,
  },
  {
    id: "us-cloud/large",
    location: "cloud",
    region: "us-east",
    jurisdiction: "US",
    retention_days: 30,
    trains_on_data: false,
    price_input: 1,
    price_output: 3,
  },
  { id: "unknown-cloud/large", location: "cloud" },
];

/** An endpoint as a test states it: provider and model follow from the id, and `null` is unknown. */
export function statedEndpoint(stated: TestEndpoint): EndpointVariables {
  const slash = stated.id.indexOf("/");
  const known = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== null));
  return { ...IDLE, provider: stated.id.slice(0, slash), model: stated.id.slice(slash + 1), ...known, id: stated.id };
}

/** Where tests find endpoints. */
export interface TestCatalog {
  /** The endpoints that a test is about when it lists none itself. */
  readonly all: readonly EndpointVariables[];
  /** The endpoint with exactly this id, wherever it is stated. */
  find(id: string): EndpointVariables | undefined;
}

/** The file's own list, else what is configured, else the built-in ones; by its id an endpoint is found in all three. */
export function createTestCatalog(
  listed: readonly TestEndpoint[] | undefined,
  configured: readonly EndpointFacts[],
): TestCatalog {
  const sources = [
    (listed ?? []).map(statedEndpoint),
    configured.map((facts): EndpointVariables => ({ ...IDLE, ...endpointVariables(facts), id: facts.id })),
    BUILT_IN.map(statedEndpoint),
  ];
  return {
    all: sources.find((endpoints) => endpoints.length > 0) ?? [],
    find: (id) => sources.flat().find((endpoint) => endpoint.id === id),
  };
}
