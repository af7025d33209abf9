/** What fills `<name>` in a template. */
export type Slots = Readonly<Record<string, string | (() => string)>>;

interface Chooser {
  pick<Item>(items: readonly Item[]): Item;
}

/** A part of a template: text, a slot, or alternatives that are sequences themselves. */
type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "slot"; readonly name: string }
  | { readonly kind: "choice"; readonly alternatives: readonly (readonly Part[])[] };

const PARSED = new Map<string, readonly Part[]>();

/** The lines of a template literal, trimmed, without empty ones. */
export function lines(strings: TemplateStringsArray): readonly string[] {
  return strings
    .join("")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The items of a list with commas between them; one may go over the end of a line. */
export function items(text: string): readonly string[] {
  return text
    .trim()
    .split(/\s*,\s*/u)
    .map((item) => item.replace(/\s+/gu, " "));
}

/** `text` with the mark at its end that it needs before another sentence. */
export function sentenceOf(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}

/** `template` with one alternative of each `(a|b|)` and each `<slot>` filled; stray spaces and doubled marks are removed. */
export function expandPhrase(chooser: Chooser, template: string, slots: Slots = {}): string {
  return fillSlots(chooseWording(chooser, template), slots);
}

/** `template` with one alternative of each `(a|b|)`, its slots still open. */
export function chooseWording(chooser: Chooser, template: string): string {
  return choose(chooser, partsOf(template));
}

/** `wording` with each `<slot>` filled; stray spaces and doubled marks are removed. */
export function fillSlots(wording: string, slots: Slots): string {
  return wording
    .replace(/<([a-z]+)>/gu, (_, name: string) => {
      const filling = slots[name];
      if (filling === undefined) throw new Error(`Nothing fills <${name}>.`);
      return typeof filling === "string" ? filling : filling();
    })
    .replace(/ {2,}/gu, " ")
    .replace(/ ([,.?!])/gu, "$1")
    .replace(/([?!,:])\.(?= |$)/gu, "$1")
    .replace(/\.([?!])/gu, "$1")
    .replace(/(?<!\.)\.\.(?!\.)/gu, ".")
    .trim();
}

/** Tells whether one of `templates` could have said a wording, whatever its marks, its spaces and the size of its letters. */
export function whatCanBeSaid(templates: readonly string[]): (wording: string) => boolean {
  if (templates.length === 0) return () => false;
  const all = templates.map((template) => expressionOf(partsOf(template)));
  const expression = new RegExp(`^(?:${all.join("|")})$`, "u");
  return (wording) => expression.test(lettersOf(wording));
}

/** What tells two wordings apart: letters, digits, slots and the signs of arithmetic. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}<>+=-]/gu, "");
}

function expressionOf(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return lettersOf(part.text).replaceAll("+", "\\+");
      return part.kind === "slot" ? `<${part.name}>` : `(?:${part.alternatives.map(expressionOf).join("|")})`;
    })
    .join("");
}

function partsOf(template: string): readonly Part[] {
  let parts = PARSED.get(template);
  if (parts === undefined) {
    parts = parse(template);
    PARSED.set(template, parts);
  }
  return parts;
}

function choose(chooser: Chooser, parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      return part.kind === "slot" ? `<${part.name}>` : choose(chooser, chooser.pick(part.alternatives));
    })
    .join("");
}

function parse(template: string): readonly Part[] {
  let at = 0;
  const sequence = (): Part[] => {
    const parts: Part[] = [];
    while (at < template.length && template[at] !== ")" && template[at] !== "|") {
      const rest = template.slice(at);
      const slot = /^<([a-z]+)>/u.exec(rest);
      if (slot?.[1] !== undefined) {
        parts.push({ kind: "slot", name: slot[1] });
        at += slot[0].length;
      } else if (template[at] === "(") {
        parts.push(choice());
      } else {
        const text = /^.[^()|<]*/su.exec(rest)?.[0] ?? "";
        parts.push({ kind: "text", text });
        at += text.length;
      }
    }
    return parts;
  };
  const choice = (): Part => {
    const alternatives: (readonly Part[])[] = [];
    do {
      at++;
      alternatives.push(sequence());
    } while (template[at] === "|");
    if (template[at] !== ")") throw new Error(`The template ${JSON.stringify(template)} lacks a ")".`);
    at++;
    return { kind: "choice", alternatives };
  };
  const parts = sequence();
  if (at !== template.length) throw new Error(`The template ${JSON.stringify(template)} has a stray character.`);
  return parts;
}
