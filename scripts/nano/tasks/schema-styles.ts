import type { Tool } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import type { Parameter } from "./parameters.ts";

type Properties = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const propertiesOf = (tool: Tool): Properties => tool.parameters["properties"] as Properties;
const withProperties = (tool: Tool, properties: Properties): Tool => ({
  ...tool,
  parameters: { ...tool.parameters, properties },
});

/** The same function as one client or another writes it: with descriptions of its parameters, or closed to others. */
export function inStyleOfClient(draw: Draw, tool: Tool): Tool {
  const described = draw.chance(0.18) ? explained(draw, tool) : tool;
  if (!draw.chance(0.12)) return described;
  return { ...described, parameters: { ...described.parameters, additionalProperties: false } };
}

function explained(draw: Draw, tool: Tool): Tool {
  const subject = tool.name.split("_").at(-1) ?? "thing";
  const words = draw.pick([
    (key: string) => `The ${spaced(key)}`,
    (key: string) => `${key.slice(0, 1).toUpperCase()}${spaced(key.slice(1))}`,
    (key: string) => `${key} of the ${subject}`,
    (key: string) => `Which ${spaced(key)}`,
    (key: string) => `${spaced(key)} to use`,
  ]);
  const isFirst = draw.chance(0.3);
  const properties = Object.entries(propertiesOf(tool)).map(([key, property]) => {
    const description = words(key);
    return [key, isFirst ? { description, ...property } : { ...property, description }] as const;
  });
  return withProperties(tool, Object.fromEntries(properties));
}

/** What a parameter may be, where that is few: some of it, with what the request says among them. */
export function withEnums(
  draw: Draw,
  tool: Tool,
  parameters: readonly (Parameter & { readonly value?: string })[],
): Tool {
  const properties = Object.entries(propertiesOf(tool)).map(([key, property]) => {
    const parameter = parameters.find(({ name }) => name === key);
    if (parameter?.options === undefined) return [key, property] as const;
    const { value, options } = parameter;
    const others = draw.some(
      options.filter((option) => option !== value),
      draw.int(1, 4),
    );
    return [key, { ...property, enum: draw.shuffle(value === undefined ? others : [value, ...others]) }] as const;
  });
  return withProperties(tool, Object.fromEntries(properties));
}

/** Parameters that need not be given: a request that does not speak of them is answered without them. */
export function withOptional(draw: Draw, tool: Tool, others: readonly Parameter[]): Tool {
  const known = propertiesOf(tool);
  const added = others
    .filter(({ name }) => known[name] === undefined)
    .map(({ name, type }) => [name, draw.chance(0.3) ? { type, description: `Optional ${spaced(name)}` } : { type }]);
  return withProperties(tool, { ...known, ...(Object.fromEntries(added) as Properties) });
}

function spaced(key: string): string {
  return key.replaceAll("_", " ");
}
