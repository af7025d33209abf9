import { spacedJson } from "../conversation.ts";
import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { sentenceOf } from "../language/phrase.ts";
import { capitalize, inventedWord } from "../language/words.ts";
import type { Field } from "./field.ts";
import { ask } from "./instruct.ts";
import { PEOPLE_FIELDS } from "./people-fields.ts";
import { STORIES } from "./field-stories.ts";
import { THING_FIELDS } from "./thing-fields.ts";
import { CLAUSES, INSTRUCTIONS } from "../wordings/extraction.ts";

const FIELDS: readonly Field[] = [...PEOPLE_FIELDS, ...THING_FIELDS].map((field) => ({
  ...field,
  clauses: [...field.clauses, ...(CLAUSES[field.names[0] ?? ""] ?? [])],
}));

/** Fields that could be taken for each other: a text states one of them. */
const ALIKE: readonly (readonly string[])[] = [
  ["city", "country", "street"],
  ["date", "time"],
  ["quantity", "people", "age"],
  ["product", "subject"],
  ["job", "name"],
];

interface Stated {
  readonly name: string;
  readonly type: "string" | "number";
  readonly value: string;
}

/** The stated values of the fields asked for, as one line of JSON in the order asked for. */
export function extractExample(draw: Draw): Example {
  const kind = draw.int(0, 9);
  return extracted(draw, kind < 4 ? storyText(draw) : kind < 5 ? listText(draw) : clauseText(draw));
}

/** The same from a list of which `makeValue` makes the values. */
export function extractListExample(draw: Draw, makeValue: () => string): Example {
  return extracted(draw, listText(draw, makeValue));
}

function extracted(draw: Draw, { text, stated }: StatedText): Example {
  const asked = draw.some(stated, draw.int(1, Math.min(4, stated.length)));
  const names = asked.map(({ name }) => name);
  const properties = Object.fromEntries(asked.map(({ name, type }) => [name, { type }]));
  const schema = {
    type: "object",
    properties,
    ...(draw.chance(0.5) ? { required: names } : {}),
    ...(draw.chance(0.2) ? { additionalProperties: false } : {}),
  };
  const instruction = draw.phrase(INSTRUCTIONS, {
    fields: () => joinNames(draw, names),
    schema: () => (draw.chance(0.7) ? spacedJson(schema) : JSON.stringify(schema)),
    form: () => {
      const form = Object.fromEntries(asked.map(({ name, type }) => [name, draw.chance(0.5) ? "..." : type]));
      return draw.chance(0.7) ? spacedJson(form) : JSON.stringify(form);
    },
  });
  const values = Object.fromEntries(
    asked.map(({ name, type, value }) => [name, type === "number" ? Number(value) : value]),
  );
  return {
    task: "extract",
    turns: [...ask(draw, instruction, text), { role: "assistant", text: spacedJson(values) }],
  };
}

interface StatedText {
  readonly text: string;
  readonly stated: readonly Stated[];
}

/** A sentence for each field. */
function clauseText(draw: Draw): StatedText {
  const chosen: Field[] = [];
  for (const field of draw.shuffle(FIELDS)) {
    const isAlike = chosen.some((other) =>
      ALIKE.some((group) => group.includes(other.names[0] ?? "") && group.includes(field.names[0] ?? "")),
    );
    if (!isAlike) chosen.push(field);
  }
  const parts = chosen.slice(0, draw.int(1, 5)).map((field) => {
    const made = field.make(draw);
    const sentence = capitalize(draw.phrase(field.clauses, { value: made }));
    // A value is answered as it stands in the text, also at the start of a sentence.
    const value = sentence.startsWith(capitalize(made)) ? capitalize(made) : made;
    return { name: draw.pick(field.names), type: field.type, value, sentence };
  });
  const greeting = draw.chance(0.12) ? draw.pick(["Hi, ", "Hello, ", "Dear team, ", "Hi there! "]) : "";
  const sentences = draw.shuffle(parts).map(({ sentence }) => sentence);
  const text = draw.chance(0.15) ? sentences.join("\n") : inOneLine(sentences);
  return { text: greeting + text, stated: parts };
}

/** A sentence that another one follows ends with a mark: nothing else would tell where the value at its end ends. */
function inOneLine(sentences: readonly string[]): string {
  return [...sentences.slice(0, -1).map(sentenceOf), ...sentences.slice(-1)].join(" ");
}

/** Names with values behind them: any name will do, also one never seen. */
function listText(draw: Draw, makeValue?: () => string): StatedText {
  const mark = draw.pick([": ", ": ", " = ", " - ", " is "]);
  const separator = draw.pick(["\n", "\n", ", ", "; ", ". "]);
  const entries = draw.some(FIELDS, draw.int(2, 5)).map((field) => {
    if (makeValue !== undefined) return { name: draw.pick(field.names), type: "string" as const, value: makeValue() };
    const value = field.make(draw);
    if (!draw.chance(0.35)) return { name: draw.pick(field.names), type: field.type, value };
    const type: Field["type"] = /^[1-9]\d*(?:\.\d*[1-9])?$/u.test(value) ? "number" : "string";
    return { name: inventedWord(draw), type, value };
  });
  const different = entries.filter(({ name }, index) => entries.findIndex((other) => other.name === name) === index);
  const shown = draw.chance(0.5) ? capitalize : (name: string) => name;
  return {
    text: different.map(({ name, value }) => `${shown(name.replaceAll("_", " "))}${mark}${value}`).join(separator),
    stated: different,
  };
}

/** One or two sentences that state several fields together. */
function storyText(draw: Draw): StatedText {
  const stated: Stated[] = [];
  const slots = Object.fromEntries(
    FIELDS.map((field) => [
      (field.names[0] ?? "").replace("_id", ""),
      () => {
        const value = field.make(draw);
        stated.push({ name: draw.pick(field.names), type: field.type, value });
        return value;
      },
    ]),
  );
  const text = draw.phrase(STORIES, slots);
  return { text: draw.chance(0.1) ? `${draw.pick(["Hi, ", "Hello. ", "Note: ", "FYI: "])}${text}` : text, stated };
}

function joinNames(draw: Draw, names: readonly string[]): string {
  const spaced = draw.chance(0.4) ? names.map((name) => name.replaceAll("_", " ")) : names;
  const shown = draw.chance(0.06) ? spaced.map((name) => `"${name}"`) : spaced;
  if (shown.length === 1 || draw.chance(0.5)) return shown.join(", ");
  return `${shown.slice(0, -1).join(", ")} and ${draw.chance(0.08) ? "the " : ""}${shown.at(-1) ?? ""}`;
}
