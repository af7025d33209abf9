import { resolve } from "node:path";
import { readHandWritten } from "../../scripts/nano/read-prompts.ts";
import { cloudProvider } from "./faulty-provider.ts";
import { runBox, type RunningBox } from "./run-box.ts";
import { chat, messagesOf } from "./upstream-behaviours.ts";
import { startUpstreamServer } from "./upstream-server.ts";

const NANO = resolve(import.meta.dirname, "../../models/nano.gguf");

/** Most wrong answers of the shipped model are less sure than this, and few of its right ones. */
export const MIN_MEAN_LOGPROB = -0.0005;

const POLICY = `
apiVersion: signalbox/v1
routes:
  - id: local-first
    prefer: ['endpoint.location == "box"']
    cascade: {minMeanLogprob: ${MIN_MEAN_LOGPROB}}
tests:
  - {name: this box first, expect: {route: local-first}}
`;

/** Questions that were written by hand and never trained, of tasks that the shipped model can do, with the right answers. */
export const QUESTIONS = readHandWritten()
  .filter(({ tools }) => tools === undefined)
  .map(({ turns }) => turns.map((turn) => ("text" in turn ? turn.text : "")))
  .map(([question = "", right = ""]) => ({ question, right }));

/** An answer, and whether this box gave it. */
export interface GivenAnswer {
  readonly isKept: boolean;
  readonly text: string;
}

export interface CascadeBox {
  readonly box: RunningBox;
  ask(question: string, provider?: object): Promise<GivenAnswer>;
  stop(): Promise<void>;
}

/** A box with the shipped model, whose answers go first, and a cloud that knows every right one. */
export async function startNanoCascade(): Promise<CascadeBox> {
  const rightAnswers = new Map(QUESTIONS.map(({ question, right }) => [question, right]));
  const server = await startUpstreamServer({
    behave: (request, response) => {
      const question = String(messagesOf(request)[0]?.content);
      return chat({ pieces: [rightAnswers.get(question) ?? "?"] })(request, response);
    },
  });
  const providers = [cloudProvider("acme", server.baseUrl)];
  const models = [{ id: "signalbox/nano", file: NANO, slots: 2, contextTokens: 2048 }];
  const box = await runBox({ config: { network: { egress: "allowlisted" }, models, providers }, policy: POLICY });
  return {
    box,
    ask: async (question, provider = {}) => {
      const messages = [{ role: "user", content: question }];
      const response = await box.chat({ model: "auto", messages, temperature: 0, max_tokens: 120, provider });
      if (response.status !== 200) throw new Error(`The box answered ${response.status}: ${await response.text()}`);
      const answer = (await response.json()) as {
        readonly provider: string;
        readonly choices: readonly { readonly message: { readonly content: string } }[];
      };
      return { isKept: answer.provider === "box", text: answer.choices[0]?.message.content ?? "" };
    },
    stop: async () => {
      await box.stop();
      await server.close();
    },
  };
}
