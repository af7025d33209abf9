import type { Draw } from "./draw.ts";

/** As people type: short forms, lower case, no full stop, and now and then two letters exchanged or one lost. */
export function roughen(draw: Draw, text: string): string {
  let rough = text;
  if (draw.chance(0.25)) rough = contract(rough);
  if (draw.chance(0.12)) rough = misspell(draw, rough);
  if (draw.chance(0.15)) rough = rough.toLowerCase();
  if (draw.chance(0.2)) rough = rough.replace(/[.!]$/u, "");
  if (draw.chance(0.03)) rough = rough.toUpperCase();
  return rough;
}

const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(can)not\b/giu, "$1't"],
  [/\b(do|does|did|is|are|was|has|have|would|could) not\b/giu, "$1n't"],
  [/\bI am\b/gu, "I'm"],
  [/\bI have\b/gu, "I've"],
  [/\bI would\b/gu, "I'd"],
  [/\bI will\b/gu, "I'll"],
  [/\b(it|that|what|where|who) is\b/giu, "$1's"],
  [/\b(we|you|they) are\b/giu, "$1're"],
];

function contract(text: string): string {
  return SHORT_FORMS.reduce((result, [long, short]) => result.replace(long, short), text);
}

function misspell(draw: Draw, text: string): string {
  const words = text.split(" ");
  const long = words.flatMap((word, index) => (/^[a-z]{5,}$/u.test(word) ? [index] : []));
  if (long.length === 0) return text;
  const index = draw.pick(long);
  const word = words[index] ?? "";
  const at = draw.int(1, word.length - 3);
  const swapped = word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
  words[index] = draw.chance(0.6) ? swapped : word.slice(0, at) + word.slice(at + 1);
  return words.join(" ");
}

/** Text with something polite or personal around it, which changes nothing about what it says. */
export function surround(draw: Draw, text: string): string {
  const before = draw.chance(0.2)
    ? draw.pick(["Hi, ", "Hello, ", "Hi team, ", "Hello there. ", "Good morning. ", "Dear team, ", "Hey, ", "Hi all. "])
    : "";
  const after = draw.chance(0.2)
    ? draw.pick([
        " Thanks!",
        " Thank you.",
        " Many thanks.",
        " Best regards",
        " Cheers",
        " Thanks in advance.",
        " Please let me know.",
      ])
    : "";
  return `${before}${text}${after}`;
}
