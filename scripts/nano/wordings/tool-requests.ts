import { lines } from "../language/phrase.ts";

/** More requests for the functions that are known by name, by that name. */
export const TOOL_REQUESTS: Readonly<Record<string, readonly string[]>> = {
  get_weather: lines`
    <city>(:|,) (is it (raining|snowing|sunny|windy|cold|warm)|is there frost|does it rain|will it snow)(|?| today?)
    (Is it|Is it still) (raining|snowing|sunny|cloudy|warm|cold|freezing|windy) (over |)in <city>(|?| today?| now?)
    (Will there be|Is there|Do we get) (rain|snow|sun|frost|fog|a storm) in <city>(|?| today?| tomorrow?)
    (Will|Does) it (rain|snow|freeze|clear up|get cold|get warm) in <city>(|?| today?| tomorrow?)
    (Check|Look up|Find out|See) (if|whether) (it rains|it is sunny|the sun shines|there is snow|it is cold) in <city>(|.| please.)
    (Rain|Snow|Sun|Frost|Fog|Wind) in <city>(|?| today?| now?)
    (Look up|Get|Show|Check|Read) (me |)(the weather|the forecast|the temperature) (for|of|in) <city>(| please|).
    (Does|Will) (the sun shine|a storm come|it stay dry|it get hot) in <city>(|?| today?)
  `,
  get_time: lines`
    (What|Which) (hour|time) (do they have|have they|does the clock show) in <city>(|?| now?)
    (Which|What) hour is it (now |right now |)in <city>?
    (Check|Find out|See|Look up) (the time|what time it is|how late it is|the clock) in <city>(|.| please.)
    (The|Current|Right) (time|hour) (of|for|in) <city>(|?| please.| right now.)
    (How late|What time) (is it|do they have|do we have) in <city>(|?| right now?)
    <city>(:|,) (the hour|how late is it|current time|what do the clocks say)(|?| please.)
  `,
  find_customer: lines`
    (Open|Pull up|Show|Load) the (account|file|record) (of|for) (our customer |customer |client |)<name>(|.| please.)
    (Load|Retrieve|Fetch|Pull|Bring up) (the |)(customer|client|account|record)(:| of| called) <name>(|.| please.)
    (Load|Open|Fetch|Pull up|Retrieve) <name>(,| as) (our |a |the |)(customer|client)(|.| please.)
    (Give|Get|Fetch|Bring) (me |us |)(all|everything|all data) (on|about|of) (customer |client |)<name>(|.)
    (Is|Do we have) (a client|a customer|somebody) (with the name|named|called) <name>(|?)
    (The|Our) (file|account|record|data) of <name>(|,| -) (please|open it|load it|show it)(|.)
    (Account|File|Record|Client|Customer)(:|) <name>(|.| please.)
    (Load|Find|Get) (the |)(one|customer|client) (with the name|whose name is|by the name of) <name>(|.)
  `,
  get_order_status: lines`
    (Did (you|we|they) (send|ship)|Have (you|we|they) (sent|shipped)) order <order>( yet| already|)(|?)
    (How far has (the parcel of|my) order <order> (got|gone)|Where is (the parcel of|my) order <order>)(| by now| now| at the moment)(|?)
    (Has (my|the|our) order <order> (left|gone out|arrived)|Did (my|the|our) order <order> (leave|ship|arrive)) (yet|already|by now)(|?)
    (Can|Could) you (track|trace|check|look for|look up) (the parcel of |the number of |)order <order>(|?| for me?)
    (What happens with|Any news about|Is there news on|Any sign of) order <order>(|?)
    (Where|How far) did (you|they) get with order <order>(|?)
  `,
  search_documents: lines`
    (Show|List|Bring|Give) (me |us |)(all|any|some) (records|files|notes|papers) (concerning|about|on|of) <query>(|.| please.)
    (From|In|Out of) (the archive|the files|our records|the documents)(,|:) (bring me|get me|find|show) <query>(|.| please.)
    (Any|All) (records|notes|files) (concerning|about|on) <query>(|?| please.)
    (Find|Search|Get) (me |)(a paper|a record|a note|the file) (concerning|about|on) <query>(|.| please.)
    (What|Which) (files|records|papers) (do we have|have we|are there) (concerning|on|about) <query>(|?)
    (Search|Check|Go through) (the records|all files|our papers) (concerning|about|for) <query>(|.| please.)
  `,
  send_email: lines`
    <to> (must|should|has to|needs to) (get|have|receive|read) (a message|a mail|a note|an email) (about|on|regarding) <subject>(|.)
    (Forward|Pass on|Report|Tell) <subject> (by mail|by email|in an email) to <to>(|.| please.)
    (Reach|Contact|Inform|Notify) <to> (by mail|by email|with a mail) (about|on|of|regarding) <subject>(|.| please.)
    (Get|Have) (a mail|an email|a message) (sent|written) to <to> (about|on|regarding) <subject>(|.)
    (Pass|Send|Forward) (a note|a message|word) (about|on|regarding) <subject> (on |)to <to>(|.| in an email.)
    (Message|Mail|Note|Email) (for|to) <to>(:|, subject:|,) <subject>(|.)
  `,
  create_ticket: lines`
    (Let us|Let's|We should) (track|record|log|file|put) <title> as a (ticket|case)(,| of| with) <priority> priority(|.)
    (Put|Enter|Add|Write) <title> (in|into) (the queue|the system|the helpdesk|the ticket list)(,| with| at) <priority> priority(|.)
    (I|We) have (trouble|an issue|a problem|difficulties) with <title>(:|,|.) (open|file|make) a ticket, <priority> priority(|.| please.)
    (Trouble|Problem|Issue) with <title>(:|,) (open|file|log|record) (it|a ticket|a case) with <priority> priority(|.)
    (Track|Record|Log|Note) (it|this) as a <priority> priority (ticket|case)(:|,) <title>(|.)
    (A|Another|One) ticket (in the queue|in the system|for the helpdesk)(:|,) <title>, <priority> priority(|.)
  `,
  set_reminder: lines`
    (We|I) (have to|must|should|need to) (deal with|think of|remember|look at) <text> at <time>(,|:|.) (please remind me|remind me|set an alert|alert me)(|.)
    (Schedule|Add|Note|Plan) (an alert|a reminder|an alarm) (of|for|about) <text> (at|for) <time>(|.| please.)
    (Do not|Don't|Never) (let me forget|let me miss|allow me to forget) <text> at <time>(|.| please.)
    (Think of|Remember) <text> at <time>(:|,) (tell me then|remind me|set an alarm)(|.)
    (When it is|Once it is|Exactly at) <time>(,|:) (remind me of|tell me about|alert me of) <text>(|.| please.)
    (Reminder|Alert|Note)(:|,) (think of|deal with|remember) <text> at <time>(|.)
  `,
  book_room: lines`
    (Arrange|Set up|Organize|Find|Get) (a room|a meeting room|us a room) (on|for) <date> at <time> for <people> (people|persons|guests)(|.| please.)
    (Can|Could|Would) you (find|set up|arrange|organize) (me |us |)a (meeting |)room for <people> (people|guests) on <date> at <time>(|?)
    (There will be|We are|We will be|We expect) <people> (people|guests|of us) on <date> at <time>(:|,) (find|arrange|set up|get) a room(|.)
    (A|Another) room for <people>(| people| guests| persons) on <date> at <time>(|.| please.)
  `,
  reset_password: lines`
    (Our colleague|The user|Somebody,) <user>(,| -|) (lost|forgot|does not know) (the|a) password(:|,) (reset it|send a new one|send a link)(|.)
    <user> (is locked out|cannot sign in|can't log in|can't sign in|lost the login)(:|,|.) (please reset|reset the password|send a reset link)(|.)
    (Renew|Replace|Change|Reset) (the login|the password|the old password) (of|for) <user>(|.| please.)
    (Send|Mail) (our colleague |)<user> a (new password|reset link|link for a new password)(|.| please.)
  `,
};

/** The same for the second kind of arguments that some functions take. */
export const OTHER_TOOL_REQUESTS: Readonly<Record<string, readonly string[]>> = {
  set_reminder: lines`
    (Do not|Don't|Never) (let me forget|allow me to forget|forget to tell me) to <text> at <time>(|.| please.)
    (At|When it is|Once it is) <time>(,|:) (tell me|alert me|remind me) (that I have |)to <text>(|.| please.)
    (I|We) (must|have to|should) (remember|not forget) to <text> at <time>(:|,|.) (remind me|alert me|set an alert)(|.)
    (Schedule|Add|Put in) (a reminder|an alert|a note)(:|,) <text> at <time>(|.)
    (Let me|Help me) (remember|not forget) to <text> at <time>(|.| please.)
    (See that|Make sure) (I remember|I do not forget|I don't forget) to <text> at <time>(|.| please.)
  `,
};
