import { createHash } from "node:crypto";
import type { UpstreamBehaviour, UpstreamRequest } from "./upstream-server.ts";

/** How a served file misbehaves. */
export interface ServedFile {
  content: Buffer;
  /** With its quotes; the content's hash when left out. */
  etag?: string | undefined;
  /** Closes the connection after this many bytes of a body. */
  breakAfterBytes?: number | undefined;
  /** Sends this many bytes of a body and then nothing more. */
  stallAfterBytes?: number | undefined;
  ignoreRange?: boolean;
  /** Sends the body in chunks, without its length. */
  hideLength?: boolean;
  extraHeaders?: Readonly<Record<string, string>>;
}

/** SHA-256 in hexadecimal digits. */
export function sha256Of(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Serves one file under every path, with ranges, as a file host does. `file` may be changed between requests. */
export function serveFile(file: ServedFile): UpstreamBehaviour {
  return (request, response) => {
    const etag = file.etag ?? `"${sha256Of(file.content)}"`;
    const first = file.ignoreRange === true ? 0 : firstByteOf(request, etag);
    const { content } = file;
    if (first >= content.byteLength && first > 0) {
      response.writeHead(416, { "content-range": `bytes */${content.byteLength}` });
      response.end();
      return;
    }
    const body = content.subarray(first);
    response.writeHead(first > 0 ? 206 : 200, {
      etag,
      "accept-ranges": "bytes",
      ...(file.hideLength === true ? {} : { "content-length": body.byteLength }),
      ...(first > 0 ? { "content-range": `bytes ${first}-${content.byteLength - 1}/${content.byteLength}` } : {}),
      ...file.extraHeaders,
    });
    if (file.breakAfterBytes !== undefined && file.breakAfterBytes < body.byteLength) {
      response.write(body.subarray(0, file.breakAfterBytes), () => response.destroy());
    } else if (file.stallAfterBytes !== undefined && file.stallAfterBytes < body.byteLength) {
      response.write(body.subarray(0, file.stallAfterBytes));
    } else response.end(body);
  };
}

/** The first byte that is asked for; 0 when there is no range, or it is for another version of the file. */
function firstByteOf({ headers }: UpstreamRequest, etag: string): number {
  const wanted = /^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1];
  const ifRange = headers["if-range"];
  if (wanted === undefined || (ifRange !== undefined && ifRange !== etag)) return 0;
  return Number(wanted);
}
