import { ENGLISH_WORDS } from "../../build-model/english-words.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { department, place, product, topic } from "../language/made-values.ts";
import { clockTime, company, firstName, inventedWord, person, WEEKDAYS, wholeNumber } from "../language/words.ts";
import * as tone from "../wordings/tone.ts";
import * as moreTone from "../wordings/third/tone.ts";
import * as fourthTone from "../wordings/fourth/tone.ts";

/** Orders as bare verbs: what politeness is added to and taken from. */
const ORDERS = [
  ...lines`
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
`,
  ...tone.ORDERS,
  ...moreTone.ORDERS,
  ...fourthTone.ORDERS,
];

/** What somebody is told to do, as a bare verb in lower case. */
export function order(draw: Draw): string {
  return draw.phrase(ORDERS, {
    name: () => firstName(draw),
    person: () => person(draw),
    city: () => place(draw),
    company: () => company(draw),
    weekday: () => draw.pick(WEEKDAYS),
    time: () => clockTime(draw),
    number: () => wholeNumber(draw, 2, 20),
    topic: () => topic(draw),
    product: () => product(draw),
    department: () => department(draw),
    verb: () => (draw.chance(0.35) ? draw.pick(tone.VERBS) : draw.chance(0.6) ? draw.value(VERBS) : anyWord(draw)),
  });
}

/**
 * Any word may stand where a verb stands: its small and large first letter are what is learnt. It is an exercise:
 * nobody asks so, and no test does.
 */
function anyWord(draw: Draw): string {
  if (draw.split !== "train") return draw.value(VERBS);
  return draw.chance(0.6) ? draw.value(ENGLISH_WORDS) : inventedWord(draw);
}

const VERBS =
  `accept, add, adjust, advise, allow, arrange, assemble, avoid, bake, begin, block, boil, borrow, break, build, burn,
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
trust, try, turn, type, unlock, use, vacuum, value, verify, wake, warm, warn, watch, wear, weigh, welcome, win, wipe, wrap`
    .split(/\s*,\s*/u)
    .map((verb) => verb.replace(/\s+/gu, " "));
