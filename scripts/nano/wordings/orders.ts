import { items, lines } from "../language/phrase.ts";

/** Orders as bare verbs: what politeness is added to and taken from. */
export const ORDERS = lines`
  send (me|us|<name>|the client|everyone) the <topic>(| by mail| today| by <weekday>)
  (call|write to|ask|inform|invite|help|phone|email|text|thank|visit|support|remind|pay|teach) <name>(| on <weekday>| about the <topic>| today| at <time>)
  (check|read|print|update|finish|review|sign|translate|correct|write|edit|scan|copy|test|approve|complete|rewrite) the <topic>(| today| by <weekday>| for <name>| again| carefully)
  (order|buy|return|repair|bring|move|clean|pack|sell|fix|install|replace|wash|carry|lift|unpack|test|charge|fill) (the|a|my|our) <product>(| today| on <weekday>| for <name>| now)
  (book|find|get|reserve|rent) a (room|table|flight|hotel|train|car|taxi|seat|desk)(| in <city>| for <weekday>| for <name>| for <number> people)
  (come|go|drive|travel|fly|walk|move) to <city>(| on <weekday>| with <name>| tomorrow)
  (open|close|lock|clean|paint|repair|shut|unlock) the (door|window|gate|office|shop|drawer|cupboard|garage)(| at noon| on <weekday>| behind you| now)
  (tell|show|give|teach|offer|read) <name> the (truth|way|results|price|plan|story|rules|news|answer)
  (wait|stay|sit|stand|meet me|work|sleep|eat) (here|there|for <name>|until <weekday>|outside|at home|in the lobby)
  (answer|forward|delete|save|open|read|print|ignore) (the|this|my|that) (mail|message|letter|file|email|question|call|invitation)(| today| to <name>| now)
  (put|leave|place|hang|store|set|lay) the <product> (on the table|in the office|at the door|on the shelf|in the corner|on my desk|in the box)
  (pay|cancel|confirm|check|change|file|settle) the (bill|order|trip|booking|invoice|appointment|reservation|meeting)(| by <weekday>| for <name>| today)
  (prepare|plan|start|stop|postpone|organize|cancel|schedule|discuss|announce|close) the <topic>(| with <name>| on <weekday>| for <weekday>)
  (explain|describe|summarize|present|repeat|report|justify) the <topic>(| to <name>| to me| in detail| briefly)
  (turn off|turn on|switch off|switch on|fix|turn down) the (light|heating|printer|screen|radio|music|computer|alarm|coffee machine)(| in the kitchen| now| at night)
  (meet|join|visit|follow|see|pick up|drop off|drive) <name>(| in <city>| on <weekday>| at <time>| at the station)
  (collect|deliver|return|fetch|ship|send) the <product> (from|to) <city>(| today|)
  (share|discuss|compare|check) the <topic> with (<name>|the team|us|<company>)
  (be|stay) (quiet|on time|patient|careful|here at <time>|polite|friendly|ready)
  (make|brew|bring|order) (some |)(coffee|tea|lunch|copies|notes|photos|a list|a plan|dinner)(| for <name>| for us| for <number> people|)
  (take|throw) (out the trash|a seat|a look at the <topic>|care of <name>|notes|a break|away the boxes|the bus|the <product> home)
  (sign|fill in|fill out|submit|hand in|upload|download|attach) (the|this|your) (form|contract|document|application|report|list)(| here| today| by <weekday>|)
  (speak|talk|drive|walk|type|work) (louder|slower|faster|more slowly|more quietly|with <name>|to <name>)
  (let|keep) (me|us|<name>) (know|informed|in|go|know by <weekday>|posted|sleep)
  (help|show|give|lend|pass|hand) me (with the <topic>|the <product>|the way|your pen|a hand|the salt)
  (add|remove|invite|include) <person> (to|from) the (list|group|meeting|call|team)
  (move|shift|postpone|change) the (meeting|call|appointment|deadline) to (<weekday>|<time>|next week)
  (look|search) (for the <product>|at the <topic>|into the <topic>|after <name>|up the address of <name>)
  (stop|start) (talking|smoking|working|singing|the car|the machine|writing|shouting)(| now| here|)
  (water the plants|feed the cat|walk the dog|do the dishes|mow the lawn|set the table|empty the bin|hold the line|back up the data|close your laptop|lower your voice)
  (ask|tell|remind|invite) the <department> team (about the <topic>|to call us|to wait|for help)
  <verb> the <topic>(| today| for <name>| with <company>)
  <verb> (it|this|them) (today|now|at once|with <name>|by <weekday>)
  <verb> <name>(| the <product>| on <weekday>)
  <verb> (the|this|my|our|a) <product>(| today| now| on <weekday>| for <name>| again)
  <verb> (the|this|my|our) (door|window|gate|office|shop|garage|drawer|light|screen|radio|heating|printer)(| now| at noon| on <weekday>| behind you| at night| for <name>)
  <verb> the <department> team(| today| on <weekday>| about the <topic>| for help| to call us| to wait)
  <verb> (louder|slower|faster|more slowly|more quietly|here|there|outside|at home|in <city>)
  <verb> (me|us|him|her|them)(| now| today| on <weekday>| at <time>| in <city>)
  <verb> <name> (about the <topic>|in <city>|at <time>|for the <topic>|with the <product>)
  <verb> <person>(| today| on <weekday>| in <city>| about the <product>)
  <verb> (the|a|that) (mail|file|letter|form|list|note|plan|room|table|key|car|bill)(| by <weekday>| today| for <name>| from <city>)
  <verb> to <city>(| on <weekday>| with <name>| at <time>)
  <verb> with <name>(| today| in <city>| at <time>| on <weekday>)
  <verb> (and|then) <verb> the <topic>
  <verb> the <topic> (and|or) the <product>
  <verb> (all|both|some|<number>) (files|boxes|keys|letters|chairs|rooms|pages|orders)(| today| in <city>| for <name>)
  <verb> the <topic> (to|for|with|from) (<name>|<company>|the <department> team|me|us)
  <verb> (something|everything|nothing|anything) (for <name>|about the <topic>|in <city>|today)
  <verb> (your|her|his|their) <product>(| today| with you| in the office| at the door)
  (open|shut|lock|unlock|clean|paint|repair|close) (all|both|the|our) (windows|doors|gates|drawers|cupboards|rooms|garages|shops)(| now| at noon| today| behind you| on <weekday>)
  (switch (on|off)|turn (on|off|up|down)) (the|your|my|our) (lights|alarm|music|radio|screen|heating|computer|printer|phone|fan)(| at night| now| in the kitchen)
  (speak|talk|walk|drive|type|work|write|read) (slower|louder|faster|slowly|more slowly|quietly|more quietly|carefully|with me)
  (invite|remind|tell|ask|call|email|thank|help) (all|both|the) (guests|colleagues|drivers|nurses|clients|teams|managers)(| today| on <weekday>| to wait| to call us)
  (invite|remind|tell|ask|email|call|thank) (him|her|them|<name> and <name>|all of them)(| today| at <time>| on <weekday>| about the <topic>)
  (bring|take|carry|move|send|return) (all|both|some|three) (files|boxes|keys|letters|chairs|books|pages)(| to <city>| to <name>| here| outside|)
  (count|sort|check|print|read|copy|scan|sign) (all|both|some|<number>) (letters|orders|files|pages|forms|notes|invoices)(| today| for <name>|)
  (raise|lower|lift|hold|drop) (it|the <product>|your hand|the flag|the price|the curtain)(| now| slowly|)
  (spend|save|keep|use|share|count) (it|them|the money|the time|the rest)(| at once| wisely| today|)
  (run|walk|drive|cook|eat|wait) (with <name>|in <city>|for <name>|outside|together|at home)(| on <weekday>|)
  (cook|bake|prepare|make|serve) (lunch|dinner|soup|a cake|breakfast|something)(| for <name>| for us| for <number> guests)
  (rename|archive|restore|delete|copy|move|open) the (folder|file|project|list|page|record) (of <name>|about the <topic>|from <weekday>)
  (scratch|cancel|change|check|make|discuss) (the|that|your|our) plan(| for <weekday>| with <name>|)
  (watch|guard|follow|keep) (the <product>|the door|the house|it)(| at night| until <time>| for <name>)
  (pass|hand|give|show|bring) (me|us|him|her|them) (the <product>|your <product>|the list|the keys|a pen)(| now| today)
  (choose|pick|find|buy|order) (a|another|some other|a better) (<product>|day|place|room|time)(| for <name>| in <city>|)
  (stop|start|finish|begin|continue) (the <topic>|the work|the test|the meeting|this)(| now| today| at <time>| on <weekday>)
  (answer|ask|write to|call|warn|join|greet) the <department> team(| today| at <time>| about the <topic>| for help)
  <verb> the <product> (of|for|with|from) <person>(| today| on <weekday>|)
  <verb> (everything|something|it all|nothing) (again|today|for us|in <city>|with <name>)
  (put|take|give|send|move|throw) (away|back|down|out) (him|her|it|them|the <product>|the papers)(| on <weekday>| now|)
  (define|describe|explain|show) (it|them|her role|his task|the <topic>)(| now| on <weekday>| to <name>)
  (turn|switch) (on|off) (the|every|our) (light|lamp|fan|heater|screen)(| at night| at noon| on <weekday>| for <name>)
  (type|write|wave|speak|point|listen) to (<name>|the guests|her|him|them)(| now| at <time>|)
  (scratch|outline|state|rate|roll|park|scan|stir) (it|the <product>|everything|something|the plan)(| for <name>| in <city>| on <weekday>|)
  (scratch|outline|rate|roll|scan|stir|park) (<name>|us|me|them) (the|a|your) <product>(| at the door| there|)
`;

/** Verbs of the orders above and their neighbours. */
export const COMMON_VERBS =
  items(`open, close, lock, unlock, shut, clean, paint, repair, turn on, turn off, switch on, switch off, turn down, turn up,
speak, talk, walk, drive, type, work, ask, tell, remind, invite, call, send, write, read, print, bring, buy, sell, wash, carry, lift,
fix, install, replace, return, move, pack, unpack, fill, order, book, find, get, come, go, travel, fly, show, give, teach, offer, wait,
stay, sit, stand, sleep, eat, answer, forward, delete, save, put, leave, place, hang, set, pay, cancel, confirm, change, file, prepare,
organize, announce, explain, describe, summarize, present, repeat, meet, join, visit, follow, pick up, drop off, deliver, ship, share,
compare, make, brew, take, throw away, sign, fill in, submit, upload, download, attach, let in, help, lend, pass, hand, add, remove,
look for, look at, search, water, feed, mow, back up, phone, email, text, thank, review, check, update, finish, translate, correct, edit,
scan, copy, test, approve, complete, rewrite, charge, reserve, rent, postpone, discuss, schedule, plan, turn over, put away, put back,
take out, take away, clean up, tidy up, write down, look up, hand over, send back, give back, bring back, call back, set up, wrap up`);

/** Other verbs that any order may be made of. */
export const VERBS =
  items(`accept, add, adjust, advise, allow, arrange, assemble, avoid, bake, begin, block, boil, borrow, break, build, burn,
calculate, catch, celebrate, choose, collect, combine, connect, consider, contact, contribute, convert, cook, count, cover, create,
cut, decide, decorate, defend, define, deny, design, develop, discover, divide, draft, draw, drop, dry, empty, enter, escape, estimate,
examine, exchange, exercise, expand, explore, export, fetch, fold, forget, forgive, freeze, gather, greet, guard, guess, guide, handle,
hide, hire, hold, ignore, imagine, import, improve, include, increase, insert, inspect, introduce, investigate, iron, join, judge, keep,
kick, label, launch, lead, learn, leave, list, load, locate, mail, manage, mark, measure, mend, mention, merge, mix, monitor, name, note,
notice, notify, number, observe, obtain, outline, park, perform, pick, plant, play, polish, pour, practise, press, produce, propose,
protect, publish, pull, punish, push, question, quote, raise, rate, reach, recommend, record, recycle, reduce, refuse, register, reject,
release, rely on, rename, renew, reply to, request, rescue, reserve, reset, resolve, respect, restart, revise, roll, run, scratch, select,
separate, serve, settle, shake, shorten, shut, skip, solve, sort, spell, spend, split, spread, start, state, steer, store, strengthen,
study, stop, suggest, supply, support, suspend, swap, sweep, switch, tag, taste, tear, thank, tie, touch, track, train, transfer, trim,
trust, try, turn, type, unlock, use, vacuum, value, verify, wake, warm, warn, watch, wear, weigh, welcome, win, wipe, wrap`);
