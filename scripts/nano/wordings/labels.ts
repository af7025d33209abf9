import { lines } from "../language/phrase.ts";

/** Ways to ask for the intent. */
export const INTENT_INSTRUCTIONS = lines`
  (What is|What's|Tell me|Name|Give) the intent (of this|of the following|behind this|in this) (message|mail|request|text|ticket|email).
  (Classify|Determine|Detect|Recognize|Find|Identify) the intent(| of this message| of the customer| of the mail| here).
  (What|Which) intent does (this|the following) (message|mail|ticket|text|email) (have|show|express).
  Intent (classification|detection|label|recognition)(| for this message| please).
  (Classify|Label|Tag|Categorize) (this|the following) (message|mail|ticket|request|email) by (intent|topic).
  (Name|Give|Write|State|Return|Output) the intent (label |)(of|for) (this|the) (message|ticket|mail|text).
  (Intent|Intention) of (this|the|the following) (message|mail|ticket|request|text).
  (Your task is|You have) to name the intent of (each|the) (message|mail|text).
  (Why did|For what reason did) the (customer|colleague|sender) write(|, one label|: intent label).
  (Assign|Choose|Give) an intent (to|for) (this|the) (text|message|mail|ticket).
  (What|Which) is the (customer's|sender's|writer's|user's) (intent|intention)(| in this message|).
  (Label|Tag) (the|this message's|its) intent(| with one label| in one word|).
  (Intent|The intent)(| please| of this).
  (Detect|Extract|Read) the (user|customer|user's|customer's) intent(| from this message|).
  (You|You are to|Your job is to) (classify messages by intent|detect the intent|label intents of mails).
  (What|Which) intent (is this|is it|do you see|would you assign)(| here).
  (Which|What) intent label (fits|describes|belongs to) this (message|mail|text|ticket)(| best|).
  (Intent|Intention|Purpose)(| label)(| of this message| of the mail| of the following| here|)(| please|).
  (You|You should|You have to|Please) (label|name|detect|find|state) the intent(| of this message| of mails| of the text|).
  (What|Which) (intent|intention) (does the writer have|is behind this|lies behind it|is expressed here|is it).
  (What|Which) is the (intent|intention|purpose)(| here| of this| of the message| of the sender|), one label.
  (Recognize|Detect|Determine|Identify|State|Label) the (intent|intention)(| of it| of the writer| behind this| in one word|).
  (Return|Output|Give|Write|Print) (only |just |)the intent(| label|)(| of this| of the message|).
  (Which|What) intent label (is right|do you choose|applies|would you give)(| here| to this|).
  (Label|Tag|Classify|Sort) (it|this|the text|the mail) by (its |)intent.
  (Intent|Intents)(:| -|, one label:| please:) (what is it|which one|of this message|label it).
  (Read|Look at) (this|the message|the mail) and (name|give|state|tell me) (the|its) intent.
  (Why|For which reason) (does|did) (this person|the writer|the sender|somebody) (write|contact us)(| to us|): intent label.
  (Name|Say|Tell) (me |)(the|its) intent(| label| in one word| of this mail|).
`;

/** Ways to ask for one of the labels given. */
export const CHOICE_INSTRUCTIONS = lines`
  (Classify|Sort|Label|Put|Categorize) (this|the) (message|mail|ticket|request|text|email) (into|as) one of: <options>.
  (Which|What) (category|label|class|intent|topic) (fits|matches|describes) (this message|the mail|this ticket|best): <options>.
  (Choose|Pick|Select) (one|the right|the best|the matching) (label|category|intent)(| for this message|): <options>.
  (Categories|Labels|Intents|Options|Classes|Topics) (are|): <options>. (Which one fits|Classify the message|Pick one|Choose one|Which is it).
  (Is this|Is it|Is the message|Would this be|Is this message) (about|) <either>.
  (Answer|Reply|Respond) with (exactly|) one of these (labels|words|categories): <options>.
  (Assign|Give) one of the (labels|categories|classes|topics) <options>.
  (What kind|What type|What sort) of (message|request|ticket|mail) is this, <either>.
  (The allowed|Allowed|Possible|Available) (labels|answers|intents|categories) are <options>.
  (From|Out of) <options>, (which|what) (is|describes) the intent(| of this message).
  (Classify|Label|Tag) (it|this|the message) (as|with) <either>.
  (Does this|Would this) (belong to|fall under|go under) <either>.
  (Pick|Choose) (from|between|one of) <options>.
  (One of|Only one of) <options>(|, please| fits this message).
  (Label|Category|Topic|Class) (of this message|of the mail|) (out of|from|among) <options>.
  (Use|Choose) (only|one of) (these|the following) (labels|categories): <options>. (Classify|Label|Sort) the (message|mail|text|ticket).
  (Which of|Which one of) (these|the following) (is it|fits|applies): <options>.
  <options>: (which one is it|which fits|what is this message).
  (Which|What) (of these|one of these|of the following|label of these) (fits|applies|matches|is right|describes it): <options>.
  (Assign|Give|Attach) (one of |)(these|the) (topics|labels|tags|categories)(:|) <options>.
  (Tag|Label|Mark|Classify|Sort) (it|this|the text|the mail|the message) (as|with|into|under) <either>.
  (One|Exactly one|Only one) (label|category|tag|topic) (of|from|out of)(:|) <options>.
  (Options|Labels|Choices|Tags|Topics)(:| are:|) <options>(|. Choose one|. Which one| - pick one|. Classify).
  (Would you|Do you) (call|label|file) (this|it) <either>.
  (Is it|Is this|Is the text|Does it sound like) (a matter of|a case of|about|rather|more) <either>.
  (Choose|Pick|Select|Take) (exactly |)one(| label| option| category|)(:| of| from) <options>.
  (Where|Under which label) (does|would) (this|it) (belong|go|fit): <options>.
  (Answer|Reply) with one (label|word|category|option)(:| of| from) <options>.
  (The|Your) (labels|choices|categories) (are|to choose from are)(:|) <options>.
  (Classification|Categorization|Labelling)(:| into| with) <options>.
`;

/** Ways to ask for the team. */
export const TEAM_INSTRUCTIONS = lines`
  (Which|What) (team|department) (should|must|can|would) (handle|answer|get|take|receive|deal with) this(| message| mail| ticket): <either>.
  (Who|Which of these|Which of them) (should|can|must|will) (handle|answer|deal with|take care of|get) (it|this|this mail|this request): <either>.
  (Route|Send|Forward|Assign|Direct) (this|the) (message|mail|ticket|request) to (the right team|one of|a team|the right department): <options>.
  (Teams|Departments|Our teams|The teams are): <options>. (Which one|Who handles it|Where does it go|Route the message|Which team is right).
  (Choose|Pick|Name|Select) the (team|department|right team|responsible team) (for this message|for this ticket|): <options>.
  (Where|To whom) (should|do|must) (I|we) (send|forward|route|pass) this(| mail| ticket| on): <either>.
  (Is this|Is it) (for|a case for|something for|a matter for|a job for) <either>.
  (Responsible|Right|Best|Proper) (team|department) (of|out of|among|from) <options>.
  (You route|You assign|Route|You forward) (messages|mails|tickets) to (these teams|one of these teams|teams): <options>.
  (Decide|Say|Tell me) (which team|who|which department) (is responsible|takes this|gets the ticket|should answer): <either>.
  (Does this|Should this) (go to|belong to) <either>.
  (Which|What) (of these teams|of our teams|team of these) (is responsible|takes it|fits)(| for this|): <options>.
  (We have|There are) (these teams|the teams|the departments) <options>. (Who|Which) (is responsible|should answer|takes this|handles this message).
  (Who is|Which team is|Which department is) (responsible|in charge|the right one)(| for this| here|): <either>.
  (Route it|Routing|Route): <options>.
  (The ticket|This ticket|It) goes to (which team|whom|which department): <either>.
  (Assign|Give) (it|this|the ticket) to <either>.
  (Route|Routing|Forwarding|Assignment)(| of this| please|)(:|) (to |)<options>.
  (Is this|Is it|Would this be) (a job|a task|work|a case|something|a matter) for <either>.
  (Which|What) (team|department|group) (fits|is right|is it for|is the right one|takes it)(:|,) <either>.
  (Who|Which team) (takes|gets|handles|answers|does) (this|it|the ticket|the mail)(:|,) <either>.
  (Send|Pass|Route|Forward|Hand) (this|it|the mail|the ticket) (on |)to (one of|the right one of|which of)(:|) <options>.
  (For (which team|whom|which department) is this|To (which team|whom|which department) does this go)(:|,) <either>.
  (Teams|Departments|Groups|Addressees)(:| are:|) <options>(|. Route it|. Who takes this|. Which one is right| - choose one).
  (Choose|Pick|Name|Find) the team(:| from| out of| of) <options>.
  (Should|Does|Must) (this|it) go to <either>.
  (Responsible|In charge|Right team|Right department)(|:) <either>.
  (Assign|Allocate|Dispatch|Give) (this|it|the ticket|the message) to (a team|one team|a department)(:| of) <options>.
  (Your|The) (job|task) is routing(:|.|,) <options>.
`;
