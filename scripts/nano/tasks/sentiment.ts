import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { roughen } from "../language/roughen.ts";
import { city, firstName, PRODUCTS, WEEKDAYS, wholeNumber } from "../language/words.ts";
import { ask } from "./instruct.ts";

const LIKED =
  `great excellent wonderful fantastic superb lovely amazing brilliant perfect outstanding delightful awesome
splendid impressive pleasant marvellous fabulous terrific beautiful good nice reliable comfortable friendly helpful
delicious charming flawless remarkable exceptional`.split(/\s+/u);
const DISLIKED = `terrible awful horrible dreadful bad poor disappointing useless annoying broken cheap ugly rude slow
unreliable disgusting boring frustrating lousy pathetic uncomfortable faulty miserable unacceptable overpriced dirty noisy
appalling mediocre worthless`.split(/\s+/u);

const POSITIVE = lines`
  (I love|I really love|We love|I adore|I enjoy|I really like) (the|this|my new|our) <thing>(|!|, it is <liked>|: <liked> and <liked>).
  (The|This) <thing> is (<liked>|really <liked>|so <liked>|absolutely <liked>|<liked> and <liked>)(|!).
  (What|Such) a <liked> <thing>(|!|, I am so happy|, thank you).
  (I am|We are|My family is) (very|really|so|extremely) (happy|pleased|satisfied|impressed|delighted) with the <thing>.
  (The <thing>|It|Everything) (works|worked|fits) (perfectly|beautifully|flawlessly|like a charm|very well)(|, <liked> quality).
  (Best|The best) <thing> (ever|I have ever had|in years|we ever bought)(|!).
  (I would|We would|I will|I can) (recommend|gladly recommend|happily recommend) (this|the) <thing> (to everyone|to anybody|to my friends|any time).
  The (staff|service|team|support|people) (was|were) (<liked>|so <liked>|very <liked>)(|, thank you| and <liked>).
  (Five stars|Ten out of ten|Thumbs up|Well done|Bravo)(|!| for the <thing>|, the <thing> is <liked>).
  (It|The <thing>) (exceeded|surpassed|beat) (all|) my expectations(| and is <liked>).
  (Worth|Well worth|Absolutely worth) (every cent|the money|the price|the wait)(|, <liked> <thing>).
  (It|The <thing>) is not bad at all(|, I like it|, quite <liked>).
  (I cannot|I can not) (complain|fault) (about|) the <thing>(|, it is <liked>), (I like it|all good|very happy).
  (My|Our) <thing> (arrived|came) (early|quickly|on time) and is (<liked>|really <liked>)(|!).
  (I was|We were) (surprised|stunned) how <liked> the <thing> (is|was).
  (Thank you|Thanks) (so much|) for (the|this) <liked> <thing>(|!).
  (The <thing>|This one) made my (day|week)(|, <liked>)(|!).
  (I had|We had) a <liked> (time|evening|stay|experience) (in <city>|with the <thing>|there).
  (Never|I have never) had a (better|nicer) <thing>(| than this)(|!).
  <name> (was|is) (so|very|really) <liked>(|, we had a great time|, I am grateful).
  (Simply|Just|Really|Truly) <liked>(|!|, nothing to add).
  (So|I am so) (glad|happy) (I bought|that I chose|we picked) (this|the) <thing>.
  (Easy|Quick|Simple) to (use|set up|clean) and <liked>(|!|, I love it).
  (No problems|No complaints|Nothing to complain about)(|, everything was <liked>| with the <thing>).
`;
const NEGATIVE = lines`
  (I hate|I really hate|We hate|I dislike|I regret buying|I cannot stand) (the|this|my new|our) <thing>(|!|, it is <disliked>).
  (The|This) <thing> is (<disliked>|really <disliked>|so <disliked>|absolutely <disliked>|<disliked> and <disliked>)(|!).
  (What|Such) a <disliked> <thing>(|!|, I am so angry|, never again).
  (I am|We are|My family is) (very|really|so|extremely) (unhappy|disappointed|dissatisfied|angry|upset|annoyed) with the <thing>.
  (The <thing>|It) (stopped working|broke|fell apart|failed) (after <number> days|at once|on the first day|within a week).
  (Worst|The worst) <thing> (ever|I have ever had|in years|we ever bought)(|!).
  (I would|We would|I will|I can) (not|never) (recommend|buy|use) (this|the) <thing> (to anyone|again|any more).
  The (staff|service|team|support|people) (was|were) (<disliked>|so <disliked>|very <disliked>)(|, never again| and <disliked>).
  (One star|Zero stars|Thumbs down|Never again|Shame on you)(|!| for the <thing>|, the <thing> is <disliked>).
  (It|The <thing>) (does not work|did not work|never worked)(| at all|, how <disliked>).
  (Not worth|It is not worth) (the money|the price|a cent|the wait)(|, <disliked> <thing>).
  (It|The <thing>) is not (good|great|nice|reliable)(| at all|, I am disappointed).
  (A waste|A complete waste|What a waste) of (money|time)(|, the <thing> is <disliked>)(|!).
  (My|Our) <thing> (arrived|came) (late|broken|damaged|too late) and is (<disliked>|really <disliked>)(|!).
  (I want my money back|I am sending it back|I will return it)(|: the <thing> is <disliked>|, it is <disliked>).
  (No thanks|Sorry) (for|about) (this|such a) <disliked> <thing>(|, but it is bad)(|!).
  (The <thing>|This one) ruined my (day|week|weekend)(|, <disliked>)(|!).
  (I had|We had) a <disliked> (time|evening|stay|experience) (in <city>|with the <thing>|there).
  (Never|I have never) had a (worse|poorer) <thing>(| than this)(|!).
  <name> (was|is) (so|very|really) <disliked>(|, we left early|, I am upset).
  (Simply|Just|Really|Truly) <disliked>(|!|, nothing to add).
  (I wish|If only) I had (never|not) bought (this|the) <thing>.
  (Hard|Difficult|A pain) to (use|set up|clean) and <disliked>(|!|, I am disappointed).
  (Nothing but problems|Only trouble|So many problems) with the <thing>(|, <disliked> quality).
`;
const NEUTRAL = lines`
  (The|My|Our) <thing> (arrived|was delivered|came) on <weekday>.
  (I bought|We bought|I ordered) (the|a|this) <thing> (on <weekday>|in <city>|last month|<number> weeks ago).
  (The|This) <thing> (weighs|costs|measures) <number> (kilos|euros|centimetres).
  (The|This) <thing> (is|comes) (in|with) (a box|black|blue|white|a manual|a cable).
  (I use|We use|My brother uses) the <thing> (at work|every <weekday>|at home|now and then).
  (The|This) <thing> is (okay|average|fine|so-so|neither good nor bad)(|, nothing special).
  (The shop|The store|The office) (opens|closes) at <hour> (on <weekday>|every day).
  (The|Our) (meeting|call|train|bus) (is|starts|leaves) (on <weekday>|at <hour>|in <city>).
  (It|The <thing>) has (two|three|four) (buttons|parts|colours|settings).
  (There are|We have) <number> (chairs|pages|rooms|people) (in the box|in the room|on the list|in the team).
  <name> (lives|works|stays) in <city>.
  <name> (has|owns|bought) (a|the) <thing>.
  (The|This) <thing> is (made|sold|produced) in <city>.
  (I have not|We have not|I did not) (tried|used|opened|unpacked) the <thing> yet.
  (The|This) (manual|report|list) has <number> pages.
  (It does|The <thing> does) what it says(|, no more and no less|, nothing more).
  (The package|The parcel|The box) (contained|contains) (a|one) <thing>(| and a manual).
  (I|We) (will|might) (test|try|unpack) the <thing> (on <weekday>|next week|tomorrow).
  (The|My) <thing> is (like|the same as|similar to) the (old|last|previous) one.
  (They|The shop) (sell|sells) the <thing> (in <city>|online|in two sizes).
  (The invoice|The delivery note|The warranty card) (was|is) (in|inside) the (box|parcel).
  (No opinion|I have no opinion|I have no view) (on|about) the <thing>(| yet).
`;
const THINGS =
  `hotel, food, film, book, service, app, room, breakfast, concert, restaurant, website, course, trip, game,
delivery, support, pizza, coffee, battery, screen, sound, meal, flight, weather, music, museum, taxi, update`.split(
    /\s*,\s*/u,
  );
const POOLS = { positive: POSITIVE, negative: NEGATIVE, neutral: NEUTRAL };
const LABELS = ["positive", "negative", "neutral"] as const;

function sentenceOf(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}

/** A review or remark and how its writer feels. */
export function sentimentMessage(draw: Draw): { readonly text: string; readonly label: (typeof LABELS)[number] } {
  const label = draw.pick(LABELS);
  const one = (): string =>
    draw.phrase(POOLS[label], {
      thing: () => (draw.chance(0.45) ? draw.value(PRODUCTS) : draw.pick(THINGS)),
      liked: () => draw.value(LIKED),
      disliked: () => draw.value(DISLIKED),
      number: () => wholeNumber(draw, 2, 99),
      hour: () => String(draw.int(6, 20)),
      weekday: () => draw.pick(WEEKDAYS),
      city: () => city(draw),
      name: () => firstName(draw),
    });
  const text = draw.chance(0.25) ? `${sentenceOf(one())} ${one()}` : one();
  return { label, text: roughen(draw, text) };
}

const INSTRUCTIONS = lines`
  (Classify|Rate|Judge|Determine|Label) the sentiment(| of this text| of this review| of the following message| of this sentence).
  (What is|Tell me|Name|Give me) the sentiment (of this|of the following|in this) (text|review|message|comment|sentence).
  (Is|Decide if|Say whether|Tell me if) (this|the following) (review|text|message|comment) (is|sounds|:) positive, negative or neutral.
  Sentiment (analysis|classification|check)(|: positive, negative or neutral|, one word).
  (How does|How did) the (writer|customer|author|person) feel(|: positive, negative or neutral).
  (Answer|Reply|Respond) (only|) with positive, negative or neutral(|, nothing else| for this text).
  (Does this|Would you say this) (sound|is|sounds) positive, negative or neutral.
  (Positive|Negative), (negative|positive) or neutral(| review| text).
  (Assign|Choose|Pick) (a|one) (sentiment|label) (|label )(positive, negative, neutral).
  (Sentiment|Mood|Tone) of (this|the) (text|review|feedback|message).
  (Find out|Detect|Recognize) (the sentiment|whether the customer is happy): positive, negative or neutral.
  (Label|Tag|Mark|Sort) this (feedback|review|comment|post) as (positive|negative), (negative|positive) or neutral.
  (What|Which) (mood|feeling|sentiment|tone) does this (text|review|message) (have|show|express): positive, negative or neutral.
  (Read|Look at) this (review|text) and (give|state|name) its sentiment.
  (You classify|Your job is to classify|You label) (reviews|texts|messages) as positive, negative or neutral.
  (Customer|User) (review|feedback|comment), (positive|is it positive), negative or neutral.
`.map((template) => template.replace("(positive, negative, neutral)", "from positive, negative, neutral"));

/** Names the sentiment of a text with one word. */
export function sentimentExample(draw: Draw): Example {
  const { text, label } = sentimentMessage(draw);
  return {
    task: "sentiment",
    turns: [...ask(draw, draw.phrase(INSTRUCTIONS), text), { role: "assistant", text: label }],
  };
}
