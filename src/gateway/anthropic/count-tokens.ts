import type { Request, Response } from "express";
import { exchangeOf } from "../exchange.ts";
import { parseJsonObject } from "../openai/parse-json-object.ts";
import { writeJson } from "../write-json.ts";
import { asChat } from "./parse-messages-request.ts";

/**
 * `POST /v1/messages/count_tokens`: how many tokens a message's prompt has, as decisions count them. An estimate on the
 * high side, as it does not depend on which model will answer; nothing is asked, recorded or billed for it.
 * @see https://docs.claude.com/en/api/messages-count-tokens
 */
export function countTokens(dataClasses: () => readonly string[]) {
  return (request: Request, response: Response): void => {
    const { body } = exchangeOf(response);
    const asked = asChat(parseJsonObject(body ?? new Uint8Array(0)), request.headers, dataClasses());
    writeJson(response, 200, { input_tokens: asked.estimatedPromptTokens });
  };
}
