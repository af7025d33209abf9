import { lines } from "../language/phrase.ts";

/** Ways to ask for politeness. */
export const MAKE_POLITE = lines`
  (Make|Make this|Rewrite this to be) (polite|politer|more polite|friendlier).
  (Rewrite|Rephrase|Say) (this|it) (politely|in a polite way|more politely).
  (Turn|Change) (this|the order|it) into a polite (request|question).
  (Say|Ask|Write) it (nicely|politely|in a friendly way).
  (How|What) (do|can) I (say|ask) (this|it) politely.
  (Please|) (make|phrase) (this|the sentence) (polite|more polite).
  (Polite|A polite|The polite) version(| of this sentence| please).
  (Ask|Phrase|Word) this (politely|nicely|as a polite request).
  (Add|Use) (some|good) manners.
  (Soften|Polish) (this|the) (order|sentence|command).
  (Make|Phrase|Put|Say) (this|it|the following) (sound |)(more polite|nicer|kinder|friendlier|more friendly|politer).
  (Rewrite|Rephrase|Reword|Reformulate) (this|the sentence|it|the following) (more politely|so that it is polite|to sound polite|in a polite tone|as a polite question).
  (Be polite|Be nice|Politely|Polite version|More polite)(| please).
  (Turn|Make) (this command|this order|the instruction|this) into (a polite question|a friendly request|a polite request).
  (How would|How can) (a polite person|one politely|you politely|I politely) (say|phrase|put|ask) (this|that).
  (Ask for|Say|Request) (this|the same) (politely|nicely|in a nice way|with good manners).
  (Change|Adjust) the tone to (polite|friendly|courteous).
  (Formulate|Express) (this|it) (politely|courteously|in a friendly manner).
  (This|It) (sounds|is) (rude|too harsh|too direct|impolite)(:|,) (make it polite|rewrite it politely|be nicer).
  (Polite|Courteous|Friendly) (wording|phrasing|form|rewrite)(| of this| please|).
  (Give me|I need|I want|Write) (a|the) polite (version|form|way to say this)(| of this| of it|).
  (Transform|Convert) (this|the order|the sentence) (to|into) (polite English|a polite form|a courteous question).
  (Can you|Could you) (make|put|phrase) (this|it) (politely|more polite|nicer).
  (Add|Include) (a please|politeness|courtesy).
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
  (How|In what way) (can|could|would) (you|one|a colleague|a polite person) (say|ask|phrase|word|write) (this|that|it) (politely|nicely|kindly|with more courtesy).
  (Can|Could|Would) you (say|write|word|rephrase|reword|ask) (this|that|it) (politely|nicely|more kindly|in a polite way|with politeness).
  (Please|Now|Just) (be polite|say it politely|ask politely|make it polite|make it nicer|use polite words).
  (I|We) (want|need|would like) (to be polite|to sound polite|a polite version|a polite request|to ask this nicely)(:| here:|).
  (My boss|A customer|A colleague|My manager) (reads|gets|receives) this(:|,|.) (make it polite|say it politely|write it nicely|be polite).
  (A|One) (polite|kind|nice|friendly|courteous) (request|question|sentence|version|wording)(|, please| from this| out of this|).
  (Rephrase|Reword|Rewrite|Reformulate|Recast) (this|it|that|the command|my order) (as a polite question|as a polite request|politely|with politeness|with courtesy).
  (Turn|Make|Change|Convert) (my order|the command|the sentence|this) into (a nice request|a polite one|something nicer|something friendlier|a courteous request).
  (Say|Put|Write|Ask) (that|this|it) (to my boss|to a customer|to a guest|to a stranger)(,| |) (politely|nicely|in polite words).
  (Give|Show|Tell) me (how to say this politely|how to ask this nicely|the polite way|the polite form|a nicer way).
  (What|Which) (would|does) (a polite person|a polite colleague|somebody polite|a good host) (say|write|ask)(| instead| here|).
  (This|It|That) (order|sentence|command|request|tone) is (rude|impolite|harsh|unfriendly|too direct|not nice)(:|,|.) (make it polite|say it nicely|rewrite it politely).
  (Less|Not so|Not that) (rude|harsh|direct|blunt|bossy)(|, please|, more polite).
  (Add|Put|Write) (some courtesy|a please|kind words|polite words|politeness) (to it|to this|into it|in)(|, please).
  (Politeness|Courtesy|Manners|Kindness)(|, please|: add it|: improve it).
  (Make|Let) (my order|this command|the sentence|the request) (polite|more polite|kinder|nicer|sound friendly|sound kind|sound courteous).
  (As|In the form of) (a polite request|a polite question|a kind request|a courteous question)(|, please|).
  (Kind|Polite|Nice|Courteous|Friendly) (words|tone|English|language|style)(|, please| for this|).
`;

/** Ways to ask for plain words. */
export const MAKE_PLAIN = lines`
  (Make|Make this|Rewrite this to be) (plain|short|direct|brief).
  (Rewrite|Rephrase|Say) (this|it) (plainly|in plain words|directly|briefly).
  (Turn|Change) (this|the request|it) into a (plain|short|direct) (order|instruction|command).
  (Say|Write) it (directly|shortly|without politeness).
  (Please|) (shorten|simplify) (this|the sentence|the request).
  (Plain|A plain|The plain|Short) version(| of this sentence| please).
  (Remove|Drop|Leave out) the (politeness|polite words).
  (Put|State) (this|it) as (an order|a plain instruction|a command).
  (Cut|Strip) (this|the request) (down|to the order).
  (What is|Give me) the (plain|short) (order|instruction)(| in this).
  (Make|Put|Say) (this|it|the following) (more direct|plainer|shorter|blunt|as a direct order|without the polite words).
  (Rewrite|Rephrase|Reword) (this|the sentence|it|the following) (as a plain instruction|as a short order|as a command|in a direct way|bluntly|without politeness).
  (Be direct|Be plain|Plainly|Directly|More direct|Shorter)(| please).
  (Turn|Make) (this polite request|this question|the request|this) into (a command|an order|a direct instruction|a plain order).
  (What|Which) (does the person|do they|is it they) (want|want me to do|ask for)(|, as an order|, plainly).
  (Take|Strip) (away|off|out) (the politeness|the polite words|the courtesy).
  (Change|Adjust) the tone to (direct|plain|neutral|blunt).
  (State|Express) (this|it) (plainly|as an instruction|as a command|in few words).
  (This|It) (is|sounds) too (polite|long|wordy)(:|,) (make it plain|shorten it|say it directly).
  (Plain|Direct|Blunt) (wording|phrasing|form|rewrite)(| of this| please|).
  (Give me|I need|I want|Write) (a|the) (plain|direct|short) (version|form|order)(| of this| of it|).
  (Transform|Convert) (this|the request|the sentence) (to|into) (a plain order|plain English|an imperative|a command).
  (Can you|Could you) (make|put|phrase) (this|it) (plainly|directly|as an order|shorter).
  (Just|Only) the (order|instruction|command)(|, please|, without politeness).
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
  (Drop|Remove|Skip|Delete|Leave out|Take out|Cut) (the|all the|any|every) (please and thank you|polite words|politeness|courtesy|nice words|kind words|padding|extras).
  (Can|Could|Would) you (make|put|phrase|write|say|state|turn) (that|this|it) (shorter|short|plain|plainly|direct|directly|into an order|as an order|into a command).
  (What|What exactly|What in short) (do|does) (they|he|she|the writer|the person|this person|the sender|the customer) (want|ask|want done|ask for|want of me|need from me).
  (What|Which) (order|command|instruction|task|job|action) is (this|that|it|hidden here|meant|in this)(|, plainly|, in short).
  (Say|Write|Give|State|Put) (the|only the|just the) (order|command|task|instruction|wish|action)(|, please|, nothing more|, in plain words).
  (Tell|Give|Show) me (the|just the|only the) (order|command|direct order|plain order|plain version|direct version|short version|task).
  (This|That|It) is (too|much too|far too) (soft|kind|long|wordy|polite|nice|indirect)(:|,|.) (make it short|make it direct|make it an order|say it straight|say it plainly).
  (Shorten|Reduce|Cut|Trim|Boil) (this|that|it) (down |)to (the order|the command|the bare order|the task|what is wanted|what to do).
  (Without|With no) (please|politeness|courtesy|polite words|nice words|thanks)(|, please|: the order|: what is wanted).
  (Be|Please be|Now be) (direct|plain|blunt|short|brief)(:| please:|) (the order|the command|what is wanted|say it).
  (Convert|Change|Transform|Turn|Rewrite) (that|this|it|the question|the polite request) (to|into) (an order|a direct order|a plain order|a short command|plain words|a bare instruction).
  (The|A) (bare|plain|direct|short|simple) (order|command|instruction|request|sentence)(|, please| from this| out of this|).
  (Straight|Direct|Blunt|Plain|Simple) (words|talk|English|style|order)(|, please| for this|).
  (How|In what words) would (a boss|an officer|a blunt person|my boss) (say|order|put|phrase) (this|that|it).
  (What|So what) (am I|are we) (to do|asked to do|told to do|supposed to do|expected to do)(|, as an order|, plainly|).
  (Give|Write|Put|Say) (this|that|it) (to me |)(straight|as a bare order|without the politeness|without the padding|in few words).
  (No|Not so|Less) (padding|courtesy|politeness|kind words|polite|soft)(|, please|: just the order|: be direct).
  (Make|Let) (that|this|it|the sentence|the question) (an order|a command|a plain order|direct|blunt|short|plain).
  (This|That|It) is (far too|a bit too|much too|too) (kind|nice|wordy|soft|friendly|polite)(,|:|.) (shorten it|an order please|only the order|be direct|make it plain).
  (Too|Far too|Much too) (kind|nice|wordy|soft|polite|long)(,|:|.) (say it plainly|shorten it|make it an order|be direct|only the order).
  (Say|Write|Put) (this|that|it|the same) (plainly|like an order|in plain words|without any courtesy|straight out).
  (Only|Just) (the instruction|the bare order|what to do|the task|what is wanted)(, in plain words|, plainly|, nothing else|).
  (Strip|Clear|Free) (it|this|the sentence|the request) (of|from) (courtesy|politeness|polite words|kind words).
  (What|So what) is (to be done|the task here|wanted here|asked here)(|, plainly|, in a few words|).
  (Bring|Get|Boil) (it|this) (to the point|down to the order|down to a command).
  (Order|Command|Instruction)(|, please|, plainly| only)(|:| from this).
`;
