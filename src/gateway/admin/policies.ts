import type { Request, Response } from "express";
import { z } from "zod";
import { INFERENCE_KINDS } from "../../core/inference-request.ts";
import type { InferenceJob } from "../../core/inference-service.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { Principal } from "../../core/principal.ts";
import { exchangeOf } from "../exchange.ts";
import { parseRequestOfKind } from "../openai/parse-request-of-kind.ts";
import { expandPreset } from "../presets/expand-preset.ts";
import { writeJson } from "../write-json.ts";
import type { AdminPorts, ReloadResult } from "./admin-ports.ts";
import { actorOf, pathPart, readAdminBody, readAdminQuery } from "./read-admin-request.ts";

/** The caller when no key is named: an ordinary one without tags, class or budget. */
const ANYBODY: Principal = { keyId: "key_none", keyName: "no key", role: "inference", tags: [] };

/** The name of a text that came without one. */
const SENT_TEXT = "text";

/** Of a file's name and a reason, which the log keeps for ever. */
const MAX_NOTE_CHARACTERS = 500;

/** Activations in one answer. */
const MAX_HISTORY = 1_000;

const requestToExplain = {
  request: z.record(z.string(), z.unknown(), "must be the body of a request that asks a model"),
  kind: z.enum(INFERENCE_KINDS).optional(),
  headers: z.record(z.string(), z.string(), "must be an object of header names and values").optional(),
  keyId: z.string().optional(),
};

const explanation = z.strictObject(requestToExplain);
const policyText = z.strictObject({ text: z.string("must be the text of a policy file") });
const wantedPolicy = z.strictObject({
  ...policyText.shape,
  file: z.string().max(MAX_NOTE_CHARACTERS).default(SENT_TEXT),
  reason: z.string().max(MAX_NOTE_CHARACTERS).optional(),
});
const historyQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(MAX_HISTORY).default(50) });
const dryRun = z.strictObject({ ...policyText.shape, ...requestToExplain });

/** `GET /admin/policies`: the policy that counts, with its hash and its text. */
export function getPolicy({ configuration }: AdminPorts) {
  return (_request: Request, response: Response): void => writeJson(response, 200, configuration.policy());
}

/** `POST /admin/policies/check`: what the box would say to a policy text, as `signalbox policy check --json`. */
export function checkPolicy({ configuration }: AdminPorts) {
  return (_request: Request, response: Response): void =>
    writeJson(response, 200, configuration.checkPolicy(readAdminBody(response, policyText).text).summary);
}

/** `POST /admin/policies/dry-run`: where a request would go if a policy text counted. Nothing is sent or recorded. */
export function dryRunPolicy(ports: AdminPorts) {
  return (_request: Request, response: Response): void => {
    const { text, ...rest } = readAdminBody(response, dryRun);
    const checked = ports.configuration.checkPolicy(text);
    if (!checked.ok) {
      throw new SignalboxError("invalid_request", "text is no policy that the box would accept.", {
        param: "text",
        metadata: { problems: checked.problems },
      });
    }
    writeJson(response, 200, ports.explain(jobOf(rest, response, ports), checked.policy));
  };
}

/** `GET /admin/policies/history`: every activation, newest first. */
export function listPolicyHistory({ configuration }: AdminPorts) {
  return (request: Request, response: Response): void => {
    const { limit } = readAdminQuery(request, historyQuery);
    writeJson(response, 200, configuration.policyHistory(limit));
  };
}

/** `GET /admin/policies/:sha256`: the text of a policy that has counted or was tried. */
export function getPolicyText({ configuration }: AdminPorts) {
  return (request: Request, response: Response): void => {
    const sha256 = pathPart(request, "sha256");
    const text = configuration.policyText(sha256);
    if (text === undefined) throw new SignalboxError("not_found", "No policy with that hash has counted here.");
    writeJson(response, 200, { sha256, text });
  };
}

/** `POST /admin/policies/activate`: makes a policy text count, whole or not at all, on record. */
export function activatePolicy({ configuration }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> => {
    const wanted = readAdminBody(response, wantedPolicy);
    writeOutcome(response, await configuration.activatePolicy(wanted, actorOf(response)));
  };
}

/** `POST /admin/policies/rollback`: makes the policy count that counted before. */
export function rollBackPolicy({ configuration }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> => {
    readAdminBody(response, z.strictObject({}));
    writeOutcome(response, await configuration.rollBackPolicy(actorOf(response)));
  };
}

/** `POST /admin/policies/shadow`: tries a policy text beside the one that counts. */
export function shadowPolicy({ configuration }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> => {
    const wanted = readAdminBody(response, wantedPolicy);
    writeOutcome(response, await configuration.shadowPolicy(wanted, actorOf(response)));
  };
}

/** `DELETE /admin/policies/shadow`: ends the trial. */
export function endShadow({ configuration }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> =>
    writeOutcome(response, await configuration.shadowPolicy(undefined, actorOf(response)));
}

function writeOutcome(response: Response, result: ReloadResult): void {
  if (result.ok) return writeJson(response, 200, result);
  const { problems } = result;
  const lines = problems.map(({ file, line, message }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}`);
  const message = `The policy is refused and the one before stays.\n${lines.join("\n")}`;
  throw new SignalboxError("config_refused", message, { metadata: { problems } });
}

/** `POST /admin/explain`: where a request would go now, on live facts. Nothing is sent or recorded. */
export function explainRequest(ports: AdminPorts) {
  return (_request: Request, response: Response): void =>
    writeJson(response, 200, ports.explain(jobOf(readAdminBody(response, explanation), response, ports)));
}

function jobOf(
  { request, kind, headers = {}, keyId }: z.output<typeof explanation>,
  response: Response,
  { principalOf, dataClasses, presets }: Pick<AdminPorts, "principalOf" | "dataClasses" | "presets">,
): Omit<InferenceJob, "signal"> {
  const principal = keyId === undefined ? ANYBODY : principalOf(keyId);
  if (principal === undefined)
    throw new SignalboxError("not_found", `There is no key ${keyId ?? ""}.`, { param: "keyId" });
  const lowerCased = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const { body, preset } = expandPreset(Buffer.from(JSON.stringify(request)), presets);
  return {
    requestId: exchangeOf(response).requestId,
    request: parseRequestOfKind(kind, body, lowerCased, dataClasses()),
    principal,
    ...(preset === undefined ? {} : { preset }),
  };
}
