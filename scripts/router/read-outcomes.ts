import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCsv } from "./read-csv.ts";

/** One prompt with the shares of right answers of weak and of strong models. */
export interface OutcomeRow {
  readonly source: string;
  /** The subject or task inside its source. */
  readonly group: string;
  readonly prompt: string;
  /** Of the pair that results are reported for. */
  readonly weak: number;
  readonly strong: number;
  /** Averaged over every usable pair of the source: what is learned from. */
  readonly weakMean: number;
  readonly strongMean: number;
}

/** One file that was read. */
export interface ReadFile {
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly licence: string;
  readonly pair: string;
}

interface Source {
  readonly name: string;
  readonly file: string;
  readonly licence: string;
  readonly group: string;
  readonly weak: readonly string[];
  readonly strong: readonly string[];
}

/** What is known of the files: the first weak and strong column are the pair that is reported. */
const SOURCES: readonly Source[] = [
  {
    name: "mmlu",
    file: "mmlu_mixtral_gpt4.csv",
    licence: "Apache-2.0 (RouteLLM); questions of MMLU, MIT",
    group: "domain",
    weak: ["weak_correct"],
    strong: ["strong_correct"],
  },
  {
    name: "ulab",
    file: "ulab_mixed_tasks.csv",
    licence: "MIT (LLMRouter); prompts of public benchmarks",
    group: "task",
    weak: ["llama-3.1-8b-instruct"],
    strong: ["llama-3.1-nemotron-51b-instruct"],
  },
  {
    name: "mmlu-pro",
    file: "mmlu_pro_nonmmlu.csv",
    licence: "Apache-2.0 (MMLU-Pro)",
    group: "category",
    weak: ["Meta-Llama-3_1-8B-Instruct", "Qwen1.5-7B-Chat", "Phi-3-mini-4k-instruct"],
    strong: ["Meta-Llama-3_1-70B-Instruct", "Qwen1.5-72B-Chat"],
  },
];

/** Reads the three files of prompts and outcomes from `folder`; fails with the name of the one that is missing. */
export function readOutcomes(folder: string): {
  readonly rows: readonly OutcomeRow[];
  readonly files: readonly ReadFile[];
} {
  const rows: OutcomeRow[] = [];
  const files: ReadFile[] = [];
  for (const source of SOURCES) {
    const bytes = readFileSync(join(folder, source.file));
    const records = readCsv(bytes.toString("utf8"));
    for (const record of records) rows.push(rowOf(source, record));
    files.push({
      file: source.file,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      rows: records.length,
      licence: source.licence,
      pair: `${source.weak[0]} → ${source.strong[0]}`,
    });
  }
  return { rows, files };
}

function rowOf({ name, group, weak, strong }: Source, record: Readonly<Record<string, string>>): OutcomeRow {
  const scores = (columns: readonly string[]): readonly number[] => columns.map((column) => Number(record[column]));
  const [weakScores, strongScores] = [scores(weak), scores(strong)];
  return {
    source: name,
    group: record[group] ?? "",
    prompt: record["prompt"] ?? "",
    weak: Number((weakScores[0] ?? 0) >= 0.5),
    strong: Number((strongScores[0] ?? 0) >= 0.5),
    weakMean: mean(weakScores),
    strongMean: mean(strongScores),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
