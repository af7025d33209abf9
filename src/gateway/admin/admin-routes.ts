import type { Role } from "../../core/principal.ts";
import type { Route } from "../route.ts";
import type { AdminPorts } from "./admin-ports.ts";
import { getCheckpoint, listDecisions, listLeaves, showLeaf, signCheckpoint, verifyAudit } from "./audit.ts";
import { getConfiguration, reloadConfiguration } from "./configuration.ts";
import { createKey, listKeys, listTeams, removeTeamBudget, revokeKey, rotateKey, setTeamBudget } from "./keys.ts";
import { getHardware, listEndpoints, listModels } from "./machine.ts";
import { benchModel, getMemory, loadModel, pinModel, unloadModel, unpinModel } from "./memory.ts";
import {
  activatePolicy,
  checkPolicy,
  dryRunPolicy,
  endShadow,
  explainRequest,
  getPolicy,
  getPolicyText,
  listPolicyHistory,
  rollBackPolicy,
  shadowPolicy,
} from "./policies.ts";
import { getPreset, getPresetVersion, listPresets, putPreset, removePreset } from "./presets.ts";
import { getProviders, probeProviders, resetProvider } from "./providers.ts";
import { getGain, getUsage } from "./usage.ts";

/** `admin` may call every route; these lists say who else may. */
const ADMIN: readonly Role[] = [];
const AUDITOR: readonly Role[] = ["auditor"];
const OPERATOR: readonly Role[] = ["operator"];
const EITHER: readonly Role[] = ["operator", "auditor"];

/**
 * The rows of `/admin`: everything that an operator of the box can look at or change over HTTP. Auditors read decisions,
 * audit log and policies; operators see the machine, move models, reload and keep presets; keys and money are the admins' alone.
 */
export function createAdminRoutes(ports: AdminPorts): readonly Route[] {
  return [
    row("GET", "/admin/keys", ADMIN, listKeys(ports)),
    row("POST", "/admin/keys", ADMIN, createKey(ports)),
    row("DELETE", "/admin/keys/:id", ADMIN, revokeKey(ports)),
    row("POST", "/admin/keys/:id/revoke", ADMIN, revokeKey(ports)),
    row("POST", "/admin/keys/:id/rotate", ADMIN, rotateKey(ports)),
    row("GET", "/admin/teams", ADMIN, listTeams(ports)),
    row("PUT", "/admin/teams/:team/budget", ADMIN, setTeamBudget(ports)),
    row("DELETE", "/admin/teams/:team/budget", ADMIN, removeTeamBudget(ports)),
    row("GET", "/admin/endpoints", OPERATOR, listEndpoints(ports)),
    row("GET", "/admin/hardware", OPERATOR, getHardware(ports)),
    row("GET", "/admin/models", OPERATOR, listModels(ports)),
    row("GET", "/admin/memory", OPERATOR, getMemory(ports)),
    row("POST", "/admin/models/load", OPERATOR, loadModel(ports)),
    row("POST", "/admin/models/unload", OPERATOR, unloadModel(ports)),
    row("POST", "/admin/models/bench", OPERATOR, benchModel(ports)),
    row("POST", "/admin/models/pin", OPERATOR, pinModel(ports)),
    row("POST", "/admin/models/unpin", OPERATOR, unpinModel(ports)),
    row("GET", "/admin/providers", EITHER, getProviders(ports)),
    row("POST", "/admin/providers/probe", OPERATOR, probeProviders(ports)),
    row("POST", "/admin/providers/reset", OPERATOR, resetProvider(ports)),
    row("GET", "/admin/presets", EITHER, listPresets(ports)),
    row("GET", "/admin/presets/:name", EITHER, getPreset(ports)),
    row("PUT", "/admin/presets/:name", OPERATOR, putPreset(ports)),
    row("DELETE", "/admin/presets/:name", OPERATOR, removePreset(ports)),
    row("GET", "/admin/presets/:name/versions/:version", EITHER, getPresetVersion(ports)),
    row("GET", "/admin/policies", AUDITOR, getPolicy(ports)),
    row("POST", "/admin/policies/check", EITHER, checkPolicy(ports)),
    row("POST", "/admin/policies/dry-run", EITHER, dryRunPolicy(ports)),
    row("POST", "/admin/policies/activate", ADMIN, activatePolicy(ports)),
    row("POST", "/admin/policies/rollback", ADMIN, rollBackPolicy(ports)),
    row("POST", "/admin/policies/shadow", OPERATOR, shadowPolicy(ports)),
    row("DELETE", "/admin/policies/shadow", OPERATOR, endShadow(ports)),
    row("GET", "/admin/policies/history", AUDITOR, listPolicyHistory(ports)),
    row("GET", "/admin/policies/:sha256", AUDITOR, getPolicyText(ports)),
    row("POST", "/admin/explain", EITHER, explainRequest(ports)),
    row("GET", "/admin/decisions", AUDITOR, listDecisions(ports)),
    row("GET", "/admin/usage", AUDITOR, getUsage(ports)),
    row("GET", "/admin/gain", AUDITOR, getGain(ports)),
    row("GET", "/admin/audit", AUDITOR, listLeaves(ports)),
    row("GET", "/admin/audit/checkpoint", AUDITOR, getCheckpoint(ports)),
    row("POST", "/admin/audit/checkpoint", ADMIN, signCheckpoint(ports)),
    row("POST", "/admin/audit/verify", AUDITOR, verifyAudit(ports)),
    row("GET", "/admin/audit/:index", AUDITOR, showLeaf(ports)),
    row("GET", "/admin/config", EITHER, getConfiguration(ports)),
    row("POST", "/admin/config/reload", OPERATOR, reloadConfiguration(ports)),
  ];
}

function row(method: Route["method"], path: string, access: readonly Role[], handle: Route["handle"]): Route {
  return { method, path, base: "root", access, readsBody: method !== "GET", handle };
}
