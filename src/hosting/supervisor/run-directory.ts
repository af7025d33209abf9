import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignalboxError } from "../../core/errors.ts";
import { makePrivateFolder, privateFolderPrefix } from "../private-folder.ts";

/** A folder that only this user can enter, for the sockets of one gateway's workers. */
export interface RunDirectory {
  readonly path: string;
  /** A new path for a worker of `modelId`, in a folder of its own; never the same twice. */
  newSocketPath(modelId: string): string;
  /** Removes the folder with everything in it. */
  close(): Promise<void>;
}

/** The longest path that fits into `sun_path` with its end. @see https://man7.org/linux/man-pages/man7/unix.7.html */
const MAX_SOCKET_PATH_BYTES = process.platform === "darwin" ? 103 : 107;

/** Of a folder's name, a slash, twelve digits of a hash, a dash, a number, and the socket's own name. */
const SOCKET_NAME_BYTES = 1 + 12 + 1 + 8 + 5;

const SOCKET_NAME = "sock";

const FOLDER_KIND = "signalbox-run";

/**
 * Makes the folder below `base`, or below the system's folder for temporary files where `base` is too long for a
 * socket's path. What gateways that no longer run have left there is removed. Rejects with `internal_error` when no
 * place will do.
 */
export async function openRunDirectory(base: string): Promise<RunDirectory> {
  const prefixBytes = Buffer.byteLength(`/${await privateFolderPrefix(FOLDER_KIND)}XXXXXX`);
  const parent = [base, tmpdir()].find(
    (candidate) => Buffer.byteLength(candidate) + prefixBytes + SOCKET_NAME_BYTES <= MAX_SOCKET_PATH_BYTES,
  );
  if (parent === undefined) {
    throw new SignalboxError(
      "internal_error",
      `Neither ${base} nor ${tmpdir()} is short enough for a unix socket: set TMPDIR to a shorter path.`,
    );
  }
  const path = await makePrivateFolder(parent, FOLDER_KIND);
  let count = 0;
  return {
    path,
    newSocketPath(modelId) {
      count += 1;
      const name = `${createHash("sha256").update(modelId).digest("hex").slice(0, 12)}-${count}`;
      mkdirSync(join(path, name), { mode: 0o700 });
      return join(path, name, SOCKET_NAME);
    },
    close: () => rm(path, { recursive: true, force: true }),
  };
}
