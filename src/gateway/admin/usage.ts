import type { Request, Response } from "express";
import { z } from "zod";
import { writeJson } from "../write-json.ts";
import { USAGE_NAMES, type AdminPorts } from "./admin-ports.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { actorOf, readAdminQuery } from "./read-admin-request.ts";

const since = z
  .string()
  .transform((text) => Date.parse(text))
  .refine((ms) => !Number.isNaN(ms), "must be a date, such as 2026-01-31 or 2026-01-31T12:00:00Z")
  .optional();

const usageQuery = z.strictObject({
  by: z.enum(USAGE_NAMES, `must be one of ${USAGE_NAMES.join(", ")}`).default("model"),
  since,
});

const gainQuery = z.strictObject({ since });

/** `GET /admin/usage`: attempts, tokens and cost on record, as `signalbox usage --json`. One at a time: it reads the log. */
export function getUsage({ audit, auditReads }: AdminPorts) {
  const alone = oneAtATime("Usage is being summed already; ask again later.");
  return async (request: Request, response: Response): Promise<void> => {
    const { by, since: sinceMs } = readAdminQuery(request, usageQuery);
    await auditReads.note(actorOf(response), { route: "/admin/usage", by });
    writeJson(response, 200, await alone(() => audit.usage(by, sinceMs)));
  };
}

/** `GET /admin/gain`: what routing has gained over going direct, as `signalbox gain --json`. One at a time: it reads the log. */
export function getGain({ audit, auditReads }: AdminPorts) {
  const alone = oneAtATime("The gain is being worked out already; ask again later.");
  return async (request: Request, response: Response): Promise<void> => {
    const { since: sinceMs } = readAdminQuery(request, gainQuery);
    await auditReads.note(actorOf(response), { route: "/admin/gain" });
    writeJson(response, 200, await alone(() => audit.gain(sinceMs)));
  };
}
