import { lines } from "../language/phrase.ts";

/** Ways to ask for two sentences. */
export const INSTRUCTIONS = lines`
  (Summarize|Summarise|Sum up) (this|the text|the following text|this report|it)(| in two sentences| briefly).
  (Give me|Write|Make) a (short |two-sentence |brief |)summary(| of this| of this text| of the report).
  (What is|Tell me) the (gist|main point|essence)(| of this| in two sentences).
  (Shorten|Condense|Boil down) (this|the text|the report) (to two sentences|to a summary|to the main points).
  (In|Using) two sentences(|, what does this say|, what happened|: the main points).
  (Two-sentence|Short|Brief) summary(|, please| of this text).
  TL;DR(|, two sentences| please).
  (Summary|A summary)(| please| of the following| in two sentences).
  (What|Which) are the main points(| of this text| here)(|, in two sentences).
  (Explain|Tell me) (briefly|in short|in two sentences) what (happened|this says|was decided).
  (Summarize|Summarise|Sum up|Recap|Digest) (this note|the message|this mail|the report|the story|what happened)(| in two sentences| in short| please| for me).
  (Two sentences|A short version|The short version|The gist)(|, please| of this| please).
  (Put|Write) (this|it|the text) in two (short |)sentences.
  (What|Tell me what) (does this|the text|this report) (say|is about)(| in two sentences| in short).
  (Make|Keep) it (short|brief)(:| -) two sentences.
  (Reduce|Cut) (this|the text|the report) to (two sentences|the essentials|what matters).
  (I need|I want|We need) (a summary|a short summary|two sentences)(| of this| about this).
  (Key|Main) (facts|points)(| in two sentences| please|).
  (Make|Keep|Say) (it|this) (short|brief|in short)(:| -|,) (two sentences|in two sentences)(|, please|).
  (Summarize|Summarise|Shorten|Condense|Recap) (it|this|the text|the report|the note)(| for me| briefly| please| to two sentences|).
  (Short|Brief|Quick|Two-sentence) (summary|version|recap|digest)(|, please| of it| of the text|).
  (What|Tell me what) (is|was) (the point|important|the gist|the essence)(| here| of it|)(|, in two sentences|).
  (Give|Write|Tell) (me |)(the |)(main points|essentials|gist|essence|short version)(|, two sentences| in two sentences|).
  (In short|In brief|Briefly|In a nutshell)(|: what happened|, please|: two sentences).
  (Two|Just two|Only two) sentences(|: what happened|: what matters|, please| about this).
  (What|Which facts) (matters|matter|count|remain)(| here|), in two sentences.
  (Boil|Cut|Reduce|Trim|Bring) (it|this|the text) (down |)to (two sentences|what matters|a summary|the main facts).
  (I have no time|I am in a hurry)(:|,) (summarize it|two sentences|the short version|the gist).
  (Report|Text|Note)(|,) (in short|summary|two sentences)(|, please|).
  (Without|Leave out) the (details|unimportant parts|small talk)(:|,) (two sentences|what happened|a summary).
`;

/** Sentences that do not matter. */
export const FILLERS = lines`
  (The weather was fine|It was raining|The coffee was good|The room was full|It was a busy day).
  (Everybody|Most people|Nobody) (was|seemed) (in a good mood|tired|on time|surprised).
  (There were|We saw) (some questions|no questions|many guests|a few emails).
  (The last time|A year ago) (it was different|nobody noticed|things were slower).
  (More|Further) (details|information) (will follow|are in the file|can be found on the website).
  (This|It) (is not new|has happened before|was expected by some).
  (Thanks|Thank you) to (everyone|all) (who helped|for the patience|involved).
  (Please|Kindly) (read|keep) (this|the note) (carefully|for your records).
  (The|Our) (canteen|lift|car park|printer) was (closed|full|cleaned|busy) (that day|as usual|again).
  (Some|Two|A few) (colleagues|guests|visitors) (came late|left early|asked for coffee|were on holiday).
  (We|I) (will keep you posted|will write again soon|thank you all|hope this helps).
  (As|Like) (always|usual|last year), (coffee was served|the room was warm|notes were taken).
  (There was|We had) (cake|a short break|a lot of noise|time for a chat) (in between|before|after that).
  (Nothing else|Not much else) (happened|was said|is known)(| that day| so far).
  (The|A) (longer report|full text|list) (is attached|will be sent later|can be read online).
  (Questions|Comments) (are welcome|can be sent to us|may be asked at any time).
  (It|The day|The morning) was (long|cold|warm|quiet|loud|sunny)(| again| as ever|).
  (A|The|One) (guest|colleague|visitor|neighbour) (was late|had to leave|fell asleep|told a joke).
  (The list|The full report|A copy|The long version) (is attached|follows|is on the wall|can be read later|will be sent).
  (Nobody|Someone|Everyone) (asked|laughed|complained|took notes|had questions)(| this time|).
  (We|They) (had|drank|ordered|shared) (coffee|tea|lunch|pizza)(| after that| before| together|).
  (Details|Photos|More notes|All papers) (follow|are on the website|are in the folder|will be sent).
  (By the way|As you know|As ever|Like last time), (the lift was broken|it was loud|the room was small|there was cake).
  (I|We) (hope|think) (this helps|that is clear|all is well|you are well).
  (Thanks|Many thanks) (for reading|to everybody|for your time|for the help).
  (Outside|In the meantime|All day) it (rained|snowed|was dark|was windy).
  (The|Our) (door|window|coffee machine|projector) (was open|was loud|did not work|is new).
  (No|Not many) (questions|comments|news)(| so far| were there| came|).
`;
