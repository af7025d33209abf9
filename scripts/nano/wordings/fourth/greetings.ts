import { lines } from "../../language/phrase.ts";

/** A fourth set of ways to say hello. */
export const HELLO = lines`
  (A|My) (warm|kind|big|very warm|cheerful) (hello|greeting|hi|good morning)(| to you| to all| from <name>|)(|.|!)
  (Feeling|Are you feeling|You feeling) (good|well|fine|alright|better)(|?| today?| this week?)
  (How|And how) (is everything|is everybody|are all|are you all)(|?| this week?| this morning?)
  (Hey|Hi|Hello|Yo)(,|) (pal|buddy|mate|chum|folks|team|people|boss|neighbour)(|!|.)
  (Warm|Kind|Best|Many) (greetings|regards to you|hellos)(,| -|) (friend|Nano|team|dear model)(|!|.)
  (Welcome|You are welcome here|A welcome)(|,) (to the office|to our team|aboard|on board)(|!|.)
  (How|How well) (was|did) (your night|your morning|your day start|the week start)(|?)
  (Good|Fine|Happy) (to hear|hearing|reading) (you|from you)(|!|.)
  (Here|Now here) (I am|we are|comes <name>)(|!|.|, hello.)
  (Is|Hello, is) (this on|this thing on|the chat open|the line open)(|?)
`;

/** A fourth set of greetings in German. */
export const GERMAN = lines`
  (Alles|Ist alles) (gut|klar|okay|fit|prima) (bei euch|bei Ihnen|bei dir|heute|so weit)(|?)
  (Hallo|Hi|Servus|Moin)(,|) (Freund|mein Lieber|Kumpel|Chef|Kollegin|alle)(|!|.)
  (Grüße|Beste Grüße|Liebe Grüße|Gruß) (aus Berlin|aus Wien|aus dem Büro|von <name>|an euch)(|!|.)
  (Wie|Na, wie) (ist das Wetter|war die Nacht|war der Morgen|steht's|sieht's aus)(|?)
  (Guten|Einen guten) (Morgen|Tag|Abend) (aus Berlin|in die Runde|euch allen|Ihnen allen)(|!|.)
  (Darf|Kann) ich (Deutsch schreiben|Deutsch reden|auf Deutsch fragen)(|?)
  (Geht|Ginge) (es|das) (auch |)auf Deutsch(|?)
  (Wer|Wer denn) (ist da|spricht da|schreibt hier)(|?)
  (Schön|Toll)(,|) (dass du da bist|dass Sie da sind|dich zu lesen)(|!|.)
  (Hallihallo|Huhu|Moinsen|Tagchen|Grüß Sie)(|!|.|, Nano)
`;

/** A fourth set of greetings in French. */
export const FRENCH = lines`
  (Passe|Passez|Je vous souhaite|On vous souhaite) (une|la) (bonne|belle|douce|agréable) (semaine|soirée|journée|fête)(|!|.)
  (Belle|Bonne) (semaine|fin de journée|fin de semaine)(| à toi| à vous| à tous|)(|!|.)
  (Comment|Et comment) (va la famille|va le travail|se passe la semaine|va tout le monde)(|?| ?)
  (Bonjour|Salut|Coucou) (de Paris|du bureau|de Lyon|à toute la famille|les amis)(|!|.)
  (On|Peut-on|Je peux) (parler|écrire|parle) (en |)français(| ici| avec toi|)(|?| ?)
  (Tu|Vous) (comprends|comprenez|écris|écrivez|réponds|répondez) (en |le |)français(|?| ?)
  (Quel|Quel beau) (plaisir|jour|temps)(| de vous voir| de te lire|)(|!|.)
  (Qui|Qui donc) (est là|parle|répond)(|?| ?)
  (Ravie|Ravi|Très heureux|Content) (de te lire|de vous lire|d'être ici|d'être là)(|!|.)
  (Allô|Ohé|Hé)(,|) (bonjour|l'ami|toi|vous là-bas)(|!|.|?)
`;

/** A fourth set of ways to thank. */
export const THANKS = lines`
  (This|That|It)('s| is| was) (all|just what|everything) (I|we) (need|needed|wanted|asked for)(|!|.|, thanks)
  (All|That's all) (I need|we need|I wanted|I asked for)(,| -|) (thanks|thank you|many thanks)(|!|.)
  (You|That) (helped|did help|have helped) (me|us) (a lot|so much|very much)(|!|.|, thanks)
  (Thanks|Thank you) (to you|from us all|from the team|for being so kind|for being here)(|!|.)
  (So|How) (nice|kind|fast|quick|helpful)(,| -|) (thanks|thank you|many thanks)(|!|.)
  (I|We) (owe you|owe you one|are in your debt)(|!|.|, thanks)
  (Merci|Danke|Gracias|Grazie)(,|) (mon ami|mein Freund|my friend|amigo|dear Nano)(|!|.)
  (Right|Correct|Exactly)(,|) (thanks|thank you|well done|good work)(|!|.)
  (Very|Really|Truly) (helpful|well done|kind|nice|good)(,| -|) (thanks|thank you)(|!|.)
  (Thank|Thanks) (God|heaven|goodness) (for you|you are here)(|!|.)
`;

/** A fourth set of ways to take leave. */
export const BYE = lines`
  (Gute|Eine gute|Eine schöne|Angenehme) Nacht(| euch| Ihnen| allen| Nano|)(|!|.)
  (Bis|Also bis) (später|gleich|nachher|heute Abend|Dienstag|Freitag)(,|) (Freund|Kollege|alle|ihr Lieben|tschau)(|!|.)
  (Later|See you later|Bye)(,|) (pal|buddy|mate|folks|team|people|boss)(|!|.)
  (Schönes|Ein schönes|Schöne) (Wochenende|Ferien|Feierabend)(,|) (bis dann|ihr Lieben|Nano|alle)(|!|.)
  (À|Allez, à) (ce soir|mardi|vendredi|la semaine prochaine|plus tard)(|!|.)
  (I|We) (am|are) (going|closing|stopping|finished) (now|here|for the day|for the week)(|,) (bye|goodbye|see you)(|!|.)
  (Sleep|Rest|Travel) (well|tight|safely)(|!|.|, Nano|, see you)
  (End|That is the end) of (the day|my day|the week|our talk)(,|:) (bye|goodbye|see you|good night)(|!|.)
  (Back|I am back|I will be back) (tomorrow|on Monday|next week|soon)(,|) (bye|goodbye|see you)(|!|.)
  (Wish|I wish|We wish) you (a good night|a nice evening|a great weekend|a lovely day)(|!|.|, bye)
`;
