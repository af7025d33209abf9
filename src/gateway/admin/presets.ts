import type { Request, Response } from "express";
import { SignalboxError } from "../../core/errors.ts";
import { exchangeOf } from "../exchange.ts";
import { parseJsonObject } from "../openai/parse-json-object.ts";
import { writeJson } from "../write-json.ts";
import type { AdminPorts } from "./admin-ports.ts";
import { actorOf, pathPart } from "./read-admin-request.ts";

/** `GET /admin/presets`: the newest version of every preset, as `signalbox presets list --json`. */
export function listPresets({ presets }: AdminPorts) {
  return (_request: Request, response: Response): void => writeJson(response, 200, presets.list());
}

/** `GET /admin/presets/:name`: its newest version, and when each of its versions was stored. */
export function getPreset({ presets }: AdminPorts) {
  return (request: Request, response: Response): void => {
    const name = pathPart(request, "name");
    const preset = presets.find(name);
    if (preset === undefined) throw unknown(name);
    writeJson(response, 200, { ...preset, versions: presets.versions(name) });
  };
}

/** `GET /admin/presets/:name/versions/:version`: one version, also of a preset that was removed. */
export function getPresetVersion({ presets }: AdminPorts) {
  return (request: Request, response: Response): void => {
    const name = pathPart(request, "name");
    const preset = presets.version(name, Number(pathPart(request, "version")));
    if (preset === undefined) throw unknown(name);
    writeJson(response, 200, preset);
  };
}

/** `PUT /admin/presets/:name`: stores the body, which is that of a request without messages, as the next version. */
export function putPreset({ presets }: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const fields = parseJsonObject(exchangeOf(response).body ?? new Uint8Array());
    writeJson(response, 200, await presets.put(actorOf(response), pathPart(request, "name"), fields));
  };
}

/** `DELETE /admin/presets/:name`: nobody can name it any more; its versions stay readable. */
export function removePreset({ presets }: AdminPorts) {
  return async (request: Request, response: Response): Promise<void> => {
    const name = pathPart(request, "name");
    await presets.remove(actorOf(response), name);
    writeJson(response, 200, { name, state: "removed" });
  };
}

function unknown(name: string): SignalboxError {
  return new SignalboxError("not_found", `There is no preset ${JSON.stringify(name.slice(0, 100))}.`);
}
