import { basename } from "node:path";
import type { ModelId } from "../../core/ids.ts";
import { nearestName } from "../../core/nearest-name.ts";
import {
  defaultQuantizationOf,
  sizeOfQuantization,
  type CatalogEntry,
  type CatalogQuantization,
} from "./catalog-schema.ts";

/** Where repositories of models are. */
const HUB = "https://huggingface.co";
/**
 * Hosts that the hub sends a download on to. It names no fixed machines: files come from regional hosts under these
 * two domains, which are both its own.
 * @see https://huggingface.co/docs/hub/models-downloading
 */
const HUB_HOSTS = ["huggingface.co", "*.huggingface.co", "*.hf.co"] as const;
/** `name-00001-of-00003.gguf`. @see https://github.com/ggml-org/llama.cpp/tree/master/tools/gguf-split */
const PART_NAME = /-(?<index>\d{5})-of-(?<count>\d{5})\.gguf$/i;
/** The most parts of one model. */
const MAX_PARTS = 1000;

/** What somebody asks for. */
export interface PullRequest {
  /** A catalogue id, `hf:owner/repository/file.gguf` (with `@revision` at its end if wanted), or an http(s) URL. */
  readonly source: string;
  readonly quantization?: string;
  /** Replaces `https://huggingface.co`. */
  readonly mirror?: string;
  readonly sha256?: string;
  readonly id?: ModelId;
}

/** One file to fetch. */
export interface PullFile {
  readonly url: string;
  /** The file's own name, without folders. */
  readonly name: string;
  readonly sha256?: string;
}

/** Everything that a pull will do, before it does anything. */
export interface PullPlan {
  /** What messages and records call it. */
  readonly label: string;
  /** The id in the store; without one the file's name becomes it. */
  readonly id?: ModelId;
  /** All parts, in order; never empty. */
  readonly files: readonly PullFile[];
  /** Known from the catalogue, for planning alone: the source's own word counts. */
  readonly bytes?: number;
  /** Hosts that the operator named: these may be in the private network. */
  readonly namedHosts: readonly string[];
  /** Hosts that a redirect may lead to besides; `*.name` stands for everything below a name. Public ones only. */
  readonly redirectHosts: readonly string[];
  readonly entry?: CatalogEntry;
}

/** The plan, or why there is none. */
export type PlannedPull =
  | { readonly kind: "plan"; readonly plan: PullPlan }
  | { readonly kind: "problem"; readonly message: string };

/** Works out what to fetch and from where. Reads nothing and opens nothing. */
export function planPull(request: PullRequest, catalog: readonly CatalogEntry[]): PlannedPull {
  const { source } = request;
  const mirror = request.mirror === undefined ? undefined : URL.parse(request.mirror);
  if (mirror === null || (mirror !== undefined && !isPlainUrl(mirror))) {
    return problem("--mirror must be an http or https URL without a user name, password, query or fragment");
  }
  if (source.startsWith("hf:")) return planRepositoryFile(request, mirror);
  if (/^https?:/i.test(source)) return planUrl(request);
  return planEntry(request, mirror, catalog);
}

function planEntry(request: PullRequest, mirror: URL | undefined, catalog: readonly CatalogEntry[]): PlannedPull {
  const entry = catalog.find(({ id }) => id === request.source);
  if (entry === undefined) {
    const nearest = nearestName(
      request.source,
      catalog.map(({ id }) => id),
    );
    const hint = nearest === undefined ? "`signalbox models catalog` lists what there is" : `did you mean ${nearest}?`;
    return problem(`The catalogue has no ${request.source}; ${hint}`);
  }
  const quantization = chooseQuantization(entry, request.quantization);
  if (quantization === undefined) {
    const names = entry.quantizations.map(({ name }) => name).join(", ");
    return problem(`${entry.id} has no quantization ${request.quantization}; it has ${names}`);
  }
  if (request.sha256 !== undefined && quantization.files.length > 1) {
    return problem(`--sha256 is for a single file, and ${entry.id} has ${quantization.files.length}`);
  }
  const isDefault = quantization.name === entry.default;
  const id = request.id ?? (isDefault ? entry.id : `${entry.id}-${quantization.name.toLowerCase()}`);
  const bytes = sizeOfQuantization(quantization);
  return planned(mirror, {
    label: `${entry.name} ${quantization.name}`,
    id,
    files: quantization.files.map(({ path, sha256 }) => {
      const expected = request.sha256 ?? sha256;
      return {
        url: repositoryUrl(quantization.repository, quantization.revision, path, mirror),
        name: basename(path),
        ...(expected === undefined ? {} : { sha256: expected }),
      };
    }),
    entry,
    ...(bytes === undefined ? {} : { bytes }),
  });
}

function chooseQuantization(entry: CatalogEntry, name: string | undefined): CatalogQuantization | undefined {
  if (name === undefined) return defaultQuantizationOf(entry);
  return entry.quantizations.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

const REPOSITORY_FILE = /^hf:(?<repository>[^/@]+\/[^/@]+)\/(?<path>[^@]+\.gguf)(?:@(?<revision>[\w.-]+))?$/i;

function planRepositoryFile(request: PullRequest, mirror: URL | undefined): PlannedPull {
  if (request.quantization !== undefined) return problem("--quantization is for catalogue ids: name the file itself");
  const { repository, path, revision = "main" } = REPOSITORY_FILE.exec(request.source)?.groups ?? {};
  const isOutside = path === undefined || path.split("/").some((part) => part === "" || part === "." || part === "..");
  if (repository === undefined || path === undefined || isOutside) {
    return problem(`${request.source} must be hf:owner/repository/file.gguf, with @revision at its end if wanted`);
  }
  return withParts(request, path, (onePath) => repositoryUrl(repository, revision, onePath, mirror), mirror);
}

function planUrl(request: PullRequest): PlannedPull {
  if (request.quantization !== undefined) return problem("--quantization is for catalogue ids: name the file itself");
  if (request.mirror !== undefined)
    return problem("--mirror is for catalogue ids and hf: sources; a URL says itself where the file is");
  const url = URL.parse(request.source);
  if (url === null || url.username !== "" || url.password !== "") {
    return problem("The URL can't be read, or carries a user name or password: use --token for a credential");
  }
  if (!/\.gguf$/i.test(url.pathname)) return problem(`${url.origin}${url.pathname} does not name a .gguf file`);
  return withParts(request, url.pathname, (path) => `${url.origin}${path}${url.search}`, url);
}

/** One file, or all parts when the named one is part of a split model. */
function withParts(
  request: PullRequest,
  path: string,
  urlOf: (path: string) => string,
  named: URL | undefined,
): PlannedPull {
  const count = Number(PART_NAME.exec(path)?.groups?.["count"] ?? 1);
  if (count < 1 || count > MAX_PARTS)
    return problem(`${path} says that it has ${count} parts; at most ${MAX_PARTS} are fetched`);
  if (count > 1 && request.sha256 !== undefined)
    return problem(`--sha256 is for a single file, and this model has ${count}`);
  const paths = PART_NAME.test(path)
    ? Array.from({ length: count }, (_, index) =>
        path.replace(PART_NAME, `-${fiveDigits(index + 1)}-of-${fiveDigits(count)}.gguf`),
      )
    : [path];
  return planned(named, {
    label: basename(path),
    ...(request.id === undefined ? {} : { id: request.id }),
    files: paths.map((one) => ({
      url: urlOf(one),
      name: safeName(one),
      ...(request.sha256 === undefined ? {} : { sha256: request.sha256 }),
    })),
  });
}

/** A name for the file on this box, whatever the URL has in it. */
function safeName(path: string): string {
  return basename(path)
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[.-]+/, "");
}

/** Files come from the host that was named, or else from the hub and the hosts that it redirects to. */
function planned(named: URL | undefined, plan: Omit<PullPlan, "namedHosts" | "redirectHosts">): PlannedPull {
  const hosts =
    named === undefined
      ? { namedHosts: [], redirectHosts: HUB_HOSTS }
      : { namedHosts: [named.hostname], redirectHosts: isHub(named) ? HUB_HOSTS : [] };
  return { kind: "plan", plan: { ...plan, ...hosts } };
}

function isHub(url: URL): boolean {
  return url.origin === HUB;
}

function isPlainUrl(url: URL): boolean {
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
}

/** @see https://huggingface.co/docs/huggingface_hub/guides/download */
function repositoryUrl(repository: string, revision: string, path: string, mirror: URL | undefined): string {
  const base = (mirror?.href ?? HUB).replace(/\/+$/, "");
  const escaped = path.split("/").map(encodeURIComponent).join("/");
  return `${base}/${repository}/resolve/${revision}/${escaped}`;
}

function fiveDigits(value: number): string {
  return String(value).padStart(5, "0");
}

function problem(message: string): PlannedPull {
  return { kind: "problem", message };
}
