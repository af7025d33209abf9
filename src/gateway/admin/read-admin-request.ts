import type { Request, Response } from "express";
import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { exchangeOf } from "../exchange.ts";
import { parseJsonObject } from "../openai/parse-json-object.ts";
import type { Actor } from "./admin-ports.ts";
import { toMicroUsd } from "../../core/money.ts";

/** Faults that one message lists; the first is what `error.param` names. */
const MAX_LISTED_FAULTS = 8;

/** The body as `schema` has it; no body is an empty object. Throws `invalid_request` that names each wrong field. */
export function readAdminBody<Shape extends z.ZodRawShape>(
  response: Response,
  schema: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  const { body } = exchangeOf(response);
  return check(body === undefined || body.byteLength === 0 ? {} : parseJsonObject(body), schema);
}

/** The query as `schema` has it. Throws `invalid_request` that names each wrong parameter. */
export function readAdminQuery<Shape extends z.ZodRawShape>(
  request: Request,
  schema: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  return check({ ...request.query }, schema);
}

/** A part of the route's path. */
export function pathPart(request: Request, name: string): string {
  const part = request.params[name];
  return typeof part === "string" ? part : "";
}

/** Who is calling, for the record. */
export function actorOf(response: Response): Actor {
  const { caller, requestId } = exchangeOf(response);
  return { keyId: caller.keyId, role: caller.role, requestId };
}

/** An amount of money in a request: `budgetUsd` for people, `budgetMicroUsd` as listings show it. */
export const budgetFields = {
  budgetUsd: z.number("must be an amount in USD").min(0).max(1e9).optional(),
  budgetMicroUsd: z.int("must be a whole number of micro-USD").min(0).optional(),
};

/** The amount that a request states, in micro-USD. Throws `invalid_request` where it states two. */
export function budgetOf(stated: {
  readonly budgetUsd?: number | undefined;
  readonly budgetMicroUsd?: number | undefined;
}): number | undefined {
  const { budgetUsd, budgetMicroUsd } = stated;
  if (budgetUsd === undefined) return budgetMicroUsd;
  if (budgetMicroUsd === undefined) return toMicroUsd(budgetUsd);
  throw new SignalboxError("invalid_request", "budgetUsd and budgetMicroUsd say the same; send one of them.", {
    param: "budgetUsd",
  });
}

function check<Shape extends z.ZodRawShape>(value: unknown, schema: z.ZodObject<Shape>): z.output<z.ZodObject<Shape>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const known = Object.keys(schema.shape);
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, known));
  const [first] = faults;
  const message = faults.slice(0, MAX_LISTED_FAULTS).map(({ path, text }) => `${path} ${text}`);
  throw new SignalboxError(
    "invalid_request",
    `${message.join("; ")}.`,
    first === undefined ? {} : { param: first.path },
  );
}

interface Fault {
  readonly path: string;
  readonly text: string;
}

function faultsOf(issue: z.core.$ZodIssue, known: readonly string[]): readonly Fault[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path.join("."), text: lowerFirst(issue.message) }];
  return issue.keys.map((key) => {
    const nearest = nearestName(key, known);
    const hint = nearest === undefined ? `the names here are ${known.join(", ") || "none"}` : `${nearest} is`;
    return { path: [...issue.path, key].join("."), text: `is not a known name; ${hint}` };
  });
}

/** Zod begins its messages with a capital; here a path stands before them. */
function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
