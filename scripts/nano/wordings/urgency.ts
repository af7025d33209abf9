import { lines } from "../language/phrase.ts";

/** Ways to ask for a priority. */
export const INSTRUCTIONS = lines`
  (Which|What) priority (does|has|should) (this|the) (ticket|message|mail|request) (have|get): <either>.
  (Set|Assign|Choose|Give|Pick) (a|the) priority(| for this ticket| to this message): <options>.
  Priority(| of this ticket| of this message| please), <either>.
  (How urgent|How important) is (this|the) (ticket|message|mail|request): <either>.
  (Rate|Judge|Estimate|Classify) the (urgency|priority)(| of this message| of the ticket) as <either>.
  (Is|Decide if) (this|the ticket) (of|has) <either> priority.
  (Answer|Reply) (only|) with <either>(|: how urgent is it|. How urgent is this ticket).
  (Urgency|Priority) (level|label)(|: <either>).
  (You triage tickets|Triage this ticket|Triage)(| by urgency): <either>.
  (Tell me|Name|State|What is) the priority(| of the ticket| of this message).
  (Prioritize|Triage|Rank) (this|the) (ticket|message|mail|request)(|: <options>| as <either>).
  (Low|Is it low), normal or high priority(| for this ticket|).
  (What|Which) (urgency|priority level|priority) would you (give|assign)(| it| to this ticket|): <either>.
  (Urgency|Priority)(:|) <options>.
  (How quickly|How fast) (must|should) (we|somebody) (answer|react|act)(| here|), priority <either>.
  (Should|Would) this (ticket|message|mail) (be|get) <either> priority.
  (Answer|Reply|Respond|Say) (only |just |)(with |)<either>.
  (Answer|Reply|Respond) (with|by) (one of|one word of|one word:|only) <options>.
  (Answer|Reply) with <either>(:|,|.) (how urgent is it|what priority is it|which priority|how important is it).
  (How quickly|How fast|How soon) (should|must|do|shall) (we|I|somebody|one) (act|react|answer|help|reply)(|, priority|: priority|?) <either>.
  (What|Which) (is the priority|priority is this|priority do you see|priority applies)(|:|,) <either>.
  (What|Which) (urgency|priority|importance) (is this|does it have|should it have|does this message have)(|:|,) <options>.
  (How|Just how) (urgent|pressing|important|critical) (is it|is this|does this sound|would you say this is)(|:|,) <either>.
  (Priority|Urgency|Importance) (is|please|check)(|:) <either>.
  (Label|Mark|Tag|Flag) (this|the ticket|it) (with|as) (priority |urgency |)<either>.
  (Choose|Pick|Select|Name) (one|a priority|an urgency|the level) (out of|from|of) <options>.
  (Low|High), normal or (high|low)(|: how urgent is it|, which priority).
  (Sort|Put|Classify) (this|it|the mail) (by|into) (urgency|priority|a priority)(|:| as) <either>.
  (Your|The) (job|task) is triage(:|,|.) <either>.
  (Does|Would) this (have|get|deserve|need) <either> priority.
  (Would you|Do you|Shall we) (rate|call|mark) (this|it) <either>.
  (Triage|Prioritise|Prioritize)(|:| this:| it:) <either>.
  (Importance|Urgency|Priority), (one word|in one word)(|:) <options>.
  (Is|Would) (it|this|the ticket) (be |)of <either> (priority|urgency|importance).
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

/** Signs of hurry, each kind in several wordings. */
export const URGENT_SIGNS = lines`
  (This|It) is (very |extremely |really |)(urgent|critical|an emergency)(|!).
  (We cannot|Nobody can|I cannot) work (any more|until this is fixed|at all).
  (Please|) (act|help|react|answer|hurry|call me) (immediately|at once|right now|now|right away)(|!).
  (The whole|Our whole|The entire) (company|team|office|site|department|shop) is (affected|down|blocked|waiting|stuck).
  (Urgent|Emergency|Critical|Very urgent|URGENT|Important|Top priority|Priority one)(|!).
  (We are losing|It costs us|We lose) (money|customers|sales) (every hour|every minute|right now).
  (It|This) has to (work|be done|be fixed|be solved) (today|within the hour|before noon|in <number> minutes|by tonight).
  As soon as possible(|, please|!).
  (Production|The warehouse|The shop|The assembly line|Everything|All work) (stands still|has stopped|is down)(| because of this|).
  (I need|We need) (it|this|help|an answer) (right away|today|immediately|now|within the hour|in the next <number> minutes).
  (Asap|ASAP|Hurry|Quickly)(|, please|!).
  (The|My|Our) (client|customer|boss|director|presentation|flight|deadline) (is waiting|starts in <number> minutes|is in an hour|is today|leaves in two hours).
  (We have|There is) (no time to lose|not a minute to lose|an outage|a deadline today).
  (Everyone|Everybody|All of us|All <number> colleagues|Nobody) (in <city>|in <department>|here) (is blocked|is affected|can work|is stuck).
  (It|This) (cannot|can't|must not) wait(|!| any longer| until tomorrow).
  (Somebody|People) (could|might) (get hurt|be in danger)(|!).
  (If this is not fixed|Otherwise|Without it) (we lose the order|we miss the deadline|the customer leaves|we have to close|the launch fails)(| today|).
  (Drop everything|Stop everything|Please treat this first)(|!).
  (It|The matter) is (time-critical|a matter of minutes|pressing|burning).
  (It|This|The matter|That) (can't|cannot|can not|must not|may not|won't) wait(| any longer| another day| until tomorrow| until Monday| a minute)(|!).
  (We|I) (can't|cannot) wait (any longer|another hour|until tomorrow|for long|more than an hour)(|!).
  (There is|We have|I have) (no time|no time to wait|little time|hardly any time|not an hour)(| left)(|!).
  (It|This|Everything) (has to|must|needs to|should) (be|get) (fixed|solved|done|sorted|ready|repaired|working) (today|by tonight|before noon|within the hour|at once|in an hour|by <number> past|immediately)(|!).
  (Fix|Solve|Sort|Repair|Settle|Do) (this|it) (today|by tonight|before noon|within the hour|at once|right now|immediately|now)(|!|, please).
  (It|This) (is|has become) (extremely |very |really |super |)(urgent|pressing|critical|time-critical|burning|important)(|!).
  (I need|We need) (help|a solution|an answer|somebody|this) (at once|immediately|right now|within the hour|today|before noon|by tonight)(|!).
  (Please|) (come|call|answer|help|act|reply|hurry) (at once|immediately|right away|right now|as fast as you can|without delay)(|!).
  (Highest|Top|High|Maximum) (priority|urgency)(|!|, please|: act now).
  (Urgent|Very urgent|Extremely urgent|Really urgent|Emergency|Red alert|Alarm)(!|.|!!|: please help).
  (All|Everybody|Nobody|The whole office|The entire team|Our whole department) (is waiting|is blocked|is stuck|can work|waits for this|stands still)(|!).
  (The|My|Our) (customer|client|boss|guest|train|plane|meeting) (is waiting|is here already|leaves soon|starts in <number> minutes|is furious)(|!).
  (We lose|This costs us|We are losing|It costs) (money|orders|customers|a lot) (every minute|every hour|right now|with each hour)(|!).
  (Otherwise|Or else|If not) (we lose the customer|we miss the deadline|everything stops|we have to stop work|it is too late)(|!).
  (The|Our) (deadline|launch|delivery|presentation) is (today|in an hour|tonight|in <number> minutes|before noon)(|!).
  (As soon as possible|As fast as possible|ASAP|Without delay|On the double)(|!|, please).
  (Someone|Somebody|People|A colleague) (is|are) (hurt|in danger|trapped|at risk)(|!).
  (Please|) (drop everything|treat this first|put this first|do this first|give this priority)(|!).
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

/** Signs of leisure, each kind in several wordings. */
export const IDLE_SIGNS = lines`
  (There is|) no (hurry|rush)(|, any time is fine| at all).
  (Whenever|When) you (have time|find the time|get round to it|can|like).
  (It|This) (can|may) (wait|wait until next month|wait a while|wait until next week).
  (It|This) is (not urgent|not important|only a small thing|not at all urgent|a minor thing).
  (Any time|Some time|Some day) (this month|next month|this year) (is fine|will do|would be nice).
  (Low priority|No priority|Not urgent|Minor)(|, just so you know|, thanks).
  (Just|Only) (a|some) (small|minor|little) (wish|remark|question|idea)(|, it can wait).
  (Take|You can take) your time(|, really|, it is nothing big).
  (Only|Just) (if|when) you (are bored|have nothing better to do|are free).
  (Nothing|It is nothing) (urgent|pressing|important|serious).
  (No need|There is no need) to (hurry|rush|answer today|do it now).
  (I am|We are) (not in a hurry|in no hurry|in no rush).
  (A|An) (answer|reply) (next week|next month|some time) is (fine|enough|okay|good enough).
  (It does not|It doesn't) (matter|have to be) (when|today|this week|soon).
  (Not|It's not) a (big deal|priority|pressing matter|problem right now).
  (Feel free|You are free) to (leave it|do it later|put it at the end of the list).
  (Later|Next month|In a few weeks|After the holidays) is (fine|soon enough|okay)(| too|).
  (It|This) (bothers|disturbs) (nobody|no one)(| much|).
  (When|If) it (suits you|is convenient|fits).
  (Only|Just|It is only|It's just) (a|some|one) (small|little|minor|tiny) (wish|remark|question|idea|thing|note|matter|detail)(|.|, no rush|, nothing more).
  (A|One|Some) (small|little|minor|tiny) (wish|remark|question|idea|thing|request) (only|of mine|for later)(|.).
  (It|This|That) (is|would be) (only|just|merely) (a small wish|a remark|a minor matter|nice to have|a small idea|cosmetic).
  (It's|It is|That is|This is) (not|no) (a |)(big deal|pressing matter|priority|problem right now|problem|drama|emergency)(|.|, really).
  (Not|Nothing|By no means|Far from) (a big deal|urgent|pressing|important|an emergency|a priority)(|.|, really).
  (It|This|That) (can|may|could) (easily |well |surely |)(wait|wait a bit|wait a few weeks|wait until next month|be done later|stay as it is)(|.).
  (I|We) (can|could) (wait|wait a while|wait until next month|live with it|do without)(|.).
  (There is|There's|We have|I have) (no hurry|no rush|plenty of time|lots of time|all the time in the world|no deadline)(|.).
  (No|Absolutely no|Really no) (hurry|rush|pressure|stress|need to hurry|deadline)(|.|!).
  (Whenever|When|If) (you have time|it suits you|you feel like it|you get to it|there is time|you are bored)(|.|, no rush).
  (Some time|Sometime|Any time|At some point) (next month|this year|later|in the next weeks|after the holidays)(|.| is fine).
  (Do|You can do|Please do) (it|this) (later|when you have time|next month|whenever you like|some day)(|.).
  (An answer|A reply|Next week|Next month|Any day|Later) (is fine|is okay|is early enough|will do|is enough)(|.| some time|).
  (It|This|The matter) (is not|isn't|is hardly) (urgent|important|pressing|critical|time-critical|a problem)(|.| at all).
  (Take|You may take|Please take) (your time|all the time you need|as long as you need)(|.|, really).
  (Low|Lowest|Little|Very low) (priority|importance|urgency)(|.|, take your time).
  (Put|Leave) (it|this) (at the end of the list|for later|until you have time|at the bottom of the pile)(|.).
  (Nobody|No one) (is waiting for it|is in a hurry|minds|needs it soon|is bothered)(|.).
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
