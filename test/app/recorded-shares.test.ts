import { describe, expect, it } from "vitest";
import { RecordedShares } from "../../src/app/recorded-shares.ts";
import type { RecordedLeaf } from "../../src/audit/read-leaves.ts";

const outcome = (parts: object): RecordedLeaf =>
  ({ kind: "outcome", endpointId: "box/m", ...parts }) as unknown as RecordedLeaf;

describe("what the log says of how endpoints fail", () => {
  it("counts an endpoint's own faults, not what callers and this box did", () => {
    const shares = new RecordedShares();
    for (let index = 0; index < 16; index++) shares.observe(outcome({ result: "answered" }));
    shares.observe(outcome({ errorCode: "upstream_failed" }));
    for (const errorCode of ["client_closed_request", "queue_full", "a code of another release"])
      shares.observe(outcome({ errorCode }));
    expect(shares.of("box/m")).toEqual({ failureShare: 1 / 20 });
  });

  it("says nothing of what there is too little on record", () => {
    const shares = new RecordedShares();
    for (let index = 0; index < 19; index++) shares.observe(outcome({ cascade: { goesOn: true } }));
    expect(shares.of("box/m")).toEqual({});
    shares.observe(outcome({ cascade: { goesOn: false } }));
    expect(shares.of("box/m")).toEqual({ failureShare: 0, unsureShare: 19 / 20 });
    expect(shares.of("box/other")).toEqual({});
  });
});
