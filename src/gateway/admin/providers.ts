import type { Request, Response } from "express";
import { z } from "zod";
import { exchangeOf } from "../exchange.ts";
import { writeJson } from "../write-json.ts";
import type { AdminPorts } from "./admin-ports.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { actorOf, readAdminBody, readAdminQuery } from "./read-admin-request.ts";

const slug = z.string("must be the id of a provider or an endpoint").min(1).max(300);

/** `GET /admin/providers`: stated against measured, as `signalbox providers report --json`. One at a time: it reads the log. */
export function getProviders({ providers }: AdminPorts) {
  const alone = oneAtATime("The report is being made already; ask again later.");
  return async (request: Request, response: Response): Promise<void> => {
    const { provider } = readAdminQuery(request, z.strictObject({ provider: slug.optional() }));
    writeJson(response, 200, await alone(() => providers.report(provider)));
  };
}

/** `POST /admin/providers/probe`: puts every probe to the endpoints that `provider` names, or to all; answers when that is done. */
export function probeProviders({ providers }: AdminPorts) {
  const alone = oneAtATime("A round of probes is under way; ask again when it has ended.");
  return async (_request: Request, response: Response): Promise<void> => {
    const { provider } = readAdminBody(response, z.strictObject({ provider: slug.optional() }));
    const probes = await alone(() => providers.probe(provider, exchangeOf(response).signal));
    writeJson(response, 200, { probes });
  };
}

/** `POST /admin/providers/reset`: the endpoint's next answers to probes are what later ones are compared with. */
export function resetProvider({ providers }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> => {
    const { endpoint } = readAdminBody(response, z.strictObject({ endpoint: slug }));
    writeJson(response, 200, { endpoint, ...(await providers.reset(actorOf(response), endpoint)) });
  };
}
