import { MAX_SHOWN_CHARACTERS, type Fence } from "../fence.ts";
import { transcriptOf, type ChatMessage } from "../written-request.ts";

/** Tokens of a verdict: one letter, and room for a model that thinks first. */
const MAX_VERDICT_TOKENS = 1_024;

/** The same where the context is so small that texts have to be cut: a model with such a context thinks little. */
const MAX_VERDICT_TOKENS_IN_SMALL_CONTEXTS = 128;

/** Texts that are shown to a judge, and how many characters of each. */
export interface Shown {
  readonly answers: readonly string[];
  readonly answerCharacters: number;
  readonly conversationCharacters: number;
}

const LETTERS = "ABCDEFGH";

/** The body of the request that has a model name the best of the answers. */
export function selectionBody(
  model: string,
  fence: Fence,
  messages: readonly ChatMessage[],
  { answers, answerCharacters, conversationCharacters }: Shown,
): object {
  const letters = LETTERS.slice(0, answers.length).split("");
  const rules =
    "You compare answers that several assistants gave to the same conversation. Correctness counts first, then " +
    `whether the answer does all that was asked, then clarity. Length and order count for nothing. ${fence.explanation} ` +
    `Reply with a JSON object and nothing else: {"best": "${letters[0] ?? "A"}"}, with the letter of the best answer.`;
  const shown = [
    fence.enclose("conversation", transcriptOf(messages), conversationCharacters),
    ...answers.map((answer, index) => fence.enclose(`answer ${letters[index] ?? ""}`, answer, answerCharacters)),
  ];
  return {
    model,
    temperature: 0,
    max_tokens:
      conversationCharacters < MAX_SHOWN_CHARACTERS ? MAX_VERDICT_TOKENS_IN_SMALL_CONTEXTS : MAX_VERDICT_TOKENS,
    messages: [
      { role: "system", content: rules },
      { role: "user", content: `${shown.join("\n\n")}\n\nWhich answer is best: ${letters.join(", ")}?` },
    ],
    response_format: {
      type: "json_schema",
      json_schema: {
        name: "verdict",
        strict: true,
        schema: {
          type: "object",
          properties: { best: { type: "string", enum: letters } },
          required: ["best"],
          additionalProperties: false,
        },
      },
    },
  };
}

/** The position of the answer that a verdict names; undefined where it is no verdict. */
export function readSelection(text: string, count: number): number | undefined {
  const bare = text.trim().replace(/^```(?:json)?\s*\n([\s\S]*)\n```$/u, "$1");
  const named = letterIn(bare);
  const position = named === undefined || named.length !== 1 ? -1 : LETTERS.slice(0, count).indexOf(named);
  return position === -1 ? undefined : position;
}

function letterIn(text: string): string | undefined {
  if (text.length === 1) return text.toUpperCase();
  try {
    const { best } = JSON.parse(text) as { readonly best?: unknown };
    return typeof best === "string" ? best.trim().toUpperCase() : undefined;
  } catch {
    // Whatever else a model writes is no verdict.
    return undefined;
  }
}

/** The body of the request that has a model write one answer out of several: the caller's own, with a message more. */
export function mergingBody(
  model: string,
  fence: Fence,
  body: Readonly<Record<string, unknown>>,
  { answers, answerCharacters }: Shown,
): object {
  const shown = answers.map((answer, index) =>
    fence.enclose(`draft ${LETTERS[index] ?? ""}`, answer, answerCharacters),
  );
  const task =
    "Several assistants have drafted the answer to the conversation above. Write the one best answer: keep what is " +
    "right, leave out what is wrong or contradicts what you know, and do not mention the drafts. Keep to the form that " +
    `was asked for. ${fence.explanation}\n\n${shown.join("\n\n")}`;
  const messages = body["messages"] as readonly ChatMessage[];
  return { ...body, model, messages: [...messages, { role: "user", content: task }] };
}
