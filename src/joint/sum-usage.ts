import type { Usage } from "../core/usage.ts";

/** The sum, or undefined as soon as one of the two is unknown. */
export function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

/** What several answers used together. A count that one of them lacks is unknown; measured is what was measured of all. */
export function plusUsage(sum: Usage | undefined, more: Usage): Usage {
  if (sum === undefined) {
    const { promptTokens, completionTokens, basis } = more;
    return counted(promptTokens, completionTokens, basis);
  }
  return counted(
    plus(sum.promptTokens, more.promptTokens),
    plus(sum.completionTokens, more.completionTokens),
    sum.basis === "measured" ? more.basis : "estimated",
  );
}

function counted(promptTokens: number | undefined, completionTokens: number | undefined, basis: Usage["basis"]): Usage {
  return {
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(completionTokens === undefined ? {} : { completionTokens }),
    basis,
  };
}
