import { describe, expect, it } from "vitest";
import { explainNpmFailure } from "../../../scripts/bootstrap/explain-npm-failure.mjs";

describe("explainNpmFailure", () => {
  it.each([
    ["npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write", "disk is full"],
    ["npm error code EINTEGRITY", "not the one that the lock file pins"],
    ["npm error code ENOTFOUND\nnpm error network request failed", "can't be reached"],
    ["npm error code SELF_SIGNED_CERT_IN_CHAIN", "cafile"],
    ["npm error code E401", "npm login"],
    ["npm error code E404", "mirror"],
    ["npm error code EROFS", "read-only"],
  ])("names the remedy for %j", (output, remedy) => {
    expect(explainNpmFailure(output, "install.log")).toContain(remedy);
  });

  it("shows the end of npm's output and where the rest is, without npm's own pointer to its log", () => {
    const output = ["first line", ...Array.from({ length: 20 }, (_, index) => `line ${index}`)].join("\n");
    const text = explainNpmFailure(
      `${output}\nnpm error A complete log of this run can be found in: x`,
      "the/install.log",
    );
    expect(text).toContain("line 19");
    expect(text).not.toContain("first line");
    expect(text).not.toContain("A complete log");
    expect(text).toContain("the/install.log");
  });

  it("admits that it does not know a cause", () => {
    expect(explainNpmFailure("something else", "install.log")).toContain("not among the usual ones");
  });
});
