import { lines } from "../language/phrase.ts";
import { OTHER_MESSAGES } from "../wordings/other-messages.ts";
import type { Intent } from "./intent.ts";

const LEGAL = ["legal", "legal team", "legal department", "lawyers", "Legal"];
const SECURITY = ["security", "security team", "information security", "IT security"];
const MARKETING = ["marketing", "press office", "communications", "public relations", "marketing team"];
const PURCHASING = ["purchasing", "procurement", "buying department", "purchasing team"];
const TRAINING = ["training", "learning and development", "training team"];

const FIRST: readonly Intent[] = [
  {
    label: "legal_question",
    aliases: ["legal", "legal advice", "contract question", "legal matter", "lawsuit"],
    topics: ["a legal question", "a contract's wording", "law", "a lawsuit"],
    wants: ["ask a legal question", "need legal advice", "ask about the law"],
    team: LEGAL,
    messages: lines`
      (Is|Are) (this clause|the contract|these terms|the liability clause) (legal|valid|binding|enforceable)(| in <city>|)?
      (We|I) (received|got) (a letter from a lawyer|a court summons|a lawsuit|a cease and desist letter)(|, what do we do|.).
      (Please |)(review|check|look over) (the NDA|the contract with <company>|the terms of use|the license agreement|the legal wording)(|.).
      (May|Can|Are) we (allowed to |)(record calls|use this photo|sell this abroad|publish the name of a customer|copy that text) (under the law|legally|without permission)?
      (Somebody|A competitor|<company>) (copied our logo|infringes our patent|uses our trademark|sues us|threatens to sue)(|.| Can we sue?).
      (Who|What) (is liable|does the law say|is our liability) (if|when) (something breaks|a customer gets hurt|data is lost)?
      (The|Our) (lawyer|attorney|notary|court) (asks|needs|wants) (a statement|the signed contract|a power of attorney)(|.).
      (I need|We need) (legal advice|a lawyer|a legal opinion|an NDA)(| about the <topic>| for the deal with <company>|).
      (Does|Is) (the GDPR|the new law|the data protection law|the labour law) (apply|relevant|allow that)(| to us| here|)?
      (Question|A question) about (copyright|our liability|the terms and conditions|a patent|the jurisdiction).
    `,
  },
  {
    label: "security_incident",
    aliases: ["security", "phishing", "suspicious email", "security problem", "fraud"],
    topics: ["security", "a suspicious email", "phishing", "a hacker", "a virus"],
    wants: ["report a security problem", "report a suspicious email", "report phishing"],
    team: SECURITY,
    messages: lines`
      (I|We) (got|received|opened|clicked on) (a suspicious email|a phishing mail|a strange link|an odd attachment|a fake invoice mail)(|, is it dangerous|, what should I do|.).
      (I think|I fear|It looks like) (my account was hacked|we were hacked|someone has my data|there is a virus on my computer|it is a scam).
      (Somebody|A stranger|An unknown person) (walked into the server room|tried to get into the building|asked for my data on the phone|pretended to be our boss).
      (My|Our) (laptop|phone|bag with client files|work phone) was stolen (in <city>|from my car|on the train), the data (is|was) not encrypted.
      (Is|Could) this (mail|email|message) (be |)(phishing|fake|dangerous|a fraud)? (It asks for my bank details|It has a strange sender|The link looks odd)(|.).
      (A virus|Malware|Ransomware|A trojan) (was found|is|was detected) on (my computer|the file server|<name>'s laptop)(|!|.).
      (Customer data|Personal data|A list of passwords|Confidential files) (was|were) (leaked|sent to the wrong person|published by mistake|lying in the printer).
      (Strange|Unknown) logins (from <city>|at night|from abroad) (on|in) my account(|, I did not do that|, was I hacked|.).
      (I|We) (want|need) to report (a data breach|a security incident|a hacker attack|a suspicious person|phishing)(|.).
      (There|It) (was|seems there was) a (break-in|burglary|data leak|cyber attack)(| in <city>| at night| on <weekday>|).
    `,
  },
  {
    label: "press_inquiry",
    aliases: ["press", "media request", "interview request", "marketing", "press question"],
    topics: ["the press", "a request of a journalist", "advertising", "marketing"],
    wants: ["write for the press", "ask for an interview", "want something for a newspaper"],
    team: MARKETING,
    messages: lines`
      (I am|I'm|My name is <name>, I am) a (journalist|reporter|blogger|editor) (from|with|at) (the <city> Times|a radio station|a magazine|<company>) and (would like an interview|have questions for an article|want a statement).
      (Can|Could|May) (we|I) (use|get|have|print) (your logo|a photo of your boss|the press kit|a quote of your director) (for|in) (our article|a magazine|the newspaper|our blog)?
      (Would you|Do you want to) (sponsor|advertise in|have a booth at|support) (our festival|our magazine|the trade fair in <city>|our sports club)?
      (Please |)(send|publish|write|update) (the press release|the social media post|the newsletter text|the flyer)(| about the <topic>| for the fair|).
      (The|Our) (TV team|newspaper|radio) (wants|would like|asks for) (an interview with <name>|a comment on the <topic>|a statement)(|.).
      (We|I) (need|want) (new flyers|a banner|a poster|a post on social media|an advert) (for|about) (the <topic>|the fair|our summer sale)(|.).
      (Who|Whom) (answers|do I ask for) (press questions|media requests|interviews|advertising)?
      (I am|We are) (writing|preparing) an article (about|on) (the <topic>|your company) (and|,) (may I ask some questions|have a few questions|need a statement).
      (Your|The) (advert|campaign|slogan|brochure) (has a typo|is out of date|needs a new picture|should be translated).
      (We|I) (offer|sell|propose) (advertising space|an advert|a partnership for your campaign) (in our magazine|on our site|in <city>).
    `,
  },
  {
    label: "supplier_offer",
    aliases: ["supplier", "purchasing question", "vendor", "vendor offer", "procurement"],
    topics: ["a supplier", "an offer of a supplier", "purchasing"],
    wants: ["offer goods", "write as a supplier", "want to supply something"],
    team: PURCHASING,
    messages: lines`
      (We are|I represent) (a supplier|a manufacturer|a wholesaler) of (<product>s|paper|packaging|office furniture) and (would like to supply you|offer you good prices|want to become your vendor).
      (Our|The) (supplier|vendor) <company> (raised its prices|cannot deliver|went bankrupt|wants a new contract)(|.).
      (We|The <department> team) (have to|must|need to) (find a new supplier|order raw material|compare vendors|buy stock)(| for the <topic>| by <weekday>|).
      (Please |)(order|reorder|buy) (<number> tons of steel|<number> boxes of paper|more raw material|packaging) (from|at) (our supplier|<company>|the wholesaler).
      (Which|What) (vendor|supplier) (do we use|is approved|should we choose) for (<product>s|paper|cleaning|the <topic>)?
      (A|Our) purchase order (for <company>|<code>|of <number> euros) (must be signed|is missing|was not sent to the vendor).
      (May|Can) we (present|offer|show) (you|) our (goods|range of <product>s|new catalogue for dealers) as (a supplier|a possible vendor)?
      (The|Our) delivery contract with the supplier (ends|must be renewed|has to be negotiated)(| in <month>| this year|).
      (As|Being) (a producer|a supplier|a wholesaler) of <product>s, (we offer you|we would sell you) (<number> pieces|a test delivery|low prices).
      (How|Where) do I (become|register as) a (supplier|vendor) of (your company|yours)?
    `,
  },
  {
    label: "training_request",
    aliases: ["training", "course", "learning", "education"],
    topics: ["a training", "a course for staff", "learning something at work"],
    wants: ["want to take a course", "ask for a training", "want to learn something"],
    team: TRAINING,
    messages: lines`
      (I|We) (would like|want|'d like) to (take|attend|book|join) (a course|a training|a seminar|a language class|a workshop)(| in <city>| on project management| for Excel| about leadership|).
      (Is|Are) there (any|a) (courses|training|workshop|seminar|e-learning) (for|on|about) (Excel|new managers|first aid|presentation skills|the new software)?
      (Can|Could) (my team|I|<name>) (get|have|attend) (a training|lessons|a certificate course) (in|on|for) (English|Excel|leadership|safety|coding)?
      (When|Where) (is|does) the next (first aid course|safety training|onboarding seminar|English class) (take place|start|)?
      (Please |)(register|sign up|enrol) (me|<name>|us) for the (course|seminar|workshop|training)(| on <weekday>| in <month>|).
      (I|We) (need|want) to learn (Excel|German|how to lead a team|project management|public speaking)(|, do you pay for a course|.).
      (My|The) (certificate|course|training) (has expired|was cancelled|must be renewed)(|, when is the next one|.).
      (Does|Will) the company pay (for|) (my course|a language class|the seminar|my further education)?
      (New|All) (colleagues|managers|drivers) need (a safety training|an introduction course|a lesson on the <topic>)(|.).
      (Who|Which department) (offers|organizes|plans) (the courses|staff training|seminars)?
    `,
  },
  {
    label: "suggestion",
    aliases: ["idea", "feature request", "proposal", "feature_request", "improvement idea", "wish"],
    topics: ["a suggestion", "an idea", "a wish for a new feature", "an improvement"],
    wants: ["suggest something", "have an idea", "wish for a new feature"],
    messages: lines`
      (It would be|It'd be|Would it be) (great|nice|cool|useful) (if|to have) (the app had a dark mode|you added a search|a calendar view|there was an export to Excel|I could sort the list).
      (I have|Here is|We have) (an idea|a suggestion|a proposal|a wish)(|:| for you:) (add a dark mode|offer smaller packs|open on Sundays|let us share lists|make the text bigger).
      (Why don't you|Have you thought of|You could|You should) (add|adding|offer|introduce) (a night mode|more languages|a mobile app|a student plan|a wish list)(|?).
      (Feature request|Suggestion|Idea|Wish)(:|) (dark mode|keyboard shortcuts|a map view|more payment options|offline use|a German version).
      (I|We) (suggest|propose|wish|would love) (that you add|to have|you had) (a chat|an undo button|a bigger font|reminders|a print view)(|.).
      (Could|Can) you (add|build in|implement|offer) (a dark mode|a filter|more colours|a weekly report|an API) (in|to) (the next version|the app|your site)?
      (My|Our) (idea|suggestion|proposal) (would be|is) (to|that you) (add|offer|plan) (a quiz|a family plan|evening hours|a newsletter).
      (What|How) about (adding|offering|a new feature:) (tags|a dark theme|a loyalty card|gift wrapping|a parking app)?
      (A|One) (small |)improvement (would be|could be)(:|) (a bigger button|more contrast|an undo function|a shorter form).
      (Missing|I miss|I am missing) (a feature|one function): (copying a list|sorting by date|a dark mode|printing labels).
    `,
  },
];

/** What messages may also want: offered as labels and teams in the prompt, never among the labels of the model itself. */
export const OTHER_INTENTS: readonly Intent[] = FIRST.map((intent) => ({
  ...intent,
  messages: [...intent.messages, ...(OTHER_MESSAGES[intent.label] ?? [])],
}));
