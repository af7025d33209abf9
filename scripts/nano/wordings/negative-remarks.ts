import { lines } from "../language/phrase.ts";

/** Remarks of somebody who is not pleased. */
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
  (Definitely|Certainly|Surely)(,|:|) (the worst|a waste|not worth it|no fun|a bad <thing>)(.|!)
  (I|We) (am|are) (definitely|certainly|truly|really) (unhappy|angry|annoyed|disappointed)(| with it| with the <thing>|)(.|!)
  (It|The <thing>) (is|was) (a mess|a dump|a nightmare|a joke|garbage|a shame)(.|!|, believe me.)
  (Although|Though) it (is new|was cheap|looks nice|was quick)(,|:) (I hate it|it is useless|it broke|we were angry)(.|!)
  (I|We) (can't|cannot|could not) (find|think of|say) (anything|a thing|one thing) (good|nice|positive)(.|!)
  (It|The <thing>) ruined (my|our) (day|week|holiday|evening)(.|!)
  (Not one|No|Not a single) (thing|part|room|dish) (is right|works|was clean|was good)(.|!)
  (The|A|This) (trainer|nurse|guide|waiter|host) (shouted at|was rude to|laughed at|ignored) (me|us|my mother|everyone)(.|!)
`;
