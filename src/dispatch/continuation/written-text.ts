import type { InferenceEvent } from "../../core/inference-event.ts";
import type { InferenceKind } from "../../core/inference-request.ts";

/** Characters of an answer that are kept, in case that it breaks off; a longer one is not gone on with. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** Members of a message that are no content. */
const NOT_CONTENT: ReadonlySet<string> = new Set(["role", "content"]);

/** What servers write for the bytes of a character whose other bytes have not come yet. */
const REPLACEMENT_CHARACTER = "\ufffd";

const decoder = new TextDecoder();

type JsonObject = Readonly<Record<string, unknown>>;

/** Where one choice of a chunk keeps its text, and whether there is anything else in it. */
interface ChoiceText {
  readonly text: string;
  readonly isPlain: boolean;
}

/** What a caller has of one streamed answer, as far as that is plain text. */
export class WrittenText {
  readonly #kind: InferenceKind;
  #text = "";
  #isPlain = true;
  #isFinished = false;

  constructor(kind: InferenceKind) {
    this.#kind = kind;
  }

  observe(event: InferenceEvent): void {
    if (!this.#isPlain) return;
    const { choices } = JSON.parse(decoder.decode(event.json)) as { readonly choices?: readonly JsonObject[] };
    for (const choice of choices ?? []) this.#add(choice);
    if (event.finishReason !== undefined) this.#isFinished = true;
  }

  /**
   * The text, where another endpoint can be shown it as the beginning of its own answer. Nothing for an answer that has not
   * begun or is finished; that holds a tool call, reasoning, a refusal, sound or pictures; that is too long; or that
   * ends within a character.
   */
  get unfinished(): string | undefined {
    const isWhole = this.#text.isWellFormed() && !this.#text.endsWith(REPLACEMENT_CHARACTER);
    return this.#isPlain && !this.#isFinished && isWhole && this.#text !== "" ? this.#text : undefined;
  }

  #add(choice: JsonObject): void {
    const { text, isPlain } = this.#kind === "completion" ? ofText(choice) : ofMessage(choice);
    const isFirst = (choice["index"] ?? 0) === 0;
    this.#isPlain = isPlain && isFirst && this.#text.length + text.length <= MAX_CHARACTERS;
    this.#text = this.#isPlain ? this.#text + text : "";
  }
}

function ofText({ text }: JsonObject): ChoiceText {
  return typeof text === "string" ? { text, isPlain: true } : { text: "", isPlain: isNothing(text) };
}

function ofMessage({ delta }: JsonObject): ChoiceText {
  const members = (delta ?? {}) as JsonObject;
  const { content } = members;
  const isText = typeof content === "string" || isNothing(content);
  const isAlone = Object.entries(members).every(([name, value]) => NOT_CONTENT.has(name) || isNothing(value));
  return { text: typeof content === "string" ? content : "", isPlain: isText && isAlone };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
