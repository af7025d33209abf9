import { readFileSync } from "node:fs";
import type { Example, Tool, Turn } from "./conversation.ts";
import { NOT_TRAINED } from "./tasks/unknown.ts";

const FOLDER = new URL("./evaluation/", import.meta.url);

/** The prompts that were written by hand, each with its right answer. */
export function readHandWritten(): Example[] {
  const tools = JSON.parse(readFileSync(new URL("tools.json", FOLDER), "utf8")) as Record<string, Omit<Tool, "name">>;
  const offer = (names: string): Tool[] =>
    names.split(", ").map((name) => {
      const tool = tools[name];
      if (tool === undefined) throw new Error(`evaluation/tools.json does not describe ${name}.`);
      return { name, ...tool };
    });
  return linesOf("hand-written.txt").map((line) => {
    const [task = "", prompt = "", answer = "", offered] = line.split(" | ");
    return {
      task,
      ...(offered === undefined ? {} : { tools: offer(offered) }),
      turns: [
        { role: "user", text: prompt },
        task.endsWith("tool") && task !== "no_tool" ? callOf(answer) : { role: "assistant", text: answer },
      ],
    };
  });
}

/** Requests that nothing was learnt for; the right answer says so. */
export function readUnknown(): Example[] {
  return linesOf("unknown.txt").map((text) => ({
    task: "unknown",
    turns: [
      { role: "user", text },
      { role: "assistant", text: NOT_TRAINED },
    ],
  }));
}

function linesOf(name: string): string[] {
  const all = readFileSync(new URL(name, FOLDER), "utf8").split("\n");
  return all.filter((line) => line !== "" && !line.startsWith("#"));
}

function callOf(text: string): Turn {
  const space = text.indexOf(" ");
  const given = JSON.parse(text.slice(space + 1)) as Record<string, unknown>;
  return { role: "assistant", call: { name: text.slice(0, space), arguments: given } };
}
