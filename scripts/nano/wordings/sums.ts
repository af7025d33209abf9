import { lines } from "../language/phrase.ts";

/** Ways to ask for a sum. */
export const SUMS = lines`
  (What is|What's|How much is|Calculate|Compute) <left> (+|plus) <right>(|?).
  <left> (+|plus) <right>(|?| =| = ?| is).
  (Add|Sum up) <left> and <right>(| please).
  (What do|How much do) <left> and <right> (make|give|add up to)(|?).
  (Tell me|Give me|I need) (the sum of <left> and <right>|<left> + <right>|what <left> plus <right> is).
  (The sum|Sum|Total) of <left> and <right>(|?| please).
  ((I|We) have <left> (apples|euros|books|boxes) and (get|buy|find)|She has <left> (apples|euros|books|boxes) and (gets|buys|finds)) <right> more(,|.) (how many|how many is that)(|?).
  (Work out|Solve|Find) <left> (+|plus) <right>(| for me| please).
  (Can you|Could you) (add|sum) <left> and <right>?
  (Please|) (what is|how much is) <left> (and|plus|+) <right>(| together)?
  (How many|What) (are|is) <left> (and|plus) <right>(|?| together| altogether| in total).
  (Please |)(add|sum up|total|add up) <left> (and|to|plus) <right>(| for me|).
  (If I|When you|If you) add <left> (and|to) <right>(,|) (what do I get|what is it|how much is it|what comes out)(|?).
  (There are|I have|A shelf has|The box holds) <left> (cars|cups|people|emails|tickets|coins|pens) and (then |)<right> (more |)(come|arrive|are added|follow)(.|,) (How many are there|how many in total|what is the total)(|?).
  <left> (more than|added to|increased by|and) <right> (is|makes|equals)(| what| how much|)(|?).
  (Sum|Add)(:|) <left>(,| and| \+) <right>(|.).
  (What|How much)('s|) <left> ?\+ ?<right>(|?).
  <left>\+<right>(|=|?| =).
  (Give|Tell) me <left> (plus|and|\+) <right>(| please|).
  (Anna|Tom|My sister|A man) (has|owns|buys) <left> (eggs|balls|stamps|books) and (gets|finds|buys) <right> more(.|,) (How many does (she|he) have|how many now|how many altogether)(|?).
  (Do|Calculate|Compute) (the sum|this sum|this)(:|) <left> (plus|\+) <right>.
  (The result|The answer|Result) of <left> (plus|\+) <right>(|?| please).
  (Count|Put) <left> and <right> together(|.| please).
  (I need|I want) (to add|the total of) <left> and <right>(|.| please).
  <left> (and|plus|added to|together with|with) <right> (makes|make|gives|is|equals)(| what| how much| what number|)(|?).
  <right> (more than|added to|on top of) <left> (is|makes|gives|equals)(| what| how much|)(|?).
  (What|Which number) is <right> (more than|added to|on top of) <left>(|?).
  (What|How much|How many) (does|do|would) <left> (and|plus|\+) <right> (make|give|equal|come to|be)(|?).
  (Add|Put|Count) <right> to <left>(|.| please.| for me.|: what is it?).
  <left> (increased by|raised by|plus another) <right>(|?| is| makes| is what?).
  (First|Take|Start with) <left>(,|:| and|) (then |)add <right>(|.|: result?).
  (<left> (euros|dollars|apples|books|boxes|cups)) (and|plus) <right> more (is|are|makes) (how many|how much|what)(|?).
  (In the morning|On Monday|At first) (we had|there were|I counted) <left> (guests|cars|orders|eggs), then <right> more. (How many in all|How many in total|The total|How many together)(|?).
  (One team|A box|A shop) has <left>, (the other|another) has <right>. (How many together|How many in total|What is the sum)(|?).
  (My|The) (first|one) number is <left>, (my|the) (second|other) is <right>(.|:) (Their sum|Add them|The sum|What is the sum)(|?).
  (Total|Sum|Addition)(:| of|) <left>(,| and|;) <right>(|?).
  (Please|) (tell|give) me (the result of|what is|how much is) <left> (plus|\+|and) <right>(|?|.).
  (Quick|Simple|Easy) (question|sum|one)(:|,) <left> (plus|\+) <right>(|?).
  (How many|How much) (is|are) <left> and <right> (more|together|in all|combined)(|?).
  (I pay|She pays|We spent) <left> and (then |)<right> (euros|dollars)(.|:|,) (How much in all|How much in total|what is the total|the total)(|?).
  <left> \+ <right> (=|is|makes|equals) (what|how much|which number)(|?).
  (Adding|Summing) <left> and <right> (gives|makes|is)(| what|)(|?).
  (She|He|Anna|Tom|My boss) (has|had|owns|owned) <left> (apples|euros|books|boxes|pens) and (gets|got|buys|bought|finds|found) <right> more(.|,) (What is that together|How many is that|How many in all|How much is that now)(|?).
  (We|I|They) (have|had) <left> (apples|euros|books|boxes|cups) and (get|got|buy|bought|find|found) <right> more(.|,) (how many is that|how many now|what is the total|all together)(|?).
  <right> (increased|raised) by <left> (is|makes|gives|equals|comes to)(| what| how much|)(|?).
  (What|How much) (is|comes out at) <left> (increased by|raised by|plus another|and another|together with) <right>(|?).
  (What|How much|Which number) is <right> more than <left>(|?| please.).
  (Count|Put|Add) (<left> and <right>|<left> with <right>) together(|.| please.|: result?).
  (Start|Begin) (with|at|from) <left> (and|, then) (add|count on|go up by) <right>(|.|: result?|: where are you?).
  (First|At first) <left>, then <right> more(:|.|,) (the result|the total|how many|what is it)(|?).
  (How many|How much|What) (is|are) <left> and <right> (all together|in all|combined|in sum)(|?).
  (All|All together|Combined|In all|Together)(:|,) <left> (and|plus) <right>(|?| is| makes).
  (Combine|Join|Sum|Total) <left> (and|with|plus) <right>(|.| please.| for me.).
  (Easy|Quick|Simple|Short) (one|question|sum|task)(:|,) (add|what is|how much is) <left> (and|plus|\+) <right>(|?).
  (Say|Suppose) (I|we) (add|have) <left> (and|plus) <right>(:|,) (the result|the total|how much is it)(|?).
  (What|How much) (do I|do we|does one) (get|have) (for|with|from) <left> plus <right>(|?).
  (The|My|Our) bill has <left> and <right> euros(.|:|,) (The total|What is the total|How much in total|The sum)(|?).
  (A|One) (train|bus|room|box) has <left> (people|seats|pieces), (then|and) <right> more (come|arrive|are added)(.|:) (How many now|How many in all|The total)(|?).
  (One|One number) is <left>, the other is <right>(:|.|,) (add them|their sum|the sum|the total)(|?).
  (Result|Answer|Solution)(:|,|) <left> (\+|plus) <right>(|?| =).
  <left> (euros|dollars|points|boxes|pages) (and|plus) (another |)<right> (more |)(is|are|makes|make) (how many|what|how much)(|?).
  (Can|Could|Would) you (total|sum|count|add) (up |)<left> and <right>(| for me|)?
`;

/** Ways to ask for a difference. */
export const DIFFERENCES = lines`
  (What is|What's|How much is|Calculate|Compute) <left> (-|minus) <right>(|?).
  <left> (-|minus) <right>(|?| =| = ?| is).
  (Subtract|Take) <right> from <left>(| please).
  (What is left|How much is left) (of|from) <left> (without|minus|after taking) <right>(|?).
  (Tell me|Give me|I need) (<left> - <right>|what <left> minus <right> is).
  (The difference|Difference) (of|between) <left> and <right>(|?| please).
  ((I|We) have <left> (apples|euros|books|boxes) and (lose|sell|give away)|She has <left> (apples|euros|books|boxes) and (loses|sells|gives away)) <right>(,|.) (how many are left|what is left)(|?).
  (Work out|Solve|Find) <left> (-|minus) <right>(| for me| please).
  (Can you|Could you) (subtract|take) <right> from <left>?
  (Please|) (what is|how much is) <left> (minus|less|-) <right>?
  (How many|What) (are|is) <left> (minus|less|take away) <right>(|?).
  (Please |)(subtract|deduct|take|take away) <right> (from) <left>(| for me|).
  (If I|When you|If you) (subtract|take|take away) <right> from <left>(,|) (what do I get|what is left|what comes out|how much is left)(|?).
  (There are|I have|A shelf has|The box holds) <left> (cars|cups|people|emails|tickets|coins|pens) and <right> (are taken|leave|go away|are lost|are sold)(.|,) (How many are left|how many remain|what is left)(|?).
  <left> (minus|reduced by|less) <right> (is|makes|equals)(| what| how much|)(|?).
  (Subtract|Minus)(:|) <left> (-|minus) <right>(|.).
  (What|How much)('s|) <left> - <right>(|?).
  <left>-<right>(|=|?| =).
  (Give|Tell) me <left> (minus|less|-) <right>(| please|).
  (Anna|Tom|My sister|A man) (has|owns|buys) <left> (eggs|balls|stamps|books) and (loses|breaks|gives away|sells) <right>(.|,) (How many are left|how many does (she|he) have left|how many remain)(|?).
  (Do|Calculate|Compute) (the difference|this|this subtraction)(:|) <left> (minus|-) <right>.
  (The result|The answer|Result) of <left> (minus|-) <right>(|?| please).
  (What remains|What is left)(| then) (if|when) <right> (is|are) taken from <left>(|?).
  (I need|I want) (to subtract|to take) <right> from <left>(|.| please).
  <left> (minus|less|take away|without|reduced by|lowered by) <right> (makes|gives|is|leaves|equals)(| what| how much| what number|)(|?).
  <right> (less than|taken from|subtracted from) <left> (is|makes|gives|leaves)(| what| how much|)(|?).
  (What|Which number) is <right> (less than|taken from|subtracted from|below) <left>(|?).
  (What|How much|How many) (does|do|would) <left> (minus|less|-) <right> (make|give|equal|come to|be|leave)(|?).
  (Take|Subtract|Deduct|Remove) <right> (from|off|out of) <left>(|.| please.| for me.|: what is left?|: what remains?).
  <left> (reduced by|decreased by|less|lowered by) <right>(|?| is| makes| is what?).
  (First|Take|Start with) <left>(,|:| and|) (then |)(take away|subtract) <right>(|.|: result?).
  (<left> (euros|dollars|apples|books|boxes|cups)) (less|minus|without) <right> (is|are|makes|leaves) (how many|how much|what)(|?).
  (In the morning|On Monday|At first) (we had|there were|I counted) <left> (guests|cars|orders|eggs), then <right> (left|were sold|went away). (How many are left|How many remain|What is left)(|?).
  (What|How much|How many) (is|are|remains|remain) (left|over|) (if|when) <right> (is|are|of them are) (taken|removed|subtracted|taken away) (from|out of) <left>(|?).
  (From|Out of) <left>(,|) (I|we|they) (take|remove|sell|use) <right>(.|,|:) (What is left|How many are left|what remains|the rest)(|?).
  (My|The) (first|larger) number is <left>, (my|the) (second|smaller) is <right>(.|:) (Their difference|The difference|What is the difference)(|?).
  (Difference|Subtraction)(:| of|) <left>(,| and|;) <right>(|?).
  (Please|) (tell|give) me (the result of|what is|how much is) <left> (minus|-|less) <right>(|?|.).
  (Quick|Simple|Easy) (question|one)(:|,) <left> (minus|-) <right>(|?).
  (How far is it|How much is missing|What is missing) from <right> (to|up to) <left>(|?).
  (I had|She had|We had) <left> (euros|dollars) and (paid|spent|lost) <right>(.|:|,) (How much is left|what is left|the rest|How much remains)(|?).
  <left> - <right> (=|is|makes|equals) (what|how much|which number)(|?).
  (Subtracting|Taking) <right> from <left> (gives|makes|is|leaves)(| what|)(|?).
  (She|He|Anna|Tom|My boss) (has|had|owns|owned) <left> (apples|euros|books|boxes|pens) and (loses|lost|sells|sold|gives away) <right>(.|,) (How many are left|What is left|How many remain|What remains)(|?).
  (We|I|They) (have|had) <left> (apples|euros|books|boxes|cups) and (lose|lost|sell|sold|spend|spent) <right>(.|,) (how many are left|what is left|how many remain|what remains)(|?).
  (What|How much) (remains|is left|is left over) (then|now|) (if|when|once) <right> (is|are) (taken|removed|subtracted|deducted) from <left>(|?).
  (If|When|Once) <right> (is|are) taken (from|away from|out of) <left>(,|) (what remains|what is left|how much is left|how much remains)(|?).
  <left> (reduced|lowered|decreased) by <right> (is|makes|gives|equals|comes to)(| what| how much|)(|?).
  (What|How much) is <left> (reduced by|lowered by|decreased by|less|without) <right>(|?).
  (Start|Begin) (with|at|from) <left> (and|, then) (subtract|take away|take off|go down by) <right>(|.|: result?|: what is left?).
  (First|At first) <left>, then <right> less(:|.|,) (the result|what is left|how many|what remains)(|?).
  (Easy|Quick|Simple|Short) (one|question|task)(:|,) (subtract <right> from <left>|what is <left> (minus|less) <right>|<left> minus <right>)(|?).
  (How much|How many) less (is|are) <right> than <left>(|?).
  (Reduce|Lower|Decrease) <left> by <right>(|.| please.|: result?).
  (Take|Deduct|Remove|Subtract) <right> (off|out of|away from|from) <left>(|.| for me.|: how much remains?|: the rest?).
  (The|My|Our) bill was <left> euros, I (got|get) <right> (off|less)(.|:|,) (What is left to pay|What remains|How much is left)(|?).
  (A|One) (train|bus|room|box) (has|had) <left> (people|seats|pieces), <right> (leave|are taken away|go away|are removed)(.|:) (How many are left|How many remain|What is left)(|?).
  (One|One number) is <left>, the other is <right>(:|.|,) (the difference|their difference|subtract)(|?).
  (Result|Answer|Solution)(:|,|) <left> (-|minus) <right>(|?| =).
  <left> (euros|dollars|points|boxes|pages) (minus|less|without) <right> (is|are|leaves|leave) (how many|what|how much)(|?).
  (Can|Could|Would) you (take|subtract|deduct) <right> (from|off) <left>(| for me|)?
  (How far apart|How much apart) are <right> and <left>(|?).
  (Of|Out of) <left>(,|) <right> (are gone|are sold|are lost|were taken|are missing)(.|,|:) (What is left|How many are left|The rest|How many remain)(|?).
`;
