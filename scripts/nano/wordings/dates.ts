import { lines } from "../language/phrase.ts";

/** Ways to ask for the day after some days. */
export const AFTER = lines`
  (What|Which) (day|one|) comes (right |)after <item>?
  (What|Which) (day |month |)follows <item>?
  (What is|Tell me|Name) the (day|month|one) after <item>(|?).
  (After|Next after) <item>(|?| comes).
  <item> is followed by (what|which|which one)?
  (Name|Give me) (what|the one that) comes after <item>.
  (If|When) (it is|today is|this is) <item>, what comes next?
  (Next|The next one) after <item>(|?| please).
  (What|Which) (day|month|one) (is|comes|follows) (directly |immediately |)after <item>(|?).
  (Which|What) is the (next|following) (day|month|one)(| after) <item>(|?).
  (Tell me|Name|Give me|Say) the (day|month) (that follows|following|right after|after) <item>(|.| please).
  (Today|It|This month) is <item>(.|,) (What|Which)( day| month|) (is|comes|follows) (tomorrow|next|after that)(|?).
  (What|Which) (day|month|) do we (have|get) after <item>(|?).
  <item>(,|:|) and (then|next|after that)(|?).
  (The|What is the) (day|month) after <item>(| is|)(|?).
  (If|When) (today|it) is <item>(,|) (what|which) (day |)(will it be tomorrow|is tomorrow|comes after it)(|?).
`;

/** Ways to ask for the day before some days. */
export const BEFORE = lines`
  (What|Which) (day|one|) comes (right |)before <item>?
  (What|Which) (day |month |)precedes <item>?
  (What is|Tell me|Name) the (day|month|one) before <item>(|?).
  (Before|Just before) <item>(|?| comes).
  <item> comes after (what|which|which one)?
  (Name|Give me) (what|the one that) comes before <item>.
  (If|When) (it is|today is|this is) <item>, what was before?
  (Previous|The previous one) before <item>(|?| please).
  (What|Which) (day|month|one) (is|comes|was) (directly |immediately |)before <item>(|?).
  (Which|What) is the (previous|preceding) (day|month|one)(| before) <item>(|?).
  (Tell me|Name|Give me|Say) the (day|month) (that precedes|preceding|right before|before) <item>(|.| please).
  (Today|It|This month) is <item>(.|,) (What|Which)( day| month|) (was|came) (yesterday|last|before that)(|?).
  (What|Which) (day|month|) do we (have|get) before <item>(|?).
  (What comes|What goes|Which one goes) (ahead of|before) <item>(|?).
  (The|What is the) (day|month) before <item>(| is|)(|?).
  (If|When) (today|it) is <item>(,|) (what|which) (day |)(was it yesterday|was yesterday|came before it)(|?).
`;

/** Ways to ask for a date in digits. */
export const TO_ISO = lines`
  (Write|Convert|Change|Put) <day> (as|to|into|in) (ISO|an ISO date|ISO format|the form YYYY-MM-DD|YYYY-MM-DD).
  (What is|Give me) <day> (in ISO|as an ISO date|in the form YYYY-MM-DD|as YYYY-MM-DD)(|?).
  (ISO|ISO date|YYYY-MM-DD)(:| for| of) <day>.
  (Format|Turn) <day> (as|into) (ISO|an ISO date|YYYY-MM-DD).
  <day> (in ISO|as ISO date|as YYYY-MM-DD|in ISO format)(|?| please).
  (How|How do I) (is|write) <day> (written |)in ISO(| format)?
  (I need|Please give me) <day> (as|in) (ISO|YYYY-MM-DD)(| format).
  (Date|The date) <day>(:|,) ISO(| format| please).
  (Write|Give me|Show|Express|Return|Output) (the date |)<day> (as|in|with) (ISO format|ISO notation|the ISO format|year-month-day|YYYY-MM-DD format|the format YYYY-MM-DD).
  (Convert|Change|Transform|Reformat|Turn) (the date |this date: |)<day> (to|into) (ISO format|ISO 8601|the ISO form|YYYY-MM-DD|year-month-day)(| please|).
  (What|How) (is|would|does) (the date |)<day> (be |look |)(in|as|like in) (ISO|ISO format|ISO 8601|YYYY-MM-DD)(|?).
  (ISO|ISO 8601|ISO format|ISO date|In ISO|As ISO)(:|,| please:|) <day>.
  (Date|Please write)(:|) <day>(,| as|) (ISO format|ISO|YYYY-MM-DD)(| please|).
  (Can you|Could you) (write|convert|format|put) <day> (as|in|to|into) (ISO|ISO format|YYYY-MM-DD|an ISO date)(|?).
  (Make|Create) an ISO date (of|from|out of) <day>.
  (YYYY-MM-DD|Year-month-day) (for|of|version of|form of) <day>(|?| please).
`;

/** Ways to ask for a date in words. */
export const FROM_ISO = lines`
  (Write|Spell|Put) <day> (in words|with the month's name|with the month in words|in full).
  (What|Which) (date|day) is <day>(| in words)?
  (Convert|Change|Turn) <day> (into|to) (words|a written date|a date with the month's name).
  (Write out|Spell out) (the date |)<day>.
  <day> (in words|written out|in full)(|?| please).
  (How|How do I) (say|read|write) <day> (in words|in full)?
  (I need|Please give me) <day> (in words|written out|in full).
  (Date|The date) <day>(:|,) (in words|written out).
  (Write|Spell out|Express|Show|Give me) (the date |)<day> (in words|with the name of the month|in the long form|as a written date|as text|as people write it).
  (Convert|Change|Transform|Turn) (the date |this date: |)<day> (to|into) (words|text|a readable date|long form|a date in words)(| please|).
  (What|How) (is|would|does) (the date |)<day> (be |look |)(in words|written out|in long form|spelled out)(|?).
  (In words|Written out|Long form|Readable|Spelled out)(:|,| please:|) <day>.
  (Can you|Could you) (write|spell|put) (out |)<day> (in words|in full|with the month in words|out)(|?).
  (Make|Create) a (readable|written) date (of|from|out of) <day>.
  (Which|What) (day|date) does <day> (stand for|mean)(|, in words)(|?).
  <day>(:|,| -) (in words|which day is that|written with the month's name)(|?| please).
`;
