import { lines } from "../language/phrase.ts";

/** More messages of those whose labels only prompts give, by the label. */
export const OTHER_MESSAGES: Readonly<Record<string, readonly string[]>> = {
  legal_question: lines`
    (Our|A|Their) (attorney|lawyer|notary) (needs|wants|asks for|sent us) (a statement|a power of attorney|the signed contract|an affidavit)(|.| by <weekday>.)
    (The|A) court (wants|asks for|needs|demands) (a statement|our answer|the contract|documents)(| from us|)(|.| in <month>.)
    (Can|Could|May) (a lawyer|the lawyers|someone from legal) (review|check|read) (the contract|this clause|our terms|the agreement with <company>)(|?| before <weekday>?)
    (Is|Would) it (be |)(legal|lawful|against the law|allowed by law) to (film the office|keep this data|sell it abroad|use this picture)?
    (We|I) (have|got) (a legal question|a question on the law|a question about a clause|a matter for the lawyers)(|.|: who is liable here?)
    (Do|Must) we (sign|accept) (this NDA|these terms|this liability clause|the power of attorney)(|?| Is it binding?)
    (<company>|An old partner|A competitor) (wants to sue us|has sued us|takes us to court|claims damages|threatens with a lawyer)(|.|, what now?)
    (What|Which) (law|clause|rule of law) (applies|counts|protects us) (here|in <city>|for this contract|in such a case)?
    (Our|The) (trademark|patent|copyright) (is infringed|was copied|must be defended|was registered by <company>)(|.|, can we sue?)
    (Please|) (draft|prepare|check) (an NDA|a power of attorney|a legal opinion|the liability clause)(| for <company>|)(|.)
    (Legal advice|A legal opinion|Help from a lawyer) (is needed|wanted|please)(|:| about) (the <topic>|a contract|our liability)(|.)
    (Am I|Are we) (liable|responsible under the law|allowed by contract) (for damage|if a customer falls|to end the agreement early)?
  `,
  security_incident: lines`
    (Passwords|A list of passwords|Client files|Personal data|Confidential papers) (were|was|has been|have been) (published|sent to a stranger|sent to the wrong address|leaked|left lying around)(|.|!| by mistake.)
    (Someone|Somebody|A hacker|A stranger) (got into|broke into|hacked|spied on) (my account|our network|my mailbox|the file server|the office)(|.|!| at night.)
    (I|My colleague|<name>) (clicked on a strange link|opened a phishing mail|typed a password in a fake page)(|.|, what now?|!)
    (This|The) (mail|link|attachment|sender|invoice) (looks|seems) (fake|suspicious|dangerous|like phishing|like fraud|odd)(|.|, can you check it?)
    (Some|That|This) (unknown|strange) (person|man|woman) (was|stood|walked around) (in the server room|in our building|at the back door)(|.|!)
    (My|The|Our) (virus scanner|antivirus|computer) (found|reports|shows) (a virus|malware|a trojan|ransomware)(|.|!)
    (There|I think there) (is|was) (a data leak|a break-in|a cyber attack|a hacker|a virus)(|.|!| in our network.)
    (Fraud|Phishing|Hacker|Data leak|Scam)(:|!) (please check|I was tricked|they have my data|someone used my account)(|.)
    (They|A caller|Somebody on the phone) (asked for|wanted) (my bank details|our passwords|confidential data|client data)(|.|, is that a fraud?)
    (The|My) (stolen|lost) (laptop|phone|USB stick) (had|held|contains) (client data|personal data|confidential files)(|.|!)
    (I|We) (have to|must|want to) report (something suspicious|a stolen laptop with client data|a leak of personal data|a scam)(|.)
    Did (somebody|anyone|a stranger|a hacker) (log in to|get into) my account(| from abroad| at night|)?
  `,
  press_inquiry: lines`
    (Who|Whom|Which person) (should I ask|can I ask|is the contact|answers) (for press questions|for media requests|for interviews|about the press|for advertising)?
    (Our|The) (magazine|newspaper|radio station|TV station|blog) (plans|prepares|writes) (an article|a report|a story) (about|on) (you|your company|the <topic>)(|.)
    (I|We) (request|ask for|would love) (an interview|a statement|a comment|a quote) (with <name>|from your director|on the <topic>)(| for our readers| for the news|)(|.)
    (Press|Media|Interview) (question|request|inquiry)(:|,) (may we visit|who can comment|can we quote you|do you have photos)(|?)
    (May|Could|Can) (a reporter|a journalist|our photographer|our TV team) (visit|film|come to|take photos in) (your office|your shop|the factory)?
    (Marketing|Advertising|The campaign|The fair) needs (new flyers|a poster|a banner|a slogan|a post)(|.| by <weekday>.)
    (The|Our) (flyer|poster|banner|advert|slogan) (for the fair|of <month>|on the website) (is out of date|needs a new text|has a mistake)(|.)
    (Please|) (post|publish|announce) (this|the news|the photo) on (our blog|social media|the press page)(|.)
    (We|I) (invite you|ask you) to (sponsor|support|advertise at) (our festival|the sports club|a charity run)(|.)
    (As a|I write as a) (reporter|blogger|journalist|editor)(,|:) (I have questions|I need a statement|I want an interview)(|.| on the <topic>.)
    (Who|Where) (writes|sends out|do I find|has) (the press release|the press kit|the media photos)(|?)
  `,
  supplier_offer: lines`
    (Could|Can|May) (we|I) (show|present|send) you (our goods|our range|the new catalogue|our product line) as (a vendor|your new supplier|a dealer|a producer)?
    (We|I) (make|produce|import|sell) (<product>s|packaging|paper|spare parts) and (look for|seek|want) (dealers|buyers like you|to supply you)(|.)
    (Would|Do) you (like to|want to|) (buy|order|try) (our <product>s|our goods|our packaging) (at dealer prices|as a reseller|for your shops)?
    (As|Being) (your|a new|a possible) (supplier|vendor|wholesaler)(,|) (we offer|I can offer|we propose) (low prices|a test delivery|fast delivery|a new catalogue)(|.)
    (The|Our|Your) (vendor|supplier|wholesaler|manufacturer) (cannot deliver|delivers too late|has new prices|wants a contract)(|.)
    (Purchasing|Procurement|The buyers) (must|has to|should) (sign|send|check) (the purchase order|a framework contract|the vendor list)(|.)
    (Who|Which person) (buys|purchases|orders) (raw material|packaging|paper|goods) (in your company|at your place|for you)?
    (We|I) (would like|want|wish|offer) to (supply|deliver to|work for) (you|your company) (with <product>s|with raw material|as a vendor|from <city>)(|.)
    (A|Another|The) (supplier|vendor) (of paper|of steel|of <product>s) (must be found|has to be chosen|is needed)(|.)
    (Order|Reorder) (raw material|steel|paper|packaging) (from|at) (the|our) (wholesaler|supplier|vendor)(|.| please.)
    (Our|A) (new catalogue|price list for dealers|range of goods|wholesale offer) (is attached|is out|may interest you)(|.)
  `,
  training_request: lines`
    (My|Our|<name>'s) (certificate|first aid certificate|driving lesson|course) (has expired|expires soon|was cancelled|must be renewed)(|.|: when is the next course?)
    (Is|Are) there (a seminar|a class|lessons|a workshop|a course) (I could join|for beginners|for my team|in <city>|in <month>)?
    (When|Where) (can|could) (I|we|my team) (take|repeat|join|attend) (the course|a training|the safety training|first aid lessons)?
    (I|We) (wish|want|would love|hope) to (learn|study|get better at|be trained in) (Excel|Spanish|public speaking|leadership|coding)(|.)
    (Sign|Put) (me|us|<name>) (up |down )for (the seminar|the next course|English lessons|the workshop)(|.| please.)
    (Would|Could) (the company|you|my boss) pay (a|my) (course|seminar|certificate|language class)(|?| in <city>?)
    (All|The) (new managers|drivers|colleagues|nurses) (must|have to|should) (take|repeat|attend) (the safety training|a course|a lesson)(|.)
    (A|One) (training|course|workshop|seminar) (on|about|in) (the new software|leadership|safety|Excel) (would help us|is what I need|please)(|.)
    (Who|Which team) (teaches|trains|gives lessons to|plans courses for) (new colleagues|managers|us|the staff)(|?)
    (The|This|My) (course|seminar|class) (is full|was moved|was cancelled)(,|:) (is there another one|when is the next|what else is there)(|?)
    (Training|Course|Lessons|Seminar)(:|,) (how do I register|can I still join|is there a place left|when does it start)(|?)
  `,
  suggestion: lines`
    (My|Our|One) (idea|suggestion|proposal|wish)(:| is:|, please:) (add|offer|plan|introduce) (evening hours|a newsletter|a quiz|a family plan|gift cards|a dark mode)(|.)
    (I|We) (have|had) (an idea|a suggestion|a proposal)(:|,) (you could|why not) (add a map|open earlier|offer a quiz|plan a newsletter|sell smaller packs)(|.)
    (A|Some) (newsletter|quiz|family plan|night mode|map view|bigger font) (would be nice|would be great|is my suggestion|is what I wish for)(|.)
    (Please|You could|You might) (add|build|introduce|think of) (a dark theme|evening hours|an undo button|a family plan|more languages)(|.| It would help.)
    (It|Things|Life) would be (easier|nicer|better) (with|if you had|if there was) (a search|a newsletter|an export|a bigger button|evening hours)(|.)
    (What|How) about (evening hours|a family plan|a newsletter|an undo function|a student price)(|?)
    (An|My) idea for (you|the app|the next version|your shop)(:| -) (a dark mode|reminders|wish lists|a quiz|sorting by date)(|.)
    (I|We) (would like|wish for|dream of|miss) (a new feature|one more feature)(:|,) (reminders|a calendar|labels|tags|a print view)(|.)
    (Have you ever thought|Did you ever think) (of|about) (a newsletter|evening hours|a quiz|a night mode|a wish list)?
    (The|Your) (app|shop|site) (should|could) (have|get|offer) (a search|more filters|evening hours|a chat|a family plan)(|.|, that is my proposal.)
  `,
};
