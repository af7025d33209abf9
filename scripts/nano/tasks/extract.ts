import { spacedJson } from "../conversation.ts";
import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines, sentenceOf } from "../language/phrase.ts";
import { capitalize, inventedWord } from "../language/words.ts";
import type { Field } from "./field.ts";
import { ask } from "./instruct.ts";
import { PEOPLE_FIELDS } from "./people-fields.ts";
import { STORIES } from "./field-stories.ts";
import { THING_FIELDS } from "./thing-fields.ts";
import * as extraction from "../wordings/extraction.ts";

const FIELDS: readonly Field[] = [...PEOPLE_FIELDS, ...THING_FIELDS].map((field) => ({
  ...field,
  clauses: [...field.clauses, ...(extraction.CLAUSES[field.names[0] ?? ""] ?? [])],
}));

/** Fields that could be taken for each other: a text states one of them. */
const ALIKE: readonly (readonly string[])[] = [
  ["city", "country", "street"],
  ["date", "time"],
  ["quantity", "people", "age"],
  ["product", "subject"],
  ["job", "name"],
];

const INSTRUCTIONS = [
  ...lines`
  (Extract|Pull out|Get|Find|Read|Fetch|Identify) (the|) <fields> (as JSON|and answer as JSON|into a JSON object|in JSON|and return JSON|as a JSON object).
  (Extract|Return|Give me) (the fields|these fields|the following fields): <fields>. (Answer as JSON|Reply in JSON|JSON only|Use JSON).
  (Return|Give me|Write|Create|Make|Build) (a|one) JSON (object|) with (the fields|the keys|) <fields>.
  (JSON|As JSON|In JSON), (please|): <fields>.
  (Turn|Convert|Change|Transform) (this|the text|the message|it) into JSON with (the keys|the fields|) <fields>.
  (Extract|Find|Get) (the|) <fields>(| from this text| from the message| from this mail| here).
  (What are|Which are|Give) the <fields>(|, as JSON|, answer in JSON|? JSON please).
  (Fill|Complete) (this|the) JSON (schema|form) <schema>.
  (Use|Follow|Answer with) (this|the) (JSON |)schema: <schema>. (Extract the data|Extract|Answer with JSON only).
  (Extract|Read out|Get) (the|all) (data|information|details) (as JSON|) with (this|the) schema <schema>.
  (You extract|Your task is to extract|Extract) <fields> from (mails|messages|texts|the text) (as JSON|and return JSON).
  (Answer|Reply|Respond) (only|) (with|in) JSON(|,| and) (keys|fields): <fields>.
  (Data|Information) extraction: (fields|keys|) <fields>(|, JSON).
  (Which|What) <fields> (are|is) (mentioned|in the text)(|, JSON| as JSON).
  (Parse|Analyse) (this|the) (text|message|mail) (and return|to) JSON (with|:) <fields>.
  (I need|We need|I want) <fields> (from this|from the text|out of this message) (as JSON|in JSON).
  (JSON with|JSON:|As a JSON object:|A JSON object with) <fields>(| from this text|, please).
  (Put|Write|List) (the |)<fields> (of this text|from this message|mentioned here|) (as|into|in) JSON.
  (Output|Return|Print) (only |)JSON with <fields>.
  (Extract|Give|Return) JSON(,| with) keys <fields>(|, nothing else).
  (Answer in this form|Return this object|Reply like this|Format): <form>
  (Extract|Get|Return) <form>(| from the text| as JSON).
  (Schema|JSON schema)(:|) <schema>(|. Extract it| - fill it from the text).
  (Get|Give) me (the |)<fields>(| of this person| of the sender| of this order|)(|, as JSON| in JSON format).
  (Extract|Collect) (these|the following) (details|facts|items)(:|) <fields>(|. JSON|, in JSON).
`,
  ...extraction.INSTRUCTIONS,
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
