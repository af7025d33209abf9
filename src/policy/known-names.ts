import type { EndpointFacts } from "../core/endpoint.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { LiteralComparison } from "./inspect-condition.ts";
import type { PolicyFile } from "./policy-schema.ts";
import { VARIABLES } from "./variables.ts";

/** What is known about the installation that a policy is for. Without it, names that it would not know go unnoticed. */
export interface PolicyContext {
  readonly endpoints?: readonly EndpointFacts[];
  readonly dataClasses?: readonly string[];
}

/** The values that exist in this installation, by variable; a variable that is not in it may have any. */
export type KnownNames = ReadonlyMap<string, readonly string[]>;

/** Everything that the installation and the tests of the file name. */
export function knownNames(file: PolicyFile, { endpoints, dataClasses }: PolicyContext): KnownNames {
  const known = new Map<string, readonly string[]>();
  if (dataClasses !== undefined) known.set("data.class", dataClasses);
  if (endpoints === undefined || endpoints.length === 0) return known;
  const listed = file.endpoints ?? [];
  const values = (field: "region" | "jurisdiction"): readonly string[] =>
    [...endpoints, ...listed].flatMap((endpoint) => {
      const value = (endpoint as Record<string, unknown>)[field];
      return typeof value === "string" ? [value] : [];
    });
  known.set(
    "endpoint.id",
    [...endpoints, ...listed].map(({ id }) => id),
  );
  known.set("endpoint.provider", [
    ...endpoints.map(({ providerId }) => providerId),
    ...listed.map(({ id }) => id.split("/", 1)[0] ?? ""),
  ]);
  known.set("endpoint.model", [
    ...endpoints.map(({ modelId }) => modelId),
    ...listed.map(({ id }) => id.slice(id.indexOf("/") + 1)),
  ]);
  known.set("endpoint.region", values("region"));
  known.set("endpoint.jurisdiction", values("jurisdiction"));
  return known;
}

/** What a comparison with a value that does not exist deserves: refusal where no such value can ever be, else a warning. */
export function findingAbout(
  { root, field, literal }: LiteralComparison,
  known: KnownNames,
): { readonly isProblem: boolean; readonly message: string; readonly suggestion?: string } | undefined {
  const possible = VARIABLES[root][field]?.values;
  const values = possible ?? known.get(`${root}.${field}`);
  if (values === undefined || values.includes(literal)) return undefined;
  const nearest = nearestName(literal, values);
  const message =
    possible === undefined
      ? `nothing that is configured has the ${root}.${field} "${literal}"`
      : `${root}.${field} is never "${literal}"; it is one of ${possible.join(", ")}`;
  return {
    isProblem: possible !== undefined,
    message,
    ...(nearest === undefined ? {} : { suggestion: `did you mean ${nearest}?` }),
  };
}
