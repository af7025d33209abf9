import type { Request, Response } from "express";
import { writeJson } from "../write-json.ts";
import type { AdminPorts } from "./admin-ports.ts";

/** `GET /admin/endpoints`: every endpoint's facts with its live state: loaded, queue, breaker, measured speed. */
export function listEndpoints({ catalog }: AdminPorts) {
  return (_request: Request, response: Response): void => {
    const endpoints = catalog.snapshots().map(({ facts, state }) => ({ ...facts, state }));
    writeJson(response, 200, endpoints);
  };
}

/** `GET /admin/hardware`: what this machine is, as `signalbox hardware --no-bandwidth --json`. */
export function getHardware({ hardware }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> => writeJson(response, 200, await hardware());
}

/** `GET /admin/models`: configured models with the state of their processes, and imported ones. */
export function listModels({ models }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> => writeJson(response, 200, await models());
}
