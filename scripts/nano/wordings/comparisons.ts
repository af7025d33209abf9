import { lines } from "../language/phrase.ts";

/** Ways to ask for the larger number. */
export const LARGER = lines`
  (Which|What) (number |)is (larger|bigger|greater|higher|more)(:|,) <left> or <right>?
  (Which|What) is the (larger|bigger|greater|higher) (number|one)(|:|,) <left> or <right>?
  (Name|Give|Tell) (me |)the (larger|bigger|greater) of <left> and <right>.
  (<left> or <right>|<left> and <right>)(:|,) (which|what) is (larger|bigger|greater|more)?
  (The|Pick the|Find the) (maximum|larger number|bigger number) of <left> and <right>.
  (Max|Maximum|Largest) of <left> and <right>(|?).
  (Compare|Look at) <left> and <right>(:|,) (which is|name the) (larger|bigger|greater)(| one|?).
  (Is|What is) more(:|,) <left> or <right>?
  (Which|What) of (<left> and <right>|the numbers <left> and <right>|the two numbers <left> and <right>) is (the |)(larger|bigger|greater|higher|largest|biggest)(| one)(|?).
  (Tell|Show) me (which|what) is (bigger|larger|greater|higher)(:|,) <left> or <right>(|.|?).
  (Larger|Bigger|Greater|Higher)(:|,|) <left> or <right>(|?).
  (What|Which) is the (maximum|max|larger number|bigger value|highest) of <left> and <right>(|?).
  (Between|Of|From) <left> and <right>(,|) (which|what) is (bigger|larger|greater|the larger|the bigger one|higher)(|?).
  (Choose|Select|Return|Output) the (larger|bigger|greater|higher) (number|one|value)(:| of| from) <left>(,| and| or) <right>.
  (Which|What) (is|has) (more|the higher value)(:|,|) <left> or <right>(|?).
  (I have|There are) <left> and <right>(,|.) (which is|what is|which one is) (bigger|larger|more|greater)(|?).
  (Who|Which) (wins|is ahead), <left> or <right>(|?).
  <left> (vs|versus|or) <right>(:|,) (which is|what's|the) (bigger|larger|greater|higher)(| one|)(|?).
  (Compare|Look at|Take) (the numbers |)<left> and <right>(:|,|.) (which is|what is|name|give me) the (larger|bigger|higher|greater) (one|number|value)(|?|.)
  (Which|What) (has|is) the (higher|greater|larger|bigger) value(:|,|) <left> or <right>(|?)
  (Which|What) (number |value |one |)is (higher|greater|bigger|larger)(:|,) <left> or <right>(|?| please.)
  (Here are|I see|Look at) two numbers(:|,) <left> and <right>(.|;) (Which is|Name|Give me) the (higher|larger|bigger|greater) (one|value)(|?|.)
  (Say|Name|Tell me|Find) the (higher|greater|larger|bigger) (value|number|one)(:|,| of) <left> (or|and) <right>(|.| please.)
  Is it <left> or <right> that is (bigger|larger|higher|greater)(|?)
  (Of|Out of) (the two|the numbers|both)(:|,) <left> and <right>(:|,) the (higher|larger|bigger|greater) one(|?| please.)
  (The|Give me the) (higher|bigger|larger|greater) value of <left> and <right>(|?|.| please.)
`;

/** Ways to ask for the smaller number. */
export const SMALLER = lines`
  (Which|What) (number |)is (smaller|less|lower)(:|,) <left> or <right>?
  (Which|What) is the (smaller|lower|lesser) (number|one)(|:|,) <left> or <right>?
  (Name|Give|Tell) (me |)the (smaller|lower) of <left> and <right>.
  (<left> or <right>|<left> and <right>)(:|,) (which|what) is (smaller|less|lower)?
  (The|Pick the|Find the) (minimum|smaller number|lower number) of <left> and <right>.
  (Min|Minimum|Smallest) of <left> and <right>(|?).
  (Compare|Look at) <left> and <right>(:|,) (which is|name the) (smaller|lower)(| one|?).
  (Is|What is) less(:|,) <left> or <right>?
  (Which|What) of (<left> and <right>|the numbers <left> and <right>|the two numbers <left> and <right>) is (the |)(smaller|lower|smallest|lowest)(| one)(|?).
  (Tell|Show) me (which|what) is (smaller|lower|less)(:|,) <left> or <right>(|.|?).
  (Smaller|Lower|Less)(:|,|) <left> or <right>(|?).
  (What|Which) is the (minimum|min|smaller number|smaller value|lowest) of <left> and <right>(|?).
  (Between|Of|From) <left> and <right>(,|) (which|what) is (smaller|lower|less|the smaller|the lower one)(|?).
  (Choose|Select|Return|Output) the (smaller|lower) (number|one|value)(:| of| from) <left>(,| and| or) <right>.
  (Which|What) (is|has) (fewer|less|the lower value)(:|,|) <left> or <right>(|?).
  (I have|There are) <left> and <right>(,|.) (which is|what is|which one is) (smaller|less|lower)(|?).
  <left> (vs|versus|or) <right>(:|,) (which is|what's|the) (smaller|lower)(| one|)(|?).
  (Compare|Look at|Take) (the numbers |)<left> and <right>(:|,|.) (which is|what is|name|give me) the (smaller|lower) (one|number|value)(|?|.)
  (Which|What) (has|is) the (lower|smaller) value(:|,|) <left> or <right>(|?)
  (Which|What) (number |value |one |)is (lower|smaller|fewer|less)(:|,) <left> or <right>(|?| please.)
  (Here are|I see|Look at) two numbers(:|,) <left> and <right>(.|;) (Which is|Name|Give me) the (lower|smaller) (one|value)(|?|.)
  (Say|Name|Tell me|Find) the (lower|smaller) (value|number|one)(:|,| of) <left> (or|and) <right>(|.| please.)
  Is it <left> or <right> that is (smaller|lower)(|?)
  (Of|Out of) (the two|the numbers|both)(:|,) <left> and <right>(:|,) the (lower|smaller) one(|?| please.)
  (Fewer|Less|Lower|Smaller)(:|,) <left> or <right>(|?| please.)
`;

/** Ways to ask whether a number is larger than another. */
export const MORE_THAN = lines`
  Is <left> (greater|larger|bigger|more|higher) than <right>(|?|, yes or no?).
  (Tell me|Say) (if|whether) <left> is (greater|larger|bigger) than <right>.
  (Yes or no|Answer yes or no): is <left> (greater|larger|bigger|more) than <right>?
  <left> > <right>(|?| - yes or no?).
  (Is it true|Is it right) that <left> is (greater|larger|more) than <right>?
  (Does|Would) <left> (exceed|beat) <right>?
  (Check|Decide) (if|whether) <left> is (more|greater|larger) than <right>.
  (True or not|Right or wrong)(:|,) is <left> (larger|greater|bigger) than <right>?
  (Is|Would) <left> (be |)(above|over|beyond|more than|bigger than|larger than|higher than|greater than) <right>(|?| - yes or no).
  (Is|Are) <left> (bigger|larger|greater|more) than <right>(|? Yes or no|? Answer yes or no).
  (Yes or no|Answer with yes or no)(:|,) <left> is (more|greater|bigger|larger) than <right>(|?).
  (Can you tell me|Do you know) (if|whether) <left> is (bigger|larger|greater|more|higher) than <right>(|?).
  <left> (is |)(greater|more|bigger|larger) than <right>(|?|, yes or no|, true or not).
  (Check|Decide|Judge|Find out|See) (if|whether) <left> is (greater|bigger|larger|higher|more) than <right>(|.|, yes or no.|: yes or no.)
  (Please|) (tell me|say|check|decide)(:|,) is <left> (greater|bigger|larger|more|higher) than <right>(|?| Yes or no?)
  (Can|Could) you (check|decide|say) (if|whether) <left> (exceeds|beats|is more than|is larger than|is greater than) <right>(|?)
  (Does|Would) <left> (exceed|top|beat) <right>(|?|, yes or no?)
  (Correct or not|Right or not|Yes or no)(:|,) <left> is (bigger|greater|larger|more|higher) than <right>(|?|.)
  (Compare|Look)(:|,) is <left> (more|bigger|greater|larger) than <right>(|?|, yes or no?)
  Is (the number |)<left> (really |)(greater|bigger|larger|higher) than (the number |)<right>(|?|, yes or no?)
`;

/** Ways to ask whether a number is smaller than another. */
export const LESS_THAN = lines`
  (Is|Are|Would) <left> (less than|smaller than|lower than|below|under) <right>(|?|, yes or no?| - yes or no).
  (Tell me|Say|Check|Decide) (if|whether) <left> is (less|smaller|lower) than <right>.
  (Yes or no|Answer yes or no)(:|,) is <left> (less|smaller|lower) than <right>(|?).
  (Is it true|Is it right|Is it correct) that <left> is (less|smaller|lower) than <right>(|?).
  (True or not|Right or wrong)(:|,) is <left> (smaller|less|lower) than <right>(|?).
  (Can you tell me|Do you know) (if|whether) <left> is (smaller|less|lower) than <right>(|?).
  <left> (is |)(smaller|less|lower) than <right>(|?|, yes or no|, true or not).
`;
