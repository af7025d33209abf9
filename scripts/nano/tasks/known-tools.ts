import type { Tool, ToolCall } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { ACTION_TOOLS } from "./action-tools.ts";
import type { Arguments, KnownTool } from "./known-tool.ts";
import { inStyleOfClient } from "./schema-styles.ts";
import { LOOKUP_TOOLS } from "./lookup-tools.ts";
import { OTHER_TOOL_REQUESTS, TOOL_REQUESTS } from "../wordings/tool-requests.ts";

/** Every function that the model was taught by name. */
export const KNOWN_TOOLS: readonly KnownTool[] = [...LOOKUP_TOOLS, ...ACTION_TOOLS].map((known) => {
  const { name } = known.tool;
  const { otherRequests } = known;
  return {
    ...known,
    requests: [...known.requests, ...(TOOL_REQUESTS[name] ?? [])],
    ...(otherRequests && { otherRequests: [...otherRequests, ...(OTHER_TOOL_REQUESTS[name] ?? [])] }),
  };
});

/** A request for a function, the call that answers it, and the function as this client describes it. */
export interface RequestedCall {
  readonly request: string;
  readonly call: ToolCall;
  readonly tool: Tool;
  readonly known: KnownTool;
  /** The arguments by the usual names of the parameters. */
  readonly given: Arguments;
}

/** A request for `known`, in the words of a person, with arguments of this split. */
export function requestKnown(draw: Draw, known: KnownTool, described = describeKnown(draw, known)): RequestedCall {
  const other = known.makeOtherArguments;
  const usesOther = other !== undefined && draw.chance(0.5);
  const given = usesOther ? other(draw) : known.makeArguments(draw);
  const slots = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.replace("_id", ""), String(value)]),
  );
  const request = draw.phrase(usesOther ? (known.otherRequests ?? known.requests) : known.requests, {
    ...slots,
    article: draw.chance(0.35) ? draw.pick(["the ", "the ", "our "]) : "",
  });
  const { tool, keyOf } = described;
  const named = Object.fromEntries(Object.entries(given).map(([key, value]) => [keyOf(key), value]));
  return { request, call: { name: tool.name, arguments: named }, tool, known, given };
}

/** The function as clients describe it: mostly in our words, sometimes in others, with other names of its parameters. */
export function describeKnown(
  draw: Draw,
  known: KnownTool,
): { readonly tool: Tool; readonly keyOf: (key: string) => string } {
  const description = draw.chance(0.5) ? known.tool.description : draw.pick(known.otherDescriptions);
  if (!draw.chance(0.2)) return { tool: inStyleOfClient(draw, { ...known.tool, description }), keyOf: (key) => key };
  const keys = new Map(
    Object.entries(known.otherKeys).map(([key, others]) => [key, draw.chance(0.5) ? draw.pick(others) : key]),
  );
  const keyOf = (key: string): string => keys.get(key) ?? key;
  const { properties, required } = known.tool.parameters as { properties: Record<string, unknown>; required: string[] };
  const parameters = {
    type: "object",
    properties: Object.fromEntries(Object.entries(properties).map(([key, type]) => [keyOf(key), type])),
    required: required.map(keyOf),
  };
  const name = draw.chance(0.5) ? known.tool.name : draw.pick(known.otherNames);
  return { tool: inStyleOfClient(draw, { name, description, parameters }), keyOf };
}
