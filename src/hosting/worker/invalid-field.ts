import type { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";

/** What is wrong with a body: the first problem, at the path that OpenAI's clients show (`messages[2].content`). */
export function invalidField(error: z.ZodError): SignalboxError {
  const issue = error.issues[0];
  const param = (issue?.path ?? []).reduce<string>(
    (path, key) => (typeof key === "number" ? `${path}[${key}]` : path === "" ? String(key) : `${path}.${String(key)}`),
    "",
  );
  const where = param === "" ? "The body" : `\`${param}\``;
  return new SignalboxError("invalid_request", `${where} is not valid: ${issue?.message ?? "unknown problem"}.`, {
    ...(param === "" ? {} : { param }),
  });
}
