import { lines } from "../language/phrase.ts";

/** Ways to ask for fields as JSON. */
export const INSTRUCTIONS = lines`
  (Extract|Pull out|Get|Find|Read|Fetch|Identify) (the|) <fields> (as JSON|and answer as JSON|into a JSON object|in JSON|and return JSON|as a JSON object).
  (Extract|Return|Give me) (the fields|these fields|the following fields): <fields>. (Answer as JSON|Reply in JSON|JSON only|Use JSON).
  (Return|Give me|Write|Create|Make|Build) (a|one) JSON (object|) with (the fields|the keys|) <fields>.
  (JSON|As JSON|In JSON), (please|): <fields>.
  (Turn|Convert|Change|Transform) (this|the text|the message|it) into JSON with (the keys|the fields|) <fields>.
  (Extract|Find|Get) (the|) <fields>(| from this text| from the message| from this mail| here).
  (What are|Which are|Give) the <fields>(|, as JSON|, answer in JSON|? JSON please).
  (Fill|Complete) (this|the) JSON (schema|form) <schema>.
  (Use|Follow|Answer with) (this|the) (JSON |)schema: <schema>. (Extract the data|Extract|Answer with JSON only).
  (Extract|Read out|Get) (the|all) (data|information|details) (as JSON|) with (this|the) schema <schema>.
  (You extract|Your task is to extract|Extract) <fields> from (mails|messages|texts|the text) (as JSON|and return JSON).
  (Answer|Reply|Respond) (only|) (with|in) JSON(|,| and) (keys|fields): <fields>.
  (Data|Information) extraction: (fields|keys|) <fields>(|, JSON).
  (Which|What) <fields> (are|is) (mentioned|in the text)(|, JSON| as JSON).
  (Parse|Analyse) (this|the) (text|message|mail) (and return|to) JSON (with|:) <fields>.
  (I need|We need|I want) <fields> (from this|from the text|out of this message) (as JSON|in JSON).
  (JSON with|JSON:|As a JSON object:|A JSON object with) <fields>(| from this text|, please).
  (Put|Write|List) (the |)<fields> (of this text|from this message|mentioned here|) (as|into|in) JSON.
  (Output|Return|Print) (only |)JSON with <fields>.
  (Extract|Give|Return) JSON(,| with) keys <fields>(|, nothing else).
  (Answer in this form|Return this object|Reply like this|Format): <form>
  (Extract|Get|Return) <form>(| from the text| as JSON).
  (Schema|JSON schema)(:|) <schema>(|. Extract it| - fill it from the text).
  (Get|Give) me (the |)<fields>(| of this person| of the sender| of this order|)(|, as JSON| in JSON format).
  (Extract|Collect) (these|the following) (details|facts|items)(:|) <fields>(|. JSON|, in JSON).
  (What|Which) (is|are|was|were) the <fields>(| here| in this text| in the message|)(|, as JSON|, in JSON|? JSON please|? Answer as JSON|? Reply with JSON).
  (Which|What) <fields> (do you find|do you see|is named|are named|are given|is given|does it state)(|, as JSON|, in JSON| here).
  (JSON|As JSON|In JSON)(:|,) (what is|what are|which are|give|find) the <fields>.
  (Analyse|Analyze|Parse|Read|Scan|Examine) (this|the text|the message|the mail|it) and (return|give|write|output) (JSON with |as JSON |in JSON |)<fields>.
  (Return|Give|Output|Write) JSON(: | with | for |, keys: )<fields>(|, nothing else| only|).
  (Schema|JSON schema|This schema|Output schema|Schema for the answer)(:|) <schema>(|.| Fill it.| Extract.| - answer with JSON| Answer as JSON.).
  (Fill|Complete|Use|Apply|Satisfy|Follow) (this |the |)(schema|JSON schema|form)(:|) <schema>(|.| with the text| from the text|).
  (Answer|Reply|Respond|Return JSON) (by|in|with|according to|following) (this |the |)(schema|JSON schema)(:|) <schema>.
  (Extract|Get|Find|Return|Read|Give me|Take) (the |)<fields>(,| -|:|) (as JSON|in JSON|JSON only|as a JSON object|JSON please).
  (Extract|Get|Find|Pull|Collect|Gather) (the |)<fields> (from|out of) (this|it|the text|the message|the following).
  (Fields|Keys|Wanted|Needed|Columns)(:| are|) <fields>(|. JSON.|. Answer as JSON.|. Extract them.| - as JSON).
  (I|We) (need|want|would like|am looking for|are looking for) (the |)<fields>(|, as JSON| in JSON| from it as JSON|).
  (Form|Template|Pattern|Shape|Example)(:|) <form>(|. Fill it.|. Fill it from the text.| - same keys|).
  (Fill|Complete|Answer in|Reply in|Use) (this |the |)(form|template|pattern|shape|object)(:|) <form>.
  (Make|Build|Create|Write|Produce) JSON (of|from|out of) (it|this|the text) with (the keys |the fields |)<fields>.
  (Your|The) (output|answer|reply) (is|must be|should be) JSON with (the keys |)<fields>.
  (Only|Just) (the |)<fields>(,| in| as) JSON(|, please|).
  (Structured data|Structured output|Data|Details)(:|,) <fields>(|, as JSON| in JSON|).
`;

/** More sentences for the fields of which there are few; each field by its first name. */
export const CLAUSES: Readonly<Record<string, readonly string[]>> = {
  country: lines`
    (My|Our|Their|His) (country|home country|nation|homeland) is <value>.
    (A|My|Our|The) (trip|flight|journey|move|letter|parcel) (to|goes to|is for) <value>.
    (Country|Land|Nation|Nationality|Origin|Home)(:| is) <value>
    (She|He|The customer|My boss|Our guest) (lives|works|was born|studies|is) in <value>.
    (I am|We are|They are) (at home|born|registered|staying|based) in <value>.
    (Made|Produced|Built|Registered|Sold) in <value>.
    (Delivery|Shipping|Export) to <value>(| is possible|, please| was agreed).
    <value> (is the country|is our home|is where I come from|is where she lives).
    (Somebody|A man|A woman|A client) from <value> (called|wrote|asked|is here).
  `,
  age: lines`
    (I am|She is|He is|The patient is|My brother is) <value>.
    (A|The) <value> year old (man|woman|guest|child|driver|person)(| called| asked|).
    (Age|Years|Years of age|Her age|His age)(:| is|) <value>
    <value> years old(|, married|, no children| and retired| and happy).
    (My|Her|His|The applicant's) age is <value>.
    (Next month|Today|In May|Soon) (I|she|he) (am|is|will be|turns) <value>(| years old).
    (With|At) <value> years (I|she|he) (is too old|am ready|can vote|retired).
    (Already|Just|Only) <value> years old(|!|.)
  `,
  street: lines`
    (My|Our|The|Her) (new |)(street|address|home address|office address)(:| is| reads) <value>.
    (I|We|They) (live|work|stay|meet) at <value>.
    (Deliver|Send|Bring|Post|Mail) (it|this|the box|the letter) to <value>(|, please).
    (Street|Address|House|Home|Location)(:|) <value>
    <value> (is our address|is where I live|is the new address|is the house).
    (The|A) (house|flat|shop|parcel|office) (at|for|is at) <value>.
    (You|They) find (us|me|it|the shop) at <value>.
    (Come|Drive|Go|Walk) to <value>(|, please| at once|).
  `,
  color: lines`
    (The|My|Her|Our) (color|colour|paint|favorite color) (is|was|will be) <value>.
    (Painted|Printed|Wrapped|Only|All) in <value>.
    (I|We|She|They) (ordered|bought|want|like|chose|took) the <value> one(|.| again.)
    (Color|Colour|Paint|Shade)(:| is|) <value>
    (It|The wall|The bag|The cover|The door) (is|was|should be) <value>.
    <value> (is the color|would be nice|is my favorite|is what I want).
    (Please|) (paint|dye|order|make) it <value>.
    (One|The|A) (in |)<value>(|, please|).
  `,
  room: lines`
    (The|Our|A) (meeting|class|talk|party|exam) (is|was|happens|takes place) in room <value>.
    (It|This|The accident) (happened|was found|is|was seen|took place) in room <value>.
    (Room|Office|Room number|Hall)(:| is| no.|) <value>
    (Come|Go|Bring it|Walk) to (room|office) <value>(|, please|).
    (I|She|He|They) (sit|sits|work|works|wait) in (room|office) <value>.
    (Room|Office) <value> (is mine|is free|is locked|is too warm|was booked|has no light).
    (Book|Reserve|Clean|Lock|Heat) (room|office) <value>(|, please|).
    (My|Her|Our) (room|office) (is|number is|has number) <value>.
  `,
  people: lines`
    (A|The|Our) (group|party|table|team|class|family) (of|for|with) <value>(| people| persons| guests|).
    (We are|They are|There will be|It is for|I expect|We expect) <value>(| people| guests| persons| of us).
    (People|Guests|Persons|Number of guests|Participants|Visitors)(:|) <value>
    (Table|Room|Lunch|Dinner|Cake) for <value>(|, please| people| persons| guests).
    <value> (people|guests|persons|visitors) (come|came|are coming|have booked|are expected|were there).
    (Plan|Book|Cook|Count|Prepare) for <value>(| people| guests|, please).
    (The|Our) (number of guests|number of people|guest list) is <value>.
    (With|For|All) <value> (people|guests|persons|participants)(| in total| at the table|).
  `,
  job: lines`
    (I am|She is|He is|My wife is|My friend is) a <value>(| now| by training|).
    (She|He|I|The applicant) (would like|wants|hopes|want) to (become|be|work as) a <value>.
    (Job|Job title|Role|Title|Position|Work)(:|) <value>
    (We|They|I) (hired|need|found|want|lost) a <value>.
    (My|Her|His|The) (job|work|role|title|profession) is <value>.
    (Working|Employed|Hired|Trained) as a <value>.
    (As|Being) (a|the) <value>(,| ) I (know|see|travel|decide).
    (The|Our|A) <value> (is ill|called|is on holiday|will help|left).
  `,
  quantity: lines`
    <value> (times|of them|of these|pieces|units)(|,|.) (please|thanks|in total)(|.)
    (I|We|They) (need|want|ordered|take|got|have) <value>(| of these| of them| pieces| units|).
    (Quantity|Qty|Count|Number|Pieces|How many)(:|) <value>
    (Send|Bring|Pack|Give me|Order) <value>(| of them| pieces| units| of these)(|, please).
    (In all|Together|All in all|In total)(,|) <value> (pieces|units|items|of them).
    (There are|It was|It is|That is) <value> (pieces|units|items)(| in the box| in total|).
    (Only|Exactly|At least|About) <value> (pieces|units|items)(| are left| came| please|).
    (The|Our) (number|count|quantity)(:| is| was) <value>.
  `,
  subject: lines`
    (They|We|I|The boss) (planned|discussed|mentioned|presented|postponed) (the |)<value>.
    (The|Our|This) (talk|chat|meeting|note|letter|report) (is|was) (about|on) (the |)<value>.
    (Topic|Theme|Subject|Title|About|Point one)(:| is|) <value>
    (Let us|Let's|We must|We should|Shall we) (discuss|talk about|plan|speak about) (the |)<value>.
    (It|All|Everything) (is|was|turns) (about|around) (the |)<value>.
    (I|We) (have|had) (a question|news|an idea|a call) (about|on|regarding) (the |)<value>.
    <value> (was the topic|is our subject|is the title|was discussed).
    (Headline|Heading|Today's topic|Main point)(:|) <value>
  `,
};
