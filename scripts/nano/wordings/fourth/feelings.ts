import { lines } from "../../language/phrase.ts";

/** A fourth set of happy remarks. */
export const POSITIVE = lines`
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

/** A fourth set of unhappy remarks. */
export const NEGATIVE = lines`
  (Definitely|Certainly|Surely)(,|:|) (the worst|a waste|not worth it|no fun|a bad <thing>)(.|!)
  (I|We) (am|are) (definitely|certainly|truly|really) (unhappy|angry|annoyed|disappointed)(| with it| with the <thing>|)(.|!)
  (It|The <thing>) (is|was) (a mess|a dump|a nightmare|a joke|garbage|a shame)(.|!|, believe me.)
  (Although|Though) it (is new|was cheap|looks nice|was quick)(,|:) (I hate it|it is useless|it broke|we were angry)(.|!)
  (I|We) (can't|cannot|could not) (find|think of|say) (anything|a thing|one thing) (good|nice|positive)(.|!)
  (It|The <thing>) ruined (my|our) (day|week|holiday|evening)(.|!)
  (Not one|No|Not a single) (thing|part|room|dish) (is right|works|was clean|was good)(.|!)
  (The|A|This) (trainer|nurse|guide|waiter|host) (shouted at|was rude to|laughed at|ignored) (me|us|my mother|everyone)(.|!)
`;
