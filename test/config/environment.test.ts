import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readEnvironment } from "../../src/config/environment.ts";
import { resolveSecret } from "../../src/config/secret-reference.ts";

describe("the environment", () => {
  it("has defaults for everything", () => {
    expect(readEnvironment({}, "/opt/signalbox")).toEqual({
      ok: true,
      environment: { configFile: "/opt/signalbox/config/appliance.yaml", logLevel: "info" },
    });
  });

  it("takes port 0 as a choice", () => {
    const read = readEnvironment({ SIGNALBOX_PORT: "0" }, "/opt");
    expect(read.ok && read.environment.port).toBe(0);
  });

  it("names a bad admin key without printing it", () => {
    const read = readEnvironment({ SIGNALBOX_ADMIN_KEY: "canary" }, "/opt");
    expect(read).toEqual({
      ok: false,
      problems: ["SIGNALBOX_ADMIN_KEY must be sbx_ followed by 48 hexadecimal digits"],
    });
  });
});

describe("a secret reference", () => {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-secret-"));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is read from the environment, a file or systemd's credentials", () => {
    const file = join(folder, "key");
    writeFileSync(file, "from-file\n");
    const variables = { A_KEY: "from-env", CREDENTIALS_DIRECTORY: folder };
    expect(resolveSecret("env:A_KEY", variables)).toEqual({ ok: true, secret: "from-env" });
    expect(resolveSecret(`file:${file}`, variables)).toEqual({ ok: true, secret: "from-file" });
    expect(resolveSecret("cred:key", variables)).toEqual({ ok: true, secret: "from-file" });
  });

  it("that leads nowhere is a problem that names the place", () => {
    const resolved = resolveSecret("env:MISSING_KEY", {});
    expect(resolved.ok ? "" : resolved.problem).toContain("MISSING_KEY");
  });
});
