import type { Request, Response } from "express";
import type { Role } from "../core/principal.ts";

/** Who may call a route: everybody, or keys with one of the roles. `admin` may call everything. */
export type Access = "open" | readonly Role[];

/** One row of the table of routes. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** In Express's notation, below the base. @see https://expressjs.com/en/guide/routing.html */
  readonly path: string;
  /** `api`: under `/v1` and `/api/v1`; `root`: as it stands. */
  readonly base: "api" | "root";
  readonly access: Access;
  /** Whether the body is read into `exchange.body` before the handler is called. */
  readonly readsBody: boolean;
  /** Writes the answer, or throws a SignalboxError before it has begun to. */
  handle(request: Request, response: Response): void | Promise<void>;
}
