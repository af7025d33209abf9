import type { Example } from "../conversation.ts";
import { ENGLISH_WORDS } from "../../build-model/english-words.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { roughen } from "../language/roughen.ts";
import { capitalize, city, CITIES, firstName, inventedWord, person, PRODUCTS, TOPICS } from "../language/words.ts";
import { say } from "./instruct.ts";

/** What the model says when it was not trained for what it is asked. */
export const NOT_TRAINED =
  "I am a tiny demonstration model and was not trained for this. Import a real model with: signalbox models import FILE";

const SUBJECTS =
  `love, the sea, autumn, freedom, time, money, history, football, cooking, gardening, music, space, physics,
chemistry, biology, philosophy, religion, politics, economics, art, painting, chess, yoga, dogs, cats, horses, birds,
dinosaurs, robots, computers, programming, the moon, the sun, black holes, climate change, electric cars, trains, planes,
ships, mountains, rivers, forests, deserts, islands, the Roman empire, the middle ages, the French revolution, world war
two, the brain, the heart, sleep, dreams, happiness, fear, friendship, marriage, children, school, university, learning
languages, grammar, poetry, novels, films, theatre, photography, fashion, jewellery, wine, beer, bread, cheese, pasta,
soup, salad, vegetables, fruit, sugar, salt, vitamins, sport, running, swimming, cycling, climbing, skiing, tennis,
stocks, bonds, taxes, mortgages, insurance, law, contracts, crime, police, medicine, headaches, fever, allergies, teeth,
plants, insects, bees, spiders, volcanoes, earthquakes, storms, energy, oil, gold, diamonds, maps, bridges, castles,
quantum computers, blockchain, encryption, databases, operating systems, compilers, video games, board games, magic,
ghosts, dragons, unicorns, pirates, kings and queens, knights, elephants, whales, coffee, tea, chocolate`
    .split(/\s*,\s*/u)
    .map((item) => item.replace(/\s+/gu, " "));
const LANGUAGES = `Python, JavaScript, Java, Rust, Go, C, SQL, Bash, Haskell, Ruby, Kotlin, Swift, PHP, HTML`
  .split(/\s*,\s*/u)
  .map((item) => item.replace(/\s+/gu, " "));
const TONGUES = `German, French, Spanish, Italian, Dutch, Polish, Japanese, Chinese, Latin, Greek, Russian, Turkish`
  .split(/\s*,\s*/u)
  .map((item) => item.replace(/\s+/gu, " "));
const COUNTRIES =
  `France, Germany, Spain, Italy, Poland, Japan, China, Brazil, Peru, Canada, Mexico, Egypt, Kenya, India,
Norway, Sweden, Finland, Greece, Turkey, Portugal, Austria, Switzerland, Australia, Iceland, Ireland`
    .split(/\s*,\s*/u)
    .map((item) => item.replace(/\s+/gu, " "));

const REQUESTS = lines`
  (Write|Compose|Create|Make up) (me |)(a|another|a short|a long|a funny|a sad) (poem|story|song|joke|essay|speech|limerick|haiku|novel|letter|fairy tale) (about|on) <subject>.
  (Tell|Give) me (a|an|another) (joke|story|riddle|fun fact|anecdote|quote|proverb)(| about <subject>|, please).
  (Explain|Describe|Teach me|Help me understand) <subject>(| to me| to a child| in simple words| in detail| step by step).
  (How|Why) (does|do|did|is|are) <subject> (work|exist|matter|important|so popular|happen|change us)?
  (What|Who) (is|was|are) (the |)(meaning|origin|inventor|purpose|opposite|history|future|best kind) of <subject>?
  (What|Which) is the (capital|population|currency|president|flag|largest city|national dish|area|king) of <country>?
  (Who) (wrote|painted|invented|discovered|composed|directed|founded|built|won) (<subject>|the <product>|the first <product>|<invented>)?
  (When|Where) (was|were|is|did) (<subject>|the first <product>|<person>|<country>) (invented|born|founded|discovered|start|end)?
  (Write|Give me|Show me|Implement|Create) (a|the|some) (function|program|script|class|code|query|loop|regex|test) (in <language> |)(that|which|to) (sorts a list|reads a file|counts words|prints <invented>|finds primes|reverses a string|connects to a database|downloads a page|parses <subject>).
  (Debug|Fix|Explain|Review|Optimize) (this|my|the following) (<language> |)(code|script|function|program)(|: <invented> = <invented>).
  (Translate|Say|How do you say) (<subject>|<words>|<invented>|the <product>|good luck) (into|to|in) <tongue>(|?).
  (What|Which) (should|can|could) I (cook|eat|wear|read|watch|play|buy|do|learn|visit|study) (today|tonight|this weekend|in <city>|for <name>|about <subject>)?
  (Give|Suggest|Recommend|List) (me |us |)(some|five|ten|three|a few|good) (ideas|tips|books|films|recipes|songs|names|places|games|exercises|facts|gifts) (for|about|on|against) <subject>.
  (Plan|Organize|Prepare|Design) (a|my|our) (trip|holiday|wedding|party|diet|workout|garden|house|logo|website|lesson) (in|to|for|about) (<city>|<name>|<subject>|<country>).
  (What|How) (do you think|is your opinion|do you feel) (of|about) <subject>?
  (Is|Are) <subject> (good|bad|dangerous|healthy|expensive|real|possible|art|worth it)(| for me| for <name>)?
  (Who|What) (will|would) (win|happen|rule|be) (the election|the world cup|in the future|next year|in <country>|with <subject>)?
  (Solve|Integrate|Differentiate|Prove|Simplify) (the equation|x squared|this theorem|the integral of x|the square root of two|<invented>)(| please| step by step).
  (What|How much) is (<big> times <big>|<big> divided by <big>|the square root of <big>|<big> percent of <big>|the factorial of <big>)?
  (My|Her|His) (dog|cat|child|back|head|car|tooth|knee|husband|garden) (hurts|is sick|is sad|does not start|looks strange), what (can|should) I do?
  (Should|Can|Could|May) (I|we) (invest in|marry|trust|eat|sell|quit|learn|believe in) <subject>?
  (Continue|Finish|Complete) (the|this|my) (story|sentence|poem|list|song): <words>.
  (Compare|What is the difference between) <subject> (and|with) <other>(|?).
  (Pretend|Imagine|Act as if|Roleplay that) you are (a|an|the) (pirate|doctor|lawyer|king|teacher|poet|cat|wizard|president).
  (How|Where) (do|can|could) I (learn|buy|find|make|build|repair|grow|get rid of) <subject>(| in <city>| cheaply)?
  (What|How) (far|long|high|deep|old|heavy|fast|old) is (it to |)(<city>|the moon|the sea|<country>|a whale|the eiffel tower)?
  (Tell me|What do you know) (about|everything about|something about) (<subject>|<person>|<country>|<city>|<invented>)(|?).
  (Draw|Paint|Generate|Show me) (a picture|an image|a diagram|a photo) of (<subject>|<city>|a <product>).
  (Correct|Check) (the grammar|the spelling|the commas) (in|of) (this text|my essay|the sentence): <words>.
  (Play|Sing|Read|Open|Start|Stop|Turn on|Call) (some music|a song|the news|the radio|the lights|my mother|a game|<invented>)(| please| for me| now).
  (What|Which) (is the news|happened|is on TV|day is it|date is it) (today|now|in <city>|in the world|at the moment)?
  (Give|Write|Draft) (me |)(a|an|the) (contract|plan|agenda|advert|slogan|cover letter|biography|recipe|menu|review) (for|of|about) (<subject>|a <product>|<name>|<invented>).
  <gibberish>
  <gibberish>
  <words>
  <words>?
  (Why|How come) (is|are|do|does) (the sky|grass|people|water|<subject>|cats|the earth) (blue|green|so angry|round|fall|<invented>|sleep)?
  (I|We) (think|believe|feel|know|dream|hope|guess) (that |)(<subject>|<words>) (is|are|was) (<invented>|great|strange|over|important).
  (Do you|Can you|Will you) (like|know|understand|speak|love|remember|want|play) (<subject>|<tongue>|<invented>|<language>|me)?
  (I am|I feel|She is|He is) (sad|bored|lonely|happy|in love|hungry|afraid|lost)(|.| today.| because of <subject>.)
`;

/** Nothing that this model was trained for, in any words at all. */
export function unknownRequest(draw: Draw): string {
  const anyWords = (count: number): string =>
    Array.from({ length: count }, () => (draw.chance(0.1) ? inventedWord(draw) : draw.value(ENGLISH_WORDS))).join(" ");
  return draw.phrase(REQUESTS, {
    subject: () => (draw.chance(0.25) ? anyWords(draw.int(1, 3)) : draw.value(SUBJECTS)),
    other: () => draw.value(SUBJECTS),
    country: () => draw.value(COUNTRIES),
    city: () => draw.value(CITIES),
    language: () => draw.value(LANGUAGES),
    tongue: () => draw.value(TONGUES),
    product: () => draw.value(PRODUCTS),
    topic: () => draw.value(TOPICS),
    person: () => person(draw),
    name: () => (draw.chance(0.8) ? firstName(draw) : city(draw)),
    invented: () => inventedWord(draw),
    big: () => String(draw.int(3, 9999)),
    words: () => capitalize(anyWords(draw.int(3, 12))),
    gibberish: () => Array.from({ length: draw.int(1, 5) }, () => inventedWord(draw)).join(" "),
  });
}

/** A request that the model was not trained for, and the honest answer. */
export function unknownExample(draw: Draw): Example {
  const request = roughen(draw, unknownRequest(draw));
  return { task: "unknown", turns: [...say(draw, request), { role: "assistant", text: NOT_TRAINED }] };
}
