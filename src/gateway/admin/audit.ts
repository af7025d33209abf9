import type { Request, Response } from "express";
import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import { writeJson } from "../write-json.ts";
import type { AdminPorts, AuditLeaf } from "./admin-ports.ts";
import { actorOf, pathPart, readAdminBody, readAdminQuery } from "./read-admin-request.ts";

/** Leaves of one answer, at 16 KiB at most. Longer reading is what `signalbox audit list` is for. */
const MAX_LEAVES = 1_000;
const DEFAULT_LEAVES = 50;

/** The kinds of leaf that say what became of a request. */
const DECISION_KINDS = ["attempt", "outcome", "refusal", "joint", "joint.outcome"] as const;

const wholeNumber = z.string().regex(/^\d{1,15}$/, "must be a whole number, 0 or more");

const page = {
  limit: wholeNumber
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_LEAVES, `must be from 1 to ${MAX_LEAVES}`)
    .default(DEFAULT_LEAVES),
  before: wholeNumber.transform(Number).optional(),
  request: z.string().max(200).optional(),
};

const leafQuery = z.strictObject({ ...page, kind: z.string().max(100).optional() });
const decisionQuery = z.strictObject({
  ...page,
  kind: z.enum(DECISION_KINDS, `must be one of ${DECISION_KINDS.join(", ")}`).optional(),
});
const verification = z.strictObject({ vkey: z.string().optional() });

/** `GET /admin/audit`: the newest leaves, newest first, as `signalbox audit list --json`. */
export function listLeaves({ audit, auditReads }: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const query = readAdminQuery(request, leafQuery);
    await auditReads.note(actorOf(response), { route: "/admin/audit", ...query });
    writeJson(response, 200, audit.list(toLeafQuery(query)));
  };
}

/** `GET /admin/decisions`: the leaves that say what became of requests, newest first. */
export function listDecisions({ audit, auditReads }: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const query = readAdminQuery(request, decisionQuery);
    await auditReads.note(actorOf(response), { route: "/admin/decisions", ...query });
    const kinds = query.kind === undefined ? DECISION_KINDS : [query.kind];
    const leaves = kinds.flatMap((kind): readonly AuditLeaf[] => audit.list(toLeafQuery({ ...query, kind })));
    writeJson(response, 200, leaves.toSorted((a, b) => b.index - a.index).slice(0, query.limit));
  };
}

/** `GET /admin/audit/:index`: one leaf, its exact text, and the receipt that proves it where a checkpoint covers it. */
export function showLeaf({ audit, auditReads }: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const index = wholeNumber.safeParse(pathPart(request, "index"));
    if (!index.success) throw new SignalboxError("invalid_request", "The index must be a whole number, 0 or more.");
    await auditReads.note(actorOf(response), { route: "/admin/audit/:index", index: Number(index.data) });
    const shown = audit.show(Number(index.data));
    if (shown === undefined) throw new SignalboxError("not_found", `The log has no leaf ${index.data}.`);
    writeJson(response, 200, shown);
  };
}

/** `GET /admin/audit/checkpoint`: the newest signed head. */
export function getCheckpoint({ audit }: AdminPorts) {
  return (_request: Request, response: Response): void => {
    const checkpoint = audit.newestCheckpoint();
    if (checkpoint === undefined) throw new SignalboxError("not_found", "No checkpoint was signed yet.");
    writeJson(response, 200, { checkpoint });
  };
}

/** `POST /admin/audit/checkpoint`: signs the head as it is now. */
export function signCheckpoint({ audit }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> =>
    writeJson(response, 201, { checkpoint: await audit.checkpoint() });
}

/**
 * `POST /admin/audit/verify`: rebuilds the tree from every leaf, as `signalbox audit verify --json`. One at a time: it
 * reads the whole log.
 */
export function verifyAudit({ audit }: AdminPorts) {
  let isVerifying = false;
  return async (_request: Request, response: Response): Promise<void> => {
    const { vkey } = readAdminBody(response, verification);
    if (isVerifying) throw new SignalboxError("rate_limited", "The log is being verified already; ask again later.");
    isVerifying = true;
    try {
      writeJson(response, 200, await audit.verify(vkey));
    } finally {
      isVerifying = false;
    }
  };
}

function toLeafQuery({ limit, before, request, kind }: z.output<typeof leafQuery>) {
  return {
    limit,
    ...(before === undefined ? {} : { before }),
    ...(request === undefined ? {} : { requestId: request }),
    ...(kind === undefined ? {} : { kind }),
  };
}
