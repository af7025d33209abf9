import { lines } from "../language/phrase.ts";

/** More ways to ask whether a text is about a topic. */
export const ABOUT = lines`
  (Would you|Do you|Can you) (say|think|agree|confirm) (that |)(this|the) (message|mail|ticket|text) (is about|concerns|deals with) <topic>(|, yes or no|: yes or no).
  (Is|Was) <topic> (the topic|the subject|the issue|what this is about|meant)(| here|)(|, yes or no|? Yes or no).
  (Is|Was) (this|it|that) (really |)(about|on|concerning|a matter of|a case of) <topic>(|, yes or no|? Answer yes or no).
  (Answer|Reply|Respond) (with |)(only |)yes or no(:|.|,) (is it|is this|is the mail|is this message) about <topic>.
  (Yes|No) or (no|yes)(:|,) (about|does it concern|is this on|is the topic) <topic>.
  (Does|Do|Would) (it|this|the text|this message|this mail) (concern|deal with|refer to|treat|touch) <topic>(|, yes or no|? Yes or no).
  (Has (this|it)|Does (this|it) have) (something|anything) to do with <topic>(|, yes or no|).
  (Topic|Subject|Theme)(:| is|, is it) <topic>(|, yes or no|: yes or no|? Yes or no).
  (Check|Verify|Decide|Judge|Find out) (whether|if) (it|this|the mail) (is about|concerns|is on) <topic>(|, yes or no|: yes or no).
  (Did|Does) (he|she|they|the sender|the customer) (write|ask|talk|message us) (about|because of|regarding) <topic>(|, yes or no|).
  (Is|Are) (the customer|the writer|they|the sender) (asking|writing|talking) about <topic>(|, yes or no|? Yes or no).
  (The|This) (message|mail|ticket) is about <topic>(:|,) (yes or no|true or not: yes or no|right? Yes or no).
`;

/** More ways to ask what the writer wants. */
export const WANTS = lines`
  (Does|Did|Would) (the writer|the customer|the sender|this person|he|she|somebody) <wants>(|, yes or no|: yes or no|? Yes or no|? Answer with yes or no).
  (Yes or no|Answer yes or no|Only yes or no|Reply with yes or no)(:|,) (does the sender|does this customer|does he|does she|does the author) <wants>.
  (Say|Answer) yes or no(:|,) does (the customer|the person|somebody|the writer) <wants>.
  (Check|Decide|Find out|Judge|Tell me) (if|whether) (the|this) (sender|person|customer|writer)s <wants>(|: yes or no|, yes or no).
  (Is it right|Is it correct|Is it the case|Would you say) that (the|this) (customer|sender|writer|person)s <wants>(|, yes or no|).
  Does (anybody|someone|the user|the client|this colleague) <wants>(| here|)(|, yes or no|).
  (From|According to|Judging by) this (mail|message|text)(,|:) does the (customer|sender|writer) <wants>(|, yes or no|).
  Does (this|the) (customer|sender|writer) (really |)<wants>(|, yes or no|? Yes or no).
`;

/** More ways to ask whether somebody is happy. */
export const FEELING = lines`
  (Is|Was) (he|she|this person|this customer|the client|the user) (happy|satisfied|pleased|content|glad)(|, yes or no|? Yes or no).
  (Say|Answer|Tell me) yes or no(:|,) (is the guest happy|is the writer satisfied|is the customer pleased|is this positive|does the guest sound content).
  (Yes or no|Only yes or no)(:|,) (is the customer content|is the writer happy|is the guest pleased|does the customer sound satisfied).
  (Is|Would you call) this (praise|a good review|a happy customer|a positive comment|a compliment)(|, yes or no|).
  (Did|Does) (he|she|the person|the reviewer|the user) (like|love|enjoy) (it|this|the product|the visit)(|, yes or no|).
  (Positive|Good|Happy|Content|Pleased)(|:|,) yes or no.
  (Was|Is) the (experience|visit|feedback|comment|opinion) (good|positive|pleasant)(|, yes or no|).
  (Does|Did) (it|this|the text|the review) (sound|seem) (happy|positive|content|pleased|satisfied)(|, yes or no|).
  (Would you say|Do you think|Can we say) (the customer|the writer|the guest|she|he) is (content|happy|glad|satisfied|pleased)(|, yes or no|).
  (A|One more) (happy|satisfied|content|pleased) (customer|guest|client)(|, yes or no|: yes or no).
`;

/** More ways to ask whether somebody is unhappy. */
export const UNHAPPY = lines`
  (Is|Was) (he|she|this person|this customer|the client|the user) (unhappy|angry|upset|disappointed|annoyed)(|, yes or no|? Yes or no).
  (Say|Answer|Tell me) yes or no(:|,) (is the guest unhappy|is the writer angry|is the customer disappointed|is this negative).
  (Is|Would you call) this (a complaint|criticism|a bad review|a negative comment|an angry customer)(|, yes or no|).
  (Did|Does) (he|she|the person|the reviewer|the user) (dislike|hate|regret) (it|this|the product|the visit)(|, yes or no|).
  (Negative|Bad|Unhappy|Angry|Upset)(|:|,) yes or no.
  (Was|Is) the (experience|visit|feedback|comment|opinion) (bad|negative|unpleasant)(|, yes or no|).
  (Does|Did) (it|this|the text|the review) (sound|seem) (unhappy|negative|angry|upset|disappointed)(|, yes or no|).
  (Would you say|Do you think|Can we say) (the customer|the writer|the guest|she|he) is (upset|unhappy|annoyed|angry|disappointed)(|, yes or no|).
`;

/** More ways to ask whether there is a hurry. Those that ask whether it may wait say so with "wait", and only those. */
export const URGENT = lines`
  (Can|May|Could) (this|it|the matter|the ticket) wait(|, yes or no|: yes or no|? Yes or no).
  (Can|Could) (we|I) let (this|it) wait(|, yes or no|).
  (Is|Would) it (okay|fine|alright|possible) to let (this|it) wait(|, yes or no|).
  (Yes or no|Answer yes or no|Only yes or no)(:|,) (can this wait|can it wait|may it wait|can the ticket wait).
  (Tell me|Check|Decide|Say) (if|whether) (this|it|the ticket|the message) (can|could|may) wait(|, yes or no|).
  (Is there|Was there) (a hurry|an emergency|a rush|any hurry|time pressure)(|, yes or no|? Yes or no).
  (Is|Was) (this|it|the matter) (urgent|pressing|time-critical|critical|an emergency)(|, yes or no|? Yes or no).
  (Urgent|Pressing|Critical|An emergency|High priority)(|:|,) yes or no.
  (Must|Should|Do) (we|I|somebody) (act|react|answer|hurry|help) (at once|immediately|right now|now|today)(|, yes or no|? Yes or no).
  (Yes or no|Answer yes or no)(:|,) (is there a hurry|is it an emergency|must we act now|is it pressing|is this message urgent).
  (Does|Would) (it|this|the sender) (sound urgent|need help at once|call for immediate action|have top priority)(|, yes or no|).
  (Is|Does) (the customer|the sender|he|she|the writer) (in a hurry|under time pressure|in a rush|need an answer now)(|, yes or no|).
  (Would you|Do you) (say|think) (this|it|the ticket) is (urgent|pressing|an emergency|critical)(|, yes or no|).
`;

/** More ways to ask whether a word is there. */
export const MENTIONS = lines`
  (Is|Was) <word> (there|in this|mentioned in it|part of the text|named here|written here)(|, yes or no|? Yes or no).
  (Does|Did) (the writer|the sender|he|she|the customer) (mention|name|write|say) <word>(|, yes or no|? Yes or no).
  (Can|Do|Could) you (find|see|read|spot) <word> (here|in it|in this|in the mail|there|in the sentence)(|, yes or no|).
  (Yes or no|Answer yes or no|Only yes or no)(:|,) (is <word> in the text|does it say <word>|is <word> named|does it contain <word>).
  (Look|Search) for <word>(:|,) (is it there|is it in the text|yes or no)(|, yes or no|).
  (Does|Do) (it|the text|this mail|the message) (include|say|have|hold) <word>(|, yes or no|? Yes or no).
  (Is|Are) there (a mention of|the word|any mention of|something about) <word>(| in it| here|)(|, yes or no|).
  (Check|Say|Decide|Find out) (if|whether) <word> (is mentioned|is in the text|appears|occurs|is there)(|, yes or no|).
  (The word|The name|The term) <word>(:|,) (is it in the text|is it there|does it occur)(|, yes or no|).
`;
