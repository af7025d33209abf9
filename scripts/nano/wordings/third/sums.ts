import { lines } from "../../language/phrase.ts";

/** Still more ways to ask for a sum. */
export const SUMS = lines`
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

/** Still more ways to ask for a difference. */
export const DIFFERENCES = lines`
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

/** More ways to ask for the larger number. */
export const LARGER = lines`
  (Compare|Look at|Take) (the numbers |)<left> and <right>(:|,|.) (which is|what is|name|give me) the (larger|bigger|higher|greater) (one|number|value)(|?|.)
  (Which|What) (has|is) the (higher|greater|larger|bigger) value(:|,|) <left> or <right>(|?)
  (Which|What) (number |value |one |)is (higher|greater|bigger|larger)(:|,) <left> or <right>(|?| please.)
  (Here are|I see|Look at) two numbers(:|,) <left> and <right>(.|;) (Which is|Name|Give me) the (higher|larger|bigger|greater) (one|value)(|?|.)
  (Say|Name|Tell me|Find) the (higher|greater|larger|bigger) (value|number|one)(:|,| of) <left> (or|and) <right>(|.| please.)
  Is it <left> or <right> that is (bigger|larger|higher|greater)(|?)
  (Of|Out of) (the two|the numbers|both)(:|,) <left> and <right>(:|,) the (higher|larger|bigger|greater) one(|?| please.)
  (The|Give me the) (higher|bigger|larger|greater) value of <left> and <right>(|?|.| please.)
`;

/** More ways to ask for the smaller number. */
export const SMALLER = lines`
  (Compare|Look at|Take) (the numbers |)<left> and <right>(:|,|.) (which is|what is|name|give me) the (smaller|lower) (one|number|value)(|?|.)
  (Which|What) (has|is) the (lower|smaller) value(:|,|) <left> or <right>(|?)
  (Which|What) (number |value |one |)is (lower|smaller|fewer|less)(:|,) <left> or <right>(|?| please.)
  (Here are|I see|Look at) two numbers(:|,) <left> and <right>(.|;) (Which is|Name|Give me) the (lower|smaller) (one|value)(|?|.)
  (Say|Name|Tell me|Find) the (lower|smaller) (value|number|one)(:|,| of) <left> (or|and) <right>(|.| please.)
  Is it <left> or <right> that is (smaller|lower)(|?)
  (Of|Out of) (the two|the numbers|both)(:|,) <left> and <right>(:|,) the (lower|smaller) one(|?| please.)
  (Fewer|Less|Lower|Smaller)(:|,) <left> or <right>(|?| please.)
`;

/** More ways to ask whether a number is larger than another. */
export const MORE_THAN = lines`
  (Check|Decide|Judge|Find out|See) (if|whether) <left> is (greater|bigger|larger|higher|more) than <right>(|.|, yes or no.|: yes or no.)
  (Please|) (tell me|say|check|decide)(:|,) is <left> (greater|bigger|larger|more|higher) than <right>(|?| Yes or no?)
  (Can|Could) you (check|decide|say) (if|whether) <left> (exceeds|beats|is more than|is larger than|is greater than) <right>(|?)
  (Does|Would) <left> (exceed|top|beat) <right>(|?|, yes or no?)
  (Correct or not|Right or not|Yes or no)(:|,) <left> is (bigger|greater|larger|more|higher) than <right>(|?|.)
  (Compare|Look)(:|,) is <left> (more|bigger|greater|larger) than <right>(|?|, yes or no?)
  Is (the number |)<left> (really |)(greater|bigger|larger|higher) than (the number |)<right>(|?|, yes or no?)
`;
