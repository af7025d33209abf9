import { describe, expect, it } from "vitest";
import { activeBytesOf } from "../../../src/hosting/fit/active-bytes.ts";
import type { ModelShape } from "../../../src/hosting/fit/model-shape.ts";
import { shapeOf } from "./shapes.ts";

function withTensors(bytes: Readonly<Record<string, number>>, numbers: Record<string, number> = {}): ModelShape {
  const tensors = Object.entries(bytes).map(([name, size]) => ({ name, dimensions: 2, fromByte: 0, bytes: size }));
  return { ...shapeOf({}, { numbers }), parts: [tensors] };
}

describe("the bytes that one token needs", () => {
  const dense = { "token_embd.weight": 1_000, "blk.0.ffn_up.weight": 10, "output_norm.weight": 1 };

  it("are every weight but the token table, which is looked up", () => {
    expect(activeBytesOf(withTensors({ ...dense, "output.weight": 1_000 }))).toBe(1_011);
  });

  it("are the token table, too, where it is the output matrix", () => {
    expect(activeBytesOf(withTensors(dense))).toBe(1_011);
  });

  it("are the share of a mixture's experts that a token takes", () => {
    const mixture = { ...dense, "blk.0.ffn_up_exps.weight": 800, "blk.0.ffn_gate_inp.weight": 5 };
    expect(activeBytesOf(withTensors(mixture, { expert_count: 8, expert_used_count: 2 }))).toBe(1_011 + 200 + 5);
  });
});
