import type { NextFunction, Request, Response } from "express";
import type { PresetCatalog } from "../../core/preset.ts";
import { exchangeOf } from "../exchange.ts";
import { expandPreset, type SystemPromptPlace } from "./expand-preset.ts";

/** Where a preset's text goes, by the route's path; everywhere else it is a message. */
const SYSTEM_PLACES: Readonly<Record<string, SystemPromptPlace>> = {
  "/messages": "system",
  "/messages/count_tokens": "system",
  "/responses": "instructions",
};

/** The step of every route that takes a request to a model: the body gets what the preset that it names adds. */
export function applyPreset(presets: PresetCatalog, path: string) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    const exchange = exchangeOf(response);
    if (exchange.body !== undefined) {
      const { body, preset } = expandPreset(exchange.body, presets, SYSTEM_PLACES[path]);
      exchange.body = body;
      exchange.preset = preset;
    }
    next();
  };
}
