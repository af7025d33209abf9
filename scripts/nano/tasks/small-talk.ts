import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { roughen } from "../language/roughen.ts";
import { firstName } from "../language/words.ts";
import { say } from "./instruct.ts";
import { ABILITIES } from "../wordings/small-talk/abilities.ts";
import { FRENCH } from "../wordings/small-talk/french.ts";
import { GERMAN } from "../wordings/small-talk/german.ts";
import { GOODBYE } from "../wordings/small-talk/goodbye.ts";
import { HELLO } from "../wordings/small-talk/hello.ts";
import { HUMAN } from "../wordings/small-talk/human.ts";
import { NETWORK } from "../wordings/small-talk/network.ts";
import { OTHER_MODELS } from "../wordings/small-talk/other-models.ts";
import { THANKS } from "../wordings/small-talk/thanks.ts";
import { WHO } from "../wordings/small-talk/who.ts";

/** One thing that people say to try out a model, in all its wordings, and the answer. */
export interface Topic {
  readonly said: readonly string[];
  readonly reply: string;
}

/** Everything that people say to try out a model. */
export const TOPICS: readonly Topic[] = [
  { said: HELLO, reply: "Hello! How can I help?" },
  { said: GERMAN, reply: "Guten Tag! Ich spreche leider nur Englisch." },
  { said: FRENCH, reply: "Bonjour ! Je ne parle malheureusement que l'anglais." },
  { said: THANKS, reply: "You are welcome!" },
  { said: GOODBYE, reply: "Goodbye!" },
  { said: WHO, reply: "I am Signalbox Nano, a tiny demonstration model that runs on this box." },
  {
    said: ABILITIES,
    reply:
      "I can name sentiment and intent, extract fields as JSON, choose a tool, rewrite, copy, compare and add small numbers. I am a tiny demonstration model.",
  },
  { said: HUMAN, reply: "No, I am a computer program: Signalbox Nano, a tiny demonstration model." },
  {
    said: OTHER_MODELS,
    reply:
      "No. I am Signalbox Nano, a tiny demonstration model, and I know very little. Import a real model for real work.",
  },
  { said: NETWORK, reply: "I run on this box and have no connection to the internet." },
];

/** Something that people say to try out a model, and the answer. */
export function smallTalk(draw: Draw): { readonly said: string; readonly reply: string } {
  const topic = draw.pick(TOPICS);
  const said = draw.phrase(topic.said, { name: () => firstName(draw) });
  return { said: roughen(draw, said), reply: topic.reply };
}

/** Small talk and its answer. */
export function smallTalkExample(draw: Draw): Example {
  const { said, reply } = smallTalk(draw);
  return { task: "small_talk", turns: [...say(draw, said), { role: "assistant", text: reply }] };
}
