import { lines } from "../language/phrase.ts";

/** Polite ways to ask for something. */
export const POLITE_FORMS = lines`
  (Could|Can|Would) you (please|kindly|possibly) <order>?
  Would you mind (|please )to <order>?
  I would be (grateful|glad|happy) if you could <order>.
  (Please|Kindly) be so (kind|good) and <order>.
  (If|When) you have (a moment|time), could you <order>?
  May I ask you to <order>?
  (It would be|It'd be) (great|nice|lovely|kind) if you could <order>.
  I would like to ask you to <order>.
  Would it be possible for you to <order>?
  (Sorry to bother you, but|Excuse me,) could you <order>?
  (Could|Can|Would) you <order>(|, please| please)?
  (Would|Could) you (be so kind|be kind enough|be so good|be nice enough) (as |)to <order>?
  I would (really |very much |)(appreciate|be thankful|like) it if you (could|would) <order>.
  (I'd|I would) be (very grateful|so happy|delighted|obliged) if you (could|would) <order>.
  (Please|Kindly) <order>(|, thank you|, thanks|, if you can|, if possible|, if you don't mind|, when you have time).
  (If|When|Whenever) (it is not too much trouble|you don't mind|it suits you|you get the chance|you find the time|possible), (please|could you|would you|can you) <order>(|.).
  (Might|May|Could) I (ask|trouble|bother|kindly ask) you to <order>?
  (It would be|It'd be|That would be) (very kind|a great help|wonderful|much appreciated|so nice) (of you to|if you would|if you could) <order>.
  (I was wondering|I wonder|We wonder) (if|whether) you (could|might|would) <order>(|.|?).
  (Do|Would) you think you could <order>?
  (Is|Would) (it|there) (be |)(possible|any chance|alright) (for you to|that you) <order>?
  (Would|Will) you (please|kindly) <order>?
  (I'm sorry|Sorry|Pardon me|Forgive me)(, but| for asking,| for the trouble, but|,) (could|can|would) you <order>?
  (Thank you|Thanks) (in advance |)for (being so kind to|helping us to) <order>.
  (We|I) (kindly |)(ask|request|beg) you to <order>.
  (Hi|Hello|Dear colleague|Good morning)(,|!) (could you please|would you|can you kindly|please) <order>(|?).
  (You would do me|Do me) a (great |)favour (if you could|and) <order>.
  (I hope|We hope) (you can|you could|it is okay to) <order>.
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
  (Please|Kindly) <order>(,|) if (it is not too much trouble|it is no trouble|that is not too much|you find the time|you have a minute).
  (We|I) (trust|hope|know|think) (that |)you will (kindly |please |)<order>(|, please).
  (Kindly|Please)(,|) (if possible|when possible|now, if possible|when you have time) <order>.
  (Would|Will|Could) you <order>(,|) (will you|would you|if possible|when possible|please)?
  (Please|Kindly) <order>(,| -|) (will you|would you|if I may ask|if that is alright|thank you).
  (If|When) (it is no trouble|possible|you find time|you are free)(,|) (kindly|please) <order>.
  (It|That) would (help|be a help|be a great help|make me happy) if you (could|would) <order>.
  (Let|May) (me|I) (ask you to|kindly ask you to|beg you to) <order>(|.).
`;

/** Courtesies that may stand beside a request. */
export const COURTESIES = lines`
  (Thank you|Thanks)(| in advance| so much| very much| a lot)(.|!)
  (That|It) would (be|help) (great|me a lot|so nice|wonderful|very kind)(.|!)
  I would (really |)(appreciate it|be grateful|be very thankful).
  (Sorry|I am sorry) (for the trouble|to bother you|for asking).
  (Only|But only) if (you have time|it suits you|you do not mind|it is okay for you).
  (Take your time|There is no hurry|Whenever you like|When it suits you).
  (Many thanks|Much appreciated|Kind regards|Best wishes)(.|!)
  I know you are (busy|very busy)(|, sorry|, but it would help).
  (Many|Warm|Big) thanks(| for this| in advance| for your help|)(.|!)
  (Kind|Best|Warm) (regards|wishes|greetings)(.|!)
  (Much|Greatly|Highly) appreciated(.|!)
  (I hope|Hope) (that is okay|this is okay|you do not mind|you have time|it is not too much)(.|!)
  (Best|All the best|Kind greetings|Cheers)(.|!)
  (Sorry|Apologies) (for asking|for the bother|about this|to trouble you)(.|!)
  (You are|You're) (very kind|a great help|wonderful|so helpful)(.|!)
  (Thank you|Thanks) (for your help|for your time|for doing this|already|once more)(.|!)
`;
