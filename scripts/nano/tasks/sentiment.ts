import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines, sentenceOf } from "../language/phrase.ts";
import { roughen } from "../language/roughen.ts";
import { city, DEPARTMENTS, firstName, MONTHS, PRODUCTS, TOPICS, WEEKDAYS, wholeNumber } from "../language/words.ts";
import { ask } from "./instruct.ts";
import { ASPECTS, DISLIKED, LIKED, THINGS } from "./sentiment-words.ts";
import { NEGATIVE } from "../wordings/negative-remarks.ts";
import { NEUTRAL } from "../wordings/neutral-remarks.ts";
import { POSITIVE } from "../wordings/positive-remarks.ts";
import { INSTRUCTIONS } from "../wordings/sentiment.ts";

const POOLS = { positive: POSITIVE, negative: NEGATIVE, neutral: NEUTRAL };
const LABELS = ["positive", "negative", "neutral"] as const;
type Label = (typeof LABELS)[number];

const ASPECT_FORMS = lines`
  (The|Our|My|This|Their|Your) <subject> <predicate>.
  (The|Our|My|This) <subject> <predicate>(!| again.|, really.| today.| this time.| yesterday.)
  (The|Our) <subject> <predicate> and (the|our) <second> <also>.
  (The|Our) <subject> <predicate>, the <second> <also>.
  (I must say|To be honest|Honestly|I have to say|In my opinion|For me|Wow|Overall|All in all)(,| that) the <subject> <predicate>.
  (We were|I was|My wife was) (in <city>|there) (last week|on <weekday>|in <month>) and the <subject> <predicate>.
  (I visited|We went to|We tried) (the place|<city>|your shop) (on <weekday>|last week|with friends). The <subject> <predicate>.
  (I think|I find|We think|My family thinks|Everyone said) the <subject> <predicate>.
  (I bought it in <month>|I ordered it on <weekday>|We stayed <number> nights|I have had it for <number> weeks): the <subject> <predicate>.
  <name> said (that |)the <subject> <predicate>(.|!)
  The <subject> <predicate>(,| and) the <second> (too|as well): it <also>.
  (First|At first) the <subject> <predicate>, (then|later) the <second> <also>.
  (Your|The) <subject> in <city> <predicate>.
  <bare>(!|.)
  <bare>, (really|honestly|no kidding|I swear|believe me).
  (Just|Really|So|Simply) <bare>.
`;
const CLOSERS = {
  positive: lines`
    (Highly recommended|Would buy again|We will be back|Five stars|Thank you|Love it|I am so happy|Very happy|10/10|Keep it up|Can't wait to come back)(.|!)
    (I will|We will) (come back|order again|tell my friends|buy it again|stay here again).
    (Thanks|Big thanks|Thank you so much) to (the team|<name>|everyone).
    (Recommended|Great job|A big thank you|Well done|So good|I love it|Two thumbs up|Bravo)(!|.)
    (I am|We are) (delighted|so pleased|thrilled|very satisfied|more than happy).
  `,
  negative: lines`
    (Never again|Avoid|Stay away|One star|Do not buy|I want my money back|Very disappointed|0/10|What a shame|Save your money)(.|!)
    (I will|We will) (never come back|not order again|warn my friends|not buy it again|go somewhere else).
    (I am|We are) (furious|so angry|very disappointed|fed up|sick of it|not amused|upset).
    (Shame on you|Not recommended|How annoying|So sad|I hate it|Two thumbs down|Horrible|Such a waste)(!|.)
    (I expected|We had hoped for) (more|better|something else).
  `,
  neutral: lines`
    (That is all|Nothing more to say|See the attachment|More next week|For your information|Just so you know)(.|)
    (It is|They are) (on the list|in the office|part of the set|next to the door).
    (The number is|It was) <number>.
    (Further details follow|The list is attached|I will let you know).
    (It was|This was) (on <weekday>|in <month>|in <city>).
  `,
};

function slotsOf(draw: Draw): Record<string, () => string> {
  return {
    thing: () => (draw.chance(0.4) ? draw.value(PRODUCTS) : draw.pick(THINGS)),
    liked: () => draw.pick(LIKED),
    disliked: () => draw.pick(DISLIKED),
    number: () => wholeNumber(draw, 2, 99),
    hour: () => String(draw.int(6, 20)),
    weekday: () => draw.pick(WEEKDAYS),
    month: () => draw.pick(MONTHS),
    city: () => city(draw),
    name: () => firstName(draw),
    topic: () => draw.value(TOPICS),
    department: () => draw.value(DEPARTMENTS),
  };
}

function aspectRemark(draw: Draw, label: "positive" | "negative"): string {
  const side = label === "positive" ? "good" : "bad";
  const [first, second] = [draw.pick(ASPECTS), draw.pick(ASPECTS)];
  const subject = draw.pick(first.subjects);
  const predicate = draw.pick(first[side]);
  const bare = `${subject} ${predicate}`;
  return draw.phrase(ASPECT_FORMS, {
    ...slotsOf(draw),
    subject,
    predicate,
    second: draw.pick(second.subjects),
    also: draw.pick(second[side]),
    bare: bare.slice(0, 1).toUpperCase() + bare.slice(1),
  });
}

/** "At first I had my doubts, but …": the last clause is what counts. */
const TURNS = {
  positive: lines`
    (I had my doubts|I was sceptical|I did not expect much|It is not cheap|It looks plain|It took a while), but <rest>
    (At first I was worried|After a bad start|Despite the rain|Although it is old|Even though it was expensive), <rest>
    (It could be cheaper|Only the colour is odd|The queue was long|Small, but), (still|and yet) <rest>
  `,
  negative: lines`
    (I had high hopes|It looked nice in the photos|I wanted to like it|The price was fair|It used to be good|The start was promising), but <rest>
    (At first all was fine|After a good start|Despite the good reviews|Although I paid a lot|Even though they promised a lot), <rest>
    (The colour is nice|Everybody praised it|The idea is good|Cheap, yes), (but|sadly) <rest>
  `,
};

/** A review or remark and how its writer feels. */
export function sentimentMessage(draw: Draw): { readonly text: string; readonly label: Label } {
  const label = draw.pick(LABELS);
  const one = (): string =>
    label !== "neutral" && draw.chance(0.55) ? aspectRemark(draw, label) : draw.phrase(POOLS[label], slotsOf(draw));
  let text = one();
  if (draw.chance(0.18)) text = `${sentenceOf(text)} ${one()}`;
  else if (draw.chance(0.2)) text = `${sentenceOf(text)} ${draw.phrase(CLOSERS[label], slotsOf(draw))}`;
  else if (label !== "neutral" && draw.chance(0.1)) {
    const rest = /^(I|I'm|We) /u.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
    text = draw.phrase(TURNS[label], { rest });
  }
  return { label, text: roughen(draw, text) };
}

/** Names the sentiment of a text with one word. */
export function sentimentExample(draw: Draw): Example {
  const { text, label } = sentimentMessage(draw);
  return {
    task: "sentiment",
    turns: [...ask(draw, draw.phrase(INSTRUCTIONS), text), { role: "assistant", text: label }],
  };
}
