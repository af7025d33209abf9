import type { ComparedDecision, PolicyComparison } from "../app/policy-comparison.ts";
import { formatUsd, type Output } from "./print.ts";

const MEANINGS = {
  first: "asked elsewhere first",
  refused: "refused",
  permitted: "answered instead of refused",
  fallbacks: "other fallbacks",
  none: "unchanged",
} as const;

/** A comparison for people: how many decisions change, from where to where, and what that does to price and waiting. */
export function printComparison(comparison: PolicyComparison, output: Output): void {
  const { decisions, changes, moves, before, after, costKnown, ttftKnown } = comparison;
  output.line(`decisions ${decisions}`);
  if (decisions === 0) return;
  const share = (count: number): string => `${((100 * count) / decisions).toFixed(1)} %`;
  const rows = Object.entries(MEANINGS).map(([change, meaning]) => {
    const count = changes[change as keyof typeof MEANINGS];
    return [meaning, String(count), share(count)];
  });
  output.table(["WOULD BE", "COUNT", "SHARE"], rows);
  if (moves.length > 0)
    output.table(
      ["FROM", "TO", "COUNT"],
      moves.map(({ from, to, count }) => [from, to, String(count)]),
    );
  const ms = (value: number | undefined): string => (value === undefined ? "-" : `${value} ms`);
  output.table(
    ["", "BEFORE", "AFTER", "OF DECISIONS"],
    [
      ["expected cost", formatUsd(before.costMicroUsd), formatUsd(after.costMicroUsd), String(costKnown)],
      ["first content, median", ms(before.ttftP50Ms), ms(after.ttftP50Ms), String(ttftKnown)],
      ["first content, 95 %", ms(before.ttftP95Ms), ms(after.ttftP95Ms), String(ttftKnown)],
      ...locationRows(comparison),
      ...(before.cascades + after.cascades === 0
        ? []
        : [["cheap answer first", String(before.cascades), String(after.cascades), String(decisions)]]),
    ],
  );
  for (const [rule, count] of Object.entries(comparison.forbiddenBy)) output.line(`forbids   ${rule}: ${count} times`);
  for (const [rule, count] of Object.entries(comparison.allowedInsteadOf))
    output.line(`allows    what ${rule} forbade: ${count} times`);
  for (const example of comparison.examples) output.line(describe(example));
}

function locationRows({ before, after, decisions }: PolicyComparison): readonly (readonly string[])[] {
  const names = [...new Set([...Object.keys(before.locations), ...Object.keys(after.locations)])].toSorted();
  return names
    .filter((name) => name !== "unknown")
    .map((name) => [name, String(before.locations[name] ?? 0), String(after.locations[name] ?? 0), String(decisions)]);
}

function describe({ auditIndex, requestId, change, before, after, forbidden }: ComparedDecision): string {
  const rules = [...new Set(forbidden.map(({ by }) => by))].join(", ");
  const because = change === "refused" && rules !== "" ? `, because of ${rules}` : "";
  const way = `${before?.endpointId ?? "refused"} → ${after?.endpointId ?? "refused"}`;
  return `leaf ${auditIndex}  ${requestId}  ${MEANINGS[change]}: ${way}${because}`;
}
