import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { roughen } from "../language/roughen.ts";
import { firstName } from "../language/words.ts";
import { say } from "./instruct.ts";
import { TOPICS } from "./small-talk-topics.ts";

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
