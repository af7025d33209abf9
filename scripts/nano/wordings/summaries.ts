import { lines } from "../language/phrase.ts";

/** More ways to ask for two sentences. */
export const INSTRUCTIONS = lines`
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

/** More sentences that do not matter. */
export const FILLERS = lines`
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
