import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readHandWritten } from "../../../scripts/nano/read-prompts.ts";
import { cloudProvider } from "../../support/faulty-provider.ts";
import { runBox, type RunningBox } from "../../support/run-box.ts";
import { chat, messagesOf } from "../../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../../support/upstream-server.ts";

// Goal: what the shipped model's own confidence is worth. Method: questions that were written by hand and never trained,
// of tasks that it can do, to a box whose cloud knows every answer; what the box keeps to itself is then right more often
// than what it passes on.

const NANO = resolve(import.meta.dirname, "../../../models/nano.gguf");

/** Nearly every answer that is wrong is less sure than this. */
const MIN_MEAN_LOGPROB = -0.01;

const POLICY = `
apiVersion: signalbox/v1
routes:
  - id: local-first
    prefer: ['endpoint.location == "box"']
    cascade: {minMeanLogprob: ${MIN_MEAN_LOGPROB}}
tests:
  - {name: this box first, expect: {route: local-first}}
`;

const QUESTIONS = readHandWritten()
  .filter(({ tools }) => tools === undefined)
  .map(({ turns }) => turns.map((turn) => ("text" in turn ? turn.text : "")))
  .map(([question = "", right = ""]) => ({ question, right }));

interface Answer {
  readonly provider: string;
  readonly choices: readonly { readonly message: { readonly content: string } }[];
}

describe("a cascade that the shipped model begins", () => {
  let server: UpstreamServer;
  let box: RunningBox;

  beforeAll(async () => {
    const rightAnswers = new Map(QUESTIONS.map(({ question, right }) => [question, right]));
    server = await startUpstreamServer({
      behave: (request, response) => {
        const question = String(messagesOf(request)[0]?.content);
        return chat({ pieces: [rightAnswers.get(question) ?? "?"] })(request, response);
      },
    });
    const provider = cloudProvider("acme", server.baseUrl);
    const models = [{ id: "signalbox/nano", file: NANO, slots: 2, contextTokens: 2048 }];
    box = await runBox({
      config: { network: { egress: "allowlisted" }, models, providers: [provider] },
      policy: POLICY,
    });
  });

  afterAll(async () => {
    await box.stop();
    await server.close();
  });

  const ask = async (question: string, provider: object): Promise<Answer> => {
    const messages = [{ role: "user", content: question }];
    const response = await box.chat({ model: "auto", messages, temperature: 0, max_tokens: 120, provider });
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };

  it("passes on what it is likely to get wrong, and keeps the rest", async () => {
    const asked = await Promise.all(
      [0, 1].map(async (half) => {
        const answers = [];
        for (const { question, right } of QUESTIONS.filter((_, index) => index % 2 === half)) {
          const given = await ask(question, {});
          const isKept = given.provider === "box";
          const own = isKept ? given : await ask(question, { cascade: false });
          const isRight = ({ choices }: Answer): boolean => choices[0]?.message.content === right;
          answers.push({ isKept, wasRight: isRight(own), isRight: isRight(given) });
        }
        return answers;
      }),
    );
    const answers = asked.flat();
    const kept = answers.filter(({ isKept }) => isKept);
    const passedOn = answers.filter(({ isKept }) => !isKept);
    const wrong = (some: typeof answers) => some.filter(({ wasRight }) => !wasRight).length / some.length;
    expect(passedOn.length / answers.length).toBeLessThan(0.3);
    expect(wrong(passedOn)).toBeGreaterThan(3 * wrong(kept));
    const rightAlone = answers.filter(({ wasRight }) => wasRight).length;
    const rightInAll = answers.filter(({ isRight }) => isRight).length;
    expect(answers.length - rightInAll).toBeLessThan((answers.length - rightAlone) / 2);
  });

  it("counts in /metrics how it went, and records how sure each answer was", async () => {
    const metrics = await (await box.get("/metrics")).text();
    expect(metrics).toMatch(/signalbox_cascades_total\{endpoint="box\/signalbox\/nano",verdict="kept"\} \d{2,3}/u);
    expect(metrics).toMatch(/signalbox_cascades_total\{endpoint="box\/signalbox\/nano",verdict="went-on"\} \d+/u);
    const list = await box.get("/admin/decisions?kind=outcome&limit=1000");
    const outcomes = (await list.json()) as { cascade?: { meanLogprob: number; goesOn: boolean } }[];
    const judged = outcomes.flatMap(({ cascade }) => cascade ?? []);
    expect(judged).toHaveLength(QUESTIONS.length);
    for (const { meanLogprob, goesOn } of judged) expect(goesOn).toBe(meanLogprob < MIN_MEAN_LOGPROB);
  });

  it("streams the answer at once when it has its verdict", async () => {
    const { question, right } = QUESTIONS[0] ?? { question: "", right: "" };
    const messages = [{ role: "user", content: question }];
    const response = await box.chat({ model: "auto", messages, temperature: 0, stream: true });
    const chunks = (await response.text()).split("\n\n").filter((line) => line.startsWith("data: {"));
    const text = chunks
      .map((line) => JSON.parse(line.slice("data: ".length)) as { choices: { delta?: { content?: string } }[] })
      .map(({ choices }) => choices[0]?.delta?.content ?? "")
      .join("");
    expect(text).toBe(right);
  });
});
