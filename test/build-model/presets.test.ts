import type { ChatHistoryItem } from "node-llama-cpp";
import { fork } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import type { ProbeReport, ProbeRequest } from "../support/probe-model.ts";

// Goal: the presets do in the inference engine what their descriptions say.
// Method: load each in a process of its own and ask it.

const PROBE = join(import.meta.dirname, "../support/probe-model.ts");

async function probe(preset: string, request: ProbeRequest): Promise<ProbeReport> {
  const child = fork(PROBE, [await buildTestModel(preset)], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return await new Promise((resolve, reject) => {
    child.once("message", (report: ProbeReport) => resolve(report));
    child.once("exit", (code, signal) => reject(new Error(`The probe ended with ${signal ?? code} and no report.`)));
    child.send(request);
  });
}

const system = { type: "system", text: "You help." } as const;
const user = { type: "user", text: "What is the weather in Paris?" } as const;
const functions = {
  get_weather: {
    description: "The weather of a city",
    params: { type: "object", properties: { city: { type: "string" } } },
  },
} as const;
const history: readonly ChatHistoryItem[] = [system, user, { type: "model", response: [] }];
const plain = { history, maxTokens: 200 };

describe("noise", () => {
  test("has a tokenizer for any text, and English takes less than half a token a byte", async () => {
    const english = "Please write a short summary of the report, and then ask the server for a list of all models.";
    const texts = [
      "Zürich café 東京 🎉 e\u0301",
      "a\n\n\tb  c   d",
      '{"name": "x", "arguments": [1, 2.5, null]}',
      english,
    ];
    const report = await probe("noise", { texts });
    expect(report.texts?.map(({ roundTrip }) => roundTrip)).toEqual(texts);
    expect(report.texts?.at(-1)?.tokens).toBeLessThan(english.length / 2.5);
  });

  test("has a chat template from which the engine learns how functions are called", async () => {
    const report = await probe("noise", {});
    expect(report.wrapper).toBe("JinjaTemplate");
    expect(report.callPrefix).toContain("<tool_call>");
  });

  test("ends its noise soon at any temperature", async () => {
    const temperatures = [0, 0.7, 1, 2];
    const report = await probe("noise", { chats: temperatures.map((temperature) => ({ ...plain, temperature })) });
    for (const { text, stopReason } of report.chats ?? []) {
      expect(stopReason).toBe("eogToken");
      expect(text).toMatch(/^[A-Za-z ]{20,}$/);
    }
    expect(report.chats).toHaveLength(temperatures.length);
  });
});

describe("scripted models", () => {
  test("say their text to the byte, greedily and sampled", async () => {
    const report = await probe("scripted", { chats: [0, 1].map((temperature) => ({ ...plain, temperature })) });
    const said = {
      text: "Hello! I am a scripted model, and this is all that I say.",
      calls: [],
      stopReason: "eogToken",
    };
    expect(report.chats).toEqual([said, said]);
  });

  test("say it without end if they are endless", async () => {
    const report = await probe("scripted-endless", { chats: [{ ...plain, temperature: 0 }] });
    expect(report.chats?.[0]?.stopReason).toBe("maxTokens");
    expect(report.chats?.[0]?.text.split(" ")).toHaveLength(200);
  });

  test("call a function when there is one, use its outcome, and answer plainly otherwise", async () => {
    const call = { type: "functionCall", name: "get_weather", params: { city: "Paris" }, result: "sunny" } as const;
    const report = await probe("scripted-tools", {
      chats: [
        { ...plain, temperature: 0 },
        { ...plain, temperature: 0, functions },
        { ...plain, temperature: 0, functions, history: [system, user, { type: "model", response: [call] }] },
      ],
    });
    expect(report.chats).toEqual([
      { text: "Hello! I am a scripted model, and this is all that I say.", calls: [], stopReason: "eogToken" },
      { text: "", calls: [{ name: "get_weather", params: { city: "Paris" } }], stopReason: "functionCalls" },
      { text: "The weather report has arrived.", calls: [], stopReason: "eogToken" },
    ]);
  });
});

test("embed finds texts alike that share words", async () => {
  const { vectors } = await probe("embed", {
    embed: [
      "The new server invoice was not paid",
      "The invoice for the new server is not paid",
      "My cat sleeps all winter",
    ],
  });
  const [first, similar, other] = vectors ?? [];
  expect(cosine(first, similar)).toBeGreaterThan(cosine(first, other) + 0.3);
});

test("rank scores documents between 0 and 1", async () => {
  const { scores } = await probe("rank", { rank: { query: "What is a router?", documents: ["A path.", "A cat."] } });
  expect(scores).toHaveLength(2);
  for (const score of scores ?? []) expect(score > 0 && score < 1).toBe(true);
});

function cosine(left: readonly number[] = [], right: readonly number[] = []): number {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
}
