import { Router, type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { SignalboxError } from "../core/errors.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { PresetCatalog } from "../core/preset.ts";
import type { KeyDirectory } from "../core/records.ts";
import { exchangeOf, OPENROUTER_BASE } from "./exchange.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { readBody } from "./middleware/read-body.ts";
import type { GatewayPorts } from "./ports.ts";
import { applyPreset } from "./presets/apply-preset.ts";
import type { Route } from "./route.ts";

/** Where the routes of the API answer: OpenAI's clients expect the first, OpenRouter's the second. */
const API_BASES = ["/v1", OPENROUTER_BASE] as const;

/** Characters of an unknown path that are compared with the known ones; anybody may ask, so it must stay cheap. */
const MAX_COMPARED_LENGTH = 64;

/** What the steps before a handler need. */
export interface RoutePorts extends Pick<GatewayPorts, "clock" | "config"> {
  readonly keys: Pick<KeyDirectory, "authenticate">;
  readonly presets?: PresetCatalog;
}

/** A router with every row of the table, a 405 for other methods of the same paths, and a 404 for everything else. */
export function mountRoutes(routes: readonly Route[], ports: RoutePorts): Router {
  const router = Router({ caseSensitive: true });
  for (const rows of Map.groupBy(routes, (route) => fullPaths(route)[0]).values()) {
    for (const route of rows) register(router, route, ports);
    router.all(rows.flatMap(fullPaths), refuseMethod(rows));
  }
  router.use(refusePath([...new Set(routes.map((route) => fullPaths(route)[0]))]));
  return router;
}

/** The paths under which a row answers, the canonical one first. */
function fullPaths({ base, path }: Route): readonly [string, ...string[]] {
  return base === "root" ? [path] : [`${API_BASES[0]}${path}`, `${API_BASES[1]}${path}`];
}

function register(router: Router, route: Route, { keys, clock, config, presets }: RoutePorts): void {
  const paths = fullPaths(route);
  const noteRoute: RequestHandler = (_request, response, next) => {
    exchangeOf(response).notes.route = paths[0];
    next();
  };
  const steps: RequestHandler[] = [noteRoute];
  if (route.access !== "open") steps.push(authenticate(keys, route.access));
  if (route.readsBody) steps.push(readBody(config.bodyLimitBytes, clock));
  if (route.readsBody && route.base === "api" && presets !== undefined) steps.push(applyPreset(presets, route.path));
  router[METHODS[route.method]]([...paths], ...steps, (request: Request, response: Response) =>
    route.handle(request, response),
  );
}

const METHODS = { GET: "get", POST: "post", PUT: "put", PATCH: "patch", DELETE: "delete" } as const;

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
function refuseMethod(rows: readonly Route[]): RequestHandler {
  const allow = rows.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  return (request, response) => {
    exchangeOf(response).notes.route = rows[0]?.path ?? "none";
    throw new SignalboxError("method_not_allowed", `${request.method} is not allowed here; allowed: ${allow}.`, {
      metadata: { allow },
    });
  };
}

function refusePath(paths: readonly string[]): RequestHandler {
  return (request: Request, _response: Response, _next: NextFunction) => {
    const nearest = nearestName(request.path.slice(0, MAX_COMPARED_LENGTH), paths);
    const hint = nearest === undefined ? "GET / lists the routes." : `Did you mean ${nearest}?`;
    throw new SignalboxError("not_found", `There is no such route. ${hint}`, { metadata: { routes: paths } });
  };
}
