import type { Request, Response } from "express";
import type { Route } from "../route.ts";
import { writeJson } from "../write-json.ts";

/** `GET /`: what this is, and which routes it answers. */
export function getIndex(routes: () => readonly Route[]) {
  return (_request: Request, response: Response): void => {
    writeJson(response, 200, {
      name: "signalbox",
      description: "A self-hosted inference router with local model hosting.",
      openai_base_path: "/v1",
      openrouter_base_path: "/api/v1",
      routes: routes().map(({ method, base, path }) => `${method} ${base === "api" ? "/v1" : ""}${path}`),
    });
  };
}
