import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { listFiles } from "./source-files.ts";

/** Longest file of the product and of its tools, and longest test file, in lines. Longer ones hide a missing concept. */
const SOURCE_LINES_MAX = 400;
const TEST_LINES_MAX = 800;

/** One line that must not be written, and what to write instead. */
interface BannedText {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Not in any source: unfinished work, switched-off checks, switched-off tests. */
const BANNED_IN_SOURCES: readonly BannedText[] = [
  { pattern: /\b(?:TODO|FIXME|XXX)\b/, instead: "finish it, or describe it in an issue" },
  { pattern: /[\w)\]}"'\x60] as any\b(?! [a-z])/, instead: "use unknown and check it" },
  { pattern: /@ts-(?:ignore|nocheck|expect-error)/, instead: "give it the right type" },
  { pattern: /(?:eslint|oxlint)-disable/, instead: "change the code, or the rule with its reason in .oxlintrc.json" },
  { pattern: /\b(?:it|test|describe|suite)\.(?:skip|only|todo|fails)\b/, instead: "run the test, or delete it" },
];

/** Not in any text that is checked in: places that exist on one machine only. */
const BANNED_EVERYWHERE: readonly BannedText[] = [
  { pattern: /(?<![\w.-])\/work\//, instead: "use a path inside the project" },
  { pattern: /\.\.\/shared\b(?!\/[\w-]+\.ts)/, instead: "put into the project what it needs" },
  {
    pattern: /\bregistry\.(?:npmjs\.org|yarnpkg\.com)\b/,
    instead: "leave the registry to the reader's npm configuration",
  },
];

/** Names that say nothing about what is inside, and files that only pass on the exports of others. */
const BANNED_NAMES =
  /^(?:utils?|helpers?|managers?|common|misc|shared|index)\.[cm]?[jt]s$|(?:^|-)(?:utils?|helpers?|manager)\.[cm]?[jt]s$/;

/** Exports of a module's own: what a reader of another module sees, so what needs a description. */
const EXPORT = /^export (?:declare |abstract |async )*(?:function\*?|class|interface|type|const) +(\w+)/;

/** The files that must spell out what is banned. */
const RULE_FILES: ReadonlySet<string> = new Set([
  "scripts/check/house-rules.ts",
  "test/architecture/gates.test.ts",
  "test/architecture/house-rules.test.ts",
]);

const SOURCE = /\.[cm]?[jt]s$/;
const TEXT = /\.(?:[cm]?[jt]s|sh|md|ya?ml|json|jinja)$|(?:^|\/)(?:signalbox|with-node|Dockerfile|run)$/;
const SOURCE_FOLDERS = ["src", "scripts", "test"] as const;
const TEXT_FOLDERS = [...SOURCE_FOLDERS, "docs", "config", "models", ".ci"] as const;
/** Captured answers of others, and generated files. */
const NOT_WRITTEN_BY_HAND = /^(?:test\/(?:fixtures|golden)|config\/schema|models\/store)\/|(?:^|\/)package-lock\.json$/;

/** What was checked and what is wrong, each violation as `path:line: what, and what to do`. */
export interface HouseRuleReport {
  readonly fileCount: number;
  readonly violations: readonly string[];
}

/** Checks every text file of the project. Seeing no file at all is a violation: a check that reads nothing must not pass. */
export function checkHouseRules(root: string): HouseRuleReport {
  const inFolders = TEXT_FOLDERS.flatMap((folder) =>
    listFiles(join(root, folder), TEXT).map((file) => `${folder}/${file}`),
  );
  const files = [...inFolders, ...listTopLevelTexts(root)].filter((file) => !NOT_WRITTEN_BY_HAND.test(file));
  const violations = files.flatMap((file) => checkFile(file, readFileSync(join(root, file), "utf8")));
  if (files.length === 0) violations.push(`${root}: no file was seen, so nothing was checked`);
  return { fileCount: files.length, violations };
}

/** Checks the text of one file, given its path from the project's root with slashes. */
export function checkFile(file: string, text: string): readonly string[] {
  if (RULE_FILES.has(file)) return [];
  const lines = text.split("\n");
  const isSource = SOURCE.test(file) && SOURCE_FOLDERS.some((folder) => file.startsWith(`${folder}/`));
  return [
    ...findBannedText(file, lines, isSource ? [...BANNED_IN_SOURCES, ...BANNED_EVERYWHERE] : BANNED_EVERYWHERE),
    ...(isSource ? checkSource(file, lines) : []),
  ];
}

function checkSource(file: string, lines: readonly string[]): readonly string[] {
  const isTest = file.startsWith("test/");
  const linesMax = isTest ? TEST_LINES_MAX : SOURCE_LINES_MAX;
  const violations: string[] = [];
  if (lines.length > linesMax) {
    violations.push(`${file}: ${lines.length} lines, ${linesMax} allowed; name the concept that makes it two files`);
  }
  if (BANNED_NAMES.test(basename(file))) violations.push(`${file}: name the file after what it holds`);
  return isTest ? violations : [...violations, ...findUndescribedExports(file, lines)];
}

function findBannedText(file: string, lines: readonly string[], banned: readonly BannedText[]): readonly string[] {
  return lines.flatMap((line, index) =>
    banned
      .filter(({ pattern }) => pattern.test(line))
      .map(({ pattern, instead }) => `${file}:${index + 1}: ${pattern.exec(line)?.[0].trim()}: ${instead}`),
  );
}

/** Every export is described right above, except further overloads of a function that was. */
function findUndescribedExports(file: string, lines: readonly string[]): readonly string[] {
  const described = new Set<string>();
  return lines.flatMap((line, index) => {
    const name = EXPORT.exec(line)?.[1];
    if (name === undefined) return [];
    if (lines[index - 1]?.trimEnd().endsWith("*/") === true) described.add(name);
    return described.has(name) ? [] : [`${file}:${index + 1}: say in a docstring what ${name} promises`];
  });
}

function listTopLevelTexts(root: string): readonly string[] {
  return readdirSync(root).filter((name) => TEXT.test(name));
}
