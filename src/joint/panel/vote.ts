import type { AnsweredToolCall } from "../../core/answer-test.ts";
import type { ModelId } from "../../core/ids.ts";
import { parseJson } from "../parse-json.ts";

/** What one member of a panel has answered, in the form in which answers are compared. */
export interface Vote {
  readonly member: ModelId;
  readonly answer: string;
}

/** Where a vote stands. */
export type Verdict =
  | { readonly kind: "open" }
  | { readonly kind: "no-quorum" }
  | { readonly kind: "decided"; readonly answer: string; readonly votes: number };

/**
 * The form in which two answers are the same: JSON without the order of members and spaces, numbers by value, and
 * everything else without case, outer punctuation and runs of spaces. Calls of tools are the same as JSON is.
 */
export function comparableAnswer(text: string, toolCalls: readonly AnsweredToolCall[] = []): string {
  return toolCalls.length === 0 ? comparableText(text) : JSON.stringify([comparableText(text), sortMembers(toolCalls)]);
}

function comparableText(text: string): string {
  const trimmed = text.trim().replace(/^```(?:json)?\s*\n([\s\S]*)\n```$/u, "$1");
  const json = parseJson(trimmed);
  if (json !== undefined && typeof json !== "string") return JSON.stringify(sortMembers(json));
  const words = (json ?? trimmed).toLowerCase().split(/\s+/u).join(" ");
  const bare = stripPunctuation(words);
  const number = bare === "" ? Number.NaN : Number(bare);
  return Number.isFinite(number) ? JSON.stringify(number) : JSON.stringify(bare);
}

/**
 * Whether the answers decide: the answer with the most votes, of equals the one of the member that is named first. It is
 * decided before the `outstanding` members have answered when these could not change it, and never below the quorum.
 * @param waitsForAll Whether every member is to answer or fail before it is decided.
 */
export function countVotes(
  votes: readonly Vote[],
  outstanding: number,
  panel: { readonly members: readonly ModelId[]; readonly quorum: number },
  waitsForAll = false,
): Verdict {
  if (votes.length + outstanding < panel.quorum) return { kind: "no-quorum" };
  if (votes.length < panel.quorum || (waitsForAll && outstanding > 0)) return { kind: "open" };
  const counts = new Map<string, number>();
  const inOrder = votes.toSorted((a, b) => panel.members.indexOf(a.member) - panel.members.indexOf(b.member));
  for (const { answer } of inOrder) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  // Sorting is stable, so that of equals the one of the first member stays first.
  const [leader, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (leader === undefined) return { kind: "no-quorum" };
  const [answer, count] = leader;
  if (outstanding > 0 && count <= (second?.[1] ?? 0) + outstanding) return { kind: "open" };
  return { kind: "decided", answer, votes: count };
}

const OUTER_PUNCTUATION = new Set("\"'`*_.,;:!? ".split(""));

/** Without a pattern: one that is anchored at the end reads a long run of punctuation again and again. */
function stripPunctuation(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && OUTER_PUNCTUATION.has(text.charAt(start))) start += 1;
  while (end > start && OUTER_PUNCTUATION.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sortMembers(member)]));
}
