import { lines } from "../language/phrase.ts";

/** Texts that state several fields in one go; each slot is a field. */
export const STORIES: readonly string[] = lines`
  <name> from <city> (ordered|bought|wants|returned|needs) (a|the|one) <product>(| for <amount> euros| on <date>|).
  <name> (ordered|bought|returned|needs) <quantity> (pieces|units|items) of the <product>(| on <date>| for <amount> euros|).
  (Hi|Hello), (I am|my name is|this is|I'm) <name> (from|at|with|of) <company>(, | and )(please call me at <phone>|you can reach me at <email>|I work in <department>).
  (Please |Can you |)(send|ship|deliver) <quantity> (units|pieces|items|boxes) (of the <product> |)to <name> in <city>(| by <date>|).
  <name> (works|is|is employed) (at|for) <company> in <city>(| as a <job>| in the <department> department|).
  <name>, <age>(| years old|), (lives|works|is at home) in <city>(| and works as a <job>|).
  (The|Our) meeting (about|on) <subject> (is|takes place|was moved to|will be) on <date> at <time>(| in room <room>| in <city>|).
  (On <date>|At <time>) <name> (called|wrote|visited us|came by) about (the <product>|order <order>|<subject>).
  Order <order> (from|of|by) <name> (for|over|worth) <amount> (euros|dollars|EUR) (was placed on <date>|goes to <city>|has not arrived|is paid).
  (I paid|We paid|<name> paid) <amount> (euros|dollars|EUR) for (the|a) <product>(| on <date>| in <city>|).
  (Invoice|Order|Ticket) <order>(,| from| of) <company>(,| over|:) <amount> (EUR|euros|USD)(|, due on <date>|, due <date>|).
  (Dear Sir or Madam, |Hello, |)my order <order> (of|from|placed on) <date> (has not arrived|is late|is incomplete)(|. Regards, <name>|. <name>).
  (Book|Reserve|I need|We need) a (table|room|hall) for <people> (people|persons|guests) on <date> at <time>(|, <name>|, name <name>|).
  (Contact|Reach|Write to|Call) <name> (at|under|via) <email>(| or <phone>|).
  <name> (can be reached|is available) (at|under) <phone>(| or at <email>|).
  (New employee|New colleague|We hired)(:|) <name>(,| as a) <job>(,| in) <department>(|, starts on <date>|, from <date>|).
  (The|A) <color> <product> (costs|is|for) <amount> (euros|dollars)(| at <company>| in <city>|).
  (We|I) (would like to order|need|want to buy|order) <quantity> (pieces|units) of the (<color> |)<product>(|. Please send them to <street>, <city>|, delivered to <city>).
  <name> (lives|has moved|moved|is now) (at|to) <street>(, <city>| in <city>|).
  (Please |)(deliver|send|ship) (order <order>|the <product>) to <street>(,| in) <city>(|, attention <name>|).
  (Flight|The flight|Train|The train|Bus) to <city> on <date> at <time>(| for <people> people|).
  <company>(, | from | in )<city>(,| has|) (wants|ordered|asks for|placed an order for) <quantity> (units|pieces|items)(| of the <product>|).
  (The|Our) customer <name> (from|in) <country> (paid|owes|transferred) <amount> (euros|dollars)(| on <date>|).
  (Appointment|Interview|Call|Lunch) with <name> (on|:) <date>(,| at) <time>(|, room <room>|).
  <name> (from|in|of) (the |)<department> (department |team |)(needs|asked for|wants|requested) (a|the) <product>(| by <date>|).
  (My name is|I am) <name>, (I am <age> years old|I live in <city>|I'm a <job>)(,| and) (I come from <country>|my email is <email>|my number is <phone>).
  (The|This) <product> (was bought|was sold|is sold|was ordered) (by <name>|in <city>|at <company>) (on <date>|for <amount> euros).
  (Thanks|Best regards|Cheers|Kind regards), <name>(, | | - )<company>(, | | - )<phone>
  <name> (<<email>>|(<email>|, <email>) (wrote|asked|complained) about (order <order>|the <product>|<subject>).
  (Quote|Offer) for <company>(:|,) <quantity> (units|pieces) (at|for) <amount> (euros|EUR)(|, valid until <date>|).
  (The|An) invoice of <amount> (euros|dollars) for <company> (is due|must be paid|was paid) on <date>.
  (Party|Dinner|A workshop|The tour) on <date> in <city> for <people> (people|guests|persons)(|, <amount> euros|).
  (I|We) (bought|ordered) <quantity> (pieces|items|of them) on <date> and paid <amount> (euros|dollars)(|, order <order>|).
  <name> (will arrive|arrives|lands|is coming) in <city> on <date>(| at <time>|).
  (From|Sender): <name>(,| /|;) (subject|topic|re): <subject>(|, <date>|; date: <date>).
  (Yesterday|Today|Last week) <name> (of|from) <company> called(| at <time>|) (and asked for|because of|about) (the <product>|<subject>|order <order>).
  (In <city>|At <company>|In <country>) we (met|hired|talked to|visited) <name>(|, a <job>|, who is <age>).
  (Send|Forward|Mail) the (invoice|documents|offer) to <email>(,| and mention) order <order>(|, attention <name>|).
  <company> (is looking|looks) for a <job> in <city>(|, salary <amount> euros|, start <date>|).
  (Room <room>|The room <room>) is (booked|reserved|needed) (for <people> people |)on <date> at <time>(| by <name>|).
  (Shipped|Delivered|Returned)(:|) <product>, <quantity> (pieces|units), (order <order>|to <city>|<date>).
  (Call|Ring) <name> (back |)(at|on|under) <phone>(| about <subject>| at <time>| before <time>|).
  (The|A) patient(,| is| is called|) <name>(,| is) <age>(| years old|)(, from|, lives in| and lives in) <city>.
  (I|We) (want|need|have) to (change|cancel|check) order <order>(,|.) (my name is|I am|the name is) <name>(|, email <email>| and my mail is <email>).
`.map((story) => story.replace("(<<email>>|(<email>|, <email>)", "(at <email>|, <email>,)"));
