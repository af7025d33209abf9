import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { examineListener } from "../../src/app/examine-listener.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const host = "127.0.0.1";

test("an address that something else listens on is wrong, with the settings to change", async () => {
  const other = createServer().listen(0, host);
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  expect(await examineListener({ host, port }, temporaryFolder())).toEqual([
    {
      verdict: "wrong",
      subject: "listener",
      message: `something else listens on ${host}, port ${port}`,
      remedy: "Set server.host or server.port.",
    },
  ]);
});

test("a free loopback address is nothing to speak of, and one for the network without TLS is a note", async () => {
  expect(await examineListener({ host, port: 0 }, temporaryFolder())).toEqual([]);
  expect(await examineListener({ host: "0.0.0.0", port: 0 }, temporaryFolder())).toMatchObject([
    { verdict: "note", message: expect.stringContaining("no TLS") as string },
  ]);
});

function makeCertificate(folder: string, name: string, days: number) {
  const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=box"],
      ...["-days", String(days), "-keyout", keyFile, "-out", certFile],
    ],
    { stdio: "ignore" },
  );
  return { certFile, keyFile };
}

function opensslMissing(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return false;
  } catch {
    // Whatever the reason is, no certificate can be made here.
    return true;
  }
}

test.skipIf(opensslMissing())(
  "a certificate is examined: when it ends, whether its key is its own, whether it is one",
  async () => {
    const folder = temporaryFolder();
    const [long, short] = [makeCertificate(folder, "long", 365), makeCertificate(folder, "short", 5)];
    const examine = async (tls: { readonly certFile: string; readonly keyFile: string }) =>
      (await examineListener({ host, port: 0, tls }, folder)).map(({ verdict, message }) => `${verdict}: ${message}`);
    expect(await examine(long)).toEqual([expect.stringMatching(/^good: the certificate .* ends at \d{4}-/u)]);
    expect(await examine(short)).toEqual([expect.stringMatching(/^note: the certificate .* ends at \d{4}-/u)]);
    expect(await examine({ ...long, keyFile: short.keyFile })).toEqual([
      expect.stringMatching(/^wrong: .* is not the key of/u),
    ]);
    expect(await examine({ ...long, certFile: "/no/such.pem" })).toEqual([
      expect.stringMatching(/^wrong: .*can't be read/u),
    ]);
    writeFileSync(join(folder, "text.pem"), "no certificate");
    expect(await examine({ ...long, certFile: join(folder, "text.pem") })).toEqual([
      expect.stringMatching(/^wrong: .*of no use/u),
    ]);
  },
);
