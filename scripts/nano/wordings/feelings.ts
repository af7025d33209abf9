import { lines } from "../language/phrase.ts";

/** More ways to ask for the sentiment. */
export const INSTRUCTIONS = lines`
  (Does|Would|Could) (this|it|the text|the review) (sound|read|be|feel) positive, negative or neutral.
  (Would you|Do you|Can you) (say|think) (this|it|that) (is|sounds|reads) positive, negative or neutral.
  (Is|Was) (it|this|that|the text|the message) (positive, negative|negative, positive) or neutral.
  (Output|Return|Write|Give|Print) (the |)(sentiment|mood|polarity)(| label| of this| as one word|).
  (Sentiment|Mood|Tone)(|:| -| please:|) (positive, negative or neutral|positive / negative / neutral|one word).
  (Answer|Reply) (positive, negative or neutral|negative, neutral or positive)(|: how does it sound|: what is the sentiment|).
  (How (does|did) (he|she|the writer|the customer|the guest) (feel|sound)|In what mood (does|did) (he|she|the writer|the customer|the guest) write)(|: positive, negative or neutral|, one word).
  (Which|What) (sentiment|mood|tone|feeling) (do you see|is in this|is it|has this text)(|: positive, negative or neutral|, in one word).
  (Label|Mark|Tag|Rate|Judge|Classify) (it|this|the text|the comment)(|:| as) positive, negative or neutral.
  (What is|What's|Find|Detect|Give|Name|Tell me|Determine) the (mood|tone|polarity|feeling|sentiment)(| here| of it| of the text|).
  (Positive|Good), (negative|bad) or neutral(|, what is it| opinion| feedback|).
  (The|Your) (label|answer|sentiment) is (one of |)positive, negative(,| or) neutral.
`;

/** More happy remarks. */
export const POSITIVE = lines`
  (I will|I'll|We will|We'll) (certainly|surely|definitely|gladly|for sure|always) (buy|order|come|return|use it|book|visit) (again|here again|once more|next year|soon)(.|!)
  (I would|I'd|We would) (buy|order|take|choose|use|recommend) (it|this|the <thing>) (again|any time|at once|to everybody)(.|!)
  (The|This|My) <thing> (made|makes) (me|us|my kids) (smile|happy|laugh|so glad)(.|!)
  (It|This|The <thing>) put a smile on (my|our|her) (face|faces)(.|!)
  (What|Such) a (joy|pleasure|delight|treat|lovely <thing>|great <thing>|nice surprise)(.|!)
  (I|We) (love|enjoy|adore|really like|am happy with|are happy with) (it|this <thing>|the <thing>|every bit of it)(.|!)
  (Better|Nicer|Faster) than (I|we) (expected|hoped|thought)(.|!)
  (Nothing|There is nothing) to (complain about|criticize|improve)(.|!)
  (Worth|Well worth) (every cent|the money|the trip|a visit|the price)(.|!)
  (The best|One of the best) (<thing>|buy|choice|place) (ever|this year|I know|so far)(.|!)
  (Kudos|Hats off|Compliments|Congratulations) to (<name>|the team|all of you|the staff)(.|!)
  (Could not|Couldn't|Can't) be (happier|better|more pleased)(| with the <thing>)(.|!)
  (I am|We are|She is) (thrilled|delighted|so glad|more than happy|very pleased) (with it|with the <thing>|to have it|that I bought it)(.|!)
  (No|Not a single) (problem|complaint|regret)(| so far| at all)(:|,|.) (great|well done|I like it|perfect)(.|!)
  (Exactly|Just) what (I|we) (hoped for|wanted|wished for|was looking for)(.|!)
  (My|Our) (family|kids|colleagues|guests) (love|loved|adore|enjoyed) (it|the <thing>|every minute)(.|!)
`;

/** More unhappy remarks. */
export const NEGATIVE = lines`
  (It|This|The <thing>) (could|should) (be|have been) (much |a lot |)(better|cheaper|faster|cleaner|quieter)(.|!|, to be honest.|, I am not happy.)
  (Should|Could|Ought to) be (much |a lot |)(better|cheaper|faster|nicer)(.|!|, to be honest.|, sadly.)
  (I would|We would|I will|We will|I do) not (buy|order|use|take|recommend) (it|the <thing>|this <thing>) (again|any more|to anyone)(.|!)
  (I wouldn't|We wouldn't|I won't|We won't|I'd never) (buy|order|use|take|recommend|visit) (it|the <thing>|this <thing>|them) (again|any more|to anyone|ever)(.|!)
  (I will|I'll|We will|We'll) (certainly|surely|definitely|for sure) (not|never) (buy|order|come|return|book|be back)(| again| here again)(.|!)
  (The|This|My) <thing> (made|makes|drives) (me|us) (angry|sad|mad|cry|furious)(.|!)
  (What|Such) a (disappointment|letdown|mess|bad <thing>|terrible <thing>|waste|nuisance)(.|!)
  (I|We) (hate|regret|dislike|cannot stand|am unhappy with|are unhappy with) (it|this <thing>|the <thing>|buying it)(.|!)
  (Worse|Slower|Uglier) than (I|we) (expected|feared|thought)(.|!)
  (Not|Never|Hardly) worth (the money|it|a cent|the trip|the price)(.|!)
  (The worst|One of the worst) (<thing>|buy|choice|place) (ever|this year|I know|so far)(.|!)
  (Could not|Couldn't|Can't) be (worse|unhappier|more annoyed)(| with the <thing>)(.|!)
  (I am|We are|She is) (annoyed|fed up|let down|angry|disappointed|unhappy) (with it|with the <thing>|about it|by the <thing>)(.|!)
  (Nothing|Not a thing) (works|worked|was right|is right|went well)(.|!)
  (Not at all|By no means|Not) what (I|we) (hoped for|wanted|ordered|expected)(.|!)
  (My|Our) (family|kids|colleagues|guests) (hated|disliked|were unhappy with|left because of) (it|the <thing>)(.|!)
`;

/** More remarks without a feeling. */
export const NEUTRAL = lines`
  (When|At what time) (do you|does the shop|does it) (open|close|start|end)(| on <weekday>)?
  (Where|In which street|On which floor) (is|can I find) (the <thing>|the shop|the office)?
  (It|This|The <thing>) (was|is) (on <weekday>|in <city>|from <month>|number <number>|in the box)(.|)
  (The|A|My) <thing> (comes|came|arrives|is made|was bought) (in <month>|on <weekday>|from <city>|in <city>)(.|)
  (I|We|<name>) (bought|ordered|have|saw|use|measured) (a|the) <thing> (on <weekday>|in <city>|in <month>|at <hour>)(.|)
  (The|Our) (office|shop|meeting|course) (is open|opens|begins|is) (at <hour>|on <weekday>|from <hour>)(.|)
  (There are|We have|The box holds) <number> (pieces|pages|rooms|steps|chairs)(.|)
  (Does|Do|Is|Has) (the <thing>|it) (come with|need|have|use) (a cable|batteries|a manual|a lid)?
  (Please|) (send|forward|read|see) (the list|page <number>|the attached file|the note of <weekday>)(.|)
  (<name>|The <department> team) (is in <city>|meets on <weekday>|works on the <topic>|has the <thing>)(.|)
  (The <topic>|The meeting|The call) (is|was moved to|takes place) (on <weekday>|in <month>|at <hour>|in <city>)(.|)
  (How many|How much|Which) (<thing>s are there|is the <thing>|size is it|pages has it)?
  (As of|From|Until) <weekday>(,|) (we are in <city>|the <thing> is in room <number>|the office is closed)(.|)
  (The|This) <thing> (has|is) (number <number>|two parts|the standard size|version <number>)(.|)
  (Today is|Tomorrow is|It is) <weekday>(.|)
  (I|We) (have|had) (a question|an appointment|a note) (about the <thing>|on <weekday>|about the <topic>)(.|)
`;
