import type { Request, Response } from "express";
import { z } from "zod";
import type { InferenceJob } from "../../core/inference-service.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { Principal } from "../../core/principal.ts";
import { exchangeOf } from "../exchange.ts";
import { parseChatRequest } from "../openai/parse-chat-request.ts";
import { expandPreset } from "../presets/expand-preset.ts";
import { writeJson } from "../write-json.ts";
import type { AdminPorts } from "./admin-ports.ts";
import { readAdminBody } from "./read-admin-request.ts";

/** The caller when no key is named: an ordinary one without tags, class or budget. */
const ANYBODY: Principal = { keyId: "key_none", keyName: "no key", role: "inference", tags: [] };

const requestToExplain = {
  request: z.record(z.string(), z.unknown(), "must be the body of a chat request"),
  headers: z.record(z.string(), z.string(), "must be an object of header names and values").optional(),
  keyId: z.string().optional(),
};

const explanation = z.strictObject(requestToExplain);
const policyText = z.strictObject({ text: z.string("must be the text of a policy file") });
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

/** `POST /admin/explain`: where a request would go now, on live facts. Nothing is sent or recorded. */
export function explainRequest(ports: AdminPorts) {
  return (_request: Request, response: Response): void =>
    writeJson(response, 200, ports.explain(jobOf(readAdminBody(response, explanation), response, ports)));
}

function jobOf(
  { request, headers = {}, keyId }: z.output<typeof explanation>,
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
    request: parseChatRequest(body, lowerCased, dataClasses()),
    principal,
    ...(preset === undefined ? {} : { preset }),
  };
}
