import { readdirSync } from "node:fs";

/**
 * The TypeScript and JavaScript sources under a folder, as sorted paths from it with slashes. Nothing where the folder does
 * not exist. Folders of packages and dot folders are left out.
 */
export function listSourceFiles(folder: string): readonly string[] {
  return listFiles(folder, /\.(?:ts|mts|mjs|js)$/);
}

/** The files under a folder whose name matches, as sorted paths from it with slashes; nothing where there is no folder. */
export function listFiles(folder: string, name: RegExp): readonly string[] {
  return entriesOf(folder)
    .filter((path) => name.test(path) && !/(?:^|\/)(?:node_modules|\.[^/]+)\//.test(path))
    .toSorted();
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
