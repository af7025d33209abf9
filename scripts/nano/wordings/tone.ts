import { lines } from "../language/phrase.ts";

/** More ways to ask for politeness. */
export const MAKE_POLITE = lines`
  (How|How else) (can|could|would|should|do) (I|one|you|we) (ask|say|put|phrase|word) (this|that|it) (politely|nicely|more politely|in a polite way|kindly).
  (What|Which) (is|would be) (a|the) (polite|politer|nicer|kinder) (way to say this|version|form|wording)(| of this|).
  (How|In which words) would (a polite person|a friendly person|a kind colleague) (say|ask|put|phrase) (this|that|it).
  (Make|Rewrite) (this|the order|the sentence|it) as a (polite|kind|friendly|courteous) (request|question).
  (Ask|Say|Put|Write|Phrase|Word) (this|that|it|the same) (politely|nicely|kindly|in polite words|with a please).
  (Make|Let) (it|this) (sound|be) (polite|politer|nicer|kinder|friendly|courteous|less rude|less harsh).
  (Please|) (rewrite|rephrase|reword|say) (this|the order) (politely|in a polite way|nicely|with politeness).
  (Polite|Politer|Kind|Nice|Friendly) (version|wording|form|request|question)(|, please| of this| for this|).
  (Politely|Nicely|Kindly|Courteously|In polite words|In a polite way)(|, please|).
  (Turn|Make|Change|Convert|Transform|Rewrite) (this order|this command|the instruction|it|this) (to|into) (a polite request|a polite question|a kind request|something polite).
  (Give|Show|Write|Tell) me (a|the) (polite|kinder|friendly|nicer) (version|form|wording|request)(| of this| for this|).
  (Add|Use|With) (politeness|courtesy|good manners|polite words|a please)(| to this|).
  (This|That|It) is (rude|too rude|not polite|impolite|too harsh|unfriendly)(:|,|.) (Rewrite it|Make it polite|Say it politely|Be polite).
  (Not so|Less) (rude|harsh|direct)(|, please|: make it polite).
  (I want|I need|I have) to (ask|say) this (politely|nicely|in a polite way|politely to my boss).
  (Soften|Polish|Sweeten) (this|it|the order|the command|the tone)(| a bit| please|).
`;

/** More ways to ask for plain words. */
export const MAKE_PLAIN = lines`
  (Leave|Take|Cut|Strip|Throw) (out|away|off) (the|all) (polite words|politeness|courtesy|please and thank you).
  (Remove|Drop|Delete|Skip|Omit|Cut) (the|all|any) (polite words|politeness|courtesy|courtesies|pleasantries|manners).
  (No|Without|Less) (politeness|polite words|courtesy|please)(|, please|: say it directly).
  (What|Which|What exactly) (does|do) (the person|they|he|she|the sender|the writer) (want|want me to do|ask for|ask me to do|need).
  (What|What exactly) (should|must|shall) (I|we) do(|, as an order|, in plain words|, in short| according to this).
  (What|Which) is (the order|the instruction|the task|wanted|asked)(| here| in this|, plainly).
  (Can|Could) you (put|say|write|phrase|make) (this|it|that) (as an order|as a command|plainly|directly|shorter|in plain words).
  (Put|Say|Write|State|Phrase|Give) (this|it|that) (as an order|as a command|as an instruction|plainly|directly|bluntly|in plain words).
  (Make|Rewrite|Turn) (this|it|the request|the question) (into a|as a) (command|plain order|direct order|plain instruction|short order).
  (The|Only the|Just the) (order|instruction|command|task)(|, please|, nothing else|, without please).
  (As|In the form of) (an order|a command|a plain instruction|an imperative)(|, please|).
  (Plain|Plainer|Direct|Short|Blunt) (version|wording|form|order)(|, please| of this|).
  (Plainly|Directly|Bluntly|In plain words|Straight|Without please)(|, please|).
  (Shorten|Simplify|Reduce) (this|it|the request|this question) (to the order|to a command|to what is wanted|).
  (This|That|It) is too (polite|long|wordy|soft|kind)(:|,|.) (Make it an order|Say it plainly|Shorten it|Be direct).
  (Order|Command|Instruction|Task) (only|in plain words)(|, please|).
`;

/** More polite ways to ask for something. */
export const POLITE_FORMS = lines`
  (It would be|It'd be|It would be really|It'd be so) (kind|nice|great|lovely|good|wonderful|helpful) (if you could|if you would|if you can|of you to) <order>.
  (Please|Kindly|Please kindly|Please just) <order>(|.|!|, thanks|, please|, if you can|, if that is okay|, when you can|, thank you so much|, if you do not mind).
  (Kindly|Please) <order>(|, would you|, will you|, if possible|, if it is not too much trouble).
  (Excuse me|Sorry|Pardon me|Pardon|Forgive me)(,| but| for asking,|:) (could|can|would) you (please |kindly |possibly |)<order>?
  (Can|Could|Would|Will) you (please |kindly |perhaps |maybe |quickly |)<order>(|, please| if possible| if you can)?
  (May|Might|Can|Could) I (ask|request|trouble|bother|beg) you to (please |kindly |)<order>?
  (If|When|As soon as) you (can|could|have a minute|get a chance|have time|are free)(,|:) (please|kindly|would you|could you) <order>.
  (I|We) would (love|like|appreciate|be happy|be glad|be grateful) (it if|if|for|when) you (could|would|can) <order>.
  (Would|Could) you be (so |)(kind|good|nice|sweet|able)(| as| enough) to <order>?
  (I'd|We'd) (love|like|want) you to <order>(|, please|, if you can).
  (I|We) (hope|trust|wish) you (could|can|would|will) <order>(|, please|).
  (Is|Would) it (possible|okay|fine|alright|be possible|be okay) (to|for you to|if you) <order>?
  (Any|Is there any|Is there a) (chance|way|possibility) (you could|that you|for you to|you can) <order>?
  (Would|Do) you (mind|care|have time|have a minute|be willing) to <order>?
  (I|We) (was|were|am|are) (just |)wondering (if|whether) you (could|can|might) <order>.
  (Thanks|Thank you|Many thanks) (for helping|for being so kind) to <order>.
  (My|Our) (request|wish|question|plea) (is|would be)(| for you)(|:) to <order>.
  (Dear|Hello|Hi) (team|all|colleague|friend)(,|!|:) (please|kindly|could you|would you please|can you) <order>(.|?|, thanks.)
  (You|Perhaps you|Maybe you) (could|might|can) (please |kindly |)<order>?
  (I need|I want|We need) you to (please |kindly |)<order>(|, if you can|, thank you|, please).
`;

/** More orders, around verbs of every kind. */
export const ORDERS = lines`
  <verb> (the|this|my|our|a) <product>(| today| now| on <weekday>| for <name>| again)
  <verb> (the|this|my|our) (door|window|gate|office|shop|garage|drawer|light|screen|radio|heating|printer)(| now| at noon| on <weekday>| behind you| at night| for <name>)
  <verb> the <department> team(| today| on <weekday>| about the <topic>| for help| to call us| to wait)
  <verb> (louder|slower|faster|more slowly|more quietly|here|there|outside|at home|in <city>)
  <verb> (me|us|him|her|them)(| now| today| on <weekday>| at <time>| in <city>)
  <verb> <name> (about the <topic>|in <city>|at <time>|for the <topic>|with the <product>)
  <verb> <person>(| today| on <weekday>| in <city>| about the <product>)
  <verb> (the|a|that) (mail|file|letter|form|list|note|plan|room|table|key|car|bill)(| by <weekday>| today| for <name>| from <city>)
  <verb> to <city>(| on <weekday>| with <name>| at <time>)
  <verb> with <name>(| today| in <city>| at <time>| on <weekday>)
  <verb> (and|then) <verb> the <topic>
  <verb> the <topic> (and|or) the <product>
  <verb> (all|both|some|<number>) (files|boxes|keys|letters|chairs|rooms|pages|orders)(| today| in <city>| for <name>)
  <verb> the <topic> (to|for|with|from) (<name>|<company>|the <department> team|me|us)
  <verb> (something|everything|nothing|anything) (for <name>|about the <topic>|in <city>|today)
  <verb> (your|her|his|their) <product>(| today| with you| in the office| at the door)
`;

/** Verbs of the first orders and their neighbours: any order may be made of them. */
export const VERBS =
  `open, close, lock, unlock, shut, clean, paint, repair, turn on, turn off, switch on, switch off, turn down, turn up,
speak, talk, walk, drive, type, work, ask, tell, remind, invite, call, send, write, read, print, bring, buy, sell, wash, carry, lift,
fix, install, replace, return, move, pack, unpack, fill, order, book, find, get, come, go, travel, fly, show, give, teach, offer, wait,
stay, sit, stand, sleep, eat, answer, forward, delete, save, put, leave, place, hang, set, pay, cancel, confirm, change, file, prepare,
organize, announce, explain, describe, summarize, present, repeat, meet, join, visit, follow, pick up, drop off, deliver, ship, share,
compare, make, brew, take, throw away, sign, fill in, submit, upload, download, attach, let in, help, lend, pass, hand, add, remove,
look for, look at, search, water, feed, mow, back up, phone, email, text, thank, review, check, update, finish, translate, correct, edit,
scan, copy, test, approve, complete, rewrite, charge, reserve, rent, postpone, discuss, schedule, plan, turn over, put away, put back,
take out, take away, clean up, tidy up, write down, look up, hand over, send back, give back, bring back, call back, set up, wrap up`
    .split(/\s*,\s*/u)
    .map((verb) => verb.replace(/\s+/gu, " "));
