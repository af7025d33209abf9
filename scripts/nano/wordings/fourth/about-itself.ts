import { lines } from "../../language/phrase.ts";

/** A fourth set of ways to ask who it is. */
export const WHO = lines`
  (By what name|Under which name) (do you go|are you known|should I save you|do people know you)(|?)
  (This|So this) (is|here is) (which|what) (model|assistant|bot)(|?)
  (Have|Do) you (a name|any name|a name at all|some name)(|?)
  (Which|What) (small|tiny|little) (model|one|assistant|thing) (is this|are you|am I using|is it)(|?)
  (Is|Are) (the small|the tiny|the little|the nano) (model|one|assistant) (you|this|on the line|running here)(|?)
  (Named|Called) (what|how)(|?| exactly?)
  (How|By which name) (do they name|did they name|do we name|have they named|were) you(| named|)(|?)
  (What|Which) assistant (did they install|have we got|do we have|is installed)(| here| on this box|)(|?)
  (And|So) (this|that) assistant is (called what|which one|who)(|?)
  (Who|What) is on (the line|the other end|this box)(|?)
  (To whom|With which model) (am I|are we) (talking|writing|speaking|chatting)(|?)
  (I|We) (would|'d) like (your name|to be introduced|an introduction)(|.|, please.)
  (Give|Write) (us|me) (a short introduction|an introduction|your card|one line about yourself)(|.| please.)
  (Who|Which assistant) (have I|did I) (got|reach|call|open)(| here|)(|?)
  (Nano|Signalbox)(,|:) (is that you|are you there by that name|is it you|is that your name)(|?)
  (Say|Tell us) (in a word|in one line|shortly) (who you are|what you are|which model this is)(|.)
`;

/** A fourth set of ways to ask what it can do. */
export const CAN = lines`
  (What|Which) (options|choices|functions|uses) (do I have|have I got|are offered|exist|may I choose from)(| here| with you|)(|?)
  (Where|How) (are|can I see|do I find) (the|your|all) (options|functions|commands|examples|features)(|?)
  (Of what|Of any|Any) (use|help)(|?| to us?| to me?| here?)
  (Have you|Do you have|Got) (any |some |)(hints|tips|use|uses|ideas|tricks)(|?| for me?| for a beginner?)
  (Can|Could) (I|we) (have|get|see) (a hint|some hints|a list of functions|your options|the examples|a demo)(|?)
  (How|In what) (may|might|would) you (serve|assist|support|be of service)(| us| me|)(|?)
  (Tell|Give) us (the functions|your options|some hints|a tip|what there is to try)(|.| please.)
  (What|Which things) (is there|are there) to (try|do|ask|see)(| here| with you|)(|?)
  (What|Which) (functions|options|skills|tasks) (do you have|were built in|come with you|can be used)(|?)
  (Good|Useful) (for|at) what(|?| exactly?)
  (You|And you) can do (what|which things|what things)(|?| exactly?)
  (I am|I'm|We are) (new|new here|a beginner|lost)(:|,|.) (what can I do here|how do I start|what is there to do|any hints)(|?)
  (Beginner|New user|First time here)(:|,|.) (what now|how do I start|what can I ask|where do I start)(|?)
  (What|Which) (jobs|duties|chores|tasks) (do you take|may I give you|can I give you|can be given to you)(|?)
`;

/** A fourth set of ways to ask whether it is alive. */
export const HUMAN = lines`
  (Who|Where|How) (is|was) your (mother|father|sister|brother|son|daughter|uncle|wife)(|?| today?| these days?| called?)
  (Your|And your) (mother|father|sister|brother|parents|family)(,|:|) (who is that|where are they|how are they|what about them)(|?)
  (Were|Have|Have you) you (ever |)(in love|been married|been a child|been ill|been young|kissed someone)(|?)
  (Ever|Did you ever) (been in love|fall in love|fallen in love|been sad|been on a date|kissed anyone)(|?)
  (Does|Can|Could) (anything|something|a word|this) (make you sad|make you cry|hurt you|scare you|please you)(|?)
  (Is|Was) (that|this|it|he|she) (a bot|a robot|a machine|human|a person|a program)(|?| or a man?| or a person?)
  (Bot|Robot|Machine)(,| or not,|) (is that you|are you one|right|yes)(|?)
  (Which|What) (family|relatives|brothers|sisters|friends) do you have(|?| there?)
  (Do|Did) your (parents|children|friends|sisters) (live|work|visit you|call you)(| here| often| at home|)(|?)
  (When|How often) do you (sleep|eat|rest|cry|laugh|go home)(|?)
  (What|When) did you (eat|drink|dream|feel)(| today| last night| yesterday|)(|?)
  (Are|Is) there (flesh|blood|a heart|a soul|somebody|a brain) (in you|inside|in there|behind it)(|?)
  (Do|Could) you (love|marry|hug|kiss|miss) (me|someone|anyone|my sister|a human)(|?)
  (How|What) does (love|pain|food|sleep|fear|the sun) (feel|taste|seem) (to you|like for you)(|?)
`;

/** A fourth set of ways to ask how good it is, or whether it is some other model. */
export const OTHER_MODEL = lines`
  (Weights|Parameters|Layers)(:|,) (how many|what number|how many in all)(|?)
  (What|Which) (is the|is your) number of (layers|neurons|parameters|weights)(|?)
  (How|So how|And how) (intelligent|wise|able|clever|well trained|educated) (is this|is it|would you be|are these answers|might you be)(|?)
  (Are|Would) (your answers|the answers|these answers) (be |)(any good|good|right|of quality|good enough|correct)(|?)
  (How good|How right|How correct|How reliable|How exact) (is what you say|is an answer of yours|are they|is your answer)(|?)
  (What|What all) do you (understand|know|remember) (of life|of the world|about people|about business)(|?)
  (Is|Was) (your knowledge|your mind|your brain) (large|big|wide|good|small|limited)(|?)
  (Right|Correct|Wrong) (always|every time|how often|most of the time)(|, are you|, is it)(|?)
  (How often|How many times) are you (right|wrong|mistaken|correct)(|?)
  (Do|Would) you (say you are|call yourself|feel) (intelligent|smart|clever|large|powerful|a great model)(|?)
  (Is it|Are you) (one of the|among the) (big|large|great|best|well-known) (models|ones|AIs)(|?)
  (Behind|Under) (you|this) (is|sits|works) (ChatGPT|Claude|Llama|Gemini|GPT-4)(|?|, right?)
  (Which|What) (company|firm|lab) (do you come from|are you of|sells you|owns this)(|?)
  (Would|Could) you (pass|win|manage) (an exam|a hard test|a quiz|real work)(|?)
`;

/** A fourth set of ways to ask where the data goes. */
export const NETWORK = lines`
  (Will|Does|Would) (what I (type|say|send|tell you|ask)|my text|this) (stay|be kept|remain|be) (secret|private|confidential|here|safe|between us)(|?)
  (Secret|Private|Confidential|Safe)(,| -|:) (is this|is it|are my texts|what I write|are you)(|?| here?)
  (Can|May|Could) (secrets|secret data|private texts|a secret|client data) be (told|given|shown|typed) (here|to you|in this chat)(|?)
  (Do|Can) you keep (secrets|a secret|my data private|it confidential|what I write to yourself)(|?)
  (Phone|Phoning|Calling) home(,| -|) (do you|ever|is that what you do|or not)(|?)
  (Do|Did) you (ever |)(phone|call|report|write|send something) (home|out|to the maker|to the outside)(|?)
  (Is|Was) (all of this|the model|the whole thing|everything) (really |)(on site|in house|on our machine|local|in our own building)(|?)
  (On site|In house|Local|Offline)(,| -|:) (are you|is this|is it really so|yes)(|?)
  (Who|Which people) (outside|out there|else|in the cloud) (reads|sees|gets|hears) (it|this|what I write|my words)(|?)
  (Where|How far) (does|will) (what I write|this text|my question|my secret) (go|travel|end up)(|?)
  (Is|Are) (there|any) (a connection|a line|connections|data going) (to the outside|out of here|to the internet|to the cloud)(|?)
  (Can|Will) (the internet|the web|the cloud|hackers) (reach you|see this|read it)(|?)
  (What|Which) (leaves|goes out of|gets out of) (this box|the building|our network)(|?)
  (Does|Will) (typing|writing) (here|to you) (send anything out|leave traces|go to the cloud)(|?)
`;
