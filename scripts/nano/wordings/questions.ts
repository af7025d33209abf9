import { lines } from "../language/phrase.ts";

/** Ways to ask whether a text is about a topic. */
export const ABOUT = lines`
  (Is|Was) (this|the) (message|mail|ticket|text|request|email) about <topic>(|. Answer yes or no|? Yes or no).
  (Does|Is) (this|the) (message|mail|customer|sender) (ask about|mention|concerned with) <topic>(|, yes or no).
  (Is|Is it) (this|) about <topic>(|: yes or no|, yes or no|? Answer with yes or no).
  (Yes or no|Answer yes or no|Reply with yes or no|Only yes or no|Answer only yes or no): (is this about|does it concern|is it about|is the message about) <topic>.
  (Tell me|Say|Decide) (with yes or no|yes or no) (if|whether) (this|the message|the mail) is about <topic>.
  (Check if|Check whether|Decide whether|Find out if) (this|the) (message|mail|ticket) (concerns|is about|deals with) <topic>(|, yes or no).
  (Would you say|Do you think) (this|the) (message|mail) is about <topic>.
  About <topic>(|, yes or no).
  (Is <topic>|Is here <topic>) (the topic|the subject|what it is about)(|, yes or no).
  (Does|Would) (this|the) (ticket|message|mail) (belong to|fall under|concern|have to do with) <topic>.
  (Is it|Is this) (a message|a mail|a ticket|a question|something) (about|on|concerning) <topic>(|, yes or no).
  (Is the topic|Is the subject|Is the issue) (here |)<topic>(|, yes or no).
  (Does it|Does this) (have to do with|relate to|concern) <topic>(|, yes or no|? Yes or no).
  (Did|Does) (someone|the person|the customer|the writer) write (here |)(about|because of) <topic>(|, yes or no).
  (Would you|Do you|Can you) (say|think|agree|confirm) (that |)(this|the) (message|mail|ticket|text) (is about|concerns|deals with) <topic>(|, yes or no|: yes or no).
  (Is|Was) <topic> (the topic|the subject|the issue|what this is about|meant)(| here|)(|, yes or no|? Yes or no).
  (Is|Was) (this|it|that) (really |)(about|on|concerning|a matter of|a case of) <topic>(|, yes or no|? Answer yes or no).
  (Answer|Reply|Respond) (with |)(only |)yes or no(:|.|,) (is it|is this|is the mail|is this message) about <topic>.
  (Yes|No) or (no|yes)(:|,) (about|does it concern|is this on|is the topic) <topic>.
  (Does|Do|Would) (it|this|the text|this message|this mail) (concern|deal with|refer to|treat|touch) <topic>(|, yes or no|? Yes or no).
  (Has (this|it)|Does (this|it) have) (something|anything) to do with <topic>(|, yes or no|).
  (Topic|Subject|Theme)(:| is|, is it) <topic>(|, yes or no|: yes or no|? Yes or no).
  (Check|Verify|Decide|Judge|Find out) (whether|if) (it|this|the mail) (is about|concerns|is on) <topic>(|, yes or no|: yes or no).
  (Did|Does) (he|she|they|the sender|the customer) (write|ask|talk|message us) (about|because of|regarding) <topic>(|, yes or no|).
  (Is|Are) (the customer|the writer|they|the sender) (asking|writing|talking) about <topic>(|, yes or no|? Yes or no).
  (The|This) (message|mail|ticket) is about <topic>(:|,) (yes or no|true or not: yes or no|right? Yes or no).
  (Can|Could|Would) (you|one) (confirm|agree|say|see|tell) (that|if|whether) (this|it|the mail|the message) (is about|concerns|deals with) <topic>(|, yes or no|: yes or no).
  (Please|) (confirm|verify|judge|check|tell me|see) (if|whether) (the mail|the text|the ticket|this) (concerns|is about|deals with|has to do with) <topic>(|: yes or no|, yes or no).
  (Does|Would) (this|it|the message|the ticket|what they write) (count as|look like|read like|sound like) <topic>(|, yes or no|? Yes or no).
  (Is|Was) (the mail|the ticket|the text|the request|what they write) (about|on|concerned with|to do with) <topic>(|, yes or no|? Yes or no).
  (Here|In this mail|In this message|In the text)(,|:) is <topic> (the topic|the subject|the issue|meant)(|, yes or no|? Yes or no).
  (Does|Do) (they|he|she|the customer|the colleague) (mean|refer to|talk about|write about|ask about) <topic>(|, yes or no|? Yes or no).
  (Yes or no|One word, yes or no|Just yes or no|Answer yes or no)(:|,) (does this concern|does it deal with|is the mail about|would you say it is about) <topic>.
  (Do you|Would you) (agree|think|say|believe) (that |)(it|this|the text|the mail) (is about|concerns|has to do with) <topic>(|, yes or no).
  <topic>(:|,) (is that the topic|is it about that|is this what it is about|yes or no)(|, yes or no|).
  (Would|Could) (this|it|the mail) be (about|a case of|a matter of) <topic>(|, yes or no|? Answer yes or no).
  (Judge|Verify|Decide|Say) (yes or no|with yes or no)(:|,) (the mail|the message|this text) (is about|concerns|deals with) <topic>.
  (Subject|Topic) of (this|the mail|the message)(:| -) <topic>(:|,) (yes or no|right or not|true or not)(|, yes or no).
`;

/** Ways to ask what the writer wants. */
export const WANTS = lines`
  (Does|Did) the (writer|customer|sender|person|author|user) <wants>(|, yes or no|: yes or no|? Answer yes or no).
  (Yes or no|Answer yes or no|Reply yes or no|Only yes or no): does the (writer|customer|sender|person|user) <wants>.
  (Would you say|Do you think|Is it true) that the (customer|writer|sender)s <wants>.
  (Check|Tell me|Decide|Say) (if|whether) (the|this) (customer|writer|person)s <wants>(|, yes or no).
  Does (he|she|this person|this customer|somebody) <wants>(| here|)(|, yes or no).
  (Does|Would) this (person|customer|user) <wants>.
  Does the (author|person) of this (mail|message|ticket) <wants>(|, yes or no).
  Does (this|the) (message|mail) say that they <wants>(|, yes or no).
  (Does|Did|Would) (the writer|the customer|the sender|this person|he|she|somebody) <wants>(|, yes or no|: yes or no|? Yes or no|? Answer with yes or no).
  (Yes or no|Answer yes or no|Only yes or no|Reply with yes or no)(:|,) (does the sender|does this customer|does he|does she|does the author) <wants>.
  (Say|Answer) yes or no(:|,) does (the customer|the person|somebody|the writer) <wants>.
  (Check|Decide|Find out|Judge|Tell me) (if|whether) (the|this) (sender|person|customer|writer)s <wants>(|: yes or no|, yes or no).
  (Is it right|Is it correct|Is it the case|Would you say) that (the|this) (customer|sender|writer|person)s <wants>(|, yes or no|).
  Does (anybody|someone|the user|the client|this colleague) <wants>(| here|)(|, yes or no|).
  (From|According to|Judging by) this (mail|message|text)(,|:) does the (customer|sender|writer) <wants>(|, yes or no|).
  Does (this|the) (customer|sender|writer) (really |)<wants>(|, yes or no|? Yes or no).
  (Judging by|According to|Going by|From) (the|this) (text|mail|message|ticket)(,|:) does (he|she|this person|the customer|the writer) <wants>(|, yes or no|? Yes or no).
  (Does|Did|Would) (the author|the person|the customer|the sender|the writer) of (this|the) (mail|text|message|ticket) <wants>(|, yes or no|: yes or no|? Yes or no).
  (Please|) (say|check|tell me|judge|decide) (if|whether) (the|this) (customer|sender|writer|person)s <wants>(|, yes or no|: yes or no).
  (Just|Only|Answer) yes or no(:|,) does (the customer|the sender|the person|the author|this colleague) <wants>.
  (In|Reading) (this|the) (mail|text|message)(,|:) does (the author|somebody|the customer|the sender|he|she) <wants>(|, yes or no).
  (Do you|Would you) (think|say|agree|believe) (that |)(the|this) (customer|sender|writer|person)s <wants>(|, yes or no).
  Does (it|this|the text|the mail) (show|mean|sound like|look like) that (the|this) (customer|sender|writer|person)s <wants>(|, yes or no).
  (What about this one|One question|Tell me)(:|,) does (the writer|the sender|the customer|this person) <wants>(|, yes or no|? Yes or no).
  (Here|In this one)(,|:) does (the customer|the writer|the person|he|she) <wants>(|, yes or no|? Yes or no).
  (Yes or no|One word)(:|,) does (this person|the author|the writer|our customer) <wants>.
  Does (our|this|that) (customer|colleague|user|caller) <wants>(|, yes or no|: yes or no).
  (Question|My question)(:|,) does (the customer|the sender|the person) <wants>(|, yes or no|? Yes or no).
`;

/** Ways to ask whether a word is there. */
export const MENTIONS = lines`
  (Does|Is) (the|this) (text|message|mail|sentence) (mention|contain|mentioning) <word>(|, yes or no|? Answer yes or no).
  (Is|Does) <word> (mentioned|appear|occur) (in the text|here|in this message)(|, yes or no).
  (Yes or no|Answer yes or no): (does the text mention|is there a mention of|does it mention) <word>.
  (Check|Tell me) (if|whether) (the text|it|this message) mentions <word>(|, yes or no).
  (Does it|Does this) (mention|contain|name) <word>(|, yes or no).
  (Is|Was) <word> (in it|in the text|in there|named)(|, yes or no).
  (Can you|Do you) (find|see) <word> in (the text|this|the message)(|, yes or no).
  (Do|Does) the text include <word>(|, yes or no).
  (Is|Was) <word> (there|in this|mentioned in it|part of the text|named here|written here)(|, yes or no|? Yes or no).
  (Does|Did) (the writer|the sender|he|she|the customer) (mention|name|write|say) <word>(|, yes or no|? Yes or no).
  (Can|Do|Could) you (find|see|read|spot) <word> (here|in it|in this|in the mail|there|in the sentence)(|, yes or no|).
  (Yes or no|Answer yes or no|Only yes or no)(:|,) (is <word> in the text|does it say <word>|is <word> named|does it contain <word>).
  (Look|Search) for <word>(:|,) (is it there|is it in the text|yes or no)(|, yes or no|).
  (Does|Do) (it|the text|this mail|the message) (include|say|have|hold) <word>(|, yes or no|? Yes or no).
  (Is|Are) there (a mention of|the word|any mention of|something about) <word>(| in it| here|)(|, yes or no|).
  (Check|Say|Decide|Find out) (if|whether) <word> (is mentioned|is in the text|appears|occurs|is there)(|, yes or no|).
  (The word|The name|The term) <word>(:|,) (is it in the text|is it there|does it occur)(|, yes or no|).
  (Is|Are) there (any|a|one) (mention of|sign of|word of|word about) <word>(| in it| here| in this text|)(|, yes or no|: yes or no).
  (Can|Could|Do) (you|we|I|one) (see|find|read|spot|notice) <word> (in this|in this text|here|in there|in the mail|anywhere)(|, yes or no|? Yes or no).
  (Is|Was) (the word|the name|something about|anything about) <word> (there|in it|in this|in the text|in the mail)(|, yes or no|? Yes or no).
  (Does|Did) (this|it|the mail|the text|anything here) (speak of|talk of|name|mention|say|include) <word>(|, yes or no|? Yes or no).
  (Do|Does) (they|he|she|the person|the customer) (name|mention|speak of|write|say) <word>(|, yes or no|? Yes or no).
  (See|Check|Look|Tell me) (if|whether) <word> (is here|is there|is in it|is named|occurs|comes up)(|, yes or no|: yes or no).
  <word>(:|,) (is it mentioned|is it there|is it in the text|does it appear|yes or no)(|, yes or no|).
  (Answer|Say|Just) yes or no(:|,) (is <word> here|is <word> mentioned|does <word> appear|do you see <word>|can you find <word>).
  (Does|Would) <word> (come up|show up|appear|stand|figure) (in it|here|in the text|in this mail)(|, yes or no|).
  (The word|The name|The term) <word>(,|:) (is it there|is it in it|yes or no|does it occur|can you see it)(|, yes or no|).
  (Look|Search|Scan) for <word>(,|:) (is it in the text|is it there|yes or no|found or not, yes or no).
  (Does|Did) <word> (occur|come|stand|turn up) (anywhere|in this|there|in these words)(|, yes or no|).
  (Find|Seek) <word>(:|,) (there or not, yes or no|yes or no|is it there).
  (Any|Some) (mention|trace|sign) of <word>(|, yes or no|: yes or no).
  (Is|Are) (<word>|the letters <word>|the word <word>) (part of it|part of the text|among these words|in the line)(|, yes or no|).
  (Yes or no|Just yes or no)(:|,) (the word <word> occurs|<word> is there|it contains <word>|<word> stands in it).
  (Contains|Includes|Mentions) <word>(,|:|) (yes or no|true or not, yes or no).
`;
