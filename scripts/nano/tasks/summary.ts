import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { department, place, product, topic } from "../language/made-values.ts";
import { capitalize, clockTime, code, firstName, WEEKDAYS, wholeNumber } from "../language/words.ts";
import { ask } from "./instruct.ts";
import { FILLERS, INSTRUCTIONS } from "../wordings/summaries.ts";

interface Story {
  readonly facts: readonly (readonly string[])[];
  readonly summary: string;
}

const STORIES: readonly Story[] = [
  {
    facts: [
      lines`
        (On <weekday>|Last <weekday>), <name> (led|opened|chaired) the meeting about the <topic>(| in <city>).
        <name> (led|opened|chaired) the meeting about the <topic> (on <weekday>|last <weekday>).
        The meeting about the <topic> (on <weekday>|last <weekday>) was (led|opened|chaired) by <name>.
        (There was|We had) a meeting about the <topic> on <weekday>, (led|chaired|opened) by <name>.
        (On <weekday>|Yesterday|This week) (we|the team) (met|talked) about the <topic>; <name> (led|chaired) the meeting.
      `,
      lines`
        (It was|The team) decided to (postpone|start) (it|the work) (in|until) <month>.
        (The plan|The decision) is to start in <month>.
        (They|All) agreed to start in <month>.
        (The start|It|The project) (is planned for|will start in|begins in) <month>.
      `,
    ],
    summary: "<name> led the meeting about the <topic>. It starts in <month>.",
  },
  {
    facts: [
      lines`
        (The|Our) <product> (order|delivery) <code> (for|of) <name> (is late|was delayed|has not arrived).
        <name> (is waiting for|has not received) order <code> with the <product>.
        Order <code> of <name>, a <product>, (is late|has not arrived|was delayed).
        <name> (ordered|bought) a <product> with order <code>, (but|and) it is late.
        (The|A) <product> for <name>, order <code>, (did not come|is delayed|is late).
      `,
      lines`
        (It|The parcel) (will|should) (arrive|come) on <weekday>.
        (The|A) new date (for the delivery |)is <weekday>.
        (We|They) promised (to deliver|delivery) on <weekday>.
        (Now|Instead) it (will come|comes|is expected) on <weekday>.
      `,
    ],
    summary: "Order <code> of <name> is late. It will arrive on <weekday>.",
  },
  {
    facts: [
      lines`
        (At|Around) <time> the (<thing>) (went down|stopped working|failed) in <city>.
        The <thing> in <city> (went down|stopped working|failed) at <time>.
        (In <city>|Our office in <city> reported that) the <thing> (went down|failed|stopped working) at <time>.
      `,
      lines`
        <name> (fixed|repaired|restarted) it (after <number> minutes|within <number> minutes).
        (After|It took) <number> minutes (|until )it was (fixed|repaired|running again)(,| thanks to|) <name>(| did it).
        It was (fixed|repaired) by <name> (after|in) <number> minutes.
      `,
    ],
    summary: "The <thing> in <city> failed at <time>. <name> fixed it after <number> minutes.",
  },
  {
    facts: [
      lines`
        <name> (complained|wrote to complain) about the <product>(| that was bought in <city>).
        (A customer|The customer), <name>, (complained|is unhappy) about the <product>.
        (The|A) complaint of <name> (concerns|is about) the <product>.
      `,
      lines`
        (We|The shop) (refunded|paid back|returned) <number> euros.
        <number> euros were (refunded|paid back|returned).
        (A|The) refund of <number> euros was (paid|sent|agreed).
      `,
    ],
    summary: "<name> complained about the <product>. <number> euros were refunded.",
  },
  {
    facts: [
      lines`
        <name> (joined|joins|is joining|has joined) the <team> team (in|from) <city>.
        (The|Our) <team> team in <city> (has|gets|welcomes) a new colleague, <name>.
        (A new colleague|Our new colleague), <name>, (started|starts) in <team> in <city>.
        (We|All of us) welcome <name>, who (joins|joined) <team> in <city>.
      `,
      lines`
        (The|Her|His) first day (is|was) <weekday>.
        (It|The work|Everything) (starts|started|begins) on <weekday>.
        <weekday> (is|was) the first day.
      `,
    ],
    summary: "<name> joins the <team> team in <city>. The first day is <weekday>.",
  },
  {
    facts: [
      lines`
        (We|They|The company) (bought|ordered|got) <number> new <product>s for (the office in |)<city>.
        <number> new <product>s were (bought|ordered) for (the office in |)<city>.
        (The|Our) office in <city> (got|gets|ordered|bought) <number> new <product>s.
      `,
      lines`
        (They|It all|The whole order) cost <amount> euros.
        (The|A) (price|bill|total) (was|came to) <amount> euros.
        <amount> euros were (paid|spent)(| in total| for all).
      `,
    ],
    summary: "<number> new <product>s were bought for <city>. They cost <amount> euros.",
  },
];

/** Two facts between sentences that do not matter, and the two sentences that do. */
export function summaryExample(draw: Draw): Example {
  const story = draw.pick(STORIES);
  const slots = {
    name: firstName(draw),
    topic: topic(draw),
    product: product(draw),
    city: place(draw),
    code: code(draw),
    time: clockTime(draw),
    thing: draw.pick([
      "server",
      "website",
      "network",
      "phone system",
      "printer",
      "heating",
      "database",
      "alarm system",
    ]),
    number: wholeNumber(draw, 5, 90),
    amount: wholeNumber(draw, 100, 9000),
    team: department(draw),
    weekday: draw.pick(WEEKDAYS),
    month: draw.pick(["January", "March", "April", "June", "July", "September", "October", "December"]),
  };
  const facts = story.facts.map((pool) => draw.phrase(pool, slots));
  const fillers = Array.from({ length: draw.int(1, 3) }, () => draw.phrase(FILLERS));
  const [first = "", second = ""] = facts;
  const text = draw.pick([
    [first, ...fillers, second],
    [...fillers, first, second],
    [first, second, ...fillers],
    [fillers[0] ?? "", first, ...fillers.slice(1), second],
  ]);
  const summary = story.summary.replace(/<([a-z]+)>/gu, (_, name: keyof typeof slots) => slots[name]);
  return {
    task: "summary",
    turns: [
      ...ask(draw, draw.phrase(INSTRUCTIONS), text.map(capitalize).join(" ")),
      { role: "assistant", text: summary },
    ],
  };
}
