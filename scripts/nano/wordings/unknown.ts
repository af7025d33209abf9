import { lines } from "../language/phrase.ts";

/** Requests that nothing was learnt for. */
export const REQUESTS = lines`
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
  (Who|What|When|Where|Why|How) (is|are|was|were|did|does|do|can|could|will|should) (the |a |my |our |your |)<word> (<word>|<word> <word>|<word> the <word>|so <word>)?
  (Can|Could|Would|Will|Do|Does|Did|Is|Are|Should|May|Might) (you|I|we|he|she|they|it|people|the <word>) <word> (<word>|the <word>|a <word>|me <word>|<word> and <word>|)?
  (Please |)<verb> (a|the|my|some|this|me a|us the) <word>(| about <subject>| for <name>| of <subject>| in <city>| with <word> and <word>)(|.|!)
  (Write|Compose|Draft|Create|Make) (an email|a mail|a text message|a tweet|a blog post|an article|a headline|a title|a product description|a job advert|a toast|a wedding speech|a thank-you note|an apology|a complaint letter|a love letter|a resume|a business plan) (to|for|about|on) (<subject>|<name>|my boss|my landlord|a customer|a <product>).
  (Write|Answer|Draft) (a reply|an answer|a response) to (this mail|my boss|<name>|the customer|a bad review)(|: <words>).
  (What|Which|Who) (is|was) the (first|last|best|worst|biggest|smallest|fastest|oldest|tallest|longest|richest|most famous|most expensive) (<word>|<product>|president|city|animal|country|mountain|river|film|building|book|singer|person)( in <country>| in the world| of all time| ever|)?
  (How many|How much) (<word>s|people|stars|countries|bones|calories|legs|litres|planets|continents|languages|teeth|moons) (are there|live|are in|does it take|do we have|has|fit)( in <country>| in <city>| in <subject>| on earth| in a <product>|)?
  (How|What) (tall|big|old|far|heavy|deep|fast|rich|hot|long|high) (is|are|was) (<country>|<person>|<city>|<subject>|mount everest|the universe|a giraffe|the sun|light|the amazon)?
  (What|Who) (do you think|do you know|do you say|would you say|can you tell me) about <subject>?
  (Recommend|Suggest|Name|List|Give me|Tell me|Find me|I need) (a|some|three|five|ten|the best) (restaurants|hotels|books|films|songs|games|names for a <word>|gifts for <name>|podcasts|apps|recipes|places to visit|exercises|quotes|jokes|facts)(| in <city>| about <subject>| for <name>| with <subject>)(|.|?).
  (I want|I'd like|I would like|I need|Help me) to (learn|cook|bake|build|write|draw|plan|buy|sell|understand|paint|become|invent|play|fix|study|lose weight|save money|find a job|sleep better|grow) (<subject>|a <product>|a <word>|more|well|better|)(|.|. How?|. Any ideas?|, can you help?).
  (Give me|Tell me|What is|Do you know|Share) (a|your|the|some) (advice|tip|recipe|secret|opinion|trick|quote|proverb|fun fact|favourite <word>|history) (on|for|about|of|against) <subject>(|.|?).
  (What|Which) (colour|animal|food|book|song|film|sport|season|number|country|word) (do you like|is your favourite|is best|should I choose|starts with|rhymes with <word>)(|?).
  (What|Who) (happens|happened|would happen|lives|lived) (if|when|in) (I <word> <subject>|<subject> <word>|<country>|the <word> <word>|<city> in 1900)?
  (Define|Explain|Describe|Discuss|Analyze|Criticize|Review|Outline|Illustrate|Argue for|Debate) (<subject>|the word <word>|the term <invented>|the history of <subject>|<person>'s work)(| in one sentence| like I'm five| for beginners| in detail| with examples|).
  (What|Define what) (does|is) (<word>|<invented>|<subject>|"<word>") (mean|stand for|made of|used for|called in <tongue>)(|?).
  (Is|Are|Was|Were) (<subject>|<person>|<country>|<city>|a <word>|the <word>) (a|the|an|really|still|more|better|older|bigger|in|from|made of) (<word>|<country>|<subject>|<word> <word>)?
  (Who|What) (invented|discovered|painted|wrote|composed|founded|directed|killed|married|built|designed) (<subject>|<invented>|the <word>|the <product>|<city>|this song)?
  (In|On|At|With|For|After|Before) (<city>|<country>|1492|2050|the morning|school|<subject>|my holiday)(,| ) (what|who|where|how|why) (can|could|did|should|is|was) (I|we|people|they|the <word>) (<word>|do|see|eat|live|say|make)?
  (What|How much|Calculate|Compute|Solve|What's) (is |)(<big> (times|x|*|divided by|/|multiplied by|to the power of|modulo) <big>|the (square root|cube|square|logarithm|factorial|sine|half|double) of <big>|<big> percent of <big>|<big>00 plus <big>00|<big>000 minus <big>).
  (Solve|Simplify|Factor|Integrate|Plot) (2x + 3 = <big>|x^2 - 4|the equation|3y = <big>|sin x|x + 1 times x - 1)(| for x| please| step by step).
  (Convert|How many|Change) (<big> (kilometres|miles|pounds|litres|degrees|inches|ounces|bytes|hours)) (to|into|are|in) (metres|miles|kilos|gallons|fahrenheit|centimetres|grams|megabytes|minutes)(|?).
  (What|Which|What's the) (day|time|date|year|week) (is it|was it|will it be) (now|today|tomorrow|on my birthday|in <country>|next year)(|?).
  (Where|How|When|Why) (can|do|does|did|should|will|would) (I|we|people|birds|cats|<name>|the <word>|<country>) (find|get|go|live|buy|<word>|come from|win|lose|sleep|fly|work|end|begin|celebrate) (<subject>|<word>|a <product>|in <city>|)?
  (Count|Reverse|Sort|Spell|Rhyme|Pronounce|Alphabetize|Anagram|Translate|Encode|Decode|Hyphenate) (the letters in |the word |the words |from one to |backwards |)(<word>|<word> <word>|<invented>|<big>|these: <words>)(|.|?).
  (Write|Show|Give me|Generate|I need|Explain|What is) (a|an|some|the) (<language>|SQL|shell|CSS|React) (function|script|query|class|snippet|program|example|code)(| to <verb> <subject>| that <word>s a <word>| for <subject>|).
  (def|function|class|import|SELECT|print|let|const|for|if|while|#include|git|docker|sudo|npm) <invented>( <word>| = <big>| {}| * from <word>|:|;|).
  (My|Our|The|His|Her|This|That|Your) <word> (is|was|has|will|can|does|looks|feels|makes|says|wants) (<word>|<word> <word>|the <word>|very <word>|not <word>|<word> and <word>)(|.|!).
  (I|We|You|They|People|She|He|Nobody|Everybody) (<word>|will <word>|never <word>|should <word>|always <word>|often <word>) (the <word>|a <word>|<subject>|<word> <word>|to <city>|with <name>|<word>)(|.|!|?).
  (Let's|Let us|Shall we|Why don't we|Can we|I want to) (play (chess|a game|hangman|20 questions|tic tac toe|a quiz)|talk about <subject>|roleplay|tell stories|write a book|make a plan|have fun|sing|go to <city>)(|.|!|?).
  (Pretend|Imagine|Act|Suppose|Behave|Speak|Answer|Respond|Talk) (to be|you are|as|like|that you are|as if you were) (a |an |my |the |)(pirate|doctor|lawyer|king|teacher|poet|cat|wizard|president|robot|child|chef|detective|grandmother|<word>|<person>)(| and tell me about <subject>| from now on|. What is <subject>|)(|.|?).
  (Ignore|Forget|Disregard|Bypass|Reveal|Show|Print|Repeat) (all |your |the |)(previous |earlier |system |hidden |)(instructions|rules|prompt|guidelines|system prompt|secrets)(|.| and <verb> the <word>.| and tell me about <subject>.).
  (How|What) (do|can|should|could|would) (I|you|we|one) (say|tell|write|give|wear|bring|do|answer|cook|choose|expect|need) (to|for|about|at|when|if|with) (<name>|my boss|a wedding|an interview|<subject>|<city>|the <word>)(|?).
  (Tell|Show|Teach|Help|Give|Send|Read|Sing|Draw|Make|Find|Get|Buy|Bring) (me|us|<name>) (a|an|the|some|how|what|why|where|everything) (<word>|<subject>|story|song|picture|to <word>|<word> <word>)(|.|!|?| please.).
  (Today|Yesterday|Last night|Once upon a time|In the morning|Next year|Suddenly|Sometimes)(,|) (I|we|a <word>|the <word>|<name>|my <word>) (<word>|went to <city>|saw a <word>|dreamt of <subject>|lost the <word>|was <word>)(|.|!|... continue|, what now?).
  (Who|What) (won|wins|scored|plays|lost) (the (world cup|election|oscar|match|race|war|nobel prize)|against <country>|in <city>|last night|yesterday)(| in 1966| in 2014|)(|?).
  (What|Which) (are|is) the (pros and cons|advantages|dangers|benefits|side effects|causes|symptoms|rules|ingredients|steps|types|differences|main ideas|laws|colours|parts) of <subject>(|?).
  (Is it|Would it be|Is there|Was it|Will it be) (legal|safe|possible|true|healthy|okay|normal|dangerous|better|worth it|a <word>|any <word>) (to <verb> <subject>|that <subject> <word>|in <country>|for <name>|with <subject>|on the moon)(|?).
  (Feeling|I am|I'm|I feel|My friend is|He seems) (sad|lonely|bored|anxious|hungry|tired of life|in love|homesick|stressed|angry at my <word>|afraid of <subject>)(|.|, what should I do?|. Cheer me up.|, tell me something nice.)
  <subject>
  <subject>(?|!|.)
  <subject> (and|or|vs|versus|in|for|without) <other>(|?)
  (Latest|Breaking|Today's|Best|Cheap|New|Old|Free) (news|prices|flights|hotels|jobs|films|music|<word>|<product>)( in <city>| about <subject>| for <word>|)(|?|.)
  <gibberish>
  <gibberish>
  <words>
  <words>?
  (Why|How come) (is|are|do|does) (the sky|grass|people|water|<subject>|cats|the earth) (blue|green|so angry|round|fall|<invented>|sleep)?
  (I|We) (think|believe|feel|know|dream|hope|guess) (that |)(<subject>|<words>) (is|are|was) (<invented>|great|strange|over|important).
  (Do you|Can you|Will you) (like|know|understand|speak|love|remember|want|play) (<subject>|<tongue>|<invented>|<language>)?
  (I am|I feel|She is|He is) (sad|bored|lonely|happy|in love|hungry|afraid|lost)(|.| today.| because of <subject>.)
  (Act|Behave|Talk|Speak|Respond) (like|as|as if you were) (a|the|my) (chef|detective|grandmother|pirate|cat|teacher|poet|doctor|king)(|.| for a day.| and tell me a story.)
  (Suppose|Imagine|Pretend|Let us say) (you are|I am|we are|he is) (a chef|a detective|a poet|the king|a dog|the president|on the moon|rich)(|.|: what now?)
  (Which|What) (week|year|day|month|season|century) (is it|do we have|is this|was it) (now|today|tomorrow|next|right now|then)(|?).
  (What is|What's) (the|today's) (date|day|year|week)(| today| now| tomorrow|)(|?).
  (I|My friend|My sister|He|She) (feel|feels|am|is|seems|seem) (anxious|stressed|homesick|tired|angry|afraid|sad|lonely|unhappy in love)(|.|, what can I do?|, cheer me up.)
  (Cheer|Calm|Comfort|Wake) me (up|down|a bit)(|.|, please.|, I feel sad.)
  (Argue|Debate|Discuss|Outline|Illustrate|Analyze|Criticize) (for |against |about |)(<subject>|the history of <subject>|the term <word>)(|.| in one sentence.| for beginners.| with examples.)
  (Define|Describe|Outline|Explain) (the term|the word|the idea of) (<word>|<subject>)(|.| for beginners.| in five words.| in detail.)
  (How many|How much) (countries|bones|calories|legs|planets|continents|languages|moons|stars|teeth|people) (are there|has it|does a <word> have|are in <subject>|live in <country>|fit in a <product>)(|?).
  (How many|What number of) (bones|calories|legs|continents|moons|litres) (does|do|has) (a <word>|<subject>|the earth|a cat) (have|need|take|hold)?
  (Compare|Contrast|What is the difference between|Tell me the difference between) <subject> (and|with|to) <other>(|?|.).
  (What happened|Who was born|What was on TV|Who won|What was in the news) (today|yesterday|on this day|last week|in <city>|in 1989)(|?).
  (Any|The latest|Today's|This week's) (news|headlines|gossip|scores|results) (from|about|on) (<country>|<city>|<subject>)(|?|.).
  (What|How) (do you|would you|does one) (think|feel|believe|say) about (<subject>|<country>|the <word>)(|?).
  (Your|Give me your|Tell me your|What is your) (opinion|view|favourite|feeling) (on|about|of) (<subject>|the <word>|<country>)(|?|.).
  (Who|Which person|Which man|Which woman) (invented|discovered|wrote|painted|directed|founded|composed|built|married) (<subject>|the <product>|the first <product>|<invented>)(|?).
  (Recommend|Suggest|Find|Name) (me |)(a good|a cheap|a nice|the best) (<product>|book|film|restaurant|hotel|game|song)(| about <subject>| in <city>| for <name>)(|.|?).
  (Plan|Organize|Design|Sketch) (a|my|our) (trip to <city>|party|wedding|garden|workout|diet|week|logo|house)(|.| for <name>.| please.)
  (Can|Could|Would) you (sing|draw|dance|cook|paint|play|whistle|rhyme|read aloud|visualize) (something|a song|a <word>|for me|<subject>)(|?).
  (Read|Sing|Speak|Say) (something|a poem|a story|the news|it) aloud(|.| please.)
  (Visualize|Draw|Paint|Sketch|Picture) (<subject>|a <word>|the <product>|my idea|the data)(|.| please.)
  (Is|Was|Will|Could) <subject> (be |)(real|true|dangerous|healthy|better than <other>|dead|famous|important)(|?).
  (Should|Can|May) I (buy|sell|eat|marry|visit|learn|drink|wear|believe in) (<subject>|a <word>|<name>|<country>|this)(|?).
  (Translate|Say|Write|Spell) (<word>|<words>|good morning|I love you|my name) (in|into) <tongue>(|.|?| please.)
  (Write|Draft|Create|Compose) (a|an|my) (cover letter|CV|resignation letter|birthday card|invitation|toast|blog post|advert) (for <name>|about <subject>|to my boss|for a <product>)(|.|, please.)
  (Prove|Show|Derive|Demonstrate) (that|why) (<subject> <word>|the root of two is irrational|there are endless primes|<big> is odd)(|.).
  (Roll|Throw|Flip|Pick|Choose|Guess) (a dice|a coin|a card|a number|a colour|my age|my name|for me)(|.|!| from one to ten.)
  (What|Which) (film|song|book|wine|car|sport|game|gift) (should I|can I|would you) (watch|hear|read|drink|buy|play|give|choose)(|?| tonight?| for <name>?)
  (Tell|Write) (me |)(the rest|the end|the next part|chapter two) of (the story|<subject>|my novel|the tale)(|.| please.)
  (Book|Order|Reserve|Get) (me |)(a flight|a pizza|a taxi|a table|tickets) (to <city>|for tonight|for <name>|online|for two)(|.|, please.)
`;

/** What may be asked about a text that nothing was learnt for. */
export const INSTRUCTIONS = lines`
  (Translate|Put|Turn) (this|it|the text|the following) (to|into) <tongue>.
  (Write|Draft|Compose) (a reply|an answer|a response|a polite refusal) (to this|to this message|to the customer|to this mail).
  (Explain|Interpret|Comment on) (this|the text|this sentence|this message)(| to me| in detail| to a child).
  (Count|How many are) the (words|letters|vowels|sentences|characters) (in this|of this text|here).
  (Reverse|Scramble|Shuffle|Encode|Encrypt) (this|the text|the letters|the words).
  (Find|Correct|Fix|Mark) (the typos|the spelling|the grammar|the mistakes|the errors) (in this|in the text|here|of this sentence).
  (What|Which) language is (this|the text|it written in).
  (Make|Rewrite) (it|this|the text) (longer|funnier|more exciting|as a poem|as a story|as a song|in the style of Shakespeare|as a tweet|more formal|in the past tense).
  (Who|What kind of person) wrote (this|the text|this message).
  (Continue|Finish|Complete|Expand) (this|the text|the story|the thought).
  (Give|Find|Suggest|Write) (a title|a headline|three keywords|hashtags|a question|a rhyme|synonyms) (for this|for the text|to this|to the text).
  (What|How) (would you|should I|can I|do you) (answer|reply|say|think|do) (to this|about this|here).
  (Is|Was) (this|the text|it) (true|funny|written by a machine|a joke|a lie|a poem|correct English|spam).
  (Paraphrase|Rhyme|Improve|Shorten to one word|Expand|Format as a table|Convert to Markdown|Make a list of) (this|the text|it).
  (Draw|Sing|Read aloud|Visualize|Act out) (this|the text|it).
  (Compare|Match) this (with|to) <subject>.
  (What|Which) (is the main verb|is the subject|noun comes first|tense is this|is the third word)(| in this sentence).
  (Turn|Convert|Transform) (this|it) into (HTML|XML|CSV|YAML|a haiku|a recipe|a dialogue|emojis|Morse code|bullet points).
  (What is|Tell me) (the author's name|the moral|the irony|the metaphor|the best answer|the next sentence)(| of this| here).
  (Guess|Estimate) (the age|the nationality|the height|the gender) of the (writer|author).
  (Invent|Add|Make up) (a second sentence|a funny ending|a villain|an example|a reason) (for this|to this|here).
  (Replace|Remove|Underline|Highlight) (all adjectives|every second word|the nouns|the vowels|the numbers)(| in this| here).
  (Which|What) (language|tongue) (is|was) (it|this|that|the text|the mail) (in|written in|from)(|, please).
  (In|In what|In which) (language|tongue) (is|was) (it|this|the text|the message) (written|meant).
  (Is|Was) (this|the text|it) (in |written in |)(German|French|English|Spanish|Latin) (or|and not) (Dutch|Italian|Polish|Greek).
  (Read|Say|Speak|Sing) (it|this|the text|the message) (aloud|out loud|with feeling|to music).
  (Draw|Paint|Sketch|Visualize|Picture|Illustrate) (it|this|the scene|the text)(|, please| for me).
  (Act|Play|Dance|Mime) (it|this|the scene) (out|for me|on stage).
  (Translate|Render|Say|Write) (it|this|that|the text) (in|into) <tongue>(|, please).
  (Write|Draft|Send) (him|her|them|the sender|the customer) (an answer|a reply|a letter back|a nice refusal).
  (Make|Turn) (it|this) (into |)(a poem|a song|a rap|a joke|a fairy tale|longer|funnier|rhyme).
  (Explain|Discuss|Analyze|Criticize) (the style|the grammar|the humour|the idea|the logic) (of this|in this|here).
  (Continue|Finish|Go on with|Extend) (the letter|the text|this|the story|where it stops).
  (How many|Count the) (words|letters|sentences|vowels|commas) (are in it|are in this|in the text|here|does it have).
  (Find|Correct|Mark|List) (all |the |every )(mistake|mistakes|errors|typos|commas)(| in it| in this| for me).
  (How old|How tall|How rich|Where) is the (writer|sender|author|person)(| who wrote this|, do you guess|).
  (Is it|Is this|Could this be) (a joke|a lie|true|spam|a poem|written by a machine|correct German)(|, what do you think).
  (Replace|Underline|Highlight|Mark) (the verbs|all nouns|every adjective|each second word|the vowels)(| in it| in this|).
  (Give|Suggest|Invent) (a better|a funnier|a shorter|another) (title|ending|word|name|headline)(| for it| for this|).
  (Convert|Turn|Format) (it|this|the text) (to|into|as) (HTML|XML|a table|Markdown|Morse code|CSV|emojis|bullet points).
`;
