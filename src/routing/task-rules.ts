import type { Task } from "../core/workload.ts";

/** Characters at the head and at the tail in which an instruction is looked for. */
const HEAD_CHARACTERS = 240;
const TAIL_CHARACTERS = 160;

// Every repetition below is bounded or of one character class, so that matching takes linear time on any text.
const RULES: readonly (readonly [Task, RegExp])[] = [
  [
    "translation",
    /\b(?:translate|translation|übersetze[nr]?|übersetzung|tradui[st]|traduire|traduce|traducir|traduci|traduzca)\b/i,
  ],
  [
    "summary",
    /\b(?:summari[sz]e|summary of|tl;?dr|fasse?\b[^.?!\n]{0,60}\bzusammen|zusammenfassung|résume[rz]?|résumé de|resume (?:este|el|la)|resumen|riassumi)\b/i,
  ],
  [
    "code",
    /```|\b(?:traceback \(most recent call last\)|(?:Type|Reference|Syntax|Index|Key|Value)Error:|NullPointerException|segmentation fault)/i,
  ],
  ["maths", /\\(?:frac|int|sum|sqrt|begin\{)|\b(?:solve for [a-z]\b|integral of|derivative of|eigenvalues?)\b/i],
];

/** A task that the words of an instruction name outright, and those words. */
export interface NamedTask {
  readonly task: Task;
  readonly evidence: string;
}

/** The task that the head or the tail of a text names outright; nothing when none or more than one is named. */
export function namedTask(text: string): NamedTask | undefined {
  const ends =
    text.length <= HEAD_CHARACTERS + TAIL_CHARACTERS
      ? text
      : `${text.slice(0, HEAD_CHARACTERS)}\n${text.slice(-TAIL_CHARACTERS)}`;
  const named = RULES.flatMap(([task, pattern]): NamedTask[] => {
    const evidence = pattern.exec(ends)?.[0];
    return evidence === undefined ? [] : [{ task, evidence }];
  });
  return named.length === 1 ? named[0] : undefined;
}
