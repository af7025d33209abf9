import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** One package that the registry serves. Files are text, by their path in the package; those under bin/ are executable. */
export interface ServedPackage {
  readonly name: string;
  readonly version: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A package registry on loopback that speaks as much of npm's protocol as an install from a lock file needs. */
export interface PackageRegistry {
  readonly url: string;
  /** What a lock file pins, by package name. */
  readonly integrity: ReadonlyMap<string, string>;
  /** How many requests have come in. */
  requestCount(): number;
  /** From now on requests get no answer until the registry is closed. */
  stall(): void;
  /** Resolves when the first request of the stalled time has come in. */
  readonly stalled: Promise<void>;
  close(): Promise<void>;
}

/** Starts a registry with these packages. */
export async function startPackageRegistry(packages: readonly ServedPackage[]): Promise<PackageRegistry> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-registry-"));
  const archives = new Map<string, Buffer>();
  for (const served of packages) archives.set(served.name, await packArchive(join(folder, served.name), served));
  const integrity = new Map([...archives].map(([name, archive]) => [name, integrityOf(archive)]));
  await rm(folder, { recursive: true });

  let requests = 0;
  let isStalling = false;
  const stalled = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    requests += 1;
    if (isStalling) return stalled.resolve();
    const path = decodeURIComponent(request.url ?? "/").slice(1);
    const archive = archives.get(path.replace(/\/-\/.*$/, ""));
    const served = packages.find(({ name }) => name === path);
    if (archive !== undefined && path.includes("/-/")) response.end(archive);
    else if (served !== undefined) answerDocument(response, served, integrity, urlOf(server.address()));
    else response.writeHead(404).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: urlOf(server.address()),
    integrity,
    requestCount: () => requests,
    stall: () => {
      isStalling = true;
    },
    stalled: stalled.promise,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerDocument(
  response: ServerResponse,
  served: ServedPackage,
  integrity: ReadonlyMap<string, string>,
  url: string,
): void {
  const { name, version } = served;
  const tarball = `${url}/${name}/-/${name.split("/").at(-1)}-${version}.tgz`;
  const document = { ...served.manifest, name, version, dist: { tarball, integrity: integrity.get(name) } };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions: { [version]: document } }));
}

async function packArchive(folder: string, { name, version, manifest, files = {} }: ServedPackage): Promise<Buffer> {
  const all = { ...files, "package.json": JSON.stringify({ ...manifest, name, version }) };
  for (const [path, text] of Object.entries(all)) {
    const file = join(folder, "package", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: path.startsWith("bin/") ? 0o755 : 0o644 });
  }
  await promisify(execFile)("tar", ["-czf", "package.tgz", "package"], { cwd: folder });
  return readFile(join(folder, "package.tgz"));
}

function integrityOf(archive: Buffer): string {
  return `sha512-${createHash("sha512").update(archive).digest("base64")}`;
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string") throw new Error("the registry is not listening on a port");
  return `http://127.0.0.1:${address.port}`;
}
