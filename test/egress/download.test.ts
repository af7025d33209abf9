import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { downloadFile, type DownloadOptions, type DownloadProgress } from "../../src/egress/download/download-file.ts";
import { serveFile, sha256Of, type ServedFile } from "../support/file-server.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

// Goal: a file arrives whole and is the right one, or not at all, and nothing but listed hosts is ever connected to.
// Method: real servers on this machine that redirect, break, stall, lie and change; a real disk.

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251));
const LIMITS = {
  connectTimeoutMs: 30_000,
  headersTimeoutMs: 60_000,
  idleTimeoutMs: 60_000,
  maxHeaderBytes: 65_536,
  maxBodyBytes: Number.MAX_SAFE_INTEGER,
};
const PLENTY = 1024 ** 4;

/** Pauses between attempts end at once; time limits of connections never do. */
function eagerClock(): Clock & { readonly pauses: number[] } {
  const pauses: number[] = [];
  return {
    pauses,
    wallMs: () => 0,
    monotonicMs: () => 0,
    after: (delayMs, callback) => {
      if (delayMs >= 30_000) return () => undefined;
      pauses.push(delayMs);
      const soon = setImmediate(callback);
      return () => clearImmediate(soon);
    },
  };
}

let file: ServedFile;
let server: UpstreamServer;
let folder: string;

beforeEach(async () => {
  file = { content: CONTENT };
  server = await startUpstreamServer({ behave: serveFile(file) });
});

afterEach(() => server.close());

function options(overrides: Partial<DownloadOptions> = {}): DownloadOptions {
  return {
    url: `${server.origin}/model.gguf`,
    target: join(folder, "model.gguf"),
    hosts: { named: ["127.0.0.1"], redirect: [] },
    egressMode: "allowlisted",
    clock: eagerClock(),
    signal: new AbortController().signal,
    limits: LIMITS,
    recordOrigin: () => Promise.resolve(),
    freeBytes: () => Promise.resolve(PLENTY),
    ...overrides,
  };
}

beforeEach(() => {
  folder = temporaryFolder();
});

function rangesAsked(): (string | undefined)[] {
  return server.requests.map(({ headers }) => headers.range);
}

describe("a download", () => {
  it("arrives whole, with its hash, its progress and nothing left beside it but notes", async () => {
    const seen: DownloadProgress[] = [];
    const done = await downloadFile(options({ onProgress: (progress) => seen.push(progress) }));
    expect(done).toEqual({ bytes: CONTENT.byteLength, sha256: sha256Of(CONTENT), checkedAgainst: "nothing" });
    expect(readFileSync(join(folder, "model.gguf")).equals(CONTENT)).toBe(true);
    expect(readdirSync(folder)).toEqual(["model.gguf", "model.gguf.part.json"]);
    expect(seen[0]).toEqual({ doneBytes: 0, totalBytes: CONTENT.byteLength });
    expect(seen.at(-1)).toEqual({ doneBytes: CONTENT.byteLength, totalBytes: CONTENT.byteLength });
  });

  it("arrives from a source that does not say how long it is", async () => {
    file.hideLength = true;
    expect((await downloadFile(options())).sha256).toBe(sha256Of(CONTENT));
  });

  it("records each origin before the first connection to it", async () => {
    const acceptedWhenRecorded: number[] = [];
    const recordOrigin = async (origin: string): Promise<void> => {
      expect(origin).toBe(server.origin);
      acceptedWhenRecorded.push(server.accepted());
    };
    await downloadFile(options({ recordOrigin }));
    expect(acceptedWhenRecorded).toEqual([0]);
  });

  it("connects to nothing when the record fails", async () => {
    const recordOrigin = () => Promise.reject(new Error("disk full"));
    await expect(downloadFile(options({ recordOrigin }))).rejects.toThrow("disk full");
    expect(server.accepted()).toBe(0);
  });

  it("is checked over TLS against the given authorities alone", async () => {
    const { key, cert } = selfSigned();
    const secure = await startUpstreamServer({ behave: serveFile(file), tls: { key, cert } });
    try {
      const url = `${secure.origin}/model.gguf`;
      await expect(downloadFile(options({ url }))).rejects.toMatchObject({ code: "upstream_unreachable" });
      expect((await downloadFile(options({ url, caCertificates: cert }))).bytes).toBe(CONTENT.byteLength);
    } finally {
      await secure.close();
    }
  });
});

describe("the hash", () => {
  it("is compared with the expected one", async () => {
    const done = await downloadFile(options({ sha256: sha256Of(CONTENT) }));
    expect(done.checkedAgainst).toBe("expected");
  });

  it("being wrong leaves nothing behind", async () => {
    const attempt = downloadFile(options({ sha256: "0".repeat(64) }));
    await expect(attempt).rejects.toMatchObject({ code: "upstream_invalid_response" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("that the source states is checked where none is expected", async () => {
    file.extraHeaders = { "x-linked-etag": `"${"1".repeat(64)}"` };
    await expect(downloadFile(options())).rejects.toMatchObject({ message: expect.stringContaining("stated") });
    file.extraHeaders = { "x-linked-etag": `"${sha256Of(CONTENT)}"` };
    expect((await downloadFile(options())).checkedAgainst).toBe("stated");
  });

  it("that the source states being another than the expected one saves the download", async () => {
    file.extraHeaders = { "x-linked-etag": `"${"1".repeat(64)}"` };
    const progress = vi.fn<() => void>();
    const attempt = downloadFile(options({ sha256: sha256Of(CONTENT), onProgress: progress }));
    await expect(attempt).rejects.toMatchObject({ message: expect.stringContaining("Nothing was fetched") });
    expect(progress).not.toHaveBeenCalled();
  });
});

describe("a break", () => {
  it("is mended from where it happened, as often as bytes arrive", async () => {
    file.breakAfterBytes = 70_000;
    const clock = eagerClock();
    const done = await downloadFile(options({ clock, sha256: sha256Of(CONTENT) }));
    expect(done.bytes).toBe(CONTENT.byteLength);
    expect(rangesAsked()).toEqual([undefined, "bytes=70000-", "bytes=140000-", "bytes=210000-", "bytes=280000-"]);
    expect(clock.pauses).toEqual([1_000, 1_000, 1_000, 1_000]);
  });

  it("that brings nothing any more is given up after five attempts, longer and longer apart, and what arrived is kept", async () => {
    file.breakAfterBytes = 70_000;
    const clock = eagerClock();
    server.behave((request, response) => {
      if (request.headers.range !== undefined) return void response.destroy();
      return serveFile(file)(request, response);
    });
    await expect(downloadFile(options({ clock }))).rejects.toMatchObject({ code: "upstream_failed" });
    expect(clock.pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
    server.behave(serveFile({ content: CONTENT }));
    await downloadFile(options({ sha256: sha256Of(CONTENT) }));
    expect(rangesAsked().at(-1)).toBe("bytes=70000-");
  });

  it("by silence is a break too", async () => {
    file.stallAfterBytes = 70_000;
    const clock = new ManualClock();
    const notes: string[] = [];
    const attempt = downloadFile(options({ clock, onRetry: (reason) => notes.push(reason) }));
    await until(
      () =>
        existsSync(join(folder, "model.gguf.part")) &&
        readFileSync(join(folder, "model.gguf.part")).byteLength === 70_000,
    );
    file.stallAfterBytes = undefined;
    clock.advance(60_000);
    await until(() => notes.length === 1);
    clock.advance(1_000);
    expect((await attempt).sha256).toBe(sha256Of(CONTENT));
    expect(notes).toEqual([expect.stringContaining("was silent for 60000 ms")]);
  });

  it("is not mended where the source was never reached", async () => {
    const clock = eagerClock();
    await server.close();
    await expect(downloadFile(options({ clock }))).rejects.toMatchObject({ code: "upstream_unreachable" });
    expect(clock.pauses).toEqual([]);
  });
});

describe("going on with an earlier run", () => {
  async function stopAfter(byteCount: number, overrides: Partial<DownloadOptions> = {}): Promise<void> {
    const stop = new AbortController();
    const stallAfterBytes = file.stallAfterBytes;
    file.stallAfterBytes = byteCount;
    const onProgress = ({ doneBytes }: DownloadProgress): void => {
      if (doneBytes >= byteCount) stop.abort();
    };
    const attempt = downloadFile(options({ signal: stop.signal, onProgress, ...overrides }));
    await expect(attempt).rejects.toMatchObject({ code: "client_closed_request" });
    file.stallAfterBytes = stallAfterBytes;
  }

  it("asks for what is missing, if the source is still the same", async () => {
    await stopAfter(100_000);
    await downloadFile(options({ sha256: sha256Of(CONTENT) }));
    expect(server.requests.at(-1)?.headers).toMatchObject({
      range: "bytes=100000-",
      "if-range": `"${sha256Of(CONTENT)}"`,
    });
    expect(readFileSync(join(folder, "model.gguf")).equals(CONTENT)).toBe(true);
  });

  it("starts over when the source has changed", async () => {
    await stopAfter(100_000);
    file.content = Buffer.from(CONTENT.map((byte) => 255 - byte));
    const done = await downloadFile(options());
    expect(done.sha256).toBe(sha256Of(file.content));
    expect(readFileSync(join(folder, "model.gguf")).equals(file.content)).toBe(true);
  });

  it("starts over when a host answers a range of another version", async () => {
    await stopAfter(100_000);
    const changed = Buffer.from(CONTENT.map((byte) => 255 - byte));
    server.behave((request, response) => {
      // This host knows ranges, and no If-Range.
      const { "if-range": _ifRange, ...headers } = request.headers;
      return serveFile({ content: changed })({ ...request, headers }, response);
    });
    expect((await downloadFile(options())).sha256).toBe(sha256Of(changed));
    expect(rangesAsked().slice(-2)).toEqual(["bytes=100000-", undefined]);
  });

  it("starts over with a source that knows no ranges, or has no way to tell its versions apart", async () => {
    await stopAfter(100_000);
    file.ignoreRange = true;
    expect((await downloadFile(options())).sha256).toBe(sha256Of(CONTENT));
    file.ignoreRange = false;
    file.etag = 'W/"weak"';
    const target = join(folder, "other.gguf");
    await stopAfter(100_000, { target });
    await downloadFile(options({ target }));
    expect(rangesAsked().at(-1)).toBeUndefined();
  });

  it("does not go on with the part of another address", async () => {
    await stopAfter(100_000);
    await downloadFile(options({ url: `${server.origin}/other.gguf` }));
    expect(rangesAsked().at(-1)).toBeUndefined();
  });

  it("trusts no byte beyond what was flushed", async () => {
    await stopAfter(100_000);
    const part = join(folder, "model.gguf.part");
    writeFileSync(part, Buffer.concat([readFileSync(part), Buffer.alloc(50_000)]));
    await downloadFile(options({ sha256: sha256Of(CONTENT) }));
    expect(rangesAsked().at(-1)).toBe("bytes=100000-");
  });

  it("fetches a complete file again only if the source has changed", async () => {
    await downloadFile(options());
    await downloadFile(options());
    expect(rangesAsked()).toEqual([undefined, `bytes=${CONTENT.byteLength}-`]);
    await downloadFile(options({ sha256: sha256Of(CONTENT) }));
    expect(server.requests).toHaveLength(2);
    file.content = Buffer.from("another version");
    expect((await downloadFile(options())).sha256).toBe(sha256Of(file.content));
  });
});

describe("redirects", () => {
  function redirectTo(location: string, headers: Readonly<Record<string, string>> = {}): void {
    server.behave((_request, response) => {
      response.writeHead(302, { location, ...headers });
      response.end();
    });
  }

  it("are followed to a listed host, without the credential, and with what the first host stated", async () => {
    const other = await startUpstreamServer({ behave: serveFile(file) });
    try {
      redirectTo(`${other.origin}/signed?token=abc`, { "x-linked-etag": `"${sha256Of(CONTENT)}"` });
      const origins: string[] = [];
      const done = await downloadFile(
        options({ authorization: "Bearer canary", recordOrigin: async (origin) => void origins.push(origin) }),
      );
      expect(done.checkedAgainst).toBe("stated");
      expect(server.requests[0]?.headers.authorization).toBe("Bearer canary");
      expect(other.requests[0]?.headers.authorization).toBeUndefined();
      expect(other.requests[0]?.path).toBe("/signed?token=abc");
      expect(origins).toEqual([server.origin, other.origin]);
    } finally {
      await other.close();
    }
  });

  it("keep the credential on the same origin, also when relative", async () => {
    server.behave((request, response) => {
      if (request.path === "/cache/model.gguf") return serveFile(file)(request, response);
      response.writeHead(307, { location: "/cache/model.gguf" });
      return void response.end();
    });
    await downloadFile(options({ authorization: "Bearer canary" }));
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer canary", "Bearer canary"]);
  });

  it.each([
    ["to a host that is not listed", "https://evil.example/model.gguf"],
    ["to a name that only ends like a listed one", "https://evilfiles.example/model.gguf"],
    ["to this box by name", "http://localhost:1/model.gguf"],
    ["to a private address", "https://10.0.0.1/model.gguf"],
    ["to the metadata service", "http://169.254.169.254/latest"],
    ["to another scheme", "file:///etc/passwd"],
    ["to a user name and password", "https://a:b@cdn.files.example/model.gguf"],
  ])("%s are refused before any look-up", async (_what, location) => {
    redirectTo(location);
    const resolveName = vi.fn<() => Promise<never>>(() => Promise.reject(new Error("looked up")));
    const hosts = { named: ["127.0.0.1"], redirect: ["*.files.example"] };
    await expect(downloadFile(options({ hosts, resolveName }))).rejects.toMatchObject({ code: "egress_denied" });
    expect(resolveName).not.toHaveBeenCalled();
  });

  it.each(["10.0.0.1", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"])(
    "to a listed name that leads to %s are refused",
    async (address) => {
      redirectTo("https://cdn.files.example/model.gguf");
      const resolveName = () => Promise.resolve([{ address, family: address.includes(":") ? 6 : 4 }]);
      const hosts = { named: ["127.0.0.1"], redirect: ["*.files.example"] };
      await expect(downloadFile(options({ hosts, resolveName }))).rejects.toMatchObject({ code: "egress_denied" });
    },
  );

  it("in a circle come to an end", async () => {
    redirectTo("/again");
    await expect(downloadFile(options())).rejects.toMatchObject({ code: "upstream_invalid_response" });
    expect(server.requests).toHaveLength(6);
  });

  it("from https to http are refused", async () => {
    const { key, cert } = selfSigned();
    const secure = await startUpstreamServer({
      tls: { key, cert },
      behave: (_request, response) => {
        response.writeHead(302, { location: `${server.origin}/model.gguf` });
        response.end();
      },
    });
    try {
      const attempt = downloadFile(options({ url: `${secure.origin}/model.gguf`, caCertificates: cert }));
      await expect(attempt).rejects.toMatchObject({ code: "egress_denied" });
      expect(server.accepted()).toBe(0);
    } finally {
      await secure.close();
    }
  });
});

describe("what is refused", () => {
  it("everything beyond this box under deny", async () => {
    const resolveName = vi.fn<() => Promise<never>>(() => Promise.reject(new Error("looked up")));
    const attempt = downloadFile(
      options({
        url: "https://files.example/model.gguf",
        hosts: { named: ["files.example"], redirect: [] },
        egressMode: "deny",
        resolveName,
      }),
    );
    await expect(attempt).rejects.toMatchObject({ code: "egress_denied" });
    expect(resolveName).not.toHaveBeenCalled();
  });

  it("a file that does not fit on the disk, before its first byte", async () => {
    const progress = vi.fn<() => void>();
    const attempt = downloadFile(
      options({ freeBytes: () => Promise.resolve(256 * 1024 ** 2 + 299_999), onProgress: progress }),
    );
    await expect(attempt).rejects.toMatchObject({ code: "request_too_large" });
    expect(progress).not.toHaveBeenCalled();
    await downloadFile(options({ freeBytes: () => Promise.resolve(256 * 1024 ** 2 + 300_000) }));
  });

  it("more bytes than fit from a source that does not say how many there are", async () => {
    file.hideLength = true;
    const attempt = downloadFile(options({ freeBytes: () => Promise.resolve(256 * 1024 ** 2 + 100_000) }));
    await expect(attempt).rejects.toMatchObject({ code: "request_too_large" });
  });

  it.each([
    [401, "upstream_unauthorized"],
    [403, "upstream_unauthorized"],
    [404, "upstream_rejected"],
    [410, "upstream_rejected"],
  ])("a source that answers %i, without trying again", async (status, code) => {
    server.behave((_request, response) => {
      response.writeHead(status);
      response.end();
    });
    await expect(downloadFile(options())).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  it("a body in an encoding that nobody asked for", async () => {
    file.extraHeaders = { "content-encoding": "gzip" };
    await expect(downloadFile(options())).rejects.toMatchObject({ code: "upstream_invalid_response" });
    expect(server.requests[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it("a part that nobody asked for, again and again", async () => {
    server.behave((_request, response) => {
      response.writeHead(206, { "content-range": "bytes 5-9/10", "content-length": 5 });
      response.end("aaaaa");
    });
    await expect(downloadFile(options())).rejects.toMatchObject({ code: "upstream_invalid_response" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("a proxy", () => {
  it("in the environment is ignored", async () => {
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
    vi.stubEnv("http_proxy", "http://127.0.0.1:1");
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    try {
      expect((await downloadFile(options())).bytes).toBe(CONTENT.byteLength);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("that was named gets every request, with its own credential", async () => {
    const proxy = await startUpstreamServer({ behave: serveFile(file) });
    try {
      await downloadFile(options({ proxy: { url: proxy.origin, authorization: "Basic Y2FuYXJ5" } }));
      expect(server.accepted()).toBe(0);
      expect(proxy.requests[0]?.path).toBe(`${server.origin}/model.gguf`);
      expect(proxy.requests[0]?.headers["proxy-authorization"]).toBe("Basic Y2FuYXJ5");
    } finally {
      await proxy.close();
    }
  });
});

describe("a proxy, for https,", () => {
  it("gets the destination's name and the proxy's credential, and nothing of the request", async () => {
    const { key, cert } = selfSigned();
    const secure = await startUpstreamServer({ behave: serveFile(file), tls: { key, cert } });
    const asked: { readonly target: string; readonly headers: IncomingHttpHeaders }[] = [];
    const proxy = createServer().on("connect", (request, socket) => {
      asked.push({ target: request.url ?? "", headers: request.headers });
      const tunnel = connect(secure.port, "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
      tunnel.on("error", () => socket.destroy());
      socket.on("error", () => tunnel.destroy());
      tunnel.pipe(socket).pipe(tunnel);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    try {
      const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      const done = await downloadFile(
        options({
          url: `${secure.origin}/model.gguf`,
          caCertificates: cert,
          authorization: "Bearer canary",
          proxy: { url, authorization: "Basic eA==" },
        }),
      );
      expect(done.sha256).toBe(sha256Of(CONTENT));
      expect(asked).toMatchObject([
        { target: `127.0.0.1:${secure.port}`, headers: { "proxy-authorization": "Basic eA==" } },
      ]);
      expect(JSON.stringify(asked)).not.toContain("canary");
      expect(secure.requests[0]?.headers["proxy-authorization"]).toBeUndefined();
      expect(secure.requests[0]?.headers.authorization).toBe("Bearer canary");
    } finally {
      await secure.close();
      proxy.close();
    }
  });

  it("at a forbidden address is never connected to", async () => {
    const attempt = downloadFile(options({ proxy: { url: "http://169.254.169.254:3128" } }));
    await expect(attempt).rejects.toMatchObject({ code: "egress_denied" });
  });
});

/** A certificate of its own for 127.0.0.1. */
function selfSigned(): { readonly key: string; readonly cert: string } {
  const into = temporaryFolder();
  const [key, cert] = [join(into, "key.pem"), join(into, "cert.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", [...words, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}

/** Resolves when something outside this process's control has come true. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
