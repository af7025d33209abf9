import { lines } from "../language/phrase.ts";

/** Ways to ask whether somebody is happy. */
export const FEELING = lines`
  (Is|Was) the (customer|writer|author|person|guest|reviewer) (happy|satisfied|pleased|content)(|, yes or no|? Answer yes or no).
  (Is|Does) this (review|comment|feedback) (positive|a positive one)(|, yes or no).
  (Yes or no|Answer yes or no|Only yes or no): is (this|the text|the review) positive.
  (Did|Does) the (customer|writer|guest) like (it|the product|what they got)(|, yes or no).
  (Is|Is it) this (good|positive) feedback(|, yes or no).
  (Would you say|Do you think) the (customer|writer|guest) is (happy|satisfied|pleased).
  (Tell me|Say) yes or no: (is the customer content|does the writer sound happy|is the customer satisfied).
  (Happy|Satisfied) customer(|, yes or no).
  (Does|Would) the (writer|customer|reviewer) (sound|seem) (happy|satisfied|pleased|content)(|, yes or no).
  (Is|Was) (the|this) (review|opinion|comment|remark) (good|favourable|positive)(|, yes or no).
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

/** Ways to ask whether somebody is unhappy. */
export const UNHAPPY = lines`
  (Is|Was) the (customer|writer|author|person|guest|reviewer) (unhappy|angry|disappointed|annoyed|upset|dissatisfied)(|, yes or no|? Answer yes or no).
  (Is|Is it) this (review|comment|feedback) (negative|a negative one)(|, yes or no).
  (Yes or no|Answer yes or no|Only yes or no): is (this|the text|the review) negative.
  (Did|Does) the (customer|writer|guest) dislike (it|the product|what they got)(|, yes or no).
  (Is this|Is it|Is that) (bad|negative) feedback(|, yes or no).
  (Would you say|Do you think) the (customer|writer|guest) is (angry|unhappy|disappointed).
  (Does|Would) the (writer|customer|reviewer) (sound|seem) (angry|unhappy|disappointed|annoyed)(|, yes or no).
  (Angry|Unhappy|Disappointed) customer(|, yes or no).
  (Is|Was) (he|she|this person|this customer|the client|the user) (unhappy|angry|upset|disappointed|annoyed)(|, yes or no|? Yes or no).
  (Say|Answer|Tell me) yes or no(:|,) (is the guest unhappy|is the writer angry|is the customer disappointed|is this negative).
  (Is|Would you call) this (a complaint|criticism|a bad review|a negative comment|an angry customer)(|, yes or no|).
  (Did|Does) (he|she|the person|the reviewer|the user) (dislike|hate|regret) (it|this|the product|the visit)(|, yes or no|).
  (Negative|Bad|Unhappy|Angry|Upset)(|:|,) yes or no.
  (Was|Is) the (experience|visit|feedback|comment|opinion) (bad|negative|unpleasant)(|, yes or no|).
  (Does|Did) (it|this|the text|the review) (sound|seem) (unhappy|negative|angry|upset|disappointed)(|, yes or no|).
  (Would you say|Do you think|Can we say) (the customer|the writer|the guest|she|he) is (upset|unhappy|annoyed|angry|disappointed)(|, yes or no|).
  (Tell|Answer|Show) me(:|,) (is|was) (he|she|the customer|the guest|the reviewer) (unhappy|upset|angry|disappointed|annoyed)(|, yes or no|? Yes or no).
  (Did|Does) (the person|the reviewer|the user|the customer|he|she|they) (hate|dislike|regret|criticize|complain about) (it|this|the product|the visit|the service|what they got)(|, yes or no|: yes or no).
  (Do|Does) (they|the customer|the guest|the person) (seem|sound|look|feel) (unhappy|upset|angry|disappointed|negative)(|, yes or no|? Yes or no).
  (Is|Was) (it|this|that) (a negative|a bad|an unhappy|an angry|a critical) (review|comment|remark|text|opinion|message)(|, yes or no|: yes or no).
  (Criticism|A complaint|A bad review|Negative feedback|Anger)(|:|,) (yes or no|is it, yes or no).
  (Check|Judge|Decide|Say) (if|whether) (the customer|the guest|the writer|the reviewer) (is unhappy|is angry|hated it|disliked it|is disappointed)(|, yes or no|: yes or no).
  (Does|Would|Will) (the reviewer|the customer|the guest) (seem|sound|be) (dissatisfied|let down|annoyed|upset)(|, yes or no|).
  (Bad|Negative) (experience|feedback|opinion|mood|feeling)(|:|,) yes or no.
`;

/** Ways to ask whether there is a hurry. Those that ask whether it may wait say so with "wait", and only those. */
export const URGENT = lines`
  (Is|Is it) (this|the) (message|mail|ticket|request|) urgent(|, yes or no|? Answer yes or no).
  (Does|Would) (this|the ticket|the message) (need|require|sound like it needs) (an immediate answer|immediate action|help at once)(|, yes or no).
  (Yes or no|Answer yes or no): is (this|it|the ticket) urgent.
  (Check|Decide|Tell me) (if|whether) (this|the ticket|the mail) is urgent(|, yes or no).
  (Is|Does) the (sender|customer) (in a hurry|in a rush)(|, yes or no).
  Urgent(|, yes or no).
  (Can|Should) this wait(|, yes or no).
  (Is|Would you say) (it|this) (high priority|time-critical|an emergency)(|, yes or no).
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
