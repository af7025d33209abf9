import { existsSync } from "node:fs";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Decision } from "../core/decision.ts";
import type { EndpointSnapshot } from "../core/endpoint.ts";
import type { InferenceKind } from "../core/inference-request.ts";
import type { Principal } from "../core/principal.ts";
import { parseRequestOfKind } from "../gateway/openai/parse-request-of-kind.ts";
import { expandPreset, type ExpandedBody } from "../gateway/presets/expand-preset.ts";
import type { Explain } from "../joint/foresee.ts";
import { explainJoint } from "../joint/serve-joint.ts";
import { databaseFileOf } from "../journal/data-dir.ts";
import type { Balance, Spend } from "../core/records.ts";
import type { ListedKey } from "../ledger/list-keys.ts";
import { listTeams } from "../ledger/list-teams.ts";
import { openPresetReader } from "../presets/preset-reader.ts";
import { nowFactsOf } from "../routing/now-facts.ts";
import { route } from "../routing/route.ts";
import { shareHardware } from "../routing/share-hardware.ts";
import { describeEndpoints } from "./describe-endpoints.ts";
import { jointModelsOf } from "./joint-service.ts";
import { loadTextModel } from "./load-text-model.ts";
import { formatPolicyProblems, readPolicyInForce } from "./read-policy.ts";
import { requestWriter } from "./request-writer.ts";
import { systemClock } from "./system-clock.ts";

/** The caller when no key is named: an ordinary one without tags, class or budget. */
const ANYBODY: Principal = { keyId: "key_none", keyName: "no key", role: "inference", tags: [] };

/** A request to explain: its body as a client would send it, and the headers that matter to routing. */
export interface RequestToExplain {
  readonly body: Uint8Array;
  /** What is asked for; absent: the fields of the body tell. */
  readonly kind?: InferenceKind;
  readonly headers: Readonly<Record<string, string>>;
  readonly key?: ListedKey;
}

/**
 * Where a request would go under a configuration, from what is configured alone: every endpoint counts as loaded and
 * idle, and nothing is known of its speed. Throws SignalboxError for a bad request, an Error for a refused policy.
 */
export async function explainOffline(
  {
    config,
    dataDir,
    installFolder,
  }: { readonly config: ApplianceConfig; readonly dataDir: string; readonly installFolder: string },
  { body, kind, headers, key }: RequestToExplain,
): Promise<Decision> {
  const facts = await describeEndpoints(config, dataDir);
  const policy = readPolicyInForce(config, dataDir, { endpoints: facts, dataClasses: config.dataClasses });
  if (!policy.ok) throw new Error(`The policy file is refused.\n${formatPolicyProblems(policy)}`);
  const expanded = expandWithStored(body, dataDir);
  const textModel = loadTextModel(installFolder);
  const endpoints = shareHardware(facts.map((one): EndpointSnapshot => ({ facts: one, state: IDLE })));
  const spend = key === undefined ? { settledMicroUsd: 0, reservedMicroUsd: 0 } : spendOf(key, dataDir);
  const explain: Explain = (job) =>
    route({
      ...job,
      endpoints,
      policy: policy.policy,
      dataClasses: config.dataClasses,
      now: nowFactsOf(systemClock.wallMs()),
      ...(textModel.kind === "loaded" ? { textModel: textModel.model } : {}),
      ...(key === undefined ? {} : { spend }),
    });
  const job = {
    requestId: "req_explained",
    request: parseRequestOfKind(kind, expanded.body, headers, config.dataClasses),
    ...(expanded.preset === undefined ? {} : { preset: expanded.preset }),
    principal: key === undefined ? ANYBODY : principalOf(key),
  };
  const ports = { service: { explain }, keys: { spendOf: () => spend }, ...requestWriter(() => config.dataClasses) };
  return explainJoint(ports, jointModelsOf(config), job);
}

/** A data folder that was never used has no presets; then a request that names one is refused as it would be. */
function expandWithStored(body: Uint8Array, dataDir: string): ExpandedBody {
  if (!existsSync(databaseFileOf(dataDir))) return expandPreset(body, { find: () => undefined, names: () => [] });
  const presets = openPresetReader(dataDir);
  try {
    return expandPreset(body, presets);
  } finally {
    presets.close();
  }
}

const IDLE: EndpointSnapshot["state"] = {
  breaker: "closed",
  loaded: true,
  running: 0,
  queued: 0,
  queuedPromptTokens: 0,
  queueLimit: 0,
};

/** The caller that a key stands for. */
export function principalOf(key: ListedKey): Principal {
  const { keyId, name, role, tags, team, dataClass, budgetMicroUsd } = key;
  return {
    keyId,
    keyName: name,
    role,
    tags,
    ...(team === undefined ? {} : { team }),
    ...(dataClass === undefined ? {} : { dataClass }),
    ...(budgetMicroUsd === undefined ? {} : { budgetMicroUsd }),
  };
}

function spendOf(key: ListedKey, dataDir: string): Spend {
  const team = key.team === undefined ? undefined : listTeams(dataDir).find((each) => each.team === key.team);
  return { ...balanceOf(key), ...(team?.budgetMicroUsd === undefined ? {} : { team: balanceOf(team) }) };
}

function balanceOf({
  settledMicroUsd,
  reservedMicroUsd,
  budgetMicroUsd,
}: Pick<ListedKey, "settledMicroUsd" | "reservedMicroUsd" | "budgetMicroUsd">): Balance {
  return {
    settledMicroUsd,
    reservedMicroUsd,
    ...(budgetMicroUsd === undefined ? {} : { limitMicroUsd: budgetMicroUsd }),
  };
}
