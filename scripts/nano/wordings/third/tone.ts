import { lines } from "../../language/phrase.ts";

/** Still more ways to ask for politeness. */
export const MAKE_POLITE = lines`
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

/** Still more ways to ask for plain words. */
export const MAKE_PLAIN = lines`
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
`;

/** Still more polite ways to ask for something. */
export const POLITE_FORMS = lines`
  (I|We) (trust|hope|believe|wish) (you will|you would|you can|you could|that you can) (please |kindly |)<order>(|, please|, thank you).
  (Perhaps|Maybe) (you could|you can|you might|could you|can you|would you) (please |kindly |)<order>(|, please)(|?|.)
  (You|Maybe you|Perhaps you) (could|can|might) (perhaps|maybe|please|kindly|possibly) <order>(|, please|, if you can)(|?|.)
  (I'm|I am) (sorry|so sorry) (to ask|to bother you|to trouble you|for asking)(,|:| but) (could|can|would) you <order>?
  (It'd|It would) (be |really be |)(lovely|great|kind|good|so kind|very helpful|appreciated) if you (could|would|might) (please |kindly |)<order>(.|!)
  (Please|Kindly)(,|) (if you can|if possible|when you have time|if you don't mind|if it is okay|whenever you can)(,|) <order>.
  (Please|Kindly) <order> (if you can|if possible|when possible|when you have time|when you get the chance|if you don't mind|if you would)(.|!)
  (If you can|If possible|If it is okay|If you don't mind|When you have time|Once you are free)(,|:) (please|kindly|please kindly) <order>.
  (Will|Would|Could) you (please|kindly|maybe|perhaps) <order> (if possible|if you can|if that is okay|when you can)?
  (Could|Can|Would|Will) you <order>(,| |) (please|kindly|if you please|thank you)?
  (I'd|I would|We would) (be (glad|grateful|thankful|happy|obliged)|appreciate it|love it) if you (could|would|can) (please |kindly |)<order>.
  (I|We) (was|were) (hoping|thinking|wondering if) you (could|might|would) <order>(|, please)(.|?)
  (Would|Is) (it|that) (be |)(okay|fine|alright|all right|possible|too much) (to ask you to|if I asked you to|to have you) <order>?
  (Do|Would) you (have time|have a moment|have a minute|find the time|feel able) to <order>(|, please)?
  (May|Might|Could) (I|we) (please |kindly |)(ask|request|invite|beg|get) you to <order>(|, please)(|?)
  (One|A|Just one|A small) (request|question|favour|wish|thing)(:|, please:) (could|can|would|will) you <order>?
  (Could|Can|Would) you do me (a favour|the favour|a kindness) and <order>?
  (Thanks|Thank you|Many thanks) (if you|when you) <order>(.|!)
  (Be|Please be) (so kind|so good|kind enough|so nice) (and|to|as to) <order>(|, please).
  (Dear|Hello|Hi) (colleague|friend|neighbour|all)(,|:|!) (please|could you please|would you kindly|can you please) <order>(.|?)
  (Would|Could) (somebody|someone|one of you|anyone) (please |kindly |)<order>?
  (We|I) would (kindly |)(ask|invite|like) you to (please |kindly |)<order>.
`;

/** Still more courtesies that may stand beside a request. */
export const COURTESIES = lines`
  (Many|Warm|Big) thanks(| for this| in advance| for your help|)(.|!)
  (Kind|Best|Warm) (regards|wishes|greetings)(.|!)
  (Much|Greatly|Highly) appreciated(.|!)
  (I hope|Hope) (that is okay|this is okay|you do not mind|you have time|it is not too much)(.|!)
  (Best|All the best|Kind greetings|Cheers)(.|!)
  (Sorry|Apologies) (for asking|for the bother|about this|to trouble you)(.|!)
  (You are|You're) (very kind|a great help|wonderful|so helpful)(.|!)
  (Thank you|Thanks) (for your help|for your time|for doing this|already|once more)(.|!)
`;

/** Still more orders. */
export const ORDERS = lines`
  (open|shut|lock|unlock|clean|paint|repair|close) (all|both|the|our) (windows|doors|gates|drawers|cupboards|rooms|garages|shops)(| now| at noon| today| behind you| on <weekday>)
  (switch (on|off)|turn (on|off|up|down)) (the|your|my|our) (lights|alarm|music|radio|screen|heating|computer|printer|phone|fan)(| at night| now| in the kitchen)
  (speak|talk|walk|drive|type|work|write|read) (slower|louder|faster|slowly|more slowly|quietly|more quietly|carefully|with me)
  (invite|remind|tell|ask|call|email|thank|help) (all|both|the) (guests|colleagues|drivers|nurses|clients|teams|managers)(| today| on <weekday>| to wait| to call us)
  (invite|remind|tell|ask|email|call|thank) (him|her|them|<name> and <name>|all of them)(| today| at <time>| on <weekday>| about the <topic>)
  (bring|take|carry|move|send|return) (all|both|some|three) (files|boxes|keys|letters|chairs|books|pages)(| to <city>| to <name>| here| outside|)
  (count|sort|check|print|read|copy|scan|sign) (all|both|some|<number>) (letters|orders|files|pages|forms|notes|invoices)(| today| for <name>|)
  (raise|lower|lift|hold|drop) (it|the <product>|your hand|the flag|the price|the curtain)(| now| slowly|)
  (spend|save|keep|use|share|count) (it|them|the money|the time|the rest)(| at once| wisely| today|)
  (run|walk|drive|cook|eat|wait) (with <name>|in <city>|for <name>|outside|together|at home)(| on <weekday>|)
  (cook|bake|prepare|make|serve) (lunch|dinner|soup|a cake|breakfast|something)(| for <name>| for us| for <number> guests)
  (rename|archive|restore|delete|copy|move|open) the (folder|file|project|list|page|record) (of <name>|about the <topic>|from <weekday>)
  (scratch|cancel|change|check|make|discuss) (the|that|your|our) plan(| for <weekday>| with <name>|)
  (watch|guard|follow|keep) (the <product>|the door|the house|it)(| at night| until <time>| for <name>)
  (pass|hand|give|show|bring) (me|us|him|her|them) (the <product>|your <product>|the list|the keys|a pen)(| now| today)
  (choose|pick|find|buy|order) (a|another|some other|a better) (<product>|day|place|room|time)(| for <name>| in <city>|)
  (stop|start|finish|begin|continue) (the <topic>|the work|the test|the meeting|this)(| now| today| at <time>| on <weekday>)
  (answer|ask|write to|call|warn|join|greet) the <department> team(| today| at <time>| about the <topic>| for help)
  <verb> the <product> (of|for|with|from) <person>(| today| on <weekday>|)
  <verb> (everything|something|it all|nothing) (again|today|for us|in <city>|with <name>)
`;
