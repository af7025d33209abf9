import { lines } from "../language/phrase.ts";

/** More ways to ask for a sum. */
export const SUMS = lines`
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
`;

/** More ways to ask for a difference. */
export const DIFFERENCES = lines`
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
`;
