import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getLlama, LlamaLogLevel, resolveChatWrapper } from "node-llama-cpp";
import type { LlamaModel } from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planTensors } from "../../scripts/build-model/architectures.ts";
import { RandomNumbers } from "../../scripts/build-model/random-numbers.ts";
import { areaUnderCurve } from "../../scripts/nano/evaluate.ts";
import { Encoder } from "../../scripts/nano/encoder.ts";
import { exportModel } from "../../scripts/nano/export.ts";
import { generateTests } from "../../scripts/nano/generate.ts";
import { Draw } from "../../scripts/nano/language/draw.ts";
import { learnMerges } from "../../scripts/nano/learn-merges.ts";
import { renderPrompt } from "../../src/hosting/worker/render-prompt.ts";
import { parseCompletionRequest } from "../../src/hosting/worker/parse-completion-request.ts";
import { readAnswerSyntax } from "../../src/hosting/worker/answer-syntax.ts";
import { toMessages } from "../../scripts/nano/ask-model.ts";

// Goal: the engine reads a conversation as the training wrote it, to the token.
// Method: export a model of random numbers and let the worker's own code render prompts for it.

const merges = learnMerges(1);
const encoder = new Encoder(merges);

let folder: string;
let model: LlamaModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-nano-"));
  await writeRandomTraining(folder);
  await exportModel(folder, join(folder, "nano.gguf"));
  const llama = await getLlama({ build: "never", skipDownload: true, gpu: false, logLevel: LlamaLogLevel.error });
  model = await llama.loadModel({ modelPath: join(folder, "nano.gguf") });
}, 60_000);
afterAll(async () => {
  await model?.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe("the exported model", () => {
  test("reads conversations of every task as the training wrote them", () => {
    const wrapper = resolveChatWrapper(model, { warningLogs: false });
    const engine = { model, wrapper, syntax: readAnswerSyntax(model, wrapper) } as Parameters<typeof renderPrompt>[0];
    for (const example of generateTests(new Draw(2, "values"), 6)) {
      const asked = example.turns.slice(0, -1);
      const request = parseCompletionRequest({
        model: "signalbox/nano",
        messages: toMessages(asked),
        ...(example.tools === undefined
          ? {}
          : { tools: example.tools.map((tool) => ({ type: "function", function: tool })) }),
      });
      const { ids } = encoder.encodeExample({ ...example, turns: [...asked, { role: "assistant", text: "" }] });
      expect([asked, [...renderPrompt(engine, { ...request, reasoning: "free" }).tokens]]).toEqual([
        asked,
        ids.slice(0, -1),
      ]);
    }
  });

  test("has the syntax of calls that the training wrote", () => {
    const { call } = readAnswerSyntax(model, resolveChatWrapper(model, { warningLogs: false }));
    expect(call.trigger).toBe("<tool_call>");
    expect(call.afterNameIsPlain).toBe(true);
    expect(call.opening.tokens).toEqual(encoder.encode({ text: '<tool_call>\n{"name": "', isTemplate: true }));
    expect(call.afterName.tokens).toEqual(encoder.encode({ text: '", "arguments": ', isTemplate: true }));
    expect(call.closing.tokens).toEqual(encoder.encode({ text: "}\n</tool_call>", isTemplate: true }));
  });

  test("cuts any text as the encoder does", () => {
    const texts = [
      "Zürich café, isn't it?",
      "  two  spaces\n\nlines\t",
      "I'LL 3.14 <|im_end|> x_y",
      "日本 🚂",
      '"]}}}',
      "<tool_call>",
    ];
    for (const text of texts)
      expect([text, [...model.tokenize(text)]]).toEqual([text, encoder.encode({ text, isTemplate: false })]);
  });
});

test("the area under the curve is 1 for a perfect order, 0 for the reverse and a half for none", () => {
  const verdicts = (right: number, wrong: number): Parameters<typeof areaUnderCurve>[0] => [
    { task: "a", right: true, confidence: right },
    { task: "a", right: false, confidence: wrong },
    { task: "a", right: true },
  ];
  expect(areaUnderCurve(verdicts(-0.1, -2))).toBe(1);
  expect(areaUnderCurve(verdicts(-2, -0.1))).toBe(0);
  expect(areaUnderCurve(verdicts(-1, -1))).toBe(0.5);
});

/** What train.py would leave, with numbers of chance. */
async function writeRandomTraining(into: string): Promise<void> {
  const shape = {
    vocabulary: encoder.tokenizer.tokens.length,
    width: 32,
    layers: 1,
    heads: 2,
    feedForward: 64,
    ropeBase: 10_000,
  };
  const plans = planTensors({
    architecture: "llama",
    layers: shape.layers,
    embeddingLength: shape.width,
    heads: shape.heads,
    kvHeads: shape.heads,
    feedForwardLength: shape.feedForward,
    contextTokens: 512,
    vocabularySize: shape.vocabulary,
    ropeBase: shape.ropeBase,
    tiedOutput: true,
  });
  const random = new RandomNumbers(1);
  const count = plans.reduce((sum, plan) => sum + plan.shape.reduce((product, length) => product * length, 1), 0);
  const numbers = Float32Array.from({ length: count }, () => random.nextBelow(2_000) / 10_000 - 0.1);
  await writeFile(join(into, "weights.bin"), new Uint8Array(numbers.buffer));
  await writeFile(join(into, "weights.json"), JSON.stringify({ shape, tensors: plans }));
  await writeFile(join(into, "merges.json"), JSON.stringify(merges));
}
