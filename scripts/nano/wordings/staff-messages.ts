import { lines } from "../language/phrase.ts";

/** More messages of colleagues and applicants, by the label of what they want. */
export const STAFF_MESSAGES: Readonly<Record<string, readonly string[]>> = {
  expense_report: lines`
    (Expense report|Expenses|Travel expenses)(:| for| -) (hotel|taxi|train|flight|lunch) <number> euros(|, receipts attached| in <city>|).
    (Where|How) (should|do|can) I (file|submit|send|enter|hand in) (the |my |)(taxi|hotel|travel|train) (receipts|expenses|costs)(| for the trip|)?
    (I|We) (paid|spent|laid out) <number> euros (for|on) (the hotel|a taxi|the train|lunch with a client)(|,|:|.) (please reimburse|who pays that|receipts attached).
    (When|By when) (will|is|are) (the |my |)(expense report|expenses|travel costs) (for <month> |)(be reimbursed|paid|paid out)?
    (Here are|Attached are|I attach) (the|my) receipts (for|of|from) (the trip to <city>|<month>|the business trip).
    (Please |)(approve|reimburse|pay|process) my (expenses|travel costs|expense report|taxi costs)(| for <month>| of <number> euros|).
    (My|The) (business trip|trip) to <city> (cost|costs) <number> euros(|.|,) (here are the receipts|please reimburse me|expense form attached).
    (Can|May) I (claim|expense|get back) (the taxi|the hotel|lunch|the parking fee|mileage)(| of <number> euros|)?
    (Reimbursement|Refund) of (my |)(travel costs|taxi costs|hotel bill|expenses)(| to <city>|)(|, please|).
    (I|We) (need|want) to (submit|hand in|file) (an expense report|my expenses|my travel costs)(| for <month>|).
  `,
  time_off: lines`
    (I|We) will be (out of office|away|off|on leave|out) (until|from|on) <weekday>.
    (Vacation|Holiday|Leave) (application|request)(| for <month>| from <weekday>|)(|, please|).
    (Can|May|Could) I (take|have|get) (<weekday>|a day|<number> days|next week) off(|, please|)?
    (My|Our) (son|daughter|child|kid) is (ill|sick)(,| so|:) I (stay|have to stay|must stay|am) (at |)home (on <weekday>|today|tomorrow).
    (I am|I'm) (ill|sick|not well)(,| and|:) (I cannot come|I stay in bed|I will not come)(| on <weekday>| today|).
    (I|We) (want|would like|plan) to (take|have|book) (leave|vacation|time off|holidays) (in <month>|from <weekday>|next month).
    (Sick note|Sick leave|Day off|Parental leave)(:| for|,) (<weekday>|today|<month>|<number> days).
    (How many|Do I have) (days of |)(vacation|leave|holiday) (days |)(do I have left|left|are left)?
    (Please |)(approve|confirm|enter) my (vacation|leave|holiday|days off)(| in <month>| from <weekday>|).
    (I have|There is) (a doctor's appointment|a funeral|a wedding)(| on <weekday>|)(,| so| and) I (will be off|need the day off|cannot work).
    (I|We) (won't|cannot|can't) (come|be in|work) (on <weekday>|tomorrow|next week)(|, I take leave|: day off).
    (I|We) (will|shall) be (off|away|out|on holiday|on leave) (from|since|as of|until|on) <weekday>(|.| to <weekday>.)
    (I'm|I am|We are|We're) (away|out|off|not there|on leave) (from|on|until) <weekday>(|.| on holiday.)
    (My|Our) (child|son|daughter|mother) is (ill|sick|in hospital)(,|:| so) (I stay at home|I need the day off|I cannot come|I am not at work)(|.| today.)
    (Ill|Sick|Unwell)(| today|)(:|,| -|.) (I stay in bed|I will not be at work|not at work|I stay at home)(|.| today.)
    (Holiday|Leave|Vacation|A day off)(:|,| -) (from <weekday>|in <month>|<number> days|<weekday> to <weekday>)(|.| please.)
    (I|We) (plan|take|book|ask for) (<number> days|a week|a day) (off|of leave|of holiday)(| in <month>| from <weekday>|)(|.)
    (May|Can|Could) (I|we) (have|take|get) (<weekday>|next week|<number> days) off?
    (Please|) (approve|note|enter) my (leave|holiday|absence|vacation)(| in <month>| from <weekday>|)(|.)
  `,
  job_application: lines`
    (I|We) (am|are) (writing to |)(apply|applying) for (a job|the job|a position|the position)(| as a <job>| in <department>|).
    (With|I have) <number> years (of |)experience (in|as a) <department>(,| and) (I |)(would love|want|hope) to (join|work at) your company.
    (May|Can|Could) I (do|get) an (internship|apprenticeship) (in|at) (<department>|your company)(|?)
    (Application|Job application)(:| for| as) (a |the |)<job>(|, CV attached| position|).
    (Attached|Here) (is|you find) my (CV|resume|application)(| for the job as a <job>|).
    (Do|Are) you (hiring|looking for|have a job for) a <job>(|?)
    (I|We) (would like|want) to (recommend|suggest) <name> for the (open |)(position|job)(| of <job>|).
    (Is|Are) the (job|position)(| as a <job>| in <department>) (still |)(open|free|available)?
    (Open|Spontaneous|Unsolicited) application(| as a <job>| for <department>|).
    (I|My friend) (saw|found|read) your (job ad|advert|vacancy)(| for a <job>|)(| and want to apply|: I am interested|).
    (Which|What) (jobs|positions|vacancies) do you (have|offer)(| in <department>| for a <job>|)?
    (I|We) (am|are) (writing|calling) (to apply|about a job|about the vacancy|with my application)(|.| as <job>.)
    (With|After) <number> years (of experience |)as (a |)<job>(,|) I (would like to|wish to|want to) (join you|work for you|apply)(|.)
    (Is|Are) (position|job|vacancy) <code> (still |)(open|free|available)(|?)
    (Application|My application|Job application)(:| as| for)( <job>| the vacancy| the job)(|.)
    (Do|Are) you (hiring|looking for|taking on|hire) (a |)<job>(s|)(|?)
    (Attached|Enclosed) (is|you find) my (CV|application|resume)(| as <job>|)(|.)
  `,
  schedule_meeting: lines`
    (Video call|Call|Meeting|Appointment) request (for|with|about) (<name>|the <topic>|<weekday>)(,| -|) (is that okay|does that work|please confirm)(|?|.)
    (Shall|Can|Could|Should) we (sit down|meet|talk|have a call|speak) (tomorrow|on <weekday>|at <time>|next week|about the <topic>)(|?)
    (Excuse me,|Listen,|I think|) we (should|must|need to|have to) (talk|sit together|meet|speak) about the <topic>.
    (When|On which day) (are you|do you have|would you be) (free|time|available)(| to talk about the <topic>| for a call| to meet|)?
    (Please |)(set up|schedule|arrange|plan|book) a (meeting|call|video call|appointment)(| with <name>| about the <topic>| for <weekday>|).
    (Does|Would|Is) <weekday>(| at <time>) (suit you|work for you|okay|work)(| for a meeting| to meet| for a call|)?
    (I|We) (need|want|would like) (a meeting|an appointment|a call|a date)(| with <name>| about the <topic>| on <weekday>|).
    (Let us|Let's) (meet|talk|have a call|get together|sit down) (on <weekday>|at <time>|about the <topic>|next week).
    (Can|Could) we (move|postpone|shift) (the|our) (meeting|call|appointment) to (<weekday>|<time>|next week)(|?)
    (Invite|Please invite) <name> to (a|the) (meeting|call) (on <weekday>|about the <topic>|at <time>).
    (Meeting|Call|Appointment)(| about the <topic>| with <name>)(,|:) (<weekday> at <time>|on <weekday>|next <weekday>)(|?|, okay?)
    (Call|Meeting|A call|A short call|Talk)(:|,| -| on) <weekday>(|, <time>| at <time>)(|.| please.|?)
    (Are|Is) (you|<name>) (free|there|available) (on <weekday>|at <time>|for a call|for a meeting)(|?)
    (Let us|Let's|We should) (meet|talk|have a call|sit together) (on <weekday>|at <time>|in <city>)(|.| about the <topic>.)
    (Can|Could|Shall) we (meet|talk|speak|have a call) (on <weekday>|at <time>|next week)(|?| about the <topic>?)
    (Which|What) (day|time|hour) (suits|works for|is good for) (you|<name>|a meeting|a call)(|?)
    (Please|) (set up|plan|arrange|fix) (a call|a meeting|an appointment|a talk) (with <name>|on <weekday>|about the <topic>)(|.)
    (I|We) (need|want|would like) (a meeting|an appointment|a call|a date) (with <name>|on <weekday>|at <time>)(|.)
  `,
  facility_issue: lines`
    (The|A|An) (alarm|lamp|emergency light|fan) (in|on) (room|floor) <number> (keeps beeping|went off for no reason|flickers|is broken).
    (We have|There is) no (electricity|water|heating|light|power) (in|on) (room|floor) <number>.
    (The|A|Our) (tap|toilet|sink|radiator|elevator|window|door) (does not work|is broken|leaks|is stuck|drips)(| in the kitchen| on floor <number>|).
    (It is|Room <number> is|The office is) (freezing|much too cold|too hot|full of smoke|under water)(| in here|).
    (Somebody|Please|Someone) (must |should |)(repair|fix|check) the (heating|elevator|tap|door|air conditioning|toilet)(| in room <number>|).
    (Water|Rain) (comes|drips|runs) (through the ceiling|into the hall|from the wall)(| on floor <number>|).
    (The|A) (bulb|window|chair|door handle|lock) (in|of) room <number> (is broken|needs repair|must be replaced).
    (The|Our) (cleaning|trash|parking lot|kitchen) (was not done|is full|is dirty|has no light).
    (Mice|Ants|A bad smell|Mold|A leak) in (the kitchen|room <number>|the basement).
    (The|Our) (heating|air conditioning|elevator|gate) (failed|stopped|is out of order|makes noise)(| again| on <weekday>|).
  `,
  password_reset: lines`
    (What|Which) is my password(|? I just cannot recall it|? I forgot it|? I have forgotten).
    (I|We) (forgot|lost|mixed up|do not remember|cannot recall|don't know) (my|the) (password|passphrase|login code|PIN)(| again|).
    (The|My) (login|sign-in) (fails|does not work|doesn't work) (because|since|as) I (forgot|mixed up|lost) (my|the) password.
    (Please |)(reset|change|renew) my password(|, I am locked out| for the CRM|).
    (How|Where) (do|can) I (reset|change|recover) (my|the) (password|PIN)(|?)
    (I am|I'm|We are) locked out(|:|,) (wrong password|too many attempts|password forgotten|I forgot the password).
    (My|The) password (expired|has expired|is not accepted|is wrong|does not work any more)(|, please reset it|).
    (I|We) (need|want) a new password(| please| for my account| for the portal|).
    (Password|PIN) (reset|forgotten|lost|change)(|, please| for <name>| for my account|).
    (Can|Could) (you|somebody) (send|give|set) me a new password(|?)
    (I|We|<name>) (need|needs|want|wants) (a|another) (new |fresh |)password(|.| for <name>.| please.)
    (New|Another) password(:|,| for| -)( <name>| me| the portal| my account)(|.| please.)
    (My|The|Our) password (expired|is gone|is lost|does not work|is wrong|was forgotten)(|.)
    (I|<name>) (forgot|lost|mistyped|can't remember) (my|the|a) (password|login|PIN)(|.| again.)
    (Reset|Please reset|Unlock|Please unlock) (my|the|<name>'s) (password|login|account)(|.)
  `,
  technical_issue: lines`
    (The|My|Our) (update|installation|backup|sync|download) (failed|crashed|does not finish|stopped at <number> percent)(| again| on <weekday>|).
    (The|Our) (VPN|Wi-Fi|network|server|website) (can't connect|cannot connect|does not connect|is down|is slow|keeps dropping).
    (The|My) (screen|laptop|printer|app|mouse) (freezes|crashes|is black|does not start|shows an error|stays dark)(| since <weekday>|).
    (I|We) (get|see|have) (error|error code|a message with code) <code>(| in the app| when I save|).
    (Outlook|The browser|The app|The CRM|Excel) (crashes|hangs|does not open|is very slow)(| since the update|).
    (Nothing|The page|The file|The form) (loads|opens|saves|works)( not|) (since the update|any more|on my laptop).
    (There is|We have) (a bug|an error|a glitch) (in|with) (the app|the login page|the website|your software).
    (Why|How come) (does|is) (the app|my laptop|the network|the page) (so slow|crash|not load|not start)(| today|)?
    (Blue screen|Crash|Error|Bug)(:| -| on| in) (my laptop|the app|<code>|the website).
    (The|My) (mails|files|data|contacts) (do not sync|are gone|do not load|disappeared)(| since <weekday>|).
    (I|We) (can't|cannot|can not) (open|print|save|scan|share|send|start|load) (my|the|any|a) (file|document|page|program|mail|form|app)(|.| since <weekday>.| any more.)
    (My|The|Our) (document|file|mail|page|form|picture) (won't|will not|does not|doesn't) (open|print|load|send|save|scan)(|.| today.)
    (The|My) (screen|laptop|printer|app|<product>) (stays black|is frozen|hangs|shows an error|turns itself off|flickers)(|.| again.)
    (Sending|Printing|Saving|Opening) (a|the|my) (mail|document|file) (fails|does not work|gives an error|takes forever)(|.)
    (Error|Error message|Bug|Crash)(:| in:| -) (the app|the printer|the page|my laptop)(| does not start| stops| hangs|)(|.)
    (Something|It) is (broken|wrong) with (the app|the website|my computer|the printer|the software)(|.| since this morning.)
    (No|There is no) (sound|picture|signal|network) (on my laptop|in the app|on the screen|here)(|.)
    (Why|How come) (does|is) (the app|the page|the program|my printer) (so slow|crash|hang|not work|not open)?
  `,
  access_request: lines`
    (May|Can|Could) (the temp|<name>|our intern|I) (get|have) (a badge|a key|a pass|access) (for|to) (the archive|the lab|the building|room <number>)(|?)
    (How|Where) (do|can) I (obtain|get|request) (permission|access|rights) (to|for) the (payroll|<topic>|<department>) folder(|?)
    (It|The system) says (permission denied|access denied|not allowed) when I open the (<topic>|<department>|offer) folder.
    (Who|Whom) (can|do|must) I ask to get (permission|access|rights) (to|for) the (CRM|<topic> folder|database)(|?)
    (Please |)(give|grant|allow) (me|<name>|our intern|the new colleague) (access|rights|permission) (to|for) (the CRM|the <topic> folder|the database|the shared drive).
    (I|We|<name>) (need|needs|require) (access|rights|permission|an account|a login) (to|for) (the CRM|the <topic> folder|the server|the wiki).
    (Access|Permission|Rights)(| request)(:| to| for) (the <topic> folder|the database|<name>|the CRM)(|, please|).
    (I|We) (have no|lack|do not have) (access|rights|permission) (to|for) (the <topic> folder|the shared drive|the calendar of <name>).
    (Can|Could) you (add|invite) (me|<name>) to (the <department> group|the shared mailbox|the <topic> channel)(|?)
    (Please |)(unlock|open|share) the (<topic>|<department>) (folder|drive|mailbox) for (me|<name>|us).
  `,
  hardware_request: lines`
    (I am|We are|I'm) (asking|applying) for (a|my|an) (new |second |spare |)(computer|<product>|headset|monitor|laptop).
    (May|Can|Could) I (receive|get|have|borrow) a (new |second |spare |bigger |)(headset|keyboard|monitor|laptop|<product>)(| please|)(|?)
    (I|We) (want|would like|need) to (exchange|replace|swap|renew) (my|our|an old) (phone|laptop|headset|mouse|monitor).
    (We are|I am|The team is) out of (chargers|keyboards|toner|headsets|cables).
    (Please |)(order|buy|get|send) (me|us|<name>) a (new |second |)(laptop|mouse|headset|docking station|<product>).
    (New|Second|Spare|Replacement) (laptop|monitor|keyboard|headset|phone)(| for <name>| please| needed|).
    (The|Our) new colleague(| <name>) (needs|gets|has no) (a laptop|a phone|a monitor|any equipment|a <product>).
    (My|The) (laptop|phone|mouse|keyboard|headset) is (too old|old|worn out|too small)(,|:|;| and) (I need|please send|may I have) a new one.
    (I|We) (need|require|lack) <number> (more |new |)(chairs|monitors|chargers|headsets|<product>s)(| for the <department> team|).
    (Hardware|Equipment)(| request| order)(:| for <name>:|) (one <product>|a laptop|a second monitor|<number> headsets).
    (We|I) (ran|are running|am running) out of (chargers|mice|keyboards|headsets|adapters|<product>s)(|.|, please send <number>.)
    (Can|Could|May) (I|we) (get|have|order) (a|another|<number>) (new |)(keyboard|mouse|charger|monitor|headset|docking station)(|?| for <name>?)
    (Please|) (send|order|bring) (us|me|<name>) (a|another|<number>) (mice|keyboard|charger|monitor|headset|cable)(s|)(|.)
    (A|One) (second|new|larger|bigger) (screen|monitor|keyboard|laptop) (for|please, for) (<name>|me|my desk|the <department> team)(|.)
    (I|We) (lack|miss|need|am missing|are missing) (a|<number>) (keyboard|charger|mouse|headset|monitor|cable)(s|)(|.)
    (The <department> team|<name>|Our new colleague) (needs|wants|asks for|has no) (a laptop|a monitor|<number> headsets|a docking station)(|.)
    (My|The) (mouse|keyboard|charger|headset|laptop) is (old|worn out|lost|too small)(,|:) (I need another|can I get a new one|please replace it)(|.|?)
  `,
};
