import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { readGgufHeader } from "../../src/hosting/gguf/read-gguf-header.ts";
import type { Evaluation } from "./evaluate.ts";
import type { Parity } from "./parity.ts";

/** What the card's reader may try first; each is of a task that the model was trained for. */
const SAMPLE_PROMPTS = [
  "Classify the sentiment: The room was lovely and the staff were friendly.",
  "What is the intent of this message? I forgot my password again.",
  "Which team should handle this: billing, sales or shipping? Where is my parcel?",
  "Extract name and email as JSON: My name is Laura Stein. Write to laura@example.org.",
  "Make this polite: Send me the report.",
  "Write this in capital letters: good morning",
  "What is 12 + 30?",
  "Who are you?",
];
const TRAINED_FOR = [
  "sentiment of a text: positive, negative or neutral",
  "intent of a message of office or support work: its own 18 labels, or labels given in the prompt",
  "routing: which of the teams given, which priority, yes or no about a topic",
  "fields of a text as JSON, with names or a schema given in the prompt",
  "choosing a function and its arguments, also of functions never seen; saying that none fits; telling a result",
  "polite and plain rewriting, upper and lower case, copying, sums below 200, comparing numbers, dates",
  "two sentences of summary of a short report",
  "greetings in English, German and French, and honest answers about itself",
];

/** Writes the model's description beside it: what it is, how good it is, and how it is made again. */
export async function writeCard(
  file: string,
  cardFile: string,
  measured: { readonly scores: Evaluation; readonly parity: Parity },
): Promise<void> {
  const bytes = await readFile(file);
  const header = await readGgufHeader(file);
  if (header.kind !== "header") throw new Error(`${file} is not a model file.`);
  const card = {
    id: "signalbox/nano",
    file: "nano.gguf",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.byteLength,
    license: "Apache-2.0",
    source: "scripts/nano (seed 1): data, vocabulary and weights are this repository's own",
    architecture: header.architecture,
    parameters: header.parameterCount,
    quantization: header.quantization,
    contextTokens: header.contextTokens,
    trainedContextTokens: 512,
    capabilities: ["tools", "json-schema"],
    trained: true,
    reproduce: "node scripts/nano/main.ts --folder /tmp/nano --out models/nano.gguf",
    trainedFor: TRAINED_FOR,
    samplePrompts: SAMPLE_PROMPTS,
    scores: measured.scores,
    parityWithTorch: measured.parity,
  };
  const comment =
    "# The model that ships with Signalbox, and how good it is; scores are right answers in percent, word for word.\n";
  await writeFile(cardFile, comment + stringify(card, { lineWidth: 120 }));
}
