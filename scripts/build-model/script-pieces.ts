/**
 * Cuts a text into pieces of which no two are the same and none is a single byte, because a scripted model knows
 * where it is by the last piece alone. Pieces are words where words are not repeated, and longer where they are.
 */
export function cutIntoDistinctPieces(text: string, taken: ReadonlySet<string> = new Set()): string[] {
  const pieces: string[] = [];
  const used = new Set(taken);
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
  let piece = "";
  for (const word of words) {
    piece += word;
    if (used.has(piece) || Buffer.byteLength(piece) < 2) continue;
    used.add(piece);
    pieces.push(piece);
    piece = "";
  }
  if (piece === "") return pieces;
  // The end repeats something: it grows backwards, over as many pieces as it takes.
  for (;;) {
    const before = pieces.pop();
    if (before === undefined) throw new Error(`${JSON.stringify(text)} can't be cut into distinct pieces.`);
    piece = before + piece;
    if (!used.has(piece)) return [...pieces, piece];
  }
}
