/** What the reader of the model's card may try first, with what the model says; a test holds both together. */
export const SAMPLE_PROMPTS: readonly string[] = [
  "Classify the sentiment: The room was lovely and the staff were friendly.",
  "What is the intent of this message? I forgot my password again.",
  "Which team should handle this: billing, sales or shipping? Where is my parcel?",
  "Is this about a refund? I want my money back for the broken kettle. Answer yes or no.",
  "Which priority does this ticket have: low, normal or high? The whole office cannot work, please help at once!",
  "Extract name and city as JSON: My name is Laura Stein. I live in Bergen.",
  "Make this polite: Send me the report.",
  "Write this in capital letters: good morning",
  "Repeat this: the quick brown fox",
  "What is 12 + 30?",
  "Which is larger, 41 or 14?",
  "Write 14 March 2026 as an ISO date.",
  "Who are you?",
  "Guten Tag!",
  "Write a poem about the sea.",
];
