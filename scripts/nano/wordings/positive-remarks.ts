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
  (Definitely|Certainly|Surely|For sure)(,|:|) (the best|a pleasure|a great <thing>|worth it|my favourite)(.|!)
  (Definitely|Certainly|Surely) (I|we) (come|go|order|return|book) (back|again|there again)(.|!)
  (I|We) (am|are) (definitely|certainly|truly|really) (happy|pleased|glad|satisfied)(| with it| with the <thing>|)(.|!)
  (Happily|Gladly|With pleasure)(,|) (again|I come again|we return|I recommend it)(.|!)
  (I|We) (gladly|happily) (come|return|order|buy|book|use it) (again|here|every time)(.|!)
  (I|We) (can't|cannot|could not) (find|think of|say) (anything|a thing|one thing) (bad|wrong|negative)(.|!)
  (It|The <thing>) (is|was) (out of this world|a dream|heaven|a delight|a treat|a joy)(.|!|, truly.)
  (Although|Though) it (is old|was late|was expensive|took time)(,|:) (I love it|we like it very much|it is great|we were happy)(.|!)
  (No doubt|Without a doubt|Any time)(,|:|) (I would do it again|I buy it again|the best|we come back)(.|!)
  (It|The <thing>) saved (my|our) (day|week|holiday|life)(.|!)
`;
