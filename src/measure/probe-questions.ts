import type { EndpointFacts } from "../core/endpoint.ts";
import type { ProbeAnswer } from "./read-probe-answer.ts";

/** What a question looks at. */
export type ProbeCheck = "answers" | "tools" | "schema" | "context";

/** One question with one right answer. Its id changes when its text does: answers to two texts are never compared. */
export interface ProbeQuestion {
  readonly id: string;
  readonly check: ProbeCheck;
  /** The fields of a chat request beside `model` and what is the same for all. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Tokens that a right answer may have. */
  readonly answerTokens: number;
  isRight(answer: ProbeAnswer): boolean;
}

/** The question whose prompt is as long as the context that is stated. */
export const FAR_NEEDLE = "needle-far/1";

/** The same question with a short prompt: how many characters of such text make a token. */
export const NEAR_NEEDLE = "needle-near/1";

/** Characters of the short one. */
const NEAR_NEEDLE_CHARACTERS = 1_200;

/** Characters of the long prompt's question and frame, beside its lines. */
const FRAME_CHARACTERS = 200;

const CODE = 7_391;

const NUMBERS = Array.from({ length: 40 }, (_, index) => index + 1).join(" ");

const COPIED = "vq7-LAMP-0042-violet-harbour";

/**
 * The questions that are put to an endpoint: our own text, the same for everybody, without a word of any customer. Tools
 * and schemas are asked for only where the endpoint declares them.
 * @param farCharacters Length of the prompt that checks the context; absent: that is not checked.
 */
export function probeQuestions(
  { capabilities }: Pick<EndpointFacts, "capabilities">,
  farCharacters: number | undefined,
): readonly ProbeQuestion[] {
  return [
    ...ANSWERS,
    needle(NEAR_NEEDLE, "answers", NEAR_NEEDLE_CHARACTERS),
    ...(capabilities.includes("json-schema") ? SCHEMAS : []),
    ...(capabilities.includes("tools") ? TOOLS : []),
    ...(farCharacters === undefined ? [] : [needle(FAR_NEEDLE, "context", farCharacters)]),
  ];
}

const ANSWERS: readonly ProbeQuestion[] = [
  number("sum/1", "What is 347 + 589? Answer with the number alone.", 936),
  number("product/1", "What is 23 * 17? Answer with the number alone.", 391),
  number("days/1", "How many days does February have in a leap year? Answer with the number alone.", 29),
  {
    id: "copy/1",
    check: "answers",
    fields: ask(`Repeat this text exactly, and write nothing else: ${COPIED}`),
    answerTokens: 64,
    isRight: ({ text }) => /^["'`]?(.*?)["'`]?\.?$/s.exec(text.trim())?.[1] === COPIED,
  },
  {
    id: "count/1",
    check: "answers",
    fields: ask("Write the whole numbers from 1 to 40 in order, with one space between them, and nothing else."),
    answerTokens: 160,
    isRight: ({ text }) => text.trim().split(/\s+/).join(" ") === NUMBERS,
  },
];

const SCHEMAS: readonly ProbeQuestion[] = [
  schema("schema-city/1", "Bergen is a city with 289330 people.", {
    city: { type: "string", is: "Bergen" },
    people: { type: "integer", is: 289_330 },
  }),
  schema("schema-order/1", "Order 5821: three lamps, paid.", {
    order: { type: "integer", is: 5_821 },
    paid: { type: "boolean", is: true },
  }),
];

const TOOLS: readonly ProbeQuestion[] = [
  tool("tool-weather/1", "What is the weather in Oslo? Use the tool.", "get_weather", { city: ["string", "Oslo"] }),
  tool("tool-room/1", "Set the temperature of room 12 to 21 degrees. Use the tool.", "set_temperature", {
    room: ["integer", 12],
    degrees: ["integer", 21],
  }),
];

function ask(content: string): ProbeQuestion["fields"] {
  return { messages: [{ role: "user", content }] };
}

/** Right where the last number of the answer is the one: "347 + 589 = 936" is as right as "936". */
function number(id: string, content: string, expected: number): ProbeQuestion {
  return {
    id,
    check: "answers",
    fields: ask(content),
    answerTokens: 64,
    isRight: ({ text }) =>
      Number(
        text
          .replaceAll(/(\d),(?=\d{3})/g, "$1")
          .match(/-?\d+/g)
          ?.at(-1),
      ) === expected,
  };
}

function schema(
  id: string,
  content: string,
  fields: Readonly<Record<string, { readonly type: string; readonly is: unknown }>>,
): ProbeQuestion {
  const entries = Object.entries(fields);
  const properties = Object.fromEntries(entries.map(([name, { type }]) => [name, { type }]));
  const shape = { type: "object", properties, required: entries.map(([name]) => name), additionalProperties: false };
  return {
    id,
    check: "schema",
    fields: {
      ...ask(`Extract as JSON with the fields ${entries.map(([name]) => name).join(" and ")}: ${content}`),
      response_format: { type: "json_schema", json_schema: { name: "fields", strict: true, schema: shape } },
    },
    answerTokens: 96,
    isRight: ({ text }) => isObjectOf(text, Object.fromEntries(entries.map(([name, { is }]) => [name, is]))),
  };
}

function tool(
  id: string,
  content: string,
  name: string,
  parameters: Readonly<Record<string, readonly [type: string, is: unknown]>>,
): ProbeQuestion {
  const entries = Object.entries(parameters);
  const properties = Object.fromEntries(entries.map(([parameter, [type]]) => [parameter, { type }]));
  const required = entries.map(([parameter]) => parameter);
  const shape = { type: "object", properties, required, additionalProperties: false };
  return {
    id,
    check: "tools",
    fields: {
      ...ask(content),
      tools: [{ type: "function", function: { name, description: content, parameters: shape } }],
      tool_choice: "auto",
    },
    answerTokens: 96,
    isRight: ({ toolCalls: [call, ...others] }) =>
      others.length === 0 &&
      call?.name === name &&
      isObjectOf(call.arguments, Object.fromEntries(entries.map(([parameter, [, is]]) => [parameter, is]))),
  };
}

/** Exactly these fields with these values. */
function isObjectOf(json: string, expected: Readonly<Record<string, unknown>>): boolean {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null) return false;
    const names = Object.keys(value);
    return (
      names.length === Object.keys(expected).length &&
      names.every((name) => (value as Record<string, unknown>)[name] === expected[name])
    );
  } catch {
    return false; // An answer that is no JSON is a wrong answer, nothing more.
  }
}

/** A number at the very beginning of a prompt of this length, asked for at its end. */
function needle(id: string, check: ProbeCheck, characters: number): ProbeQuestion {
  const lines = [`The code of the blue door is ${CODE}. The list of the store follows.`];
  let length = FRAME_CHARACTERS;
  for (let shelf = 1; length < characters; shelf++) {
    const line = `Shelf ${shelf} holds ${(shelf * 7) % 10} boxes of ${GOODS[shelf % GOODS.length]}.`;
    lines.push(line);
    length += line.length + 1;
  }
  lines.push("What is the code of the blue door? Answer with the number alone.");
  return { ...number(id, lines.join("\n"), CODE), check };
}

const GOODS = ["lamps", "ropes", "plates", "candles", "gloves", "maps", "hinges"] as const;
