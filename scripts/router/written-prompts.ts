import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { TASKS } from "../../src/core/workload.ts";

/** One prompt with its task. Prompts of one template belong together: they are trained on or tested on as one. */
export interface TaskPrompt {
  readonly task: string;
  readonly template: string;
  readonly prompt: string;
}

const FOLDER = join(import.meta.dirname, "prompts");

/** Prompts that are made of one template, at most. */
const FILLINGS = 12;

const SLOT = /\{(\w+)\}/g;

/** The prompts of `prompts/*.txt`, one template a line, with their slots filled from `slots.yaml`. */
export function writtenPrompts(random: () => number): readonly TaskPrompt[] {
  const slots = parse(readFileSync(join(FOLDER, "slots.yaml"), "utf8")) as Record<string, readonly string[]>;
  return TASKS.flatMap((task) =>
    readFileSync(join(FOLDER, `${task}.txt`), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .flatMap((line) => fill(task, line, slots, random)),
  );
}

/** SHA-256 of all files of prompts, by which a training record names them. */
export function writtenPromptsSha256(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(FOLDER).toSorted()) hash.update(name).update(readFileSync(join(FOLDER, name)));
  return hash.digest("hex");
}

function fill(
  task: string,
  line: string,
  slots: Readonly<Record<string, readonly string[]>>,
  random: () => number,
): readonly TaskPrompt[] {
  const template = line.replaceAll("\\n", "\n");
  const prompts = Array.from({ length: template.includes("{") ? FILLINGS : 1 }, () =>
    template.replaceAll(SLOT, (all, name: string) => {
      const choices = slots[name];
      return choices === undefined ? all : (choices[Math.floor(random() * choices.length)] ?? "");
    }),
  );
  return [...new Set(prompts)].map((prompt) => ({ task, template: `${task}: ${line}`, prompt }));
}
