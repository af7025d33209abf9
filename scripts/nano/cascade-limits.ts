import { isRight, LoadedModel } from "./ask-model.ts";
import { readHandWritten } from "./read-prompts.ts";

// What a limit of the mean log-probability passes on of the shipped model's answers, and what of the wrong ones, on the
// questions that were written by hand. `scripts/with-node scripts/nano/cascade-limits.ts`

const LIMITS = [-0.0001, -0.0002, -0.0005, -0.001, -0.002, -0.005, -0.01, -0.02, -0.05, -0.1];

const model = await LoadedModel.load(new URL("../../models/nano.gguf", import.meta.url).pathname);
const answers: { readonly right: boolean; readonly confidence: number }[] = [];
for (const { turns, tools } of readHandWritten()) {
  if (tools !== undefined) continue;
  const answer = await model.ask(turns.slice(0, -1));
  if (answer.confidence === undefined) continue;
  answers.push({ right: isRight(answer, turns.at(-1)), confidence: answer.confidence });
}
const wrong = answers.filter(({ right }) => !right);
console.table(
  LIMITS.map((limit) => ({
    limit,
    questions: answers.length,
    wrong: wrong.length,
    "passed on": answers.filter(({ confidence }) => confidence < limit).length,
    "wrong ones passed on": wrong.filter(({ confidence }) => confidence < limit).length,
  })),
);
process.exit(0);
