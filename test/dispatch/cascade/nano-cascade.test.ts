import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MIN_MEAN_LOGPROB, QUESTIONS, startNanoCascade, type CascadeBox } from "../../support/nano-cascade-box.ts";

// A cascade over a real worker; what the model's confidence is worth over all questions is measured in test/long.

const ASKED = QUESTIONS.slice(0, 24);

describe("a cascade that the shipped model begins", () => {
  let cascade: CascadeBox;
  const kept: string[] = [];

  beforeAll(async () => {
    cascade = await startNanoCascade();
  });

  afterAll(() => cascade.stop());

  it("keeps exactly what is sure enough, records how sure each answer was, and counts how it went", async () => {
    for (const { question, right } of ASKED) {
      const { isKept, text } = await cascade.ask(question);
      if (isKept) kept.push(question);
      else expect(text).toBe(right);
    }
    const list = await cascade.box.get("/admin/decisions?kind=outcome&limit=1000");
    const outcomes = (await list.json()) as { cascade?: { meanLogprob: number; goesOn: boolean } }[];
    const judged = outcomes.flatMap(({ cascade: verdict }) => verdict ?? []);
    expect(judged).toHaveLength(ASKED.length);
    for (const { meanLogprob, goesOn } of judged) expect(goesOn).toBe(meanLogprob < MIN_MEAN_LOGPROB);
    expect(judged.filter(({ goesOn }) => !goesOn)).toHaveLength(kept.length);
    expect(kept.length).toBeGreaterThan(0);
    const metrics = await (await cascade.box.get("/metrics")).text();
    expect(metrics).toContain(`signalbox_cascades_total{endpoint="box/signalbox/nano",verdict="kept"} ${kept.length}`);
  });

  it("gives what it would have given alone, where it keeps the answer, without a trace of log-probabilities", async () => {
    const [question = ""] = kept;
    const alone = await cascade.ask(question, { cascade: false });
    expect(await cascade.ask(question)).toEqual(alone);
    const messages = [{ role: "user", content: question }];
    const streamed = await cascade.box.chat({ model: "auto", messages, temperature: 0, max_tokens: 120, stream: true });
    const events = await streamed.text();
    expect(events).not.toContain('"logprob"');
    const text = events
      .split("\n\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice("data: ".length)) as { choices: { delta?: { content?: string } }[] })
      .map(({ choices }) => choices[0]?.delta?.content ?? "")
      .join("");
    expect(text).toBe(alone.text);
  });
});
