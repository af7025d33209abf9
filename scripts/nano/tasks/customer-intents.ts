import { lines } from "../language/phrase.ts";
import type { Intent } from "./intent.ts";

const SALES = ["sales", "sales team", "sales department", "Sales"];

/** What customers want to buy, to end or to say. */
export const CUSTOMER_INTENTS: readonly Intent[] = [
  {
    label: "sales_inquiry",
    aliases: [
      "sales question",
      "product question",
      "quote request",
      "sales",
      "sales_question",
      "inquiry",
      "quote",
      "offer request",
      "pricing",
      "price question",
      "buying",
      "pre-sales",
      "product inquiry",
      "pricing question",
    ],
    topics: [
      "buying something",
      "prices or offers",
      "a sales question",
      "sales",
      "a price",
      "an offer",
      "a quote",
      "buying a product",
      "prices",
    ],
    wants: [
      "want to buy something",
      "ask for a price",
      "ask for an offer",
      "ask for a quote",
      "are interested in a product",
    ],
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
      (How much|What) (is|are|would be|do you charge for|do you ask for) (the <product>|<number> <product>s|a yearly license|the premium plan|a license for <number> users|delivery to <city>)(|?).
      (Can|Could) (you|someone) (give|send|make|prepare) (me|us) (a price|a quote|an offer|a quotation|a price list|more information) (for|on|about) (<number> <product>s|your products|the premium plan|the <product>|<number> users)?
      (I|We) (want|would like|plan|intend|am looking|are planning) to (buy|order|purchase|get) (<number> <product>s|a <product>|your software|licenses for <number> people|the premium plan)(|, what does it cost|, please send an offer|.).
      (Do|Does) (you|your company|the shop) (have|sell|offer|stock|carry|deliver) (the <product>|<product>s|discounts for schools|a bigger version|gift cards|a trial version)(| in red| in <city>| for companies|)?
      (Is|Are) (the <product>|this <product>|<product>s|the new model) (available|in stock|on sale|cheaper for <number> pieces|sold separately|still for sale)(| in <city>| at the moment|)?
      (I'm|I am|We are) (interested|very interested) in (your offer|the <product>|a demo|the enterprise plan|your services|buying <number> seats)(|. Please call me|. What does it cost|, can we talk|.).
      (What|Which) (<product>|plan|model|package|version) (do you recommend|would you suggest|is best|fits) (for|to) (a small office|<number> people|beginners|our team|a school)?
      (Do|Could) (we|I) (get|have) (a discount|a better price|a special price|a rebate|a trial|a sample) (if we buy|if I order|for|on) (<number> pieces|more than <number>|a bigger order|the <product>)?
      (Please |)(send|mail) (me|us) (your price list|a catalogue|a brochure|an offer for <number> <product>s|information about the premium plan|your best price)(|.).
      (We are|Our company is|I am) (comparing|looking at|evaluating) (offers|suppliers|several tools|products) and (would like a quote|need your prices|would like a demo|want to know your prices).
      (What|How) (does|about) (the enterprise plan|the <product>|a license|your service|the upgrade) (cost|include|offer|for <number> users)(|?).
      (Can|Could|May) (I|we) (try|test|see) (the software|your product|the <product>) (before buying|for free|first|in a demo)?
      (Price|Quote|Offer|Quotation) (for|request for) (<number> <product>s|the <product>|<number> licenses|the premium plan)(|,| please)(|?).
      (Who|Which person) (can|could) (advise me|sell me|help me choose|tell me more) (about|on|before) (the <product>|buying a <product>|your plans|a purchase)?
      (How|Where) (can|do) I (buy|order|purchase) (a <product>|the <product>|<number> licenses|your software|a gift card)?
      (Does|Is) (the <product>|the plan|the offer) (come with|include|cheaper with) (a warranty|support|a free trial|installation|batteries)?
    `,
  },
  {
    label: "cancel_subscription",
    aliases: [
      "cancellation",
      "cancel",
      "contract cancellation",
      "cancel_contract",
      "termination",
      "unsubscribe",
      "end subscription",
      "contract end",
      "subscription cancellation",
      "quit",
      "cancel membership",
    ],
    topics: [
      "a cancellation",
      "ending a subscription",
      "ending a contract",
      "cancelling",
      "a subscription",
      "the end of a contract",
      "leaving as a customer",
      "a membership that ends",
    ],
    wants: ["want to cancel", "want to end a contract", "want to cancel a subscription", "want to quit"],
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
      (I|We) (want|would like|wish|have decided|need|'d like) to (cancel|end|stop|quit|terminate|give up) (my|our|the) (subscription|membership|contract|plan|account|newspaper|phone contract|gym membership)(| now| today| as soon as possible| at the end of <month>|).
      (Please |)(cancel|end|stop|terminate|discontinue) (my|our|the) (subscription|membership|contract|plan|service|abo|monthly plan|premium account)(| immediately| right away| at the end of the month| from <month>|).
      (How|Where) (can|do) (I|we) (cancel|end|get out of|stop|terminate|quit) (my|the|our|this) (subscription|contract|membership|plan|service|account)(| online|)?
      (I|We) (don't|do not|no longer) (want|need|use|watch|read) (it|the service|your product|the premium plan|the app|the magazine) (any more|anymore|any longer)(|,| and|;) (please cancel|cancel it|please end my plan|so please stop it).
      (Stop|End|Cancel) (my|the) (membership|subscription|contract|service|plan|trial)(|!|, please| today| before it renews| with immediate effect).
      (My|Our) (trial|subscription|plan|contract) (ends|should end|is to end|must not be extended) (in <month>|on <weekday>|this month)(|: please do not renew it|, and I don't want to renew|.).
      (I|We) (am switching|switch|am moving|went) to (another provider|a competitor|a cheaper service)(|,| and) (please cancel|want to cancel|cancel my contract|therefore end our contract)(|.).
      (I|We) (hereby |)(give|am giving) notice (to end|of|on|for) (my|our) (contract|membership|subscription|lease of the <product>)(|.).
      (Too expensive|Too much money|Not worth it|I hardly use it)(:|,) (please |)(cancel|end|stop) my (plan|subscription|membership|contract).
      (Turn off|Switch off|Stop) the (automatic renewal|auto-renewal|renewal|monthly payments for my plan)(|, I want to leave|, please|.).
      (I|We) (want|would like) out of (the|my|our) (contract|subscription|plan)(|.| now.).
      (Delete|Close|Shut down|Remove) my (account|profile|membership)(| and all my data| for good| please| and end the plan|).
      (Can|Could|May) (I|we) (cancel|leave|quit|end the contract|get out of the contract) (before <month>|early|at any time|now|this month|by mail)?
      (What|When) (is|do I have to|must I) (the deadline to cancel|the notice period|cancel to be out by <month>|the cancellation date)?
      (This|That) is my (cancellation|notice|termination)(| of the contract| of my membership| to the end of <month>|).
      (Confirm|Please confirm) (my cancellation|that my subscription ends|the end of my contract|that I am unsubscribed)(|.).
      (I'm|I am|We're) (done|finished|through) with (your service|this subscription|the plan)(|,| so| -) (cancel it|please end it|please cancel my account).
    `,
  },
  {
    label: "complaint",
    aliases: [
      "negative feedback",
      "complain",
      "complaints",
      "unhappy customer",
      "dissatisfaction",
      "angry customer",
      "criticism",
      "grievance",
      "customer_complaint",
    ],
    topics: [
      "a complaint",
      "an unhappy customer",
      "dissatisfaction",
      "bad service",
      "something that annoyed the customer",
      "an angry customer",
    ],
    wants: ["complain", "are unhappy", "make a complaint", "are angry"],
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
      (I|We) (am|are|was|were) (very |really |extremely |so |)(unhappy|dissatisfied|disappointed|angry|annoyed|upset|furious|frustrated) (with|about|at) (your service|the way I was treated|your staff|your company|how you treat customers|<name>).
      (Your|The) (staff|employee|driver|agent|hotline|colleague|waiter|technician)(| <name>| in <city>) (was|is) (rude|unfriendly|impolite|arrogant|incompetent|very slow|no help)(|!| to me| again| on the phone|).
      (This|It) is (the worst|the third time|outrageous|a scandal|not how you treat customers|ridiculous|simply not acceptable|bad service)(|!|, I expect an apology| and I am angry|).
      (I|We) (have never|never) (seen|had|experienced|met) (such|) (bad|poor|terrible|rude|unprofessional) (service|treatment|customer care|people)(|!|.).
      (I|We) (want|would like|have|wish|need) to (complain|make a complaint|lodge a complaint|file a formal complaint|speak to a manager) (about|because of|over) (your driver|the noise|the bad service|the treatment|your colleague <name>|the long wait|the hotline).
      (Nobody|No one) (answers|picks up|helps|cares|calls me back|takes me seriously)(| at your hotline| in your company| for <number> days|)(|, that is bad service|, I am angry|!).
      (I|We) (waited|was kept waiting|have been on hold|stood in line) (for |)<number> (minutes|hours)(| on the phone| in your shop| at the counter|)(|, that is unacceptable|! Terrible service|, and then they hung up).
      (Complaint|Formal complaint|I complain)(:| about) (unfriendly staff|the long waiting time|bad service in <city>|your hotline|a rude employee|the dirty toilets in your shop)(|.).
      (What|How) (kind of service is that|can you treat people like this|bad your service has become|unfriendly your people are)(|!|?).
      (I|We) (expect|demand|want|am waiting for) (an apology|a written apology|an explanation|that you do something)(| for this| from <name>| for the bad treatment|)(|!|.).
      (You|Your company|Your people) (ignore|lied to|insulted|treated|let down|keep ignoring) (me|us|your customers)(| badly| again| for weeks|)(|!|, I am fed up|, this is a shame).
      (I'm|I am|We are) (fed up|sick|tired|done) with (your bad service|your excuses|the empty promises|your company|being ignored)(|!|.).
      (My|Our) (experience|visit|stay|call) (with|at|in) (your shop|your hotline|your branch in <city>|your company) was (awful|terrible|a disaster|a disgrace|very bad).
      (The|Your) (service|support|hotline|behaviour|treatment) (is|was|has become) (a disgrace|awful|worse and worse|terrible|unbearable|shameful)(|!|, and I will tell everyone|.).
      (If|Unless) (this happens again|nothing changes|you do not apologize), I will (tell the press|leave|go to your competitor|write a bad review).
      (Shame on|How dare|You should be ashamed of) (you|your company|yourselves)(|! I was treated like dirt|! Very bad service|, I am very angry).
    `,
  },
  {
    label: "praise",
    aliases: ["positive feedback", "compliment", "thanks", "thank you", "thank-you", "happy customer", "appreciation"],
    topics: ["praise", "a happy customer", "a compliment", "a thank-you"],
    wants: ["praise somebody", "are happy with the service", "say thank you", "give a compliment"],
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
      (I|We) (just |)(want|wanted|would like) to (thank|praise|say thank you to|compliment|say how happy I am with) (you|<name>|your team|your support team|the technician|everyone in <department>)(|!| for the great work| for your help|.).
      (Thank you|Thanks|Many thanks|A big thank you|Thanks a lot) (so much |)(for|to) (your great help|the quick answer|the fast repair|the kind support|your excellent work|<name>, who helped me|solving my problem)(|!|.).
      (<name>|Your colleague <name>|The technician|Your driver|Your support|The lady at the desk) (was|is) (great|fantastic|so helpful|wonderful|really kind|amazing|a star|very friendly)(|!| and solved my problem|, thank you|, please tell the boss).
      (I|We) (am|are) (so |very |really |more than |absolutely |)(happy|satisfied|pleased|delighted|impressed|thrilled) (with|by) (your service|your team|<name>|the support|the quick help|your work)(|!|.).
      (Great|Excellent|Fantastic|Awesome|Outstanding|Wonderful) (job|work|service|support|team|help)(|!|, thank you|, <name>|, keep it up|, everyone|.).
      (You|Your team|The guys in <department>|Your people) (did|have done|are doing) (a great|a fantastic|an excellent|a wonderful) job(|!|, thank you|.).
      (Keep|Please keep) up the (good|great|excellent) work(|!|, <name>|, we love it|.).
      (I|We) (have never|never) (had|seen|experienced) (such|) (good|great|friendly|fast|helpful) (service|support|people|help)(|!|, thank you|.).
      (Best|The best) (service|support|team|help|hotline) (I ever had|in years|ever|in <city>)(|!|, thank you|.).
      (My problem|Everything|It) was (solved|fixed|settled) (in minutes|so quickly|at once|within an hour)(|,| -) (thank you|great|wonderful service|I am impressed)(|!).
      (Compliments|Kudos|Praise|Hats off|Big thanks|Cheers) to (<name>|the <department> team|your hotline|the whole team|your technician)(|!| for the great work|.).
      (What|Such) (a|) (fantastic|great|friendly|lovely|wonderful) (team|staff|service|company|support)(|!|, thank you all|.).
      (I|We) (really |)(appreciate|appreciated|value|love) (your help|the quick reply|what <name> did|your friendly staff|your service|the effort)(|!|.).
      (I|We) will (recommend|gladly recommend|tell everybody about|come back to) (you|your company|your great service)(|!|.).
      (The|Your) (hotline|staff|support team|service desk|delivery team) (was|is) (patient|very kind|super fast|so friendly|excellent)(|, thanks|!|, well done|.).
      (Please |)(tell|pass on to|let) <name> (thank you|that he did great work|know how grateful I am|our thanks)(|!|.).
      (Five|5) stars (for|to) (<name>|your team|the support|your service)(|!|.).
    `,
  },
];
