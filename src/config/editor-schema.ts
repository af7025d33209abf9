import { z } from "zod";
import { applianceSchema } from "./appliance-schema.ts";

/**
 * The configuration file as a JSON Schema for editors: names, types and descriptions of what a person may write. What
 * JSON Schema can't say (unique ids, durations) is checked when the file is loaded.
 * @see https://json-schema.org/draft/2020-12
 */
export function editorSchema(): string {
  const schema = z.toJSONSchema(applianceSchema, { io: "input" });
  return `${JSON.stringify({ title: "Signalbox configuration", ...schema }, undefined, 2)}\n`;
}
