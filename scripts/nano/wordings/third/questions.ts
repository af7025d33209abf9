import { lines } from "../../language/phrase.ts";

/** Still more ways to ask whether a text is about a topic. */
export const ABOUT = lines`
  (Can|Could|Would) (you|one) (confirm|agree|say|see|tell) (that|if|whether) (this|it|the mail|the message) (is about|concerns|deals with) <topic>(|, yes or no|: yes or no).
  (Please|) (confirm|verify|judge|check|tell me|see) (if|whether) (the mail|the text|the ticket|this) (concerns|is about|deals with|has to do with) <topic>(|: yes or no|, yes or no).
  (Does|Would) (this|it|the message|the ticket|what they write) (count as|look like|read like|sound like) <topic>(|, yes or no|? Yes or no).
  (Is|Was) (the mail|the ticket|the text|the request|what they write) (about|on|concerned with|to do with) <topic>(|, yes or no|? Yes or no).
  (Here|In this mail|In this message|In the text)(,|:) is <topic> (the topic|the subject|the issue|meant)(|, yes or no|? Yes or no).
  (Does|Do) (they|he|she|the customer|the colleague) (mean|refer to|talk about|write about|ask about) <topic>(|, yes or no|? Yes or no).
  (Yes or no|One word, yes or no|Just yes or no|Answer yes or no)(:|,) (does this concern|does it deal with|is the mail about|would you say it is about) <topic>.
  (Do you|Would you) (agree|think|say|believe) (that |)(it|this|the text|the mail) (is about|concerns|has to do with) <topic>(|, yes or no).
  <topic>(:|,) (is that the topic|is it about that|is this what it is about|yes or no)(|, yes or no|).
  (Would|Could) (this|it|the mail) be (about|a case of|a matter of) <topic>(|, yes or no|? Answer yes or no).
  (Judge|Verify|Decide|Say) (yes or no|with yes or no)(:|,) (the mail|the message|this text) (is about|concerns|deals with) <topic>.
  (Subject|Topic) of (this|the mail|the message)(:| -) <topic>(:|,) (yes or no|right or not|true or not)(|, yes or no).
`;

/** Still more ways to ask what the writer wants. */
export const WANTS = lines`
  (Judging by|According to|Going by|From) (the|this) (text|mail|message|ticket)(,|:) does (he|she|this person|the customer|the writer) <wants>(|, yes or no|? Yes or no).
  (Does|Did|Would) (the author|the person|the customer|the sender|the writer) of (this|the) (mail|text|message|ticket) <wants>(|, yes or no|: yes or no|? Yes or no).
  (Please|) (say|check|tell me|judge|decide) (if|whether) (the|this) (customer|sender|writer|person)s <wants>(|, yes or no|: yes or no).
  (Just|Only|Answer) yes or no(:|,) does (the customer|the sender|the person|the author|this colleague) <wants>.
  (In|Reading) (this|the) (mail|text|message)(,|:) does (the author|somebody|the customer|the sender|he|she) <wants>(|, yes or no).
  (Do you|Would you) (think|say|agree|believe) (that |)(the|this) (customer|sender|writer|person)s <wants>(|, yes or no).
  Does (it|this|the text|the mail) (show|mean|sound like|look like) that (the|this) (customer|sender|writer|person)s <wants>(|, yes or no).
  (What about this one|One question|Tell me)(:|,) does (the writer|the sender|the customer|this person) <wants>(|, yes or no|? Yes or no).
`;

/** Still more ways to ask whether somebody is happy. */
export const FEELING = lines`
  (Tell|Answer|Show) me(:|,) (is|was) (he|she|the customer|the guest|the reviewer) (happy|pleased|content|satisfied|glad)(|, yes or no|? Yes or no).
  (Did|Does) (the person|the reviewer|the user|the customer|he|she|they) (love|enjoy|like|praise) (it|this|the product|the visit|the service|what they got)(|, yes or no|: yes or no).
  (Would|Will) (the person|the reviewer|the user|the customer|the guest) (recommend it|come back|praise it|say they love it)(|, yes or no|).
  (Do|Does) (they|the customer|the guest|the person) (seem|sound|look|feel) (happy|pleased|content|satisfied|positive)(|, yes or no|? Yes or no).
  (Is|Was) (it|this|that) (a positive|a good|a happy|a favourable) (review|comment|remark|text|opinion|message)(|, yes or no|: yes or no).
  (Praise|A compliment|A good review|Positive feedback|A fan)(|:|,) (yes or no|is it, yes or no).
  (Check|Judge|Decide|Say) (if|whether) (the customer|the guest|the writer|the reviewer) (is happy|is pleased|enjoyed it|loved it|is satisfied)(|, yes or no|: yes or no).
  (Happy|Content|Glad|Pleased|Satisfied)(|?) (Yes|Yes, or|Is it yes) or no.
  (Does|Did) (the writer|the guest|the person|the user) (enjoy|love|like) (the product|the visit|it|their stay)(|, yes or no|? Yes or no).
  (Good|Positive) (experience|feedback|opinion|mood|feeling)(|:|,) yes or no.
`;

/** Still more ways to ask whether somebody is unhappy. */
export const UNHAPPY = lines`
  (Tell|Answer|Show) me(:|,) (is|was) (he|she|the customer|the guest|the reviewer) (unhappy|upset|angry|disappointed|annoyed)(|, yes or no|? Yes or no).
  (Did|Does) (the person|the reviewer|the user|the customer|he|she|they) (hate|dislike|regret|criticize|complain about) (it|this|the product|the visit|the service|what they got)(|, yes or no|: yes or no).
  (Do|Does) (they|the customer|the guest|the person) (seem|sound|look|feel) (unhappy|upset|angry|disappointed|negative)(|, yes or no|? Yes or no).
  (Is|Was) (it|this|that) (a negative|a bad|an unhappy|an angry|a critical) (review|comment|remark|text|opinion|message)(|, yes or no|: yes or no).
  (Criticism|A complaint|A bad review|Negative feedback|Anger)(|:|,) (yes or no|is it, yes or no).
  (Check|Judge|Decide|Say) (if|whether) (the customer|the guest|the writer|the reviewer) (is unhappy|is angry|hated it|disliked it|is disappointed)(|, yes or no|: yes or no).
  (Does|Would|Will) (the reviewer|the customer|the guest) (seem|sound|be) (dissatisfied|let down|annoyed|upset)(|, yes or no|).
  (Bad|Negative) (experience|feedback|opinion|mood|feeling)(|:|,) yes or no.
`;

/** Still more ways to ask whether there is a hurry. Those that ask whether it may wait say so with "wait", and only those. */
export const URGENT = lines`
  (Should|Must|Could|May|Can) (it|this|the matter|the mail|the message|the request) wait(|, yes or no|: yes or no|? Yes or no).
  (Is|Was) (the matter|the ticket|the request|the message|what they ask) (urgent|pressing|critical|an emergency|time-critical)(|, yes or no|: yes or no|? Yes or no).
  (Should|May|Can|Could) (we|I|they|the team) (wait|wait with this|let it wait|let the ticket wait|wait until next week)(|, yes or no|? Yes or no).
  (Does|Do) (it|this|the matter|they|the sender) need (us at once|help right now|an answer today|a quick answer|help immediately)(|, yes or no|? Yes or no).
  Is it (okay|fine|alright|possible) (to wait|if we wait|if this waits)(|, yes or no).
  (Answer|Say|Tell me) yes or no(:|,) (is it urgent|is this pressing|is there a rush|must we hurry|does it need help at once).
  (Answer|Say|Tell me) yes or no(:|,) (can it wait|may this wait|should it wait|could the matter wait).
  (Do|Must|Should) (we|I|they|somebody) (hurry|rush|act now|react now|answer at once|help at once)(|, yes or no|: yes or no|? Yes or no).
  (Hurry|Rush|Emergency|Time pressure|Top priority)(|:|,) yes or no.
  (Does|Would) (the ticket|the message|it|this) (have|deserve|need|get) (high priority|top priority|the highest priority)(|, yes or no).
  Is (it|this|the matter) (something|a thing|a case) that can wait(|, yes or no|: yes or no).
  (Check|Judge|Find out|Say) (if|whether) (there is a hurry|it is pressing|the matter is urgent|we must act now|this is critical)(|, yes or no).
`;

/** Still more ways to ask whether a word is there. */
export const MENTIONS = lines`
  (Is|Are) there (any|a|one) (mention of|sign of|word of|word about) <word>(| in it| here| in this text|)(|, yes or no|: yes or no).
  (Can|Could|Do) (you|we|I|one) (see|find|read|spot|notice) <word> (in this|in this text|here|in there|in the mail|anywhere)(|, yes or no|? Yes or no).
  (Is|Was) (the word|the name|something about|anything about) <word> (there|in it|in this|in the text|in the mail)(|, yes or no|? Yes or no).
  (Does|Did) (this|it|the mail|the text|anything here) (speak of|talk of|name|mention|say|include) <word>(|, yes or no|? Yes or no).
  (Do|Does) (they|he|she|the person|the customer) (name|mention|speak of|write|say) <word>(|, yes or no|? Yes or no).
  (See|Check|Look|Tell me) (if|whether) <word> (is here|is there|is in it|is named|occurs|comes up)(|, yes or no|: yes or no).
  <word>(:|,) (is it mentioned|is it there|is it in the text|does it appear|yes or no)(|, yes or no|).
  (Answer|Say|Just) yes or no(:|,) (is <word> here|is <word> mentioned|does <word> appear|do you see <word>|can you find <word>).
  (Does|Would) <word> (come up|show up|appear|stand|figure) (in it|here|in the text|in this mail)(|, yes or no|).
`;
