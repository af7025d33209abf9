import { lines } from "../language/phrase.ts";

/** Ways to ask for the sentiment. */
export const INSTRUCTIONS = lines`
  (Classify|Rate|Judge|Determine|Label|Assess|Analyze|Analyse|Evaluate) the sentiment(| of this text| of this review| of the following message| of this sentence| here).
  (What is|What's|Tell me|Name|Give me|State) the sentiment (of this|of the following|in this|behind this) (text|review|message|comment|sentence|tweet|post).
  (Is|Decide if|Say whether|Tell me if|Decide whether) (this|the following) (review|text|message|comment|feedback) (is|sounds|:) positive, negative or neutral.
  Sentiment (analysis|classification|check|of this)(|: positive, negative or neutral|, one word| please).
  (How does|How did) the (writer|customer|author|person|guest|user|reviewer) feel(|: positive, negative or neutral| about it| here).
  (Answer|Reply|Respond) (only|) with positive, negative or neutral(|, nothing else| for this text| only).
  (Does this|Would you say this|Do you think this) (sound|is|sounds) positive, negative or neutral.
  (Positive, negative|Negative, positive) or neutral(| review| text|).
  (Assign|Choose|Pick) (a|one) (sentiment|label|sentiment label) from positive, negative, neutral.
  (Sentiment|Mood|Tone|Polarity) of (this|the) (text|review|feedback|message|comment).
  (Find out|Detect|Recognize|Identify) (the sentiment|whether the customer is happy): positive, negative or neutral.
  (Label|Tag|Mark|Sort) this (feedback|review|comment|post) as (positive, negative|negative, positive) or neutral.
  (What|Which) (mood|feeling|sentiment|tone|emotion) does this (text|review|message) (have|show|express|convey): positive, negative or neutral.
  (Read|Look at) this (review|text|comment) and (give|state|name|tell me) its sentiment.
  (You classify|Your job is to classify|You label|You rate) (reviews|texts|messages|comments) as positive, negative or neutral.
  (Customer|User|Guest) (review|feedback|comment|opinion), (positive|is it positive), negative or neutral.
  (What|Which) sentiment (is this|is it|does it have|do you see)(|, positive, negative or neutral).
  (Is|Was) the (customer|guest|writer|reviewer|tone|opinion|mood) positive, negative or neutral.
  (Give|Return|Output) (only |)the sentiment (label|word|)(|: positive, negative or neutral).
  (Is this|Is that|Would this be) (a |)(positive, negative|good, bad) or neutral (review|comment|opinion|remark).
  (I need|We need|I want) the sentiment(| of this review| of this|: positive, negative or neutral).
  (How would you|Can you) (rate|label|classify) (the mood|the sentiment|this review)(|: positive, negative or neutral).
  Sentiment
  (How positive or negative is this|Good or bad), (one word|in one word): positive, negative or neutral.
  (Does|Would|Could) (this|it|the text|the review) (sound|read|be|feel) positive, negative or neutral.
  (Would you|Do you|Can you) (say|think) (this|it|that) (is|sounds|reads) positive, negative or neutral.
  (Is|Was) (it|this|that|the text|the message) (positive, negative|negative, positive) or neutral.
  (Output|Return|Write|Give|Print) (the |)(sentiment|mood|polarity)(| label| of this| as one word|).
  (Sentiment|Mood|Tone)(|:| -| please:|) (positive, negative or neutral|positive / negative / neutral|one word).
  (Answer|Reply) (positive, negative or neutral|negative, neutral or positive)(|: how does it sound|: what is the sentiment|).
  (How (does|did) (he|she|the writer|the customer|the guest) (feel|sound)|In what mood (does|did) (he|she|the writer|the customer|the guest) write)(|: positive, negative or neutral|, one word).
  (Which|What) (sentiment|mood|tone|feeling) (do you see|is in this|is it|has this text)(|: positive, negative or neutral|, in one word).
  (Label|Mark|Tag|Rate|Judge|Classify) (it|this|the text|the comment)(|:| as) positive, negative or neutral.
  (What is|What's|Find|Detect|Give|Name|Tell me|Determine) the (mood|tone|polarity|feeling|sentiment)(| here| of it| of the text|).
  (Positive|Good), (negative|bad) or neutral(|, what is it| opinion| feedback|).
  (The|Your) (label|answer|sentiment) is (one of |)positive, negative(,| or) neutral.
  (You|Please) (label|rate|sort|judge) (texts|reviews|messages|comments|mails) (as|into) positive, negative or neutral.
  (Your|The) (job|task|work) (is|:) (the sentiment|the mood|sentiment)(:|,) positive, negative or neutral.
  (Does|Did) (the writer|this person|the guest|he|she|the customer) (sound|seem|feel) positive, negative or neutral.
  (How|In what mood) (does|did) (the text|the customer|the writer|it|this) (sound|read|feel|come across)(|: positive, negative or neutral|, one word).
  (What|In what|Which) mood (is|was) (the writer|the customer|the guest)(|: positive, negative or neutral).
  (Would you|Would one|Do you) (call it|say this is|call this) positive, negative or neutral.
  (One word|In one word|A single word)(:|,) (the mood|the sentiment|the tone|positive, negative or neutral).
  (Sentiment|Mood|Tone)(|, please|, one word|: label it)(:| -|,) positive, negative, neutral.
  (Decide|Tell me|Say)(:|,) (positive, negative|negative, positive|good, bad) or neutral(|, one word|).
  (Happy, unhappy or neither|Good, bad or neither)(:|,) (answer|reply|say|write) positive, negative or neutral.
  (Judge|Rate|Label|Determine|Name) (the mood|the feeling|the tone|the opinion) (of the writer|of the customer|in this|here)(|: positive, negative or neutral).
  (Read|See|Look at) (this|it|the text)(:|,| and) (what is the sentiment|how does it sound|positive, negative or neutral|say the sentiment).
`;
