import { dirname } from "node:path";
import { SignalboxError, toAbortError } from "../../core/errors.ts";
import type { TransportLimits } from "../../core/transport.ts";
import { resolveWithSystem, type ResolveName } from "../checked-lookup.ts";
import { followRedirects, type DownloadRequest } from "./follow-redirects.ts";
import { PartialFile } from "./partial-file.ts";
import { readAnswer, type Answer } from "./read-answer.ts";

/** Left free on the disk for the journal, which must be able to write. */
const RESERVED_DISK_BYTES = 256 * 1024 ** 2;
/** Attempts in a row that bring no byte; any byte starts the count again. */
const MAX_FRUITLESS_ATTEMPTS = 5;
/** The wait before the second attempt; each further one doubles it. */
const FIRST_PAUSE_MS = 1_000;

const LIMITS: TransportLimits = {
  connectTimeoutMs: 30_000,
  headersTimeoutMs: 60_000,
  idleTimeoutMs: 60_000,
  maxHeaderBytes: 64 * 1024,
  // The file's own size is the limit, and the room on the disk.
  maxBodyBytes: Number.MAX_SAFE_INTEGER,
};

/** A file to fetch, and everything that it may touch. */
export interface DownloadOptions extends Omit<DownloadRequest, "limits" | "resolveName"> {
  /** Where the complete file will be; its folder must exist and belong to this download alone. */
  readonly target: string;
  /** The SHA-256 that the file must have. Without it, the one that the source states is checked, if it states one. */
  readonly sha256?: string;
  /** Free bytes of the file system that holds a folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Hears of a break that is about to be mended, for a person. */
  readonly onRetry?: (reason: string) => void;
  readonly resolveName?: ResolveName;
  readonly limits?: TransportLimits;
}

/** How far a download is. `totalBytes` is what the source said; absent when it did not. */
export interface DownloadProgress {
  readonly doneBytes: number;
  readonly totalBytes?: number;
}

/** A complete file on the disk. */
export interface DownloadedFile {
  readonly bytes: number;
  readonly sha256: string;
  /** What the hash was compared with: the caller's, the one that the source stated, or nothing. */
  readonly checkedAgainst: "expected" | "stated" | "nothing";
}

/**
 * Fetches one file, whole and with the right hash, or not at all. Goes on with what an earlier run has kept if the
 * source is still the same one, mends breaks by itself, and keeps what has arrived when it gives up or is stopped.
 * Rejects with `egress_denied` (a host, an address or a redirect that is not allowed), `upstream_unauthorized`,
 * `upstream_rejected`, `upstream_invalid_response` (among them the wrong hash, and then nothing is kept),
 * `request_too_large` (no room on the disk), `client_closed_request` (stopped), or why the source can't be reached.
 */
export async function downloadFile(options: DownloadOptions): Promise<DownloadedFile> {
  if (options.signal.aborted) throw toAbortError(options.signal);
  const partial = await PartialFile.open(options.target, options.url, options.signal);
  try {
    if (partial.sha256() !== options.sha256) await transferWithRetries(options, partial);
    const checkedAgainst = await verify(options, partial);
    await partial.finish();
    return { bytes: partial.bytes, sha256: partial.sha256(), checkedAgainst };
  } finally {
    await partial.close();
  }
}

async function transferWithRetries(options: DownloadOptions, partial: PartialFile): Promise<void> {
  let fruitless = 0;
  let wasReached = false;
  for (;;) {
    const before = partial.bytes;
    try {
      if (await transfer(options, partial, () => (wasReached = true))) return;
    } catch (error) {
      // What can't be kept is fetched again; the first error is the one that tells why.
      await partial.keep().catch(() => undefined);
      if (isDiskFull(error)) throw noRoom(options, undefined);
      if (!(error instanceof SignalboxError) || !isPassing(error, wasReached)) throw error;
      fruitless = partial.bytes > before ? 1 : fruitless + 1;
      if (fruitless >= MAX_FRUITLESS_ATTEMPTS) throw error;
      options.onRetry?.(error.message);
      await pause(FIRST_PAUSE_MS * 2 ** (fruitless - 1), options);
    }
  }
}

/** Whether trying again may help. A source that was never reached is probably misspelt or blocked. */
function isPassing({ code }: SignalboxError, wasReached: boolean): boolean {
  return code === "upstream_timeout" || code === "upstream_failed" || (code === "upstream_unreachable" && wasReached);
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

/** One attempt; true when the file is complete, false when it has to be asked for again from the start. */
async function transfer(options: DownloadOptions, partial: PartialFile, onReached: () => void): Promise<boolean> {
  const headersFor = (stated: string | undefined): Record<string, string> => {
    const { validator } = partial.notes;
    const isSame =
      stated === undefined || partial.notes.statedSha256 === undefined || stated === partial.notes.statedSha256;
    if (validator === undefined || partial.bytes === 0 || !isSame) return {};
    // If the source has changed, it answers with the whole file. @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
    return { range: `bytes=${partial.bytes}-`, "if-range": validator };
  };
  const opened = await followRedirects(
    { ...options, limits: options.limits ?? LIMITS, resolveName: options.resolveName ?? resolveWithSystem },
    headersFor,
  );
  try {
    onReached();
    const { statedSha256 } = opened;
    if (statedSha256 !== undefined && options.sha256 !== undefined && statedSha256 !== options.sha256) {
      const message = `The source has another file now: it states the SHA-256 ${statedSha256}, and ${options.sha256} is expected. Nothing was fetched.`;
      throw new SignalboxError("upstream_invalid_response", message);
    }
    const answer = readAnswer(opened.response, partial, new URL(options.url).host);
    if (answer.kind === "complete") return true;
    if (answer.kind === "changed") {
      if (partial.bytes === 0) {
        const message = `${new URL(options.url).host} answers with a part of the file that was not asked for.`;
        throw new SignalboxError("upstream_invalid_response", message);
      }
      await partial.restart({});
      return false;
    }
    if (answer.kind === "whole") {
      await partial.restart({ ...answer.notes, ...(statedSha256 === undefined ? {} : { statedSha256 }) });
    }
    await requireRoom(options, partial);
    await receive(opened.response.body, answer, options, partial);
    return true;
  } finally {
    await opened.close();
  }
}

async function receive(
  body: AsyncIterable<Uint8Array>,
  answer: Extract<Answer, { kind: "whole" | "rest" }>,
  options: DownloadOptions,
  partial: PartialFile,
): Promise<void> {
  const { totalBytes } = answer;
  const report = (): void =>
    options.onProgress?.({ doneBytes: partial.bytes, ...(totalBytes === undefined ? {} : { totalBytes }) });
  report();
  let roomBytes = totalBytes === undefined ? await roomFor(options) : Number.POSITIVE_INFINITY;
  for await (const chunk of body) {
    roomBytes -= chunk.byteLength;
    if (roomBytes < 0) throw noRoom(options, undefined);
    if (totalBytes !== undefined && partial.bytes + chunk.byteLength > totalBytes) {
      await partial.discard();
      throw new SignalboxError(
        "upstream_invalid_response",
        `The source sent more than the ${totalBytes} bytes that it had announced.`,
      );
    }
    await partial.append(chunk);
    report();
  }
  if (totalBytes !== undefined && partial.bytes < totalBytes) {
    throw new SignalboxError("upstream_failed", `The source broke off after ${partial.bytes} of ${totalBytes} bytes.`);
  }
}

async function requireRoom(options: DownloadOptions, partial: PartialFile): Promise<void> {
  const { totalBytes } = partial.notes;
  if (totalBytes === undefined) return;
  const missingBytes = totalBytes - partial.bytes;
  if ((await roomFor(options)) < missingBytes) throw noRoom(options, missingBytes);
}

async function roomFor(options: DownloadOptions): Promise<number> {
  return (await options.freeBytes(dirname(options.target))) - RESERVED_DISK_BYTES;
}

function noRoom({ target }: DownloadOptions, missingBytes: number | undefined): SignalboxError {
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
  const need = missingBytes === undefined ? "The file" : `The file needs ${megabytes(missingBytes)} more, and it`;
  const message = `${need} does not fit on the disk of ${dirname(target)} beside the ${megabytes(RESERVED_DISK_BYTES)} that are kept free for the records.`;
  return new SignalboxError("request_too_large", message);
}

async function verify(options: DownloadOptions, partial: PartialFile): Promise<DownloadedFile["checkedAgainst"]> {
  const expected = options.sha256 ?? partial.notes.statedSha256;
  if (expected === undefined) return "nothing";
  const found = partial.sha256();
  if (found === expected) return options.sha256 === undefined ? "stated" : "expected";
  await partial.discard();
  const whose = options.sha256 === undefined ? "the source stated" : "is expected";
  const message = `The file has the SHA-256 ${found}, but ${expected} ${whose}. It was thrown away: it was damaged on the way, or is not the file that you mean.`;
  throw new SignalboxError("upstream_invalid_response", message);
}

function pause(delayMs: number, { clock, signal }: DownloadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(toAbortError(signal));
    const onAbort = (): void => {
      cancel();
      reject(toAbortError(signal));
    };
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
