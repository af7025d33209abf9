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

/** `template` with one alternative of each `(a|b|)` and each `<slot>` filled; stray spaces and doubled marks are removed. */
export function expandPhrase(chooser: Chooser, template: string, slots: Slots = {}): string {
  let parts = PARSED.get(template);
  if (parts === undefined) {
    parts = parse(template);
    PARSED.set(template, parts);
  }
  return expand(chooser, parts, slots)
    .replace(/ {2,}/gu, " ")
    .replace(/ ([,.?!])/gu, "$1")
    .replace(/([?!,:])\.(?= |$)/gu, "$1")
    .replace(/\.([?!])/gu, "$1")
    .replace(/(?<!\.)\.\.(?!\.)/gu, ".")
    .trim();
}

function expand(chooser: Chooser, parts: readonly Part[], slots: Slots): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      if (part.kind === "choice") return expand(chooser, chooser.pick(part.alternatives), slots);
      const filling = slots[part.name];
      if (filling === undefined) throw new Error(`Nothing fills <${part.name}>.`);
      return typeof filling === "string" ? filling : filling();
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
