import type { ConfigurationProblem } from "../gateway/admin/admin-ports.ts";
import type { PreparedConfiguration } from "./prepare-configuration.ts";

/** What a reload did: replaced the whole configuration, or nothing. */
export type ReloadOutcome = ReloadDone | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** A configuration that counts from now on, and how it differs from the one before. */
export interface ReloadDone {
  readonly ok: true;
  readonly configFile: string;
  readonly configSha256: string;
  readonly policyFile: string;
  readonly policySha256: string;
  /** Index of the leaf `config.activated`. */
  readonly auditIndex: number;
  /** Ids. `changed` ones were made anew; `kept` ones go on with their queue, their breaker and what they have learned. */
  readonly endpoints: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
    readonly kept: readonly string[];
  };
  /** What a person should know: warnings of the policy, endpoints that can't be used, workers with old shares of the cores. */
  readonly notes: readonly string[];
}

/** How `after`, which counts from now on, differs from `before`. */
export function describeReload(
  before: PreparedConfiguration,
  after: PreparedConfiguration,
  auditIndex: number,
): ReloadDone {
  const ids = [...after.endpoints.keys()];
  const isKept = (id: string): boolean => before.endpoints.get(id) === after.endpoints.get(id);
  return {
    ok: true,
    configFile: after.source.file,
    configSha256: after.source.sha256,
    policyFile: after.policy.fileName,
    policySha256: after.policy.policy.sha256,
    auditIndex,
    endpoints: {
      added: ids.filter((id) => !before.endpoints.has(id)),
      changed: ids.filter((id) => before.endpoints.has(id) && !isKept(id)),
      removed: [...before.endpoints.keys()].filter((id) => !after.endpoints.has(id)),
      kept: ids.filter(isKept),
    },
    notes: [...policyWarnings(after), ...unusableEndpoints(after), ...oldShares(before, after)],
  };
}

function policyWarnings({ policy }: PreparedConfiguration): readonly string[] {
  return policy.warnings.map(({ line, message }) => `${policy.fileName}:${line}: ${message}`);
}

function unusableEndpoints({ endpoints }: PreparedConfiguration): readonly string[] {
  return [...endpoints.values()].flatMap(({ live: { facts } }) =>
    facts.excludedBecause === undefined ? [] : [`${facts.id} is not in use: ${facts.excludedBecause}`],
  );
}

/** A worker can't be given other cores while it runs, so workers that stay keep theirs although the number has changed. */
function oldShares(before: PreparedConfiguration, after: PreparedConfiguration): readonly string[] {
  const workers = (configuration: PreparedConfiguration) =>
    configuration.hosted.flatMap((one) => (one.kind === "hosted" && one.device.kind === "cpu" ? [one.model] : []));
  const old = workers(before);
  const stayed = workers(after).filter((model) => old.includes(model));
  if (stayed.length === 0 || workers(after).length === old.length) return [];
  const names = stayed.map(({ modelId }) => modelId).join(", ");
  return [`${names} ${stayed.length === 1 ? "keeps its" : "keep their"} cores; a restart shares them out anew`];
}
