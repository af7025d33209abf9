import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { nearestName } from "../core/nearest-name.ts";
import { applianceSchema, type ApplianceConfig } from "./appliance-schema.ts";
import { lineOf, problemAt, problemInside, type ConfigProblem, type Path } from "./config-problem.ts";
import { jointModelProblems } from "./joint-model-problems.ts";

/** The largest configuration file that is read. */
const MAX_CONFIG_BYTES = 4 * 1024 * 1024;

/** A configuration that can be used, or everything that is wrong with it. */
export type LoadedConfig =
  | {
      readonly ok: true;
      readonly config: ApplianceConfig;
      readonly file: string;
      /** Of the file's text, hexadecimal. */
      readonly sha256: string;
      /** The line of the deepest part of `path` that is in the file. */
      readonly lineOf: (path: Path) => number | undefined;
      /** Something wrong with the text at `path`, at a character of it. */
      readonly problemInside: (path: Path, offset: number, message: string) => ConfigProblem;
    }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[]; readonly file: string };

/**
 * Reads and checks a configuration file. Paths in the result are absolute (relative ones count from the file's own
 * folder). Never throws for anything that is wrong with the file.
 */
export function loadConfig(file: string): LoadedConfig {
  const absoluteFile = resolve(file);
  let text: string;
  try {
    text = readFileSync(absoluteFile, "utf8");
  } catch (error) {
    // The reason is passed on to the reader of the problem list.
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, file: absoluteFile, problems: [{ path: "", message: `cannot be read: ${reason}` }] };
  }
  if (Buffer.byteLength(text) > MAX_CONFIG_BYTES) {
    return {
      ok: false,
      file: absoluteFile,
      problems: [{ path: "", message: `is larger than ${MAX_CONFIG_BYTES} bytes` }],
    };
  }
  return parseConfig(text, absoluteFile);
}

/** Checks the text of a configuration; `file` is used to resolve relative paths and to name the source. */
export function parseConfig(text: string, file: string): LoadedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      path: "",
      line: lines.linePos(error.pos[0]).line,
      message: error.message,
    }));
    return { ok: false, file, problems };
  }
  const parsed = applianceSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, document, lines));
    return { ok: false, file, problems };
  }
  const problems = contradictionsIn(parsed.data, document, lines);
  if (problems.length > 0) return { ok: false, file, problems };
  return {
    ok: true,
    file,
    config: resolvePaths(parsed.data, dirname(file)),
    sha256: createHash("sha256").update(text).digest("hex"),
    lineOf: (path) => lineOf(path, document, lines),
    problemInside: (path, offset, message) => problemInside(path, { text, document, lines }, offset, message),
  };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, document: Document, lines: LineCounter): ConfigProblem[] {
  if (issue.code === "invalid_union") {
    const meant = formMeant(issue.errors);
    const inner = meant.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
    if (inner.length > 0) return inner.flatMap((one) => problemsOf(one, document, lines));
  }
  if (issue.code !== "unrecognized_keys") return [problemAt(issue.path, issue.message, document, lines)];
  const known = knownKeysAt(issue.path);
  return issue.keys.map((key) => {
    const nearest = nearestName(key, known);
    const hint = nearest === undefined ? `the names here are ${known.join(", ")}` : `did you mean ${nearest}?`;
    return problemAt([...issue.path, key], `is not a known name; ${hint}`, document, lines);
  });
}

/** What is wrong in the form that was probably meant, of several that are allowed: the one that goes wrong deepest inside. */
function formMeant(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const depthOf = (issues: readonly Issue[]): number => Math.max(...issues.map(({ path }) => path.length));
  const [deepest] = forms.toSorted((a, b) => depthOf(b) - depthOf(a));
  return deepest !== undefined && depthOf(deepest) > 0 ? deepest : [];
}

/** The names that the schema knows at `path`, in every form that is allowed there. */
function knownKeysAt(path: Path): readonly string[] {
  type Inner = { shape?: Record<string, unknown>; element?: unknown };
  const schemas = path.reduce<readonly unknown[]>(
    (around, part) =>
      around
        .flatMap(formsOf)
        .flatMap(
          (schema) =>
            (typeof part === "number" ? (schema as Inner).element : (schema as Inner).shape?.[String(part)]) ?? [],
        ),
    [applianceSchema],
  );
  return [...new Set(schemas.flatMap(formsOf).flatMap((schema) => Object.keys((schema as Inner).shape ?? {})))];
}

/** The schema without defaults and optionals, or each of those that it lets choose from. */
function formsOf(schema: unknown): readonly unknown[] {
  const inner = unwrap(schema) as { readonly options?: unknown } | undefined;
  if (inner === undefined) return [];
  return Array.isArray(inner.options) ? (inner.options as readonly unknown[]).flatMap(formsOf) : [inner];
}

/** The schema inside defaults and optionals. */
function unwrap(schema: unknown): unknown {
  let current = schema as { def?: { innerType?: unknown } } | undefined;
  while (current?.def?.innerType !== undefined) current = current.def.innerType as typeof current;
  return current;
}

/** What the schema can't say: names that must be unique, and URLs that carry what belongs elsewhere. */
function contradictionsIn(config: ApplianceConfig, document: Document, lines: LineCounter): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report = (path: Path, message: string): void => {
    problems.push(problemAt(path, message, document, lines));
  };
  const reportRepeats = (ids: readonly string[], pathOf: (index: number) => Path): void => {
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) report(pathOf(index), `${id} is used twice`);
    });
  };
  reportRepeats(
    config.models.map((model) => model.id),
    (index) => ["models", index, "id"],
  );
  reportRepeats(
    config.providers.map((provider) => provider.id),
    (index) => ["providers", index, "id"],
  );
  for (const { path, message } of jointModelProblems(config)) report(path, message);
  reportRepeats(config.dataClasses, (index) => ["dataClasses", index]);
  config.providers.forEach((provider, index) => {
    reportRepeats(
      provider.models.map((model) => model.id),
      (inner) => ["providers", index, "models", inner, "id"],
    );
    const url = new URL(provider.baseUrl);
    if (url.username !== "" || url.password !== "")
      report(["providers", index, "baseUrl"], "must not hold a credential; use apiKey");
    if (url.search !== "" || url.hash !== "")
      report(["providers", index, "baseUrl"], "must not have a query or a fragment");
  });
  return problems;
}

function resolvePaths(config: ApplianceConfig, folder: string): ApplianceConfig {
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  const { tls } = config.server;
  return {
    ...config,
    server: {
      ...config.server,
      ...(tls === undefined ? {} : { tls: { certFile: absolute(tls.certFile), keyFile: absolute(tls.keyFile) } }),
    },
    ...(config.dataDir === undefined ? {} : { dataDir: absolute(config.dataDir) }),
    ...(config.policies === undefined ? {} : { policies: absolute(config.policies) }),
    // A model's `file` may also be an imported model's id; only what looks like a path is made absolute.
    models: config.models.map((model) => ({
      ...model,
      file: model.file.endsWith(".gguf") ? absolute(model.file) : model.file,
    })),
  };
}

/** The problems as lines of text for a terminal. */
export function formatConfigProblems(file: string, problems: readonly ConfigProblem[]): string {
  return problems
    .map(
      ({ line, column, path, message }) =>
        `${file}${line === undefined ? "" : `:${line}`}${column === undefined ? "" : `:${column}`}: ${path === "" ? "" : `${path} `}${message}`,
    )
    .join("\n");
}
