import { lines } from "../../language/phrase.ts";

/** A fourth set of messages, by the label of what they want. */
export const MESSAGES: Readonly<Record<string, readonly string[]>> = {
  technical_issue: lines`
    (I|We) (can't|cannot|can not) (open|print|save|scan|share|send|start|load) (my|the|any|a) (file|document|page|program|mail|form|app)(|.| since <weekday>.| any more.)
    (My|The|Our) (document|file|mail|page|form|picture) (won't|will not|does not|doesn't) (open|print|load|send|save|scan)(|.| today.)
    (The|My) (screen|laptop|printer|app|<product>) (stays black|is frozen|hangs|shows an error|turns itself off|flickers)(|.| again.)
    (Sending|Printing|Saving|Opening) (a|the|my) (mail|document|file) (fails|does not work|gives an error|takes forever)(|.)
    (Error|Error message|Bug|Crash)(:| in:| -) (the app|the printer|the page|my laptop)(| does not start| stops| hangs|)(|.)
    (Something|It) is (broken|wrong) with (the app|the website|my computer|the printer|the software)(|.| since this morning.)
    (No|There is no) (sound|picture|signal|network) (on my laptop|in the app|on the screen|here)(|.)
    (Why|How come) (does|is) (the app|the page|the program|my printer) (so slow|crash|hang|not work|not open)?
  `,
  refund_request: lines`
    (Refund|A refund|Money back|Repayment)(:|,| -) (the <product>|my order|order <code>|<number> euros)(|, please|.| please.)
    (I|We) (ask|am asking|are asking|apply) for (a refund|our money back|my money back|a repayment)(|.| of <number> euros.)
    (Return|Returning|I return|We return)(| -|:|) (the|my|this) <product>(,|) (refund please|money back please|and want my money)(|.)
    (Your|The) (refund|return) (policy|rules|terms)(|:| -) (can I return the <product>|do I get my money back|how many days|please send it)(|?)
    (The <product>|It) (was|is) (unused|never used|unopened|still new)(,|:| so) (refund it|I want the money back|please refund|take it back)(|.)
    (Take|Please take) (it|the <product>) back (and|then) (refund|pay back|return) (me|the money|the price)(|.)
    (When|Where) (is|will be|stays) (my refund|my money|the repayment)(| for the <product>|)?
    (Can|May|Could) (I|we) (return|give back|send back) (it|the <product>) (for a refund|and get the money|for money back)?
  `,
  time_off: lines`
    (I|We) (will|shall) be (off|away|out|on holiday|on leave) (from|since|as of|until|on) <weekday>(|.| to <weekday>.)
    (I'm|I am|We are|We're) (away|out|off|not there|on leave) (from|on|until) <weekday>(|.| on holiday.)
    (My|Our) (child|son|daughter|mother) is (ill|sick|in hospital)(,|:| so) (I stay at home|I need the day off|I cannot come|I am not at work)(|.| today.)
    (Ill|Sick|Unwell)(| today|)(:|,| -|.) (I stay in bed|I will not be at work|not at work|I stay at home)(|.| today.)
    (Holiday|Leave|Vacation|A day off)(:|,| -) (from <weekday>|in <month>|<number> days|<weekday> to <weekday>)(|.| please.)
    (I|We) (plan|take|book|ask for) (<number> days|a week|a day) (off|of leave|of holiday)(| in <month>| from <weekday>|)(|.)
    (May|Can|Could) (I|we) (have|take|get) (<weekday>|next week|<number> days) off?
    (Please|) (approve|note|enter) my (leave|holiday|absence|vacation)(| in <month>| from <weekday>|)(|.)
  `,
  schedule_meeting: lines`
    (Call|Meeting|A call|A short call|Talk)(:|,| -| on) <weekday>(|, <time>| at <time>)(|.| please.|?)
    (Are|Is) (you|<name>) (free|there|available) (on <weekday>|at <time>|for a call|for a meeting)(|?)
    (Let us|Let's|We should) (meet|talk|have a call|sit together) (on <weekday>|at <time>|in <city>)(|.| about the <topic>.)
    (Can|Could|Shall) we (meet|talk|speak|have a call) (on <weekday>|at <time>|next week)(|?| about the <topic>?)
    (Which|What) (day|time|hour) (suits|works for|is good for) (you|<name>|a meeting|a call)(|?)
    (Please|) (set up|plan|arrange|fix) (a call|a meeting|an appointment|a talk) (with <name>|on <weekday>|about the <topic>)(|.)
    (I|We) (need|want|would like) (a meeting|an appointment|a call|a date) (with <name>|on <weekday>|at <time>)(|.)
  `,
  hardware_request: lines`
    (We|I) (ran|are running|am running) out of (chargers|mice|keyboards|headsets|adapters|<product>s)(|.|, please send <number>.)
    (Can|Could|May) (I|we) (get|have|order) (a|another|<number>) (new |)(keyboard|mouse|charger|monitor|headset|docking station)(|?| for <name>?)
    (Please|) (send|order|bring) (us|me|<name>) (a|another|<number>) (mice|keyboard|charger|monitor|headset|cable)(s|)(|.)
    (A|One) (second|new|larger|bigger) (screen|monitor|keyboard|laptop) (for|please, for) (<name>|me|my desk|the <department> team)(|.)
    (I|We) (lack|miss|need|am missing|are missing) (a|<number>) (keyboard|charger|mouse|headset|monitor|cable)(s|)(|.)
    (The <department> team|<name>|Our new colleague) (needs|wants|asks for|has no) (a laptop|a monitor|<number> headsets|a docking station)(|.)
    (My|The) (mouse|keyboard|charger|headset|laptop) is (old|worn out|lost|too small)(,|:) (I need another|can I get a new one|please replace it)(|.|?)
  `,
  praise: lines`
    (Friendliest|Nicest|Best|Kindest) (service|staff|team|support) (in <city>|in town|I know|ever)(|!|.)
    (Your|The) (staff|team|support|service|driver) (was|is|were) (so kind|very friendly|great|a joy|the best)(|!|.)
    (Praise|Compliments|A compliment|Big praise) (to|for) (your team|<name>|the driver|the support|the shop)(|!|.)
    (I|We) (want|would like|have) to (praise|thank|compliment) (<name>|your team|the staff|you all)(|!|.)
    (Keep|Please keep) (it up|up the good work|being so friendly)(|!|.)
    (Well done|Great work|Lovely service|Excellent support)(,|:|) (all of you|<name>|team|thank you)(|!|.)
  `,
  job_application: lines`
    (I|We) (am|are) (writing|calling) (to apply|about a job|about the vacancy|with my application)(|.| as <job>.)
    (With|After) <number> years (of experience |)as (a |)<job>(,|) I (would like to|wish to|want to) (join you|work for you|apply)(|.)
    (Is|Are) (position|job|vacancy) <code> (still |)(open|free|available)(|?)
    (Application|My application|Job application)(:| as| for)( <job>| the vacancy| the job)(|.)
    (Do|Are) you (hiring|looking for|taking on|hire) (a |)<job>(s|)(|?)
    (Attached|Enclosed) (is|you find) my (CV|application|resume)(| as <job>|)(|.)
  `,
  address_change: lines`
    (I|We) (moved|have moved|will move|am moving) (to|from) <city>(|.|: please change the address.)
    (My|Our) (new|old|postal) address (is|was) (in <city>|wrong|not right|changed)(|.|, please correct it.)
    (Please|) (correct|change|update|note) (my|our|the) (address|postal address|street)(|.|: I moved to <city>.)
    (New|Changed|Corrected) address(:|,| -) (<city>|please note it|we moved|see below)(|.)
    (I|We) (typed|gave|entered|wrote) (the wrong|an old|a wrong) (street|address|postcode)(|.|, please correct it.)
  `,
  password_reset: lines`
    (I|We|<name>) (need|needs|want|wants) (a|another) (new |fresh |)password(|.| for <name>.| please.)
    (New|Another) password(:|,| for| -)( <name>| me| the portal| my account)(|.| please.)
    (My|The|Our) password (expired|is gone|is lost|does not work|is wrong|was forgotten)(|.)
    (I|<name>) (forgot|lost|mistyped|can't remember) (my|the|a) (password|login|PIN)(|.| again.)
    (Reset|Please reset|Unlock|Please unlock) (my|the|<name>'s) (password|login|account)(|.)
  `,
  cancel_subscription: lines`
    (End|Stop|Please end|Please stop) (it|my plan|the plan|our membership|the contract)(|.| in <month>.| now.)
    (No|I want no|We want no) (more|further) (plan|subscription|membership|contract)(|.| please.)
    (Cancel|Cancelling|I cancel|We cancel)(:|) (my|our|the) (plan|membership|subscription)(|.| as of <month>.)
    (Get|Take|Let) me (out of|off) (the|this|your) (plan|contract|subscription|list)(|.)
  `,
};

/** More sentences that stand beside what a message wants and say nothing about it. */
export const BESIDE = lines`
  (I hope|Hope|I trust) (I am right here|this reaches the right person|this is the right place|I reached the right team|this mail arrives).
  (I|We) (found|got|have) (your address|this address|your name) (on the website|from <name>|from a colleague|in the handbook).
  (I hope|Hope) (the week started well|the sun shines|you had a good weekend|your weekend was nice|it was a nice trip).
  (Is|Was) this the right (address|place|desk|number)?
  (Nice|Good) (weather|weekend|week) (today|so far|again|was it).
  (I|We) (wrote|mailed|called) (already|before|last week|on <weekday>).
  (I am|I'm|We are) (new|new here|not sure this is the right address|in <city> this week).
  (Thank you|Thanks) for (your time|reading this|the last mail|the quick answer).
  (My|Our) (phone|number|extension) is <code>.
  (Greetings|Best wishes|Regards) from (<city>|<name>|the <department> team).
`;
