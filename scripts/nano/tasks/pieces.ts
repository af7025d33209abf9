import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { capitalize } from "../language/words.ts";
import { extractListExample } from "./extract.ts";
import { caseExample, copyExample } from "./rewrite.ts";
import { tonalExample } from "./tone.ts";
import { mentionExample } from "./yes-no.ts";

/**
 * Lines of pieces of the vocabulary, to be copied, changed in case, made polite or plain, extracted, or found again. A
 * piece that training never has in an answer is one that the model cannot say, and the words that some come in are held
 * out. The pieces come in any order, also those that are a whole word; the values that are held out do not.
 */
export function piecesExample(draw: Draw, pieces: readonly string[]): Example {
  const mark = draw.pick([" ", " ", " ", " ", "-", "_", "/", ", ", ""]);
  const line = (most: number): string =>
    Array.from({ length: draw.int(1, most) }, () => cased(draw, draw.pick(pieces))).join(mark);
  const kind = draw.int(0, 13);
  if (kind > 12) return mentionExample(draw, () => line(2));
  if (kind > 9) return caseExample(draw, unheardWords(draw, pieces));
  if (kind < 4) return caseExample(draw, line(8));
  if (kind < 6) return copyExample(draw, line(8));
  if (kind < 8) return tonalExample(draw, `${verbOf(draw, pieces)} the ${line(3)}`);
  return extractListExample(draw, () => line(3));
}

/** A verb that nobody knows: its first letter grows in an order and shrinks in a request. */
function verbOf(draw: Draw, pieces: readonly string[]): string {
  return Array.from({ length: draw.int(1, 2) }, () => draw.pick(pieces).toLowerCase()).join("");
}

/** Of a piece in a word of several. */
const LETTERS_MAX = 4;

/** Words that nobody knows, as names, in small letters or in capitals; none is held out with a capital in front or without. */
function unheardWords(draw: Draw, pieces: readonly string[]): string {
  const word = (): string =>
    Array.from({ length: draw.int(2, 4) }, () => draw.pick(pieces).slice(0, LETTERS_MAX)).join("");
  const unheard = (): string => draw.made(() => capitalize(draw.made(() => word().toLowerCase())));
  return Array.from({ length: draw.int(1, 4) }, unheard)
    .map((name) => (draw.chance(0.6) ? name : draw.chance(0.5) ? name.toLowerCase() : name.toUpperCase()))
    .join(" ");
}

function cased(draw: Draw, piece: string): string {
  const kind = draw.int(0, 9);
  return kind < 2 ? capitalize(piece) : kind < 3 ? piece.toUpperCase() : piece;
}
