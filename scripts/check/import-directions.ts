import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { listSourceFiles } from "./source-files.ts";

/** What the parts below the composition root may import: the core, or the parts that the arrows of the picture name. */
const PARTS = {
  core: [],
  routing: ["core"],
  policy: ["core"],
  providers: ["core"],
  files: ["core"],
  hosting: ["core", "files"],
  hardware: ["core"],
  journal: ["core", "files"],
  privacy: ["core"],
  egress: ["core", "files"],
  config: ["core"],
  observe: ["core"],
  audit: ["core", "journal", "files"],
  ledger: ["core", "journal"],
  feedback: ["core", "journal"],
  measure: ["core", "journal"],
  presets: ["core", "journal"],
  dispatch: ["core", "routing"],
  simulate: ["core", "routing"],
  joint: ["core", "routing", "dispatch"],
  gateway: ["core", "dispatch"],
} as const;

/**
 * Which folder of src may import from which others, besides itself. The picture and the reasons are in
 * docs/architecture.md; a folder that is not in this table is a violation until somebody decides where it belongs.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ...PARTS,
  app: Object.keys(PARTS),
  cli: [...Object.keys(PARTS), "app"],
  "main.ts": ["app", "cli"],
};

/** Folders that import no package and no `node:` module, not even a type. */
const PURE_FOLDERS: ReadonlySet<string> = new Set(["core", "routing", "simulate", "joint"]);

/** Only the process of a worker may load the engine: a native abort ends the process it happens in. */
const ENGINE = /^node-llama-cpp(?:\/|$)|^@node-llama-cpp\//;
const ENGINE_FILES = /^hosting\/(?:worker-main\.ts$|worker\/)/;

/**
 * Modules that open connections when imported at run time by `import()`; static imports of them are a lint rule, which
 * can tell a listening server from a client.
 */
const NETWORK = /^(?:node:(?:net|http|https|http2|tls|dns|dgram)(?:\/|$)|undici$)/;

/** Static imports and re-exports, side-effect imports, and dynamic imports with a literal name. */
const STATIC_IMPORT = /^\s*(?:import|export)\s(?:[^"'`;]*?\sfrom\s*)?["']([^"']+)["']/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*["']([^"']+)["']/g;

/** One import: which file of src (path from src, with slashes) names which module. */
export interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly dynamic: boolean;
}

/** What the check found: how many imports it read, and each one that goes in a direction that is not allowed. */
export interface ImportReport {
  readonly importCount: number;
  readonly violations: readonly string[];
}

/**
 * Checks every import under `<root>/src` against the table. Seeing no import at all is a violation: a check that reads
 * nothing must not pass.
 */
export function checkImportDirections(root: string): ImportReport {
  const source = join(root, "src");
  const imports = listSourceFiles(source).flatMap((file) =>
    readImports(file, readFileSync(join(source, file), "utf8")),
  );
  const violations = imports.flatMap((found) => describeViolation(found) ?? []);
  if (imports.length === 0) violations.push(`${source}: no import was seen, so nothing was checked`);
  return { importCount: imports.length, violations };
}

/** The imports in the text of one file. */
export function readImports(file: string, text: string): readonly Import[] {
  const collect = (pattern: RegExp, dynamic: boolean): Import[] =>
    [...text.matchAll(pattern)].flatMap(([, specifier]) =>
      specifier === undefined ? [] : [{ file, specifier, dynamic }],
    );
  return [...collect(STATIC_IMPORT, false), ...collect(DYNAMIC_IMPORT, true)];
}

/** Says what is wrong with an import; undefined where it is allowed. */
export function describeViolation({ file, specifier, dynamic }: Import): string | undefined {
  const folder = folderOf(file);
  const allowed = ALLOWED[folder];
  if (allowed === undefined) return `src/${file}: the folder ${folder} is not in the table of import directions`;
  if (!specifier.startsWith(".")) return describePackageViolation({ file, specifier, dynamic }, folder);
  const target = posix.normalize(posix.join(dirname(file), specifier));
  if (target.startsWith("..")) return `src/${file}: imports ${specifier}, which is outside src`;
  const targetFolder = folderOf(target);
  if (targetFolder === folder || allowed.includes(targetFolder)) return undefined;
  return `src/${file}: ${folder} must not import from ${targetFolder} (${specifier})`;
}

function describePackageViolation({ file, specifier, dynamic }: Import, folder: string): string | undefined {
  if (PURE_FOLDERS.has(folder)) return `src/${file}: the pure folder ${folder} imports ${specifier}`;
  if (ENGINE.test(specifier) && !ENGINE_FILES.test(file)) {
    return `src/${file}: only the worker's own process may load ${specifier}`;
  }
  if (dynamic && NETWORK.test(specifier) && folder !== "egress") {
    return `src/${file}: only egress opens connections, and this loads ${specifier}`;
  }
  return undefined;
}

/** The first part of a path from src: a folder, or the name of a file that lies in src itself. */
function folderOf(path: string): string {
  return path.split("/")[0] ?? path;
}
