import { lines } from "../language/phrase.ts";

/** Remarks of somebody who is pleased. */
export const POSITIVE = lines`
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
  (I am|I'm|We are) (in love with|crazy about|a big fan of|very fond of|so glad about) (my|the|this|our) (new |)<thing>(|!).
  (You|The team|<name>|Your colleague) (helped|supported|advised) (me|us) (so well|very quickly|right away|with a smile)(|, thank you|!).
  (Finally|At last), a <thing> that (works|is <liked>|I can rely on|does what it promises)(|!).
  (My|Our) (kids|children|parents|friends|guests|wife|husband) (loved|enjoyed|adored|liked) (the <thing>|it|every minute)(|!| so much).
  (I could not|I couldn't|We could not) be (happier|more pleased|more satisfied)(| with the <thing>)(|!).
  (Great|Excellent|Good|Superb|Brilliant) <thing>(, | and )(fair price|great value|fast delivery|kind people|good food|nice staff)(|!).
  (I will|We will|I'll|We'll) (definitely|certainly|surely|gladly) (come back|buy again|be back|order more|return next year)(|!).
  (It|This|The <thing>) (saved|made) (my day|our holiday|my life easier|me a lot of time|us a lot of money)(|!).
  (What a|Such a) (lovely surprise|pleasant day|great evening|relief|success|treat)(|, thank you|!).
  (I am|We are) (impressed|amazed|thrilled|overjoyed|grateful|delighted|relieved) (by|with|at) (the <thing>|how <liked> it is|your work).
  (I expected|We expected) (worse|less|much less)(|, it is <liked>|: the <thing> is <liked>).
  (The <thing>|It) is (much |far |)better than (the old one|I thought|expected|before|any other)(|!).
  (Congratulations|Compliments|Hats off|Kudos|Respect) to (the chef|the team|<name>|everybody)(|!|, <liked> work).
  (Love|Loved|Adore|Like) (the|this|it, especially the|everything about the) <thing>(|!).
  (Nothing|I can find nothing) (to criticize|wrong with it|to improve|bad to say)(|, <liked>|, well done).
  (Everyone|Everybody|All of us) (was|were|seemed) (happy|thrilled|pleased|smiling|excited)(| about the <thing>| at the end).
  (Good|Great|Wonderful|Happy) news: (the <thing>|it|everything) (works again|is fixed|arrived early|is perfect)(|!).
  (I feel|We feel|I felt) (so welcome|at home|well looked after|very lucky|safe)(| here| in <city>| thanks to you).
  (Not a single problem|No trouble at all|Zero problems)(| with the <thing>| in <number> months)(|, I love it|!).
  (The <thing>|It) deserves (five stars|all the praise|an award|ten out of ten)(|!).
  (If you need|Anyone who wants) a <thing>, (buy this one|get it|this is the one|go here)(|!).
  (Thanks to|Because of) (you|<name>|the <thing>), (I had a perfect day|all went well|we won|I sleep better).
`;

/** Remarks of somebody who is not. */
export const NEGATIVE = lines`
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
  (I am|I'm|We are) (sick of|fed up with|tired of|done with|ashamed of|mad at) (my|the|this|your) <thing>(|!).
  (Nobody|No one) (helped|answered|called back|cared|apologized|listened)(|, how <disliked>|, not even <name>)(|!).
  (I waited|We waited|I have been waiting|We stood) (for |)<number> (hours|days|weeks|minutes) (and nothing happened|for nothing|on hold|in the cold|and nobody came)(|!).
  (My|Our) (kids|children|parents|friends|guests|wife|husband) (hated|cried at|complained about|were disappointed by) (the <thing>|it|every minute)(|!).
  (I could not|I couldn't|We could not) be (unhappier|more disappointed|angrier|more annoyed)(| with the <thing>)(|!).
  (Bad|Terrible|Awful|Poor|Horrible) <thing>(, | and )(too expensive|slow delivery|rude people|bad food|unfriendly staff)(|!).
  (I will|We will|I'll|We'll) (definitely not|certainly not|never) (come back|buy again|be back|order more|return)(|!).
  (It|This|The <thing>) (ruined|spoiled|cost me) (my day|our holiday|my evening|a lot of nerves|a lot of money)(|!).
  (What a|Such a) (bad surprise|sad day|horrible evening|mess|failure|nightmare|pity)(|, never again|!).
  (I am|We are) (shocked|appalled|disgusted|horrified|frustrated|outraged|let down) (by|with|at) (the <thing>|how <disliked> it is|your work).
  (I expected|We expected) (more|better|much more)(|, it is <disliked>|: the <thing> is <disliked>| for that price).
  (The <thing>|It) is (much |far |)worse than (the old one|I thought|expected|before|any other)(|!).
  (You|They|The company) (lied to|cheated|ignored|charged|robbed|insulted) (us|me|my mother|your customers)(| twice|!| again).
  (Hate|Hated|Cannot stand|Can't stand) (the|this|it, especially the|everything about the) <thing>(|!).
  (Nothing|Not one thing) (works|worked|was right|was as promised|went well)(|, so <disliked>|, what a mess).
  (Everyone|Everybody|All of us) (was|were|got) (sick|angry|disappointed|bored|annoyed)(| because of the <thing>| at the end).
  (Bad|Terrible|Sad) news: (the <thing>|it|everything) (is broken again|failed|is ruined|is worse than ever)(|!).
  (I feel|We feel|I felt) (cheated|ignored|ripped off|treated badly|unsafe|like a fool)(| here| in <city>| by you).
  (Nothing but|Only) (trouble|problems|lies|excuses|delays)(| with the <thing>| for <number> months)(|, I hate it|!).
  (The <thing>|It) does not deserve (one star|any praise|my money|a single point)(|!).
  (If you need|Anyone who wants) a <thing>, (look elsewhere|do not buy this one|stay away from this|avoid this one)(|!).
  (Because of|Thanks to) (you|<name>|the <thing>), (I lost a whole day|all went wrong|we missed our flight|I cannot sleep).
  (Could be|It could be|Should be) (better|much better|cleaner|quieter|cheaper)(|, to be honest|, I am not happy).
  (I have|We have|I've) (had enough|called <number> times already|complained twice)(|, nothing happens|, and still nothing)(|!).
  (Second|Third|Fourth) time (this month|in a row|already) (that |)(it broke|the <thing> failed|nobody came|you forgot me)(|!).
`;

/** Remarks that show no feeling, or both. */
export const NEUTRAL = lines`
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
  (What time|When) (do you|does the shop|does the museum|does it) (open|close|start)(| on <weekday>)?
  (Does|Is) (it|the <thing>) (come in blue|made of wood|have a lid|available in <city>|sold with a cable)?
  (I have|We have|She has) (a|one|two) <thing>(s|) (at home|in the car|in the kitchen|in <city>).
  (The|Our) (office|branch|store) (is|moved|will be) (in <city>|on the second floor|next to the station|at <number> Main Street).
  (On|Last|Next) <weekday>(,|) (we had|there is|we will have|I have) (a meeting|an appointment|a call|lunch) (about the <topic>|with <name>|in <city>).
  (I started|We started|<name> started) (using it|the course|the job|reading it) (in <month>|on <weekday>|<number> days ago).
  (The|This) (model|version|product) (number|code|name) is <number>.
  (It|The <thing>) (is|was) (<number> centimetres|<number> years old|<number> euros|the second one|the blue one).
  (He|She|<name>) (said|wrote|told me) (that |)(the <thing> is in <city>|it starts at <hour>|there are <number> seats).
  (Please|) (find|see) (the list|the report|the address|page <number>) (attached|below|in the file).
  (The|A) (train|bus|plane|ferry) (to|from) <city> (leaves|arrives|goes) at <hour>.
  (I am|We are) (in <city>|from <city>|at the station|at work) (today|until <weekday>|this week).
  (There is|There was) a <thing> (in the room|on the table|next to the door|at the corner).
  (It took|The trip took|The work took) <number> (minutes|hours|days)(|, as planned|, as announced).
  (The|My) <thing> (has|had) (a blue cover|four wheels|two doors|<number> pages|a white frame).
  (I chose|We took|I picked|They sent) the (small|large|blue|standard|second) (one|size|version).
  (Today|Yesterday|Tomorrow) (is|was) <weekday>.
  (We|They) (meet|met|will meet) (every <weekday>|at <hour>|in room <number>).
  (The|Our) <department> team (has|had) <number> people(| now).
  (The <thing>|It) (belongs to|was left by|is for) <name>.
  (Average|Normal|Ordinary|Standard|Usual) <thing>(|, nothing special|, as always|, neither good nor bad).
  (Some|Half of us) liked (it|the <thing>), (others|the other half) did not.
  (The <thing>|It) is (what I expected|as described|as expected|like any other|the usual).
  (I am|We are) (undecided|not sure yet|of two minds)(| about the <thing>).
  (The meeting|The call|The appointment|The event) (was moved|is|was) (to|on) <weekday>( at <hour>|)(|, room <number>).
  (The <thing>|It) will be (delivered|collected|ready|shown) (on <weekday>|in <month>|tomorrow).
`;
