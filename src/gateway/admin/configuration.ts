import type { Request, Response } from "express";
import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import { writeJson } from "../write-json.ts";
import type { AdminPorts, ConfigurationProblem } from "./admin-ports.ts";
import { actorOf, readAdminBody } from "./read-admin-request.ts";

/** `GET /admin/config`: which files count, their hashes, and since when. */
export function getConfiguration({ configuration }: AdminPorts) {
  return (_request: Request, response: Response): void => writeJson(response, 200, configuration.active());
}

/** `POST /admin/config/reload`: applies the configuration file as it is now, whole or not at all. */
export function reloadConfiguration({ configuration }: AdminPorts) {
  return async (_request: Request, response: Response): Promise<void> => {
    readAdminBody(response, z.strictObject({}));
    const result = await configuration.reload(actorOf(response));
    if (!result.ok) throw refusal(result.problems);
    writeJson(response, 200, result);
  };
}

function refusal(problems: readonly ConfigurationProblem[]): SignalboxError {
  const lines = problems.map(({ file, line, message }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}`);
  const message = `The configuration is refused and the one before stays.\n${lines.join("\n")}`;
  return new SignalboxError("config_refused", message, { metadata: { problems } });
}
