import { lines } from "../language/phrase.ts";

/** More ways to ask for the intent. */
export const INTENT_INSTRUCTIONS = lines`
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

/** More ways to ask for one of the labels given. */
export const CHOICE_INSTRUCTIONS = lines`
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

/** More ways to ask for the team. */
export const TEAM_INSTRUCTIONS = lines`
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
