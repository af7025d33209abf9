import type { z } from "zod";
import { nearestName } from "../core/nearest-name.ts";
import { policySchema } from "./policy-schema.ts";
import type { PolicyProblem, PolicySource, SourcePath } from "./policy-source.ts";

type Issue = z.core.$ZodIssue;

/** What is wrong with the shape of a file, in words and with places. */
export function schemaProblems(issues: readonly Issue[], source: PolicySource): readonly PolicyProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, source));
}

function problemsOf(issue: Issue, source: PolicySource): readonly PolicyProblem[] {
  if (issue.code === "unrecognized_keys") {
    const known = namesAt(issue.path);
    return issue.keys.map((key) => {
      const nearest = nearestName(key, known);
      const suggestion = nearest === undefined ? `the names here are ${known.join(", ")}` : `did you mean ${nearest}?`;
      return source.problemAt([...issue.path, key], {
        message: `${key} is not a known name`,
        suggestion,
        aboutKey: true,
      });
    });
  }
  const name = issue.path.at(-1);
  const message = `${typeof name === "string" ? `${name} ` : ""}${lowerFirst(issue.message)}`;
  if (issue.code !== "invalid_value") return [source.problemAt(issue.path, { message })];
  const given = valueAt(source.value, issue.path);
  const nearest = typeof given === "string" ? nearestName(given, issue.values.map(String)) : undefined;
  return [
    source.problemAt(issue.path, {
      message,
      ...(nearest === undefined ? {} : { suggestion: `did you mean ${nearest}?` }),
    }),
  ];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function valueAt(value: unknown, path: SourcePath): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], value);
}

/** The names that the schema knows at `path`. */
function namesAt(path: SourcePath): readonly string[] {
  let schema: unknown = policySchema;
  for (const part of path) {
    const inner = unwrap(schema) as { shape?: Record<PropertyKey, unknown>; element?: unknown } | undefined;
    schema = typeof part === "number" ? inner?.element : inner?.shape?.[part];
  }
  return Object.keys((unwrap(schema) as { shape?: object } | undefined)?.shape ?? {});
}

/** The schema inside defaults, optionals and nullables. */
function unwrap(schema: unknown): unknown {
  let current = schema as { def?: { innerType?: unknown } } | undefined;
  while (current?.def?.innerType !== undefined) current = current.def.innerType as typeof current;
  return current;
}
