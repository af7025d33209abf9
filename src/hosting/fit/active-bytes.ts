import type { ModelShape } from "./model-shape.ts";

/**
 * The bytes of weights that one token needs to be read: every tensor once, of a mixture's experts the share that a token
 * takes. A token table is read only as the output matrix, where there is no other. Memory bandwidth over this is the most
 * tokens a second that one sequence can be written at.
 */
export function activeBytesOf({ header, parts, numbers }: ModelShape): number {
  const tensors = parts.flat();
  const hasOutput = tensors.some(({ name }) => name === "output.weight");
  const used = numbers.get("expert_used_count");
  const count = numbers.get("expert_count");
  const isMixture = typeof used === "number" && typeof count === "number" && count > 0;
  const shareOf = (name: string): number => {
    if (name === "per_layer_token_embd.weight") return 0;
    if (name === "token_embd.weight") return hasOutput || isReader(header.pooling) ? 0 : 1;
    return isMixture && name.includes("_exps.") ? used / count : 1;
  };
  return Math.round(tensors.reduce((sum, { name, bytes }) => sum + bytes * shareOf(name), 0));
}

function isReader(pooling: ModelShape["header"]["pooling"]): boolean {
  return pooling !== undefined && pooling !== "none";
}
