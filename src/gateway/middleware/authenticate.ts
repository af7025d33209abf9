import type { IncomingHttpHeaders } from "node:http";
import type { NextFunction, Request, Response } from "express";
import { SignalboxError } from "../../core/errors.ts";
import type { Role } from "../../core/principal.ts";
import type { KeyDirectory } from "../../core/records.ts";
import { exchangeOf } from "../exchange.ts";

/** Characters of a key; longer ones are not looked up. */
const MAX_KEY_LENGTH = 512;

/**
 * Finds out who is calling, and whether a key of that role may call the route. A failing key store is an error of this
 * box, never a 401: clients throw their keys away on a 401.
 */
export function authenticate(keys: Pick<KeyDirectory, "authenticate">, roles: readonly Role[]) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const secret = readSecret(request.headers);
    if (secret === undefined) {
      throw new SignalboxError("missing_api_key", "The request has no API key.");
    }
    const principal = secret.length > MAX_KEY_LENGTH ? undefined : keys.authenticate(secret);
    if (principal === undefined) {
      throw new SignalboxError("invalid_api_key", "The API key is not one of this box, was revoked, or has expired.");
    }
    const exchange = exchangeOf(response);
    exchange.principal = principal;
    if (principal.role !== "admin" && !roles.includes(principal.role)) {
      throw new SignalboxError(
        "role_forbidden",
        `The key's role is ${principal.role}; this route is for ${[...roles, "admin"].join(", ")}.`,
      );
    }
    next();
  };
}

/** The key from `Authorization: Bearer`, or from `x-api-key` as Anthropic's clients send it. */
function readSecret(headers: IncomingHttpHeaders): string | undefined {
  const { authorization } = headers;
  const bearer = authorization === undefined ? null : /^bearer +(\S+) *$/i.exec(authorization);
  const apiKey = headers["x-api-key"];
  const secret = bearer?.[1] ?? (typeof apiKey === "string" ? apiKey.trim() : undefined);
  return secret === "" ? undefined : secret;
}
