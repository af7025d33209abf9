import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The largest secret file that is read. */
const MAX_SECRET_BYTES = 64 * 1024;

/** A secret, or why it could not be had; the problem never holds any part of it. */
export type ResolvedSecret =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Fetches the secret that `env:NAME`, `file:/path` or `cred:name` stands for. `cred:` names a systemd credential.
 * @see https://systemd.io/CREDENTIALS/
 */
export function resolveSecret(
  reference: string,
  variables: Readonly<Record<string, string | undefined>>,
): ResolvedSecret {
  const separator = reference.indexOf(":");
  const kind = reference.slice(0, separator);
  const name = reference.slice(separator + 1);
  if (kind === "env") {
    const secret = variables[name];
    return secret === undefined || secret === ""
      ? { ok: false, problem: `the environment variable ${name} is not set` }
      : { ok: true, secret };
  }
  if (kind === "file") return readSecretFile(name);
  const folder = variables["CREDENTIALS_DIRECTORY"];
  if (folder === undefined)
    return { ok: false, problem: `cred:${name} needs systemd's CREDENTIALS_DIRECTORY, which is not set` };
  return readSecretFile(join(folder, name));
}

function readSecretFile(path: string): ResolvedSecret {
  try {
    if (statSync(path).size > MAX_SECRET_BYTES) return { ok: false, problem: `${path} is too large for a secret` };
    const secret = readFileSync(path, "utf8").trim();
    return secret === "" ? { ok: false, problem: `${path} is empty` } : { ok: true, secret };
  } catch (error) {
    // Reported to the caller as a value; the message names the file, never its content.
    return {
      ok: false,
      problem: `${path} cannot be read: ${error instanceof Error ? error.message : "unknown reason"}`,
    };
  }
}
