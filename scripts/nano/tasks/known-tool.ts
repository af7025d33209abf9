import type { Tool } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";

/** Arguments by name, in the order of the function's parameters. */
export type Arguments = Readonly<Record<string, string | number>>;

/** A function that the model was taught by name, with what people say when they want it. */
export interface KnownTool {
  readonly tool: Tool;
  readonly otherDescriptions: readonly string[];
  readonly otherNames: readonly string[];
  /** Other names of parameters, by their usual name. */
  readonly otherKeys: Readonly<Record<string, readonly string[]>>;
  readonly requests: readonly string[];
  readonly makeArguments: (draw: Draw) => Arguments;
  /** A second kind of arguments that other words ask for. */
  readonly otherRequests?: readonly string[];
  readonly makeOtherArguments?: (draw: Draw) => Arguments;
  /** What it returned, and the sentence that says so. */
  readonly makeResult: (
    draw: Draw,
    given: Arguments,
  ) => { readonly result: Readonly<Record<string, string | number>>; readonly sentence: string };
}

type Types = Readonly<Record<string, "string" | "number" | "integer">>;

/** A function all of whose parameters are required. */
export function tool(name: string, description: string, types: Types): Tool {
  const properties = Object.fromEntries(Object.entries(types).map(([key, type]) => [key, { type }]));
  return { name, description, parameters: { type: "object", properties, required: Object.keys(types) } };
}
