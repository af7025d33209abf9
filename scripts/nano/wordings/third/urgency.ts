import { lines } from "../../language/phrase.ts";

/** Still more ways to ask for a priority. */
export const INSTRUCTIONS = lines`
  (How quickly|How fast|How soon|How early) (must|should|do|shall) (we|I|they|the team) (act|answer|reply|react|help)(|, as a priority|: priority)(:|,) <either>.
  (Do|Would|Could|Should) you (mark|call|rate|label|flag|rank) (this|it|the ticket|the mail) (as |)<either>.
  (Just|Only) (answer|reply|say|return|write) <either>(|: which priority|: how urgent is it|, nothing else).
  (What|Which) (level|degree|grade) of (urgency|priority|importance) (is it|is this|has it|fits)(:|,) <either>.
  (How) (pressing|urgent|critical|important|time-critical) (is|would you call) (this|it|the ticket|the mail)(:|,) <either>.
  (Answer|Reply|Say) (with one word|in one word|with a word)(:|,) (priority|urgency|importance)(:|,) <either>.
  (Please|) (prioritize|prioritise|triage|rank|rate) (it|this|the ticket|the mail|the request)(:| as|) <either>.
  (Shall|Should|Must|Do) (we|I) (mark|call|rate|treat|file) (it|this|the ticket) (as |)<either>.
  (Only|Just) one word(:|,) <options>(:|.|,) (how urgent|how important|which priority|what priority) is (this|it).
  (Pick|Choose|Give|Assign|Set) (its|the|this ticket's|a) (priority|urgency|importance)(:| from| out of) <options>.
  (Priority|Urgency|Importance)(:|,|) (low|high), normal or (high|low)(|, one word|, please).
  (Is|Would) (it|this|the ticket|the matter) (be |)(rather |)<either>(|, by priority|, by urgency).
`;

/** Still more signs of hurry. */
export const URGENT_SIGNS = lines`
  (It|This|Everything|The matter|The work) (must|has to|needs to|should) (get|be) (ready|done|fixed|repaired|working|sorted|solved|finished) (by noon|before noon|by tonight|today|within the hour|in an hour|at once|this minute)(|!).
  (This|It|The matter|My request) (can't|cannot|must not|may not|should not) wait (until tomorrow|any longer|another hour|another minute|until Monday|for long)(|!).
  (The|My|Our) ((boss|client|guest) is (here already|already here|waiting|furious|leaving soon|about to leave)|(train|plane|flight) (is leaving soon|is about to leave|leaves soon|leaves in <number> minutes))(|!).
  (It|This) (must|has to|needs to) (work|run|be back|be solved) (before noon|by noon|today|right now|in an hour|immediately|before the meeting)(|!).
  (Must|Needs to|Has to) (be done|get done|be fixed|be ready|work) (today|before noon|at once|within the hour|right now)(|!).
  (Do not|Don't|Please do not|Please don't) (wait|delay|let it wait|put this off|lose time|lose a minute)(|!|, please).
  (I am|We are) (in a (great |big |terrible |)hurry|in a rush|under time pressure|running out of time|out of time)(|!).
  (Time|The time|Our time) (is short|is running out|is running|is pressing|is up soon)(|!).
  (Right now|At once|Immediately|This minute|Right away|Now)(|, please|!|, not tomorrow!).
  (I need|We need|Send) (somebody|someone|help|an answer|this) (now|right now|at once|immediately|this minute|before noon|within the hour)(|!).
  (It|This|The situation) (is|has become) (dangerous|an emergency|very pressing|most urgent|highly urgent|highly critical)(|!).
  (Very|Most|Highly|Really|Super) (urgent|pressing|critical|time-critical)(|!|: please act).
  (Work|Everything|The office|The line|Business|Sales) (is stuck|is blocked|has stopped|stands still|is at a standstill)(|!| until this is fixed).
  (Nobody|No one|None of us) (here |)(can work|can do anything|gets anything done|can go on)(|!| until this is done).
  (The|Our) (deadline|launch|presentation|inspection|audit) is (today|tonight|in an hour|at noon|in <number> minutes|this afternoon)(|!).
  (Each|Every) (minute|hour|second) (counts|costs us money|matters|is lost money)(|!).
  (Hurry|Hurry up|Be quick|Quick|Fast)(|, please|!|, it is urgent).
  (Help|Help us|Please help)(| me|) (at once|right now|immediately|now, it is urgent|today)(|!).
  (Otherwise|If not|Or else) (we lose money|we lose the client|we miss the train|we cannot open|the order is lost|the launch fails)(|!).
  (Priority|Importance|Urgency)(:| is) (high|highest|top|very high|maximum)(|!).
`;

/** Still more signs of leisure. */
export const IDLE_SIGNS = lines`
  (It's|It is|This is|That's) (not|hardly) (a problem (right now|for now|at the moment|today)|urgent|pressing|a big deal|an emergency)(|.).
  (Not|Hardly) a problem (right now|for now|at the moment|today|yet)(|.|, really|, it can wait).
  (Just|Only|This is just|It is only) (a|some|one) (little|small|minor|tiny) (remark|note|detail|thought|wish|matter)(|.|, nothing urgent|, no hurry).
  (Do|You can do|You may do|Feel free to do) (this|it) (some day|one day|later|next week|next month|when you like|at the end)(|.|, no hurry).
  (You|We) (can|may|could) (leave it|leave this|let it lie|put it off|put it aside) (for now|until next month|for later|for a while)(|.).
  (No|There is no|There's no|I see no) (pressure|stress|deadline|time limit|emergency|urgency)(| here| at all| with this|)(|.).
  (It|This|The matter|My request) (can|may|could) (wait|wait a while|be done later|come last|be put off)(| until next week| until next month| for a few days|)(|.).
  (Any|Some) (day|time|week) (is fine|will do|is okay|is good enough|suits me)(|.|, no rush).
  (I|We) (am|are) (in no (hurry|rush)|not in a (hurry|rush)|patient|happy to wait|fine with waiting)(|.).
  (Please|) (take|take all) (your time|the time you need|as long as you like)(|.|, no stress).
  (There is|There's|We have) (time|enough time|plenty of time|time until next month|time until summer)(|.|, really).
  (Answer|Reply|Write back|Do it|Look at it) (whenever you like|when you have time|when it suits you|some time|one of these days)(|.).
  (Not|Nothing|Not at all) (urgent|important|pressing|critical|dramatic)(|.|, take your time|, just a thought).
  (Next|Some time next|Later this) (week|month|year) (is fine|is okay|is early enough|will do|would do)(|.).
  (Low|Lowest|Very low|Minor) (priority|urgency|importance)(| here| for us|)(|.|, no rush).
  (It|This) (is|would be) (only |just |)(cosmetic|nice to have|a small matter|a minor thing|for later|for some day)(|.).
  (It|This) (does not|doesn't) (have to be (today|now|this week)|matter today|matter much)(|.).
  (Nobody|No one) (needs it|needs this|waits for it|waits|asks for it) (now|soon|today|yet|this week)(|.).
  (When|If|Once) (there is time|you have nothing else to do|things are quiet|you find a minute|all else is done)(|.|, no rush).
  (Leave|Put|Keep) (it|this) (at the bottom|at the end|for last|for a quiet day|for next month)(|.|, no hurry).
`;
