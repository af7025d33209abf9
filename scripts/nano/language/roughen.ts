import type { Draw } from "./draw.ts";
import { sentenceOf } from "./phrase.ts";

/** As people type: short forms, lower case, no full stop, and now and then letters exchanged, lost or doubled. */
export function roughen(draw: Draw, text: string): string {
  let rough = text;
  if (draw.chance(0.3)) rough = contract(rough);
  if (draw.chance(0.12)) rough = misspell(draw, rough);
  if (draw.chance(0.15)) rough = rough.toLowerCase();
  else if (draw.chance(0.04)) rough = rough.replace(/'/gu, "");
  if (draw.chance(0.2)) rough = rough.replace(/[.!]$/u, "");
  if (draw.chance(0.06)) rough = rough.replace(/[.!]$/u, draw.pick(["!", "!!", "...", " :)", " :("]));
  if (draw.chance(0.03)) rough = rough.toUpperCase();
  return rough;
}

const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(can)not\b/giu, "$1't"],
  [/\bwill not\b/gu, "won't"],
  [/\b(do|does|did|is|are|was|were|has|have|had|would|could|should) not\b/giu, "$1n't"],
  [/\bI am\b/gu, "I'm"],
  [/\b(I|we|you|they) have\b/giu, "$1've"],
  [/\b(I|we|you|they) would\b/giu, "$1'd"],
  [/\b(I|we|you|they|it) will\b/giu, "$1'll"],
  [/\b(it|that|what|where|who|there|here|how) is\b/giu, "$1's"],
  [/\b(we|you|they) are\b/giu, "$1're"],
  [/\blet us\b/giu, "let's"],
];

function contract(text: string): string {
  return SHORT_FORMS.reduce((result, [long, short]) => result.replace(long, short), text);
}

function misspell(draw: Draw, text: string): string {
  const words = text.split(" ");
  const long = words.flatMap((word, index) => (/^[a-z]{5,}$/u.test(word) ? [index] : []));
  if (long.length === 0) return text;
  const index = draw.pick(long);
  const word = words[index] ?? "";
  const at = draw.int(1, word.length - 3);
  const swapped = word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
  const lost = word.slice(0, at) + word.slice(at + 1);
  const doubled = word.slice(0, at) + (word[at] ?? "") + word.slice(at);
  words[index] = draw.pick([swapped, swapped, lost, doubled]);
  return words.join(" ");
}

const OPENINGS =
  `Hi, |Hello, |Hi team, |Hello there. |Good morning. |Dear team, |Hey, |Hi all. |Good afternoon, |Dear Sir or Madam, |\
Hi there! |Hello everyone, |Hey guys, |Good day. |To whom it may concern: |Hi again, |Sorry to bother you. |\
I have a question. |Quick question: |Just a quick one: |Excuse me, |I hope you are well. |Me again. |Dear colleagues, |\
I am writing to you because of this: |Listen, |So, |Well, |Ok, |FYI: |Hello support, |Morning! |Can you help? |\
I need your help. |Maybe you can help me. |Please help. |I am not sure who to ask. `.split("|");
const CLOSINGS =
  ` Thanks!| Thank you.| Many thanks.| Best regards| Cheers| Thanks in advance.| Please let me know.| Kind regards| Thx| \
Thank you very much.| Best,| Please advise.| Any help is welcome.| Looking forward to your answer.| Please get back to me.| \
Have a nice day.| Thanks for your help.| Regards| What can I do?| Who can help?| Please help.| Can you help me with that?| \
Please answer soon.| I hope you can help.| Yours sincerely| Greetings| Ta| Sorry for the trouble.| Appreciate it.`
    .split("|")
    .map((closing) => ` ${closing.trim()}`);

/** Text with something polite or personal around it, which changes nothing about what it says. */
export function surround(draw: Draw, text: string): string {
  const before = draw.chance(0.25) ? draw.pick(OPENINGS) : "";
  const start = before !== "" && !/[.!:] $/u.test(before) && draw.chance(0.5) && !/^I\b/u.test(text);
  const after = draw.chance(0.2) ? draw.pick(CLOSINGS) : "";
  const body = after === "" ? text : sentenceOf(text);
  return `${before}${start ? body.slice(0, 1).toLowerCase() + body.slice(1) : body}${after}`;
}
