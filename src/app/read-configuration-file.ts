import { createRequire } from "node:module";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { ConfigProblem } from "../config/config-problem.ts";
import type { compileAnswerTest } from "../policy/compile-answer-test.ts";
import { loadConfig, type LoadedConfig } from "../config/load-config.ts";

type Readable = Extract<LoadedConfig, { ok: true }>;

/** Reads and checks a configuration file, and compiles what is written in it in CEL. Never throws for what is wrong with it. */
export function readConfigurationFile(file: string): LoadedConfig {
  const loaded = loadConfig(file);
  if (!loaded.ok) return loaded;
  const problems = answerTestProblems(loaded);
  return problems.length === 0 ? loaded : { ok: false, problems, file: loaded.file };
}

function answerTestProblems({ config, problemInside }: Readable): readonly ConfigProblem[] {
  const tests = testsIn(config);
  if (tests.length === 0) return [];
  const { compileAnswerTest: compile } = compilerModule();
  return tests.flatMap(({ path, text }) => {
    const compiled = compile(text);
    if (compiled.ok) return [];
    return compiled.problems.map(({ message, suggestion, offset = 0 }) =>
      problemInside(path, offset, suggestion === undefined ? message : `${message}; ${suggestion}`),
    );
  });
}

/** Loaded only where there is something to compile: every command reads the configuration, and CEL takes long to load. */
function compilerModule() {
  const load = createRequire(import.meta.url);
  return load("../policy/compile-answer-test.ts") as { readonly compileAnswerTest: typeof compileAnswerTest };
}

function testsIn({ panels }: Pick<ApplianceConfig, "panels">) {
  return panels.flatMap(({ judge }, panel) => {
    if (typeof judge === "string" || !("tests" in judge)) return [];
    return judge.tests.flatMap(({ require, prefer }, test) =>
      Object.entries({ require, prefer }).flatMap(([name, text]) =>
        text === undefined ? [] : [{ path: ["panels", panel, "judge", "tests", test, name], text }],
      ),
    );
  });
}
