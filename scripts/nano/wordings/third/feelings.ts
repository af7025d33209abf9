import { lines } from "../../language/phrase.ts";

/** Still more ways to ask for the sentiment. */
export const INSTRUCTIONS = lines`
  (You|Please) (label|rate|sort|judge) (texts|reviews|messages|comments|mails) (as|into) positive, negative or neutral.
  (Your|The) (job|task|work) (is|:) (the sentiment|the mood|sentiment)(:|,) positive, negative or neutral.
  (Does|Did) (the writer|this person|the guest|he|she|the customer) (sound|seem|feel) positive, negative or neutral.
  (How|In what mood) (does|did) (the text|the customer|the writer|it|this) (sound|read|feel|come across)(|: positive, negative or neutral|, one word).
  (What|In what|Which) mood (is|was) (the writer|the customer|the guest)(|: positive, negative or neutral).
  (Would you|Would one|Do you) (call it|say this is|call this) positive, negative or neutral.
  (One word|In one word|A single word)(:|,) (the mood|the sentiment|the tone|positive, negative or neutral).
  (Sentiment|Mood|Tone)(|, please|, one word|: label it)(:| -|,) positive, negative, neutral.
  (Decide|Tell me|Say)(:|,) (positive, negative|negative, positive|good, bad) or neutral(|, one word|).
  (Happy, unhappy or neither|Good, bad or neither)(:|,) (answer|reply|say|write) positive, negative or neutral.
  (Judge|Rate|Label|Determine|Name) (the mood|the feeling|the tone|the opinion) (of the writer|of the customer|in this|here)(|: positive, negative or neutral).
  (Read|See|Look at) (this|it|the text)(:|,| and) (what is the sentiment|how does it sound|positive, negative or neutral|say the sentiment).
`;

/** Still more happy remarks. */
export const POSITIVE = lines`
  (Next year|Next time|Of course|For sure|Certainly|Definitely) (I|we) (will|shall) (return|come again|come back|be back|order again|buy it again)(.|!)
  (I|We) (will|shall) (definitely|certainly|surely|gladly|happily|always) (return|come|order|buy here|book again|recommend it|visit you)(| again| next year|)(.|!)
  (I|We) (can|could|would) (find|see|think of) (nothing|not a thing|no reason) (wrong|bad|to criticize|to improve|to complain about)(.|!)
  (Nothing|Not a thing|Not one thing) (bad|wrong|negative) (to say|about it|to report|at all)(.|!|, well done.|, I like it.)
  (I was|We were|I am) (surprised|amazed|stunned|impressed) (by|at|with) (the quality|how good it is|how well it works|how easy it is|the kind staff)(.|!)
  (Easy|Simple|Quick|A pleasure) to (set up|clean|use|install|wash|carry|read)(|, and it works|, I love it|, well made)(.|!)
  (It|This|The <thing>) (works|fits|runs|looks) (better|nicer|faster) than (I expected|we hoped|the old one|any other)(.|!)
  (It|This|The <thing>) is (worth|well worth|really worth) (it|the money|every cent|the trip|a visit|the price|the wait)(.|!)
  (I|We) (happily|gladly|really|fully|can only) recommend (it|the <thing>|this <thing>|you)(| to everyone| to anybody| to all friends|)(.|!)
  (No|Not one|Never a) (problem|trouble|complaint|fault|delay)(|:|,) (well done|great job|I love it|top|all perfect)(.|!)
  (All|Everything) (was|went|is|worked) (great|perfect|fine and fast|smoothly|wonderful|well)(|, thank you|, as promised)(.|!)
  (I|We|My kids) (had|spent) a (great|lovely|wonderful|fantastic|perfect) (time|day|evening|week|visit)(| there| here|)(.|!)
  (So|Really|Truly|Very) (good|kind|helpful|friendly|tasty|pretty|useful)(.|!|, thank you.)
  (The|This|Your) (best|nicest|friendliest|loveliest) (<thing>|service|team|shop|staff) (ever|in town|I know|in years|of all)(.|!)
  (I|We) (smiled|laughed|cheered|were happy) (all day|the whole time|when it came)(.|!)
  (Such|What) (good|kind|friendly|great|lovely) (people|food|service|staff|work)(.|!)
  (I'd|I would|We'd) (come|buy|order|book|choose it|do it) again (at once|any time|tomorrow|without a doubt)(.|!)
  (It|This) (made|makes) (me|us|my mother|the kids) (so happy|very happy|glad|smile|proud)(.|!)
  (Everyone|Everybody|The whole family|All of us) (loves|loved|likes|enjoyed|praised) (it|the <thing>)(.|!)
  (Top|Super|Great|First-class|Perfect|Wonderful) (quality|service|product|work|delivery|food)(.|!|, thanks.)
`;

/** Still more unhappy remarks. */
export const NEGATIVE = lines`
  (Hard|Difficult|A pain|Impossible|Not easy) to (use|clean|set up|open|install|read|carry)(|, and it breaks|, never again|, I hate it)(.|!)
  (Nothing|Not a thing|Not one thing|Hardly anything) (works|worked|was right|went right|went well|was as promised|was ready)(.|!)
  (Nobody|No one|Not one person|The host|The driver) (came|showed up|called|helped|answered|said sorry)(| at all| in the end|)(.|!)
  (The|Our|My) (host|driver|guide|technician|waiter) (never|did not) (come|show up|arrive|call|answer|say sorry)(.|!)
  (It|This|The <thing>|The price) (could|should|ought to) be (cheaper|better|cleaner|quieter|faster|lower)(.|!|, to be honest.)
  (I|We) (will|shall) (never|not) (return|come back|come again|order again|buy it again|recommend it|book again)(.|!)
  (I|We) (certainly|definitely|surely) (will not|would not|won't|do not) (return|come back|recommend it|buy it again|order again)(.|!)
  (I|We) (would|can|could) (not|never) recommend (it|this|the <thing>|them)(| to anyone| to anybody|)(.|!)
  (It|The <thing>) (drives|drove|made|makes) (me|us) (crazy|mad|cry|furious|sad|angry)(.|!)
  (It|The <thing>|All of it) (went wrong|broke|fell apart|failed|stopped working) (again|at once|after <number> days|on <weekday>|right away)(.|!)
  (Nothing|Not a thing) (good|nice|right|positive) (to say|about it|to report|at all)(.|!)
  (I|We) (want|wanted|asked for) (my|our|the) money back(.|!|, and got nothing.)
  (Send it back|Take it back|Throw it away|Do not buy it|Keep your money)(.|!|, it is useless.)
  (Not|Hardly|Never) (good|useful|helpful|friendly|clean|as promised|worth it)(.|!|, sadly.)
  (So|Really|Truly|Very) (bad|rude|slow|dirty|expensive|useless|annoying|unfriendly)(.|!|, never again.)
  (The|This|Your) (worst|rudest|slowest|dirtiest) (<thing>|service|team|shop|staff) (ever|in town|I know|in years|of all)(.|!)
  (Such|What) (rude|bad|poor|slow|unfriendly) (people|food|service|staff|work)(.|!)
  (I|We) (waited|have waited|sat waiting) (for hours|for <number> days|all day|for nothing)(.|!|, what a mess.)
  (Poor|Bad|Terrible|Miserable|Awful|Cheap) (quality|service|product|work|delivery|food)(.|!|, sadly.)
  (I am|We are|He is) (frustrated|furious|sick of it|unhappy|let down|fed up|shocked)(| with you| with the <thing>|)(.|!)
`;

/** Still more remarks without a feeling. */
export const NEUTRAL = lines`
  (The|Our|This) (store|shop|office|museum|library|bank) (opens|closes|is open|is closed) (at <hour>|every day|on <weekday>|every <weekday>)(.|)
  (At what time|When|On what day) (does|do) (the museum|the shop|the store|the office|they|you) (open|close|start)(| on <weekday>)?
  (He|She|<name>|The man) (told us|told me|said|wrote|says) (that |)(it starts at <hour>|there are <number> seats|the <thing> is in <city>|it is <weekday>)(.|)
  (The|A|This) (report|book|manual|list|form) (holds|has|contains|shows) <number> (pages|pieces|steps|parts|names)(.|)
  (The|An|Our) (event|appointment|lunch|meeting|visit) (is|was|was moved) (on|to) <weekday>(.|)
  (Yesterday|Today|Tomorrow) (it is|it was|there is|there was) (<weekday>|a meeting|a call|a visit from <city>)(.|)
  (The|This) (room|hall|box|bag|table) (holds|has|seats) <number> (people|chairs|pieces|seats|books)(.|)
  (It|This|That) (was|is) (in <month>|in <city>|on <weekday>|at <hour>|for <name>|in room <number>)(.|)
  (We|They|I) (talked|spoke|wrote|met) (about the <topic>|on <weekday>|in <city>|with <name>)(.|)
  (The|My|Our) (address|number|code|room|floor|seat) is <number>(.|)
  (The|This) <thing> (stands|lies|is kept|hangs) (in the hall|in room <number>|on the table|in <city>)(.|)
  (Neither good nor bad|Not good and not bad|So-so|Average)(.|, just average.|, as usual.)
  (It|The <thing>) is neither (good nor bad|cheap nor expensive|big nor small)(.|)
  (Please|) (note|write down|take) (the number <number>|page <number>|the new date, <weekday>|room <number>)(.|)
  (The|Our) (course|class|shift|tour) (starts|begins|ends) (at <hour>|on <weekday>|in <month>)(.|)
  (Which|What) (day|room|floor|number|page) (is it|was it|is this|is that)?
  (From|Between) <hour> (to|and) <number>(,|) (the office|the shop|the desk|the line) is (closed|open|staffed)(.|)
  (A|One|The) (copy|list|file|note) (is|was) (attached|sent to <name>|in the folder|on the desk)(.|)
`;
