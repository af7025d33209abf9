import type { Request, Response } from "express";
import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import { writeJson } from "../write-json.ts";
import { USAGE_NAMES, type AdminPorts } from "./admin-ports.ts";
import { actorOf, readAdminQuery } from "./read-admin-request.ts";

const usageQuery = z.strictObject({
  by: z.enum(USAGE_NAMES, `must be one of ${USAGE_NAMES.join(", ")}`).default("model"),
  since: z
    .string()
    .transform((text) => Date.parse(text))
    .refine((ms) => !Number.isNaN(ms), "must be a date, such as 2026-01-31 or 2026-01-31T12:00:00Z")
    .optional(),
});

/** `GET /admin/usage`: attempts, tokens and cost on record, as `signalbox usage --json`. One at a time: it reads the log. */
export function getUsage({ audit, auditReads }: AdminPorts) {
  let isReading = false;
  return async (request: Request, response: Response): Promise<void> => {
    const { by, since } = readAdminQuery(request, usageQuery);
    await auditReads.note(actorOf(response), { route: "/admin/usage", by });
    if (isReading) throw new SignalboxError("rate_limited", "Usage is being summed already; ask again later.");
    isReading = true;
    try {
      writeJson(response, 200, await audit.usage(by, since));
    } finally {
      isReading = false;
    }
  };
}
