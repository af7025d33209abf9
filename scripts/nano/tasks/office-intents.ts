import { lines } from "../language/phrase.ts";
import type { Intent } from "./intent.ts";

const PEOPLE = ["hr", "HR", "human resources", "people team", "personnel", "HR department", "people and culture"];
const FACILITIES = [
  "facilities",
  "building services",
  "office management",
  "facility management",
  "maintenance",
  "caretakers",
  "building management",
];

/** What colleagues and applicants write to an office about. */
export const OFFICE_INTENTS: readonly Intent[] = [
  {
    label: "time_off",
    aliases: [
      "leave request",
      "vacation",
      "absence",
      "holiday",
      "vacation request",
      "sick leave",
      "leave",
      "absence request",
      "days off",
      "pto",
      "leave_request",
      "sick note",
    ],
    topics: [
      "time off",
      "a vacation",
      "an absence",
      "leave",
      "vacation",
      "sick leave",
      "a day off",
      "being away from work",
      "holidays",
    ],
    wants: ["want time off", "ask for leave", "call in sick", "ask for vacation", "want a day off"],
    team: PEOPLE,
    messages: lines`
      (I would like|I want|May I|Can I) (to take|take|to have|have) (<number> days|<weekday>|next week|a week) off(| in <month>).
      (I am|I feel) (sick|ill)(| today) and (cannot|will not) (come in|come to work|work)(| until <weekday>).
      (How many|How much) (vacation|holiday|leave) (days|) do I (have left|still have)?
      (Please|Could you) (approve|enter|book) my (vacation|holiday|leave) (from|in|for) (<month>|<weekday>|next week).
      (I request|I am asking for|Requesting) (leave|vacation|a day off) (in <month>|on <weekday>|for <number> days).
      (I will be|I am) (on holiday|on vacation|on leave|away) (from <weekday>|in <month>|for <number> days).
      (My child|My son|My daughter) is (ill|sick), (so I stay|I have to stay) (at home|home) (today|on <weekday>).
      (When|How) (can|do) I (apply for|take|request) (parental leave|unpaid leave|vacation|sick leave)?
      (Is|Would) it (be|) (okay|possible|fine) (if I take|to take) <weekday> off?
      (I have|I've got) (a doctor's appointment|the flu|a fever) and (need|want) (<weekday>|the day) off.
      (Vacation|Holiday|Leave) (request|application)(|: <number> days in <month>| for <weekday>).
      (I need|We need) (a day off|<number> days of leave|time off) for (a wedding|a funeral|moving house|family reasons).
      (Can|May) I (carry over|move|keep) my (vacation|holiday|leave) days (to|until) (next year|<month>)?
      (Reporting|I am calling in|Calling in) sick (today|for <weekday>|until <weekday>).
      (Can|Could|May) I (have|take|get) (<weekday>|a day|the day|two days|<number> days|next week|the afternoon) off(| please| for a doctor's appointment| in <month>|)?
      (I|We) (would like|want|plan|'d like) to (take|request|book|have|go on) (vacation|a holiday|leave|time off|a week off|<number> days of leave|parental leave)(| in <month>| from <weekday>| next week| in the summer|).
      (I|My son|My daughter|<name>) (am|is|'m) (sick|ill|unwell|in hospital|down with the flu|not feeling well)(|,| and| so) (will not come in|cannot work today|staying home|won't be in today|out until <weekday>|have to stay at home).
      (I|We) (can't|cannot|won't|will not) (come in|come to work|be at work|work|be in the office) (today|tomorrow|on <weekday>|this week)(|,| because|:) (I have a fever|I am sick|my child is ill|of a migraine|I feel ill|I have a cold).
      (How many|How much) (vacation|holiday|leave|days off|vacation days) (do I have|are left|can I still take|do I get)(| left| this year|)?
      (Please |)(approve|enter|confirm|register|note) my (leave|vacation|holiday|absence|sick leave|day off)(| in <month>| on <weekday>| for <number> days|).
      (Vacation|Leave|Holiday|Absence|Sick) (request|note|leave|days)(:| for) (<month>|<weekday>|<number> days|next week|me)(|.).
      (I'd|I would) like (<weekday>|next week|two weeks in <month>|the whole of <month>|Christmas week) off(|,| please)(|.| if possible.).
      (I|We) (am|will be) (off|away|absent|out of office|on holiday|on leave) (next week|from <weekday>|in <month>|until <weekday>)(|.).
      (I|My doctor) (have to see|must go to|wrote me off|says I must rest) (a doctor|the hospital|sick|at home) (on <weekday>|until <weekday>|for <number> days|this week)(|.).
      (Is|Would) it (be |)(possible|alright|ok|okay) (to take|if I take|to have) (a day|<weekday>|two weeks|unpaid leave|<number> days) (off|of vacation|of leave|)(| in <month>|)?
      (Where|How|Whom) (do|can|must) I (apply for|enter|submit|send|ask for) (vacation|my vacation request|leave|a sick note|days off|time off)?
      (Moving|A wedding|A funeral|Family matters|My exam)(:|) I need (a day off|<weekday> off|<number> days off|time off|special leave)(|.).
      (Can|Could) (my|the) (vacation|leave|holiday) (be moved|be extended|start earlier|be cancelled)(| to <month>| by a week|)?
      (Calling|I'm calling|I call) in sick(|,|:) (I have a cold|fever|back on <weekday>|stomach flu|sorry)(|.).
      (My|The) (vacation|leave|holiday) request (for <month>|from <weekday>|) (has not been approved|is still open|was rejected), (can you check|why|please approve it)?
    `,
  },
  {
    label: "job_application",
    aliases: [
      "application",
      "job",
      "recruiting",
      "applicant",
      "recruitment",
      "hiring",
      "career",
      "job_inquiry",
      "vacancy",
      "application for a job",
      "careers",
    ],
    topics: [
      "a job application",
      "a job",
      "working for the company",
      "an application",
      "an open position",
      "recruiting",
      "an applicant",
      "a career",
    ],
    wants: ["want a job", "apply for a job", "ask about an open position", "look for work"],
    team: PEOPLE,
    messages: lines`
      (I would like|I want|I wish) to apply (for|as) (the|a|an) (job|position|accountant|engineer|internship)(| in <city>| in <department>).
      (Attached|Enclosed) (is|you find|please find) my (CV|resume|application)(| for the position in <department>).
      (Is|Are) the (job|position|internship|vacancy) (in <department>|as engineer|in <city>) still (open|free|available)?
      (Do you|Does your company) have (any|) (open positions|vacancies|job openings|internships)(| in <city>| in <department>)?
      (When|How soon) (will|do) I (hear|get an answer) about my (application|interview|job interview)?
      (I saw|I read) your job (advert|ad|posting) (for|in) (<department>|<city>|an engineer) and (want to apply|am interested).
      (Can|Could|May) I (do|apply for) an internship (at your company|in <department>|in <month>)?
      (I am looking|Looking) for a (job|position|post) (in|as) (<department>|an accountant|<city>).
      (Thank you|Thanks) for the (job offer|invitation to the interview|interview)(|, I accept|, see you on <weekday>).
      (My|Our) (candidate|applicant) <name> is (ready|available) for (an interview|the interview on <weekday>).
      (What|Which) (documents|certificates) do you need for (my|an|the) (application|job application)?
      (I have|With) <number> years of experience in <department>(|, I) (and would like to join|want to join) your (company|team).
      (How|Where) (do|can) I (send|upload|submit) my (CV|resume|application)?
      (Are you|Is <company>) (hiring|recruiting)(| in <department>| in <city>| at the moment)?
      (I|We) (would like|want|wish|'d like|am writing) to apply (for|as|to) (the position|a job|the role of <job>|a <job>|an internship|the vacancy)(| in <department>| in <city>| at your company|).
      (I am|I'm|My friend is|My daughter is) (looking for|searching for|interested in) (a job|work|an internship|the <job> position|a position|an apprenticeship)(| in <department>| in <city>| as a <job>| at your company|).
      (Please find|Attached is|Here is|I attach|I enclose|Find attached) my (CV|resume|application|cover letter|application documents)(| for the <job> job| for the position| for <department>|).
      (Do you|Does <company>|Are you) (have|offer|hiring|looking for|recruiting) (any jobs|open positions|a <job>|<job>s|internships|apprenticeships|part-time jobs)(| in <city>| in <department>| right now|)?
      (Is|Are) (the <job> job|the position|the role|the vacancy|your internship) (still available|still open|already taken|full-time|paid|remote)?
      (What|Which) (qualifications|documents|experience|skills) (do I need|are required|should I have) (for|to apply for|to become) (the position|the job|a <job>|the internship)?
      (When|How soon) (can I expect|will I get|do you send) (an answer|a reply|feedback|an invitation) (to|on|for) (my application|my interview|the job|the interview)?
      (I|We) (sent|submitted|uploaded|mailed) my (application|CV|resume) (<number> days ago|last week|on <weekday>|in <month>)(|,| and| -) (have you received it|heard nothing|any news|what is the status)(|?).
      (I have|With|I bring) <number> years of experience (as a <job>|in <department>|in sales) and (would like to work|want to work|am looking for a job|would love to join) (for you|at your company|with you|).
      (I|My name is <name>, I) (saw|read|found) your (job ad|advertisement|vacancy|job posting)(| online| for a <job>| in the newspaper|) and (want to apply|am very interested|would like to apply).
      (Application|Job application|Applying) (for|as) (<job>|a <job>|the position in <department>|the internship)(|.| - CV attached.).
      (Can|Could|May) (I|my son|a student) (do|get|apply for|start) (an internship|an apprenticeship|a part-time job|a summer job) (at your company|with you|in <department>|in <month>)?
      (How|Where) (do|can) I (apply|send my CV|submit my application|upload my resume)(| for the job| for the <job> position|)?
      (I|We) (accept|must decline|have to withdraw|want to withdraw) (the job offer|my application|your offer of employment|the position)(|.).
      (My|The) (job interview|interview|trial day) (is|was) on <weekday>(|,| -) (can I move it|where do I have to go|who will I meet|how did I do)?
      (Would|Could) you (need|use|hire) (a <job>|an experienced <job>|somebody like me|a student)(| in <city>| in <department>|)?
      (I|I'd like to) (recommend|suggest) <name> for (the <job> job|the open position|the vacancy)(|.).
    `,
  },
  {
    label: "schedule_meeting",
    aliases: [
      "meeting",
      "appointment",
      "meeting request",
      "meeting_request",
      "appointment request",
      "calendar",
      "scheduling",
      "date request",
      "book a meeting",
      "call request",
      "meetings",
    ],
    topics: [
      "a meeting",
      "an appointment",
      "finding a date",
      "meetings",
      "an appointment or call",
      "a date for a call",
      "scheduling",
      "a meeting request",
    ],
    wants: ["want to meet", "ask for a meeting", "want to arrange a call", "ask for an appointment"],
    messages: lines`
      (Can|Could|Shall) we (meet|have a meeting|talk|have a call) (on <weekday>|on <weekday> at <time>|at <time>|next week)?
      (Please|Could you|Can you) (schedule|arrange|set up|plan) a (meeting|call|appointment) (with <name>|about the <topic>)(| on <weekday>).
      (Are you|Is <name>) (free|available) (on <weekday>|at <time>|next week)(| for a call| for a meeting)?
      (Let us|Let's) (meet|talk|have a call) (on <weekday>|at <time>)(| about the <topic>).
      (I would|We would) like to (meet|make an appointment|set up a call) (with <name>|about the <topic>|on <weekday>).
      (We need to|Can we|Could we) (move|postpone|reschedule) (the|our) (meeting|call|appointment) (to <weekday>|to <time>|by an hour).
      (What|Which) (day|time) (suits|works for) you (to discuss|for a meeting about) the <topic>?
      (Invite|Please invite) <name> (and <other>|) to a (meeting|call) (about the <topic>|on <weekday> at <time>).
      (When|What day) (can|could) we (meet|talk|discuss) (|about )the <topic>?
      (Do you have|Have you got) time (on <weekday>|at <time>|this week) (to talk|for a meeting|for a short call)?
      (Book|Please book|Find) a (slot|date|time) for (a call|a meeting|an appointment) (with <name>|on <weekday>).
      (I must|I have to|Sorry, I have to) (cancel|miss|move) our (meeting|call|appointment) (on|of) <weekday>.
      (Does|Would) <weekday> at <time> (work|suit you|be fine)(| for our meeting| for the call)?
      (Meeting|Call|Appointment) (with <name>|about the <topic>) (on <weekday>|at <time>)(|?| please).
      (Can|Could|Shall|Should) (we|you and I|the team) (meet|talk|get together|sit down|have a chat|have a quick call|catch up) (on <weekday>|tomorrow|at <time>|this week|next week|on <weekday> at <time>)(| about the <topic>| for an hour|)?
      (When|What time|Which day) (are you free|do you have time|would you be available|can we talk|can we meet|suits you|works for you)(| next week| on <weekday>| for a call| to discuss the <topic>|)?
      (Please |)(schedule|arrange|organize|set up|plan|fix|book) (a|an|the|our) (meeting|call|appointment|interview slot|video call|kickoff|workshop)(| with <name>| for <weekday>| about the <topic>| at <time>|).
      (I|We) (would like|want|need|'d like) to (meet|talk to|see|schedule a meeting with|arrange a call with|have an appointment with) (you|<name>|the <department> team|your manager)(| on <weekday>| about the <topic>| next week|).
      (Let's|Let us|How about we|What about) (meet|meeting|a meeting|a call|have a meeting|a coffee|talk)(| on <weekday>| at <time>| tomorrow| next week| to discuss the <topic>|)(|?|.).
      (Are|Is) (you|<name>|the team|everyone) (free|available|around|there) (on <weekday>|at <time>|tomorrow at <time>|next week|in the afternoon)(| for a meeting| for a call| to talk|)?
      (Could|Can) we (move|postpone|reschedule|shift|push|cancel) (the|our|today's|tomorrow's) (meeting|call|appointment|session)(| to <weekday>| to <time>| by an hour| to next week|)?
      (I|We) (have to|need to|must) (cancel|move|postpone|reschedule|shift) (the|our) (meeting|appointment|call)(| on <weekday>| at <time>| with <name>|)(|.|, sorry|, when can you instead).
      (Meeting|Call|Appointment|Video call)(:| on| request for) (<weekday>|<weekday> at <time>|the <topic>|<name>)(|, does that work|, is that okay|?|.).
      (Does|Would|Is) (<weekday>|<time>|tomorrow|<weekday> afternoon|next <weekday>) (work|suit you|fit|be okay|convenient|good) (for you|for a meeting|for the call|)?
      (Please |)(invite|add|bring) (<name>|me|the <department> team|everyone) to (the|our) (meeting|call|session|review)(| on <weekday>| about the <topic>|).
      (Find|Look for|Suggest|Propose|Give me) (a|some) (date|time|slot|dates|time slots) (for|to) (a meeting|discuss the <topic>|a call with <name>|our next meeting)(|.).
      (I'd|I would) like (an appointment|a meeting|a call|a time slot) (with <name>|on <weekday>|at <time>|next week|with the <department> team)(|,| please)(|.).
      (Do|Would) you have (time|a moment|half an hour|<number> minutes|a slot) (on <weekday>|tomorrow|this week|at <time>|for a call)(|?).
      (We|The team) should (meet|talk|sit together|have a call) (about the <topic>|soon|on <weekday>|next week)(|, when can you|.|, please suggest a time).
      (Put|Enter|Block) (the meeting|a call with <name>|an appointment|<number> minutes) (in|into) (my|our|the) calendar(| on <weekday>| for <weekday> at <time>|).
    `,
  },
  {
    label: "facility_issue",
    aliases: [
      "building problem",
      "facilities",
      "maintenance",
      "building",
      "maintenance request",
      "repair",
      "office problem",
      "building issue",
      "facility",
      "janitor",
      "building_problem",
    ],
    topics: [
      "the building",
      "a problem with a room",
      "repairs in the office",
      "a broken thing in the building",
      "heating or light",
      "cleaning",
      "the office building",
      "something to repair in a room",
    ],
    wants: [
      "report a problem with the building",
      "report something broken in the office",
      "ask for a repair in the office",
    ],
    team: FACILITIES,
    messages: lines`
      The (light|lamp|heating|air conditioning|window) in (room <number>|the kitchen|the meeting room) (is broken|does not work|is out of order).
      (It is|The office is|Room <number> is) (too|much too) (cold|hot|warm|dark|noisy)(| in here| today).
      (The toilet|The sink|The pipe|The roof) (on floor <number>|in the kitchen|next to room <number>) (is blocked|leaks|is dripping|is broken).
      (The lift|The elevator|The door|The gate) (is stuck|does not open|is broken|does not close)(| again| on floor <number>).
      (There is|We have) (water|a smell of gas|a leak|no hot water) (in|on) (room <number>|the basement|floor <number>).
      (Please|Could you|Can somebody) (repair|fix|clean) the (window|door|carpet|kitchen|toilet|desk)(| in room <number>).
      (The cleaning team|The cleaners) (did not come|forgot room <number>|missed our kitchen).
      (My|The) (chair|desk|cupboard|door lock) (in room <number> |)is (broken|wobbly|stuck), (can somebody|please) (repair it|fix it|look at it).
      (There is|We have) no (heating|electricity|toilet paper|coffee|hot water) (on floor <number>|in the kitchen|in room <number>).
      (A|The) (bulb|socket|radiator|blind) (in|of) room <number> (is out|has failed|needs to be replaced|hangs down).
      (The bins|The rubbish bins) (in|on) (the kitchen|floor <number>|room <number>) (are full|are overflowing|were not emptied).
      (Parking|The parking) (barrier|space <number>|garage) (is blocked|does not open|is broken).
      (The coffee machine|The dishwasher|The fridge) in (the kitchen|the <department> kitchen) (is broken|leaks|does not work).
      (Someone|Somebody) (must|should) (check|look at) the (heating|ceiling|fire alarm|windows) (in room <number>|on floor <number>).
      (The|Our) (heating|air conditioning|light|lamp|lift|elevator|toilet|sink|tap|radiator|ventilation|door|window|roof|dishwasher|coffee machine) (is broken|does not work|is not working|has stopped working|is out of order|leaks|makes noise|is stuck|broke down)(| in the kitchen| on floor <number>| in room <number>| on the second floor| in the meeting room| again|).
      (It|The office|Our room|The meeting room|The lobby) (is|is far|has been) (too cold|too hot|freezing|very cold|too dark|too stuffy|flooded|dirty)(| in here| since <weekday>| today| in room <number>|)(|, can somebody fix it|, please send someone|.).
      (There is|There's|We have) (water|a leak|a bad smell|no light|no water|no power|mould|a broken window|broken glass|a mouse|ants|a puddle|smoke) (in|on|at) (the kitchen|the bathroom|floor <number>|the basement|room <number>|the hallway|the entrance|the garage).
      (Please |)(repair|fix|replace|check|clean|unblock|look at) the (broken window|door handle|light bulb|toilet|carpet|blinds|heating|lock|sink|ceiling|air conditioning)(| in room <number>| on floor <number>| in the lobby| in our office|).
      (Water|Rain) (is dripping|comes|is coming|drips|leaks) (from|through) (the ceiling|the roof|the window|the pipe)(| in room <number>| on floor <number>| onto my desk|).
      (The|Our) (toilets|kitchen|meeting rooms|floors|windows|stairs|bathroom) (on floor <number>|in building <number>|on our floor|here) (are dirty|were not cleaned|need cleaning|are a mess|is dirty|have no soap).
      (Who|Whom) (do I call|is responsible|can I ask|fixes it|do we call) (if|when|because) (the light|the heating|the lift|a door|the toilet) (is broken|does not work|is stuck|is blocked)(| in room <number>|)?
      (I|We) (am|are|got) (stuck|trapped|locked) (in the lift|in the elevator|out of the office|out of the meeting room|on the roof)(|!|, the door is jammed|.).
      (The|A) (fire alarm|smoke detector|alarm|emergency light) (on floor <number>|in the hallway|in room <number>|) (beeps|keeps beeping|is broken|went off for no reason|hangs from the ceiling).
      (The|My|A) (desk|office chair|chair|drawer|cupboard|shelf|blind|whiteboard) in (room <number>|our office|the meeting room) (is broken|collapsed|came off the wall|is wobbly|does not lock), (please repair it|can someone fix it|please send the caretaker).
      (Could|Can) (someone|somebody|the caretaker|facilities) (fix|repair|look at|come and check|turn up) (the heating|the light|the tap|the broken door|the air conditioning|the blinds)(| in room <number>| in our office| on floor <number>|)?
      (No|There is no) (soap|toilet paper|paper towels|hot water|light|coffee) (in|on) (the bathroom|the kitchen|floor <number>|the toilets)(|, please refill|.).
      (The|Our) (garage door|gate|main entrance|front door|key card reader|barrier) (does not open|won't close|is jammed|is broken|stays open)(|.| again.).
      (Too|It is too) (cold|hot|dark|loud) in (room <number>|the office|our building|the canteen)(|,) (please fix the heating|please do something|the heating is off|the air conditioning is broken).
      (The|A) (pipe|tap|water pipe|toilet|drain|gutter) (burst|is dripping|is leaking|is clogged|overflows|is blocked)(| in the kitchen| in the basement| on floor <number>|)(|!|.).
      (Something|A light|A bulb|The lamp) (in|on|above) (my desk|room <number>|the hallway|floor <number>) (flickers|burned out|smells burnt|fell down|is out).
    `,
  },
];
