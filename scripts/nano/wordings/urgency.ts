import { lines } from "../language/phrase.ts";

/** More ways to ask for a priority. */
export const INSTRUCTIONS = lines`
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
`;

/** More signs of hurry, each kind in several wordings. */
export const URGENT_SIGNS = lines`
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
`;

/** More signs of leisure, each kind in several wordings. */
export const IDLE_SIGNS = lines`
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
`;
