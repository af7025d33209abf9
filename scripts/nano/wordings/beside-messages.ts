import { lines } from "../language/phrase.ts";

/** Sentences that stand beside what a message wants and say nothing about it. */
export const BESIDE = lines`
  My name is <person>.
  (I am|I'm) <person>(| from <city>| from the <department> team|).
  (I work|We sit|I am|We are) in (the <department> team|<city>|<department>).
  (I have been|We have been) (a customer|with you|here) for <number> years.
  (Sorry for|Please excuse) (my English|the late mail|the trouble|writing again).
  (I tried to|I wanted to) call (you|on <weekday>)(| but nobody was there|).
  (I hope|Hope) (you had a nice weekend|you are well|this is the right address|you can help).
  (I asked|We asked) <name> (and|, but) (she|he) (did not know|sent me to you|told me to write to you).
  (This|It) is <name> (from|of) (<company>|<department>|<city>).
  (I could not|I didn't) find (it|anything|an answer) (on your website|in the handbook|in the FAQ).
  (We spoke|We talked) (on the phone|on <weekday>|last week).
  (My customer number|My number|My ID|Staff number) is <code>.
  (I am|We are) (on the train|in a meeting|in the home office|travelling) (right now|today|this week).
  (You can|Please) (call|reach|mail) me (at any time|in the afternoon|until <time>|on <weekday>).
  (I hope|Hope|I trust) (I am right here|this reaches the right person|this is the right place|I reached the right team|this mail arrives).
  (I|We) (found|got|have) (your address|this address|your name) (on the website|from <name>|from a colleague|in the handbook).
  (I hope|Hope) (the week started well|the sun shines|you had a good weekend|your weekend was nice|it was a nice trip).
  (Is|Was) this the right (address|place|desk|number)?
  (Nice|Good) (weather|weekend|week) (today|so far|again|was it).
  (I|We) (wrote|mailed|called) (already|before|last week|on <weekday>).
  (I am|I'm|We are) (new|new here|not sure this is the right address|in <city> this week).
  (Thank you|Thanks) for (your time|reading this|the last mail|the quick answer).
  (My|Our) (phone|number|extension) is <code>.
  (Greetings|Best wishes|Regards) from (<city>|<name>|the <department> team).
`;
