import { lines } from "../language/phrase.ts";

/** Remarks that show no feeling, or both. */
export const NEUTRAL = lines`
  (The|My|Our) <thing> (arrived|was delivered|came) on <weekday>.
  (I bought|We bought|I ordered) (the|a|this) <thing> (on <weekday>|in <city>|last month|<number> weeks ago).
  (The|This) <thing> (weighs|costs|measures) <number> (kilos|euros|centimetres).
  (The|This) <thing> (is|comes) (in|with) (a box|black|blue|white|a manual|a cable).
  (I use|We use|My brother uses) the <thing> (at work|every <weekday>|at home|now and then).
  (The|This) <thing> is (okay|average|fine|so-so|neither good nor bad)(|, nothing special).
  (The shop|The store|The office) (opens|closes) at <hour> (on <weekday>|every day).
  (The|Our) (meeting|call|train|bus) (is|starts|leaves) (on <weekday>|at <hour>|in <city>).
  (It|The <thing>) has (two|three|four) (buttons|parts|colours|settings).
  (There are|We have) <number> (chairs|pages|rooms|people) (in the box|in the room|on the list|in the team).
  <name> (lives|works|stays) in <city>.
  <name> (has|owns|bought) (a|the) <thing>.
  (The|This) <thing> is (made|sold|produced) in <city>.
  (I have not|We have not|I did not) (tried|used|opened|unpacked) the <thing> yet.
  (The|This) (manual|report|list) has <number> pages.
  (It does|The <thing> does) what it says(|, no more and no less|, nothing more).
  (The package|The parcel|The box) (contained|contains) (a|one) <thing>(| and a manual).
  (I|We) (will|might) (test|try|unpack) the <thing> (on <weekday>|next week|tomorrow).
  (The|My) <thing> is (like|the same as|similar to) the (old|last|previous) one.
  (They|The shop) (sell|sells) the <thing> (in <city>|online|in two sizes).
  (The invoice|The delivery note|The warranty card) (was|is) (in|inside) the (box|parcel).
  (No opinion|I have no opinion|I have no view) (on|about) the <thing>(| yet).
  (What time|When) (do you|does the shop|does the museum|does it) (open|close|start)(| on <weekday>)?
  (Does|Is) (it|the <thing>) (come in blue|made of wood|have a lid|available in <city>|sold with a cable)?
  (I have|We have|She has) (a|one|two) <thing>(s|) (at home|in the car|in the kitchen|in <city>).
  (The|Our) (office|branch|store) (is|moved|will be) (in <city>|on the second floor|next to the station|at <number> Main Street).
  (On|Last|Next) <weekday>(,|) (we had|there is|we will have|I have) (a meeting|an appointment|a call|lunch) (about the <topic>|with <name>|in <city>).
  (I started|We started|<name> started) (using it|the course|the job|reading it) (in <month>|on <weekday>|<number> days ago).
  (The|This) (model|version|product) (number|code|name) is <number>.
  (It|The <thing>) (is|was) (<number> centimetres|<number> years old|<number> euros|the second one|the blue one).
  (He|She|<name>) (said|wrote|told me) (that |)(the <thing> is in <city>|it starts at <hour>|there are <number> seats).
  (Please|) (find|see) (the list|the report|the address|page <number>) (attached|below|in the file).
  (The|A) (train|bus|plane|ferry) (to|from) <city> (leaves|arrives|goes) at <hour>.
  (I am|We are) (in <city>|from <city>|at the station|at work) (today|until <weekday>|this week).
  (There is|There was) a <thing> (in the room|on the table|next to the door|at the corner).
  (It took|The trip took|The work took) <number> (minutes|hours|days)(|, as planned|, as announced).
  (The|My) <thing> (has|had) (a blue cover|four wheels|two doors|<number> pages|a white frame).
  (I chose|We took|I picked|They sent) the (small|large|blue|standard|second) (one|size|version).
  (Today|Yesterday|Tomorrow) (is|was) <weekday>.
  (We|They) (meet|met|will meet) (every <weekday>|at <hour>|in room <number>).
  (The|Our) <department> team (has|had) <number> people(| now).
  (The <thing>|It) (belongs to|was left by|is for) <name>.
  (Average|Normal|Ordinary|Standard|Usual) <thing>(|, nothing special|, as always|, neither good nor bad).
  (Some|Half of us) liked (it|the <thing>), (others|the other half) did not.
  (The <thing>|It) is (what I expected|as described|as expected|like any other|the usual).
  (I am|We are) (undecided|not sure yet|of two minds)(| about the <thing>).
  (The meeting|The call|The appointment|The event) (was moved|is|was) (to|on) <weekday>( at <hour>|)(|, room <number>).
  (The <thing>|It) will be (delivered|collected|ready|shown) (on <weekday>|in <month>|tomorrow).
  (When|At what time) (do you|does the shop|does it) (open|close|start|end)(| on <weekday>)?
  (Where|In which street|On which floor) (is|can I find) (the <thing>|the shop|the office)?
  (It|This|The <thing>) (was|is) (on <weekday>|in <city>|from <month>|number <number>|in the box)(.|)
  (The|A|My) <thing> (comes|came|arrives|is made|was bought) (in <month>|on <weekday>|from <city>|in <city>)(.|)
  (I|We|<name>) (bought|ordered|have|saw|use|measured) (a|the) <thing> (on <weekday>|in <city>|in <month>|at <hour>)(.|)
  (The|Our) (office|shop|meeting|course) (is open|opens|begins|is) (at <hour>|on <weekday>|from <hour>)(.|)
  (There are|We have|The box holds) <number> (pieces|pages|rooms|steps|chairs)(.|)
  (Does|Do|Is|Has) (the <thing>|it) (come with|need|have|use) (a cable|batteries|a manual|a lid)?
  (Please|) (send|forward|read|see) (the list|page <number>|the attached file|the note of <weekday>)(.|)
  (<name>|The <department> team) (is in <city>|meets on <weekday>|works on the <topic>|has the <thing>)(.|)
  (The <topic>|The meeting|The call) (is|was moved to|takes place) (on <weekday>|in <month>|at <hour>|in <city>)(.|)
  (How many|How much|Which) (<thing>s are there|is the <thing>|size is it|pages has it)?
  (As of|From|Until) <weekday>(,|) (we are in <city>|the <thing> is in room <number>|the office is closed)(.|)
  (The|This) <thing> (has|is) (number <number>|two parts|the standard size|version <number>)(.|)
  (Today is|Tomorrow is|It is) <weekday>(.|)
  (I|We) (have|had) (a question|an appointment|a note) (about the <thing>|on <weekday>|about the <topic>)(.|)
  (The|Our|This) (store|shop|office|museum|library|bank) (opens|closes|is open|is closed) (at <hour>|every day|on <weekday>|every <weekday>)(.|)
  (At what time|When|On what day) (does|do) (the museum|the shop|the store|the office|they|you) (open|close|start)(| on <weekday>)?
  (He|She|<name>|The man) (told us|told me|said|wrote|says) (that |)(it starts at <hour>|there are <number> seats|the <thing> is in <city>|it is <weekday>)(.|)
  (The|A|This) (report|book|manual|list|form) (holds|has|contains|shows) <number> (pages|pieces|steps|parts|names)(.|)
  (The|An|Our) (event|appointment|lunch|meeting|visit) (is|was|was moved) (on|to) <weekday>(.|)
  (Yesterday|Today|Tomorrow) (it is|it was|there is|there was) (<weekday>|a meeting|a call|a visit from <city>)(.|)
  (The|This) (room|hall|box|bag|table) (holds|has|seats) <number> (people|chairs|pieces|seats|books)(.|)
  (It|This|That) (was|is) (in <month>|in <city>|on <weekday>|at <hour>|for <name>|in room <number>)(.|)
  (We|They|I) (talked|spoke|wrote|met) (about the <topic>|on <weekday>|in <city>|with <name>)(.|)
  (The|My|Our) (address|number|code|room|floor|seat) is <number>(.|)
  (The|This) <thing> (stands|lies|is kept|hangs) (in the hall|in room <number>|on the table|in <city>)(.|)
  (Neither good nor bad|Not good and not bad|So-so|Average)(.|, just average.|, as usual.)
  (It|The <thing>) is neither (good nor bad|cheap nor expensive|big nor small)(.|)
  (Please|) (note|write down|take) (the number <number>|page <number>|the new date, <weekday>|room <number>)(.|)
  (The|Our) (course|class|shift|tour) (starts|begins|ends) (at <hour>|on <weekday>|in <month>)(.|)
  (Which|What) (day|room|floor|number|page) (is it|was it|is this|is that)?
  (From|Between) <hour> (to|and) <number>(,|) (the office|the shop|the desk|the line) is (closed|open|staffed)(.|)
  (A|One|The) (copy|list|file|note) (is|was) (attached|sent to <name>|in the folder|on the desk)(.|)
`;
