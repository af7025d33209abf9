import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { capitalize } from "../language/words.ts";
import * as tone from "../wordings/tone.ts";
import * as moreTone from "../wordings/third/tone.ts";
import * as fourthTone from "../wordings/fourth/tone.ts";
import { ask } from "./instruct.ts";
import { order } from "./orders.ts";

const MAKE_POLITE = [
  ...lines`
  (Make|Make this|Rewrite this to be) (polite|politer|more polite|friendlier).
  (Rewrite|Rephrase|Say) (this|it) (politely|in a polite way|more politely).
  (Turn|Change) (this|the order|it) into a polite (request|question).
  (Say|Ask|Write) it (nicely|politely|in a friendly way).
  (How|What) (do|can) I (say|ask) (this|it) politely.
  (Please|) (make|phrase) (this|the sentence) (polite|more polite).
  (Polite|A polite|The polite) version(| of this sentence| please).
  (Ask|Phrase|Word) this (politely|nicely|as a polite request).
  (Add|Use) (some|good) manners.
  (Soften|Polish) (this|the) (order|sentence|command).
  (Make|Phrase|Put|Say) (this|it|the following) (sound |)(more polite|nicer|kinder|friendlier|more friendly|politer).
  (Rewrite|Rephrase|Reword|Reformulate) (this|the sentence|it|the following) (more politely|so that it is polite|to sound polite|in a polite tone|as a polite question).
  (Be polite|Be nice|Politely|Polite version|More polite)(| please).
  (Turn|Make) (this command|this order|the instruction|this) into (a polite question|a friendly request|a polite request).
  (How would|How can) (a polite person|one politely|you politely|I politely) (say|phrase|put|ask) (this|that).
  (Ask for|Say|Request) (this|the same) (politely|nicely|in a nice way|with good manners).
  (Change|Adjust) the tone to (polite|friendly|courteous).
  (Formulate|Express) (this|it) (politely|courteously|in a friendly manner).
  (This|It) (sounds|is) (rude|too harsh|too direct|impolite)(:|,) (make it polite|rewrite it politely|be nicer).
  (Polite|Courteous|Friendly) (wording|phrasing|form|rewrite)(| of this| please|).
  (Give me|I need|I want|Write) (a|the) polite (version|form|way to say this)(| of this| of it|).
  (Transform|Convert) (this|the order|the sentence) (to|into) (polite English|a polite form|a courteous question).
  (Can you|Could you) (make|put|phrase) (this|it) (politely|more polite|nicer).
  (Add|Include) (a please|politeness|courtesy).
`,
  ...tone.MAKE_POLITE,
  ...moreTone.MAKE_POLITE,
];
const MAKE_PLAIN = [
  ...lines`
  (Make|Make this|Rewrite this to be) (plain|short|direct|brief).
  (Rewrite|Rephrase|Say) (this|it) (plainly|in plain words|directly|briefly).
  (Turn|Change) (this|the request|it) into a (plain|short|direct) (order|instruction|command).
  (Say|Write) it (directly|shortly|without politeness).
  (Please|) (shorten|simplify) (this|the sentence|the request).
  (Plain|A plain|The plain|Short) version(| of this sentence| please).
  (Remove|Drop|Leave out) the (politeness|polite words).
  (Put|State) (this|it) as (an order|a plain instruction|a command).
  (Cut|Strip) (this|the request) (down|to the order).
  (What is|Give me) the (plain|short) (order|instruction)(| in this).
  (Make|Put|Say) (this|it|the following) (more direct|plainer|shorter|blunt|as a direct order|without the polite words).
  (Rewrite|Rephrase|Reword) (this|the sentence|it|the following) (as a plain instruction|as a short order|as a command|in a direct way|bluntly|without politeness).
  (Be direct|Be plain|Plainly|Directly|More direct|Shorter)(| please).
  (Turn|Make) (this polite request|this question|the request|this) into (a command|an order|a direct instruction|a plain order).
  (What|Which) (does the person|do they|is it they) (want|want me to do|ask for)(|, as an order|, plainly).
  (Take|Strip) (away|off|out) (the politeness|the polite words|the courtesy).
  (Change|Adjust) the tone to (direct|plain|neutral|blunt).
  (State|Express) (this|it) (plainly|as an instruction|as a command|in few words).
  (This|It) (is|sounds) too (polite|long|wordy)(:|,) (make it plain|shorten it|say it directly).
  (Plain|Direct|Blunt) (wording|phrasing|form|rewrite)(| of this| please|).
  (Give me|I need|I want|Write) (a|the) (plain|direct|short) (version|form|order)(| of this| of it|).
  (Transform|Convert) (this|the request|the sentence) (to|into) (a plain order|plain English|an imperative|a command).
  (Can you|Could you) (make|put|phrase) (this|it) (plainly|directly|as an order|shorter).
  (Just|Only) the (order|instruction|command)(|, please|, without politeness).
`,
  ...tone.MAKE_PLAIN,
  ...moreTone.MAKE_PLAIN,
  ...fourthTone.MAKE_PLAIN,
];
const POLITE_FORMS = [
  ...lines`
  (Could|Can|Would) you (please|kindly|possibly) <order>?
  Would you mind (|please )to <order>?
  I would be (grateful|glad|happy) if you could <order>.
  (Please|Kindly) be so (kind|good) and <order>.
  (If|When) you have (a moment|time), could you <order>?
  May I ask you to <order>?
  (It would be|It'd be) (great|nice|lovely|kind) if you could <order>.
  I would like to ask you to <order>.
  Would it be possible for you to <order>?
  (Sorry to bother you, but|Excuse me,) could you <order>?
  (Could|Can|Would) you <order>(|, please| please)?
  (Would|Could) you (be so kind|be kind enough|be so good|be nice enough) (as |)to <order>?
  I would (really |very much |)(appreciate|be thankful|like) it if you (could|would) <order>.
  (I'd|I would) be (very grateful|so happy|delighted|obliged) if you (could|would) <order>.
  (Please|Kindly) <order>(|, thank you|, thanks|, if you can|, if possible|, if you don't mind|, when you have time).
  (If|When|Whenever) (it is not too much trouble|you don't mind|it suits you|you get the chance|you find the time|possible), (please|could you|would you|can you) <order>(|.).
  (Might|May|Could) I (ask|trouble|bother|kindly ask) you to <order>?
  (It would be|It'd be|That would be) (very kind|a great help|wonderful|much appreciated|so nice) (of you to|if you would|if you could) <order>.
  (I was wondering|I wonder|We wonder) (if|whether) you (could|might|would) <order>(|.|?).
  (Do|Would) you think you could <order>?
  (Is|Would) (it|there) (be |)(possible|any chance|alright) (for you to|that you) <order>?
  (Would|Will) you (please|kindly) <order>?
  (I'm sorry|Sorry|Pardon me|Forgive me)(, but| for asking,| for the trouble, but|,) (could|can|would) you <order>?
  (Thank you|Thanks) (in advance |)for (being so kind to|helping us to) <order>.
  (We|I) (kindly |)(ask|request|beg) you to <order>.
  (Hi|Hello|Dear colleague|Good morning)(,|!) (could you please|would you|can you kindly|please) <order>(|?).
  (You would do me|Do me) a (great |)favour (if you could|and) <order>.
  (I hope|We hope) (you can|you could|it is okay to) <order>.
`,
  ...tone.POLITE_FORMS,
  ...moreTone.POLITE_FORMS,
  ...fourthTone.POLITE_FORMS,
];

const COURTESIES = [
  ...lines`
  (Thank you|Thanks)(| in advance| so much| very much| a lot)(.|!)
  (That|It) would (be|help) (great|me a lot|so nice|wonderful|very kind)(.|!)
  I would (really |)(appreciate it|be grateful|be very thankful).
  (Sorry|I am sorry) (for the trouble|to bother you|for asking).
  (Only|But only) if (you have time|it suits you|you do not mind|it is okay for you).
  (Take your time|There is no hurry|Whenever you like|When it suits you).
  (Many thanks|Much appreciated|Kind regards|Best wishes)(.|!)
  I know you are (busy|very busy)(|, sorry|, but it would help).
`,
  ...moreTone.COURTESIES,
];

/** A courtesy behind a request, or before it. */
function withCourtesy(draw: Draw, request: string): string {
  const courtesy = draw.phrase(COURTESIES);
  return draw.chance(0.75) ? `${request} ${courtesy}` : `${courtesy} ${request}`;
}

/** An order made polite, or a polite request made plain: both ways of one sentence. */
export function tonalExample(draw: Draw, bare = order(draw)): Example {
  const plain = `${capitalize(bare)}.`;
  if (draw.chance(0.5)) {
    const given = draw.chance(0.2) ? `${capitalize(bare)}!` : draw.chance(0.15) ? bare : plain;
    return {
      task: "polite",
      turns: [...ask(draw, draw.phrase(MAKE_POLITE), given), { role: "assistant", text: `Could you please ${bare}?` }],
    };
  }
  const polite = draw.phrase(POLITE_FORMS, { order: bare });
  const given = draw.chance(0.25) ? withCourtesy(draw, polite) : polite;
  return { task: "plain", turns: [...ask(draw, draw.phrase(MAKE_PLAIN), given), { role: "assistant", text: plain }] };
}
