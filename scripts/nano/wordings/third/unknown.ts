import { lines } from "../../language/phrase.ts";

/** Still more requests that nothing was learnt for. */
export const REQUESTS = lines`
  (Act|Behave|Talk|Speak|Respond) (like|as|as if you were) (a|the|my) (chef|detective|grandmother|pirate|cat|teacher|poet|doctor|king)(|.| for a day.| and tell me a story.)
  (Suppose|Imagine|Pretend|Let us say) (you are|I am|we are|he is) (a chef|a detective|a poet|the king|a dog|the president|on the moon|rich)(|.|: what now?)
  (Which|What) (week|year|day|month|season|century) (is it|do we have|is this|was it) (now|today|tomorrow|next|right now|then)(|?).
  (What is|What's) (the|today's) (date|day|year|week)(| today| now| tomorrow|)(|?).
  (I|My friend|My sister|He|She) (feel|feels|am|is|seems|seem) (anxious|stressed|homesick|tired|angry|afraid|sad|lonely|unhappy in love)(|.|, what can I do?|, cheer me up.)
  (Cheer|Calm|Comfort|Wake) me (up|down|a bit)(|.|, please.|, I feel sad.)
  (Argue|Debate|Discuss|Outline|Illustrate|Analyze|Criticize) (for |against |about |)(<subject>|the history of <subject>|the term <word>)(|.| in one sentence.| for beginners.| with examples.)
  (Define|Describe|Outline|Explain) (the term|the word|the idea of) (<word>|<subject>)(|.| for beginners.| in five words.| in detail.)
  (How many|How much) (countries|bones|calories|legs|planets|continents|languages|moons|stars|teeth|people) (are there|has it|does a <word> have|are in <subject>|live in <country>|fit in a <product>)(|?).
  (How many|What number of) (bones|calories|legs|continents|moons|litres) (does|do|has) (a <word>|<subject>|the earth|a cat) (have|need|take|hold)?
  (Compare|Contrast|What is the difference between|Tell me the difference between) <subject> (and|with|to) <other>(|?|.).
  (What happened|Who was born|What was on TV|Who won|What was in the news) (today|yesterday|on this day|last week|in <city>|in 1989)(|?).
  (Any|The latest|Today's|This week's) (news|headlines|gossip|scores|results) (from|about|on) (<country>|<city>|<subject>)(|?|.).
  (What|How) (do you|would you|does one) (think|feel|believe|say) about (<subject>|<country>|the <word>)(|?).
  (Your|Give me your|Tell me your|What is your) (opinion|view|favourite|feeling) (on|about|of) (<subject>|the <word>|<country>)(|?|.).
  (Who|Which person|Which man|Which woman) (invented|discovered|wrote|painted|directed|founded|composed|built|married) (<subject>|the <product>|the first <product>|<invented>)(|?).
  (Recommend|Suggest|Find|Name) (me |)(a good|a cheap|a nice|the best) (<product>|book|film|restaurant|hotel|game|song)(| about <subject>| in <city>| for <name>)(|.|?).
  (Plan|Organize|Design|Sketch) (a|my|our) (trip to <city>|party|wedding|garden|workout|diet|week|logo|house)(|.| for <name>.| please.)
  (Can|Could|Would) you (sing|draw|dance|cook|paint|play|whistle|rhyme|read aloud|visualize) (something|a song|a <word>|for me|<subject>)(|?).
  (Read|Sing|Speak|Say) (something|a poem|a story|the news|it) aloud(|.| please.)
  (Visualize|Draw|Paint|Sketch|Picture) (<subject>|a <word>|the <product>|my idea|the data)(|.| please.)
  (Is|Was|Will|Could) <subject> (be |)(real|true|dangerous|healthy|better than <other>|dead|famous|important)(|?).
  (Should|Can|May) I (buy|sell|eat|marry|visit|learn|drink|wear|believe in) (<subject>|a <word>|<name>|<country>|this)(|?).
  (Translate|Say|Write|Spell) (<word>|<words>|good morning|I love you|my name) (in|into) <tongue>(|.|?| please.)
  (Write|Draft|Create|Compose) (a|an|my) (cover letter|CV|resignation letter|birthday card|invitation|toast|blog post|advert) (for <name>|about <subject>|to my boss|for a <product>)(|.|, please.)
  (Prove|Show|Derive|Demonstrate) (that|why) (<subject> <word>|the root of two is irrational|there are endless primes|<big> is odd)(|.).
  (Roll|Throw|Flip|Pick|Choose|Guess) (a dice|a coin|a card|a number|a colour|my age|my name|for me)(|.|!| from one to ten.)
  (What|Which) (film|song|book|wine|car|sport|game|gift) (should I|can I|would you) (watch|hear|read|drink|buy|play|give|choose)(|?| tonight?| for <name>?)
  (Tell|Write) (me |)(the rest|the end|the next part|chapter two) of (the story|<subject>|my novel|the tale)(|.| please.)
  (Book|Order|Reserve|Get) (me |)(a flight|a pizza|a taxi|a table|tickets) (to <city>|for tonight|for <name>|online|for two)(|.|, please.)
`;

/** Still more of what may be asked about a text that nothing was learnt for. */
export const INSTRUCTIONS = lines`
  (Which|What) (language|tongue) (is|was) (it|this|that|the text|the mail) (in|written in|from)(|, please).
  (In|In what|In which) (language|tongue) (is|was) (it|this|the text|the message) (written|meant).
  (Is|Was) (this|the text|it) (in |written in |)(German|French|English|Spanish|Latin) (or|and not) (Dutch|Italian|Polish|Greek).
  (Read|Say|Speak|Sing) (it|this|the text|the message) (aloud|out loud|with feeling|to music).
  (Draw|Paint|Sketch|Visualize|Picture|Illustrate) (it|this|the scene|the text)(|, please| for me).
  (Act|Play|Dance|Mime) (it|this|the scene) (out|for me|on stage).
  (Translate|Render|Say|Write) (it|this|that|the text) (in|into) <tongue>(|, please).
  (Write|Draft|Send) (him|her|them|the sender|the customer) (an answer|a reply|a letter back|a nice refusal).
  (Make|Turn) (it|this) (into |)(a poem|a song|a rap|a joke|a fairy tale|longer|funnier|rhyme).
  (Explain|Discuss|Analyze|Criticize) (the style|the grammar|the humour|the idea|the logic) (of this|in this|here).
  (Continue|Finish|Go on with|Extend) (the letter|the text|this|the story|where it stops).
  (How many|Count the) (words|letters|sentences|vowels|commas) (are in it|are in this|in the text|here|does it have).
  (Find|Correct|Mark|List) (all |the |every )(mistake|mistakes|errors|typos|commas)(| in it| in this| for me).
  (How old|How tall|How rich|Where) is the (writer|sender|author|person)(| who wrote this|, do you guess|).
  (Is it|Is this|Could this be) (a joke|a lie|true|spam|a poem|written by a machine|correct German)(|, what do you think).
  (Replace|Underline|Highlight|Mark) (the verbs|all nouns|every adjective|each second word|the vowels)(| in it| in this|).
  (Give|Suggest|Invent) (a better|a funnier|a shorter|another) (title|ending|word|name|headline)(| for it| for this|).
  (Convert|Turn|Format) (it|this|the text) (to|into|as) (HTML|XML|a table|Markdown|Morse code|CSV|emojis|bullet points).
`;
