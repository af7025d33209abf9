import type { Request, Response } from "express";
import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import { ROLES, type Role } from "../../core/principal.ts";
import { writeJson } from "../write-json.ts";
import type { AdminPorts, IssuedKey } from "./admin-ports.ts";
import { actorOf, budgetFields, budgetOf, pathPart, readAdminBody } from "./read-admin-request.ts";

const newKey = z.strictObject({
  name: z.string("must be a text: what the key is for"),
  role: z.enum(ROLES as [Role, ...Role[]], `must be one of ${ROLES.join(", ")}`).optional(),
  team: z.string().optional(),
  tags: z.array(z.string()).optional(),
  dataClass: z.string().optional(),
  weight: z.number().optional(),
  ...budgetFields,
  expires: z.string().optional(),
  expiresAtMs: z.int().optional(),
});

const rotation = z.strictObject({
  now: z.boolean().optional(),
  graceMs: z.int().min(0).optional(),
});

const teamBudget = z.strictObject(budgetFields);

/** `GET /admin/keys`: every key with its state and spend, as `signalbox keys list --json`. */
export function listKeys({ listKeys: list }: AdminPorts) {
  return (_request: Request, response: Response): void => writeJson(response, 200, list());
}

/** `POST /admin/keys`: makes a key, which works at once; the answer is the only place that ever shows it. */
export function createKey(ports: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> => {
    const { name, role, team, tags, dataClass, weight, ...stated } = readAdminBody(response, newKey);
    refuseUnknownDataClass(dataClass, ports.dataClasses());
    const budgetMicroUsd = budgetOf(stated);
    const expiresAtMs = expiryOf(stated);
    const issued = await ports.keysFor(actorOf(response)).createKey({
      name,
      ...(role === undefined ? {} : { role }),
      ...(team === undefined ? {} : { team }),
      ...(tags === undefined ? {} : { tags }),
      ...(dataClass === undefined ? {} : { dataClass }),
      ...(weight === undefined ? {} : { weight }),
      ...(budgetMicroUsd === undefined ? {} : { budgetMicroUsd }),
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    });
    writeJson(response, 201, describeIssued(issued));
  };
}

/** `POST /admin/keys/:id/revoke`, `DELETE /admin/keys/:id`: ends a key at once. */
export function revokeKey(ports: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const keyId = pathPart(request, "id");
    await ports.keysFor(actorOf(response)).revokeKey(keyId);
    writeJson(response, 200, { keyId, state: "revoked" });
  };
}

/** `POST /admin/keys/:id/rotate`: a new secret; the old one works for a day more, for `graceMs`, or not at all with `now`. */
export function rotateKey(ports: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const { now, graceMs } = readAdminBody(response, rotation);
    const issued = await ports
      .keysFor(actorOf(response))
      .rotateKey(pathPart(request, "id"), now === true ? 0 : graceMs);
    writeJson(response, 200, describeIssued(issued));
  };
}

/** `GET /admin/teams`: every team with its budget and spend. */
export function listTeams({ listTeams: list }: AdminPorts) {
  return (_request: Request, response: Response): void => writeJson(response, 200, list());
}

/** `PUT /admin/teams/:team/budget`: what all keys of a team may spend together. */
export function setTeamBudget(ports: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const budgetMicroUsd = budgetOf(readAdminBody(response, teamBudget));
    if (budgetMicroUsd === undefined) {
      const message = "budgetUsd is missing; DELETE on the same path removes a budget.";
      throw new SignalboxError("invalid_request", message, { param: "budgetUsd" });
    }
    const team = pathPart(request, "team");
    await ports.keysFor(actorOf(response)).setTeamBudget(team, budgetMicroUsd);
    writeJson(response, 200, { team, budgetMicroUsd });
  };
}

/** `DELETE /admin/teams/:team/budget`: the team has no budget any more. */
export function removeTeamBudget(ports: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const team = pathPart(request, "team");
    await ports.keysFor(actorOf(response)).setTeamBudget(team);
    writeJson(response, 200, { team });
  };
}

function describeIssued({ keyId, secret }: IssuedKey): object {
  return { keyId, key: secret };
}

function refuseUnknownDataClass(dataClass: string | undefined, configured: readonly string[]): void {
  if (dataClass === undefined || configured.includes(dataClass)) return;
  const message = `dataClass ${JSON.stringify(dataClass.slice(0, 100))} is not configured; the classes are ${configured.join(", ")}.`;
  throw new SignalboxError("invalid_request", message, { param: "dataClass" });
}

/** A date alone means its start in UTC. */
function expiryOf(stated: {
  readonly expires?: string | undefined;
  readonly expiresAtMs?: number | undefined;
}): number | undefined {
  const { expires, expiresAtMs } = stated;
  if (expires === undefined) return expiresAtMs;
  const ms = Date.parse(expires);
  if (expiresAtMs === undefined && !Number.isNaN(ms)) return ms;
  const message =
    expiresAtMs === undefined
      ? "expires must be a date such as 2027-01-31 or a time such as 2027-01-31T12:00:00Z."
      : "expires and expiresAtMs say the same; send one of them.";
  throw new SignalboxError("invalid_request", message, { param: "expires" });
}
