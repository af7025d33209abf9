import { lines } from "../language/phrase.ts";
import type { Intent } from "./intent.ts";

const PEOPLE = ["hr", "HR", "human resources", "people team"];
const SALES = ["sales"];
const FACILITIES = ["facilities", "building services", "office management"];

/** What else people write to an office about. */
export const OFFICE_INTENTS: readonly Intent[] = [
  {
    label: "sales_inquiry",
    aliases: ["sales question", "product question", "quote request"],
    topics: ["buying something", "prices or offers", "a sales question"],
    team: SALES,
    messages: lines`
      (How much|What) (does|would|do) (the <product>|<number> licenses|the premium plan) cost?
      (Please|Could you|Can you) (send|make) (me|us) (a quote|an offer) for <number> (<product>s|licenses|seats).
      (I am|We are) interested in (buying|ordering|your) (the <product>|<number> licenses|premium plan).
      (Do|Does) (you|your shop) (sell|offer|have) (the <product>|discounts|a <product>)(| in other colours)?
      (Is|Are) there (a|any) (discount|volume discount|special offer) for (<number> pieces|students|companies)?
      (Can|Could|May) (I|we) (book|get|see) a (demo|trial|presentation) of (your product|the software)?
      (What|Which) (plans|packages|editions) do you (offer|have)(| for small companies)?
      (We want|Our company wants|<company> wants) to buy <number> (<product>s|licenses).
      (Is|When is) the <product> (in stock|available)(| again)?
      What is the (price|difference) (of|between) (the <product>|the basic and the premium plan)?
      (I would|We would) like (a price list|an offer|to talk to sales|to order a catalogue).
      (Could|Can) (a sales person|somebody from sales|an adviser) (call|visit) (me|us)(| on <weekday>)?
      (Looking|We are looking) for a (supplier|offer) for <number> (<product>s|seats).
      (Does|Is) the (premium|business|basic) plan (include|cover|good for) <number> users?
      (Any|Do you have) (brochures|prices|offers) (for|of) the <product>?
    `,
  },
  {
    label: "cancel_subscription",
    aliases: ["cancellation", "cancel", "contract cancellation"],
    topics: ["a cancellation", "ending a subscription", "ending a contract"],
    messages: lines`
      (I want|I would like|We want|Please help me) to (cancel|end|terminate|stop) my (subscription|membership|contract|plan).
      (Please|Could you|Can you) (cancel|end|terminate|stop) (my|our|the) (subscription|membership|contract|plan|account)(| as of <month>).
      How (do|can) I (cancel|end|quit|leave) (my|the) (subscription|membership|contract|plan)?
      (I do not|We do not) (need|want|use) (the|my|your) (subscription|service|membership) (any more|anymore|any longer).
      (Cancel|End|Stop) my (subscription|plan|membership)(| now| please| today| at the end of <month>).
      (I hereby|With this mail I|We hereby) (cancel|terminate|give notice for) (my|our) (contract|subscription|membership).
      (Unsubscribe|Please unsubscribe|Remove) me (from|) (the service|your plan|the premium plan).
      (Do not|Please do not|Don't) (renew|extend|continue) my (subscription|contract|plan)(| in <month>).
      (When|By when) (can|must) I (cancel|end) (my|the) (contract|subscription)?
      (Close|Delete|Please close) my account(| and cancel the plan| for good).
      (I am leaving|We are leaving) (you|your service), (please|kindly) (end|cancel) (the contract|everything).
      (My|Our) (membership|subscription|contract) should (end|stop|not be renewed) (in <month>|this month|soon).
      (What|How long) is the notice period (for|of) my (contract|subscription|plan)?
      (No longer|I am no longer) interested in (the|my) (plan|membership), (please|so) (cancel|end) it.
    `,
  },
  {
    label: "complaint",
    aliases: ["negative feedback", "complain", "complaints"],
    topics: ["a complaint", "an unhappy customer"],
    messages: lines`
      (I want|I would like|I have|We want) to (complain|make a complaint|file a complaint) (about|over) (your service|the <product>|<name>).
      (This is|That is|Your service is) (unacceptable|outrageous|a disgrace|a shame|terrible)(|!| and I am very angry).
      (I am|We are) (very|extremely|really) (unhappy|disappointed|angry|upset) (with|about) (your service|the <product>|how I was treated).
      (Your|The) (staff|driver|agent|support) (was|were) (rude|unfriendly|impolite|useless)(| to me| on the phone).
      (Nobody|No one) (answers|calls back|cares|helps)(|, that is bad service|, I am fed up).
      (I have never|Never have I) (seen|had) such (bad|poor|terrible) (service|quality|support).
      (The|Your) (quality|service|support) (is|has become) (poor|worse and worse|really bad|terrible).
      (I am fed up|I have had enough) (with|of) (your company|your support|waiting on the phone).
      (The <product>|It) (broke|fell apart) after <number> days, (what a|such) (poor quality|cheap rubbish).
      (I waited|We waited) <number> (minutes|hours) on the (phone|line|hotline), (this is|that is) (not acceptable|ridiculous).
      (I expect|I demand|I am waiting for) an apology (from|by) (your company|<name>|the manager).
      (What|Such) (a|) (terrible|awful|horrible) (experience|service|company)!
      (I wish|I want) to speak to (the|a) (manager|supervisor) about (the bad service|how I was treated).
      (You|Your people) (ignored|forgot) (me|my mails) for <number> weeks, (I am furious|that is poor service).
    `,
  },
  {
    label: "praise",
    aliases: ["positive feedback", "compliment", "thanks"],
    topics: ["praise", "a happy customer", "a compliment"],
    messages: lines`
      (Great|Excellent|Fantastic|Wonderful|Superb) (service|support|work|job)(|, thank you|, keep it up)!
      (I am|We are) (very|really|extremely|so) (happy|pleased|satisfied) with (the <product>|your service|your support).
      (Thank you|Thanks|Many thanks) (so much|very much|) for (the quick|your great|the friendly) (help|support|reply).
      (I|We) (just|) (want|wanted) to (say|tell you) (how great|that) your (team|service|support) is (great|wonderful|excellent).
      <name> (was|is) (so|very|really) (helpful|friendly|kind|patient)(| on the phone).
      (I love|We love) (the|my) (new|) <product>(|, thank you|, great work).
      (You|Your team) (did|have done) a (great|fantastic|wonderful|really good) job(| with the <product>| last week).
      (Compliments|My compliments|A big compliment) to (<name>|your team|the <department> team).
      (The best|Best) (service|support|shop|hotline) (I have ever had|in years|ever)!
      (I will|We will) (gladly|happily|certainly) (recommend|come back to) (you|your company|your shop).
      (Please|) (pass on|give) my (thanks|praise|compliments) to (<name>|the team|your colleagues).
      (Everything|It all) (worked|went) (perfectly|smoothly|great), (thanks|well done|I am impressed).
      (What|Such) (a|) (great|lovely|wonderful) (team|service|experience)!
      (Well done|Bravo|Hats off), (<name>|dear team|everybody)(|, that was great|, excellent work).
    `,
  },
  {
    label: "time_off",
    aliases: ["leave request", "vacation", "absence"],
    topics: ["time off", "a vacation", "an absence", "leave"],
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
    `,
  },
  {
    label: "job_application",
    aliases: ["application", "job", "recruiting"],
    topics: ["a job application", "a job", "working for the company"],
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
    `,
  },
  {
    label: "schedule_meeting",
    aliases: ["meeting", "appointment", "meeting request"],
    topics: ["a meeting", "an appointment", "finding a date"],
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
    `,
  },
  {
    label: "facility_issue",
    aliases: ["building problem", "facilities", "maintenance"],
    topics: ["the building", "a problem with a room", "repairs in the office"],
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
    `,
  },
];
