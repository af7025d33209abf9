import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import { isLoopback } from "../core/loopback.ts";
import { createServer } from "../gateway/http-server.ts";
import { isErrorWithCode } from "../journal/data-dir.ts";
import { askServer } from "./ask-server.ts";
import type { Finding } from "./examine.ts";
import { systemClock } from "./system-clock.ts";

type ListenerConfig = Pick<ApplianceConfig["server"], "host" | "port" | "tls">;

/** A certificate that ends sooner is worth a word. */
const CERTIFICATE_WARNING_MS = 30 * 24 * 3_600_000;

const subject = "listener";

/** Whether the address can be listened on, and whether what is sent to it is kept from others. */
export async function examineListener(server: ListenerConfig, dataDir: string): Promise<readonly Finding[]> {
  const { tls } = server;
  return [
    ...(await examineAddress(server, dataDir)),
    ...(tls === undefined ? examinePlainText(server) : examineCertificate(tls)),
  ];
}

async function examineAddress({ host, port }: ListenerConfig, dataDir: string): Promise<readonly Finding[]> {
  const running = await askServer(dataDir, { method: "GET", path: "/admin/config" });
  if (running.kind !== "no-server" || port === 0) return [];
  const code = await listenOnce(host, port);
  if (code === undefined) return [];
  const message =
    code === "EADDRINUSE"
      ? `something else listens on ${host}, port ${port}`
      : `${host}, port ${port} can't be listened on (${code})`;
  return [{ verdict: "wrong", subject, message, remedy: "Set server.host or server.port." }];
}

/** The system's code where the address can't be had; nothing is accepted meanwhile, and it is given back at once. */
async function listenOnce(host: string, port: number): Promise<string | undefined> {
  const server = createServer({}, (request) => request.destroy());
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, "listening");
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  } finally {
    if (server.listening) {
      server.close();
      await once(server, "close");
    }
  }
}

function examinePlainText({ host }: ListenerConfig): readonly Finding[] {
  if (isLoopback(host)) return [];
  return [
    {
      verdict: "note",
      subject,
      message: `${host} is reachable from the network and has no TLS: keys and prompts travel in the clear`,
      remedy: "Set server.tls, or put a proxy with TLS in front and listen on 127.0.0.1.",
    },
  ];
}

function examineCertificate(tls: NonNullable<ListenerConfig["tls"]>): readonly Finding[] {
  try {
    const certificate = new X509Certificate(readFileSync(tls.certFile));
    const endsAtMs = Date.parse(certificate.validTo);
    const isOver = endsAtMs <= systemClock.wallMs();
    if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(tls.keyFile)))) {
      return [{ verdict: "wrong", subject, message: `${tls.keyFile} is not the key of ${tls.certFile}` }];
    }
    const message = `the certificate ${tls.certFile} ${isOver ? "ended" : "ends"} at ${new Date(endsAtMs).toISOString()}`;
    if (isOver) return [{ verdict: "wrong", subject, message, remedy: RENEW }];
    const endsSoon = endsAtMs - systemClock.wallMs() < CERTIFICATE_WARNING_MS;
    return [{ verdict: endsSoon ? "note" : "good", subject, message, ...(endsSoon ? { remedy: RENEW } : {}) }];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isMissing = isErrorWithCode(error, "ENOENT") || isErrorWithCode(error, "EACCES");
    const message = isMissing ? `its certificate can't be read: ${reason}` : `its certificate is of no use: ${reason}`;
    return [{ verdict: "wrong", subject, message, remedy: "Set server.tls.certFile and keyFile to PEM files." }];
  }
}

const RENEW = "Put the new certificate and key in the place of the old ones, then restart the box.";
