import type { Tool } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import {
  calendarDay,
  city,
  clockTime,
  code,
  emailAddress,
  isoOf,
  person,
  TOPICS,
  wholeNumber,
} from "../language/words.ts";

/** A function that the model was taught by name, with what people say when they want it. */
export interface KnownTool {
  readonly tool: Tool;
  readonly requests: readonly string[];
  readonly makeArguments: (draw: Draw) => Readonly<Record<string, string | number>>;
  /** What it returned, and the sentence that says so. */
  readonly makeResult: (
    draw: Draw,
    given: Readonly<Record<string, string | number>>,
  ) => { readonly result: Readonly<Record<string, string | number>>; readonly sentence: string };
}

type Types = Readonly<Record<string, "string" | "number" | "integer">>;

function tool(name: string, description: string, types: Types): Tool {
  const properties = Object.fromEntries(Object.entries(types).map(([key, type]) => [key, { type }]));
  return { name, description, parameters: { type: "object", properties, required: Object.keys(types) } };
}

const SKIES = ["sunny", "cloudy", "rainy", "windy", "foggy", "snowy", "clear", "stormy"];
const STATES = ["open", "closed", "shipped", "delivered", "pending", "cancelled", "packed", "returned", "paid"];

/** Every function that the model was taught by name. */
export const KNOWN_TOOLS: readonly KnownTool[] = [
  {
    tool: tool("get_weather", "Current weather of a city", { city: "string" }),
    requests: lines`
      (What is|How is|Tell me|What's) the weather (like |)in <city>(| today| right now| please).
      (Is it|Will it be) (raining|sunny|cold|warm|windy|snowing) in <city>(| today| now)?
      (Do I|Will I|Should I) (need|take) an umbrella in <city>?
      (Weather|Forecast) (in|for) <city>(|, please| today|?).
      (How|What) (hot|cold|warm) is it in <city>(| now| today)?
      (I am flying|I travel|We are going) to <city>, (what|how) is the weather(| there| like)?
      (Check|Look up|Get|Show) (me |)the weather (in|for|of) <city>(| please).
      (Give me|I need|I want) the (weather|temperature) (in|for) <city>.
      <city> weather(|?| please| now).
      (What|Which) (temperature|weather) (do they have|is it|does it have) in <city>?
      (Can|Could) you (check|tell me|find out) (how the weather is|the weather) in <city>?
      (Does|Did) it (rain|snow) in <city>(| today)?
    `,
    makeArguments: (draw) => ({ city: city(draw) }),
    makeResult: (draw, given) => {
      const result = { city: given["city"] ?? "", sky: draw.pick(SKIES), degrees: draw.int(-9, 35) };
      return { result, sentence: `It is ${result.sky} in ${result.city}, ${result.degrees} degrees.` };
    },
  },
  {
    tool: tool("get_order_status", "Status of an order", { order_id: "string" }),
    requests: lines`
      (What is|Tell me|Show me|What's) the (status|state) of order <order>(| please).
      Where is (order|my order|the order) <order>?
      (Has|Was) order <order> (been|already) (shipped|sent|delivered)?
      (Check|Look up|Find|Get) (the status of |)order <order>(| for me| please).
      (Order|My order) <order>(|, any news?|: where is it?|, status please).
      (When|How soon) (will|does) order <order> (arrive|come|get here)?
      (Did|Have) (you|we) (ship|send|shipped) order <order>(| yet)?
      (I am|We are|A customer is) waiting for order <order>(|, where is it?|, please check).
      (Can|Could) you (check|tell me) (where order <order> is|the status of order <order>)?
      (Track|Please track) (order|my order) <order>.
      (Any|Is there any) news (on|about) order <order>?
      (How|What) is (going on with|the state of|happening with) order <order>?
    `,
    makeArguments: (draw) => ({ order_id: code(draw) }),
    makeResult: (draw, given) => {
      const result = { order_id: given["order_id"] ?? "", status: draw.pick(STATES) };
      return { result, sentence: `Order ${result.order_id} is ${result.status}.` };
    },
  },
  {
    tool: tool("send_email", "Send an email", { to: "string", subject: "string" }),
    requests: lines`
      (Send|Write) (an|a short|) (email|mail) to <to> (about|on|regarding) <subject>(| please).
      (Email|Mail) <to> (about|on|regarding) <subject>(| please).
      (Please|Could you|Can you) (email|mail|write to) <to> about <subject>(|.).
      (Tell|Inform|Notify) <to> (by mail|by email) about <subject>.
      (I want|I need|I would like) (to send|to write) (a mail|an email) to <to> about <subject>.
      (Send|Drop) <to> (a mail|an email|a message) (about|on) <subject>.
      (A mail|An email|Mail) to <to>, subject <subject>(|, please).
      (Write|Compose) (a mail|an email) with the subject <subject> (to|for) <to>.
      (With|Under) the subject <subject>, (send an email|write a mail) to <to>.
      (Contact|Reach) <to> (by email|by mail) (about|regarding) <subject>.
      (Could|Would) you (send|write) (a mail|an email) about <subject> to <to>?
      (Let|Make sure) <to> (know|hears) by mail about <subject>.
    `,
    makeArguments: (draw) => ({ to: emailAddress(draw), subject: draw.value(TOPICS) }),
    makeResult: (draw, given) => {
      const result = { to: given["to"] ?? "", status: draw.pick(["sent", "queued"]) };
      return { result, sentence: `The email to ${result.to} was ${result.status}.` };
    },
  },
  {
    tool: tool("create_ticket", "Open a support ticket", { title: "string", priority: "string" }),
    requests: lines`
      (Create|Open|Make|File) a <priority> (priority |)ticket (about|for|on) <title>.
      (Create|Open|File) a ticket (about|for|on) <title> with <priority> priority.
      (Please|Could you|Can you) (open|create|make) a ticket (about|for) <title>, priority <priority>.
      (I need|We need|I want) a <priority> (priority |)ticket (for|about) <title>.
      (New|Another) ticket(:| please:) <title>, (priority <priority>|<priority> priority).
      (Report|Log|Record) <title> as a <priority> priority ticket.
      (Put|Enter) <title> (into the system|as a ticket|in the queue) with <priority> priority.
      (With|At) <priority> priority, (open|create) a ticket (for|about) <title>.
      (Ticket|Support ticket) (for|about) <title>(,| please,) <priority> priority.
      (There is a problem with|Something is wrong with) <title>, (open|create) a <priority> priority ticket.
      (Can|Could) you (raise|file|log) a <priority> ticket (about|for) <title>?
      (Raise|Submit) a ticket, priority <priority>, (about|for) <title>.
    `,
    makeArguments: (draw) => ({ title: draw.value(TOPICS), priority: draw.pick(["low", "normal", "high"]) }),
    makeResult: (draw) => {
      const result = { ticket: code(draw), status: "open" };
      return { result, sentence: `Ticket ${result.ticket} is open.` };
    },
  },
  {
    tool: tool("search_documents", "Search the company's documents", { query: "string" }),
    requests: lines`
      (Search|Look|Check) (the documents|our documents|the files|our files|the archive) for <query>.
      (Find|Get|Show) (me |)(documents|files|everything|papers) (about|on) <query>(| please).
      (What|Which) (documents|files|papers) do we have (about|on) <query>?
      (Where|How) (can I|do I) (find|read) (something|more|documents) (about|on) <query>?
      (Do|Did) we (have|write) (anything|something|a document) (about|on) <query>?
      (I need|I am looking for|We need) (the documents|documents|the file|information) (about|on) <query>.
      (Search|Look) for <query>(| in the documents| in our files| please).
      (Is there|Are there) (a document|documents|a file|anything) (about|on) <query>?
      (Can|Could) you (find|search|look up) (documents|files|the paper) (about|on) <query>?
      (Look|Please look) up <query> in (the|our) (documents|files|archive).
      (Document|File) search(|:| please:) <query>.
      (Pull up|Dig out|Open) (the documents|the files) (about|on) <query>.
    `,
    makeArguments: (draw) => ({ query: draw.value(TOPICS) }),
    makeResult: (draw) => {
      const result = { count: draw.int(2, 40), best: `${draw.value(TOPICS).replaceAll(" ", "-")}.pdf` };
      return { result, sentence: `I found ${result.count} documents. The best match is ${result.best}.` };
    },
  },
  {
    tool: tool("convert_currency", "Convert an amount of money", { amount: "number", from: "string", to: "string" }),
    requests: lines`
      (Convert|Change|Exchange) <amount> <from> (to|into) <to>(| please).
      (How much|What) (is|are) <amount> <from> in <to>?
      (How many|What in) <to> (are|is|do I get for) <amount> <from>?
      <amount> <from> (in|to) <to>(|?| please).
      (What|How much) (do I get|would I get) in <to> for <amount> <from>?
      (I have|We have) <amount> <from>, (how much is that|what is that) in <to>?
      (Please|Could you|Can you) (convert|change) <amount> <from> (to|into) <to>.
      (Calculate|Tell me|Work out) <amount> <from> in <to>.
      (I need|I want) <amount> <from> in <to>.
      (Currency|Money)(:| conversion:) <amount> <from> to <to>.
      (What is the value of|Give me) <amount> <from> in <to>(|?).
      (Turn|Swap) <amount> <from> into <to>.
    `,
    makeArguments: (draw) => {
      const [from = "", to = ""] = draw.some(["EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CAD"], 2);
      return { amount: Number(wholeNumber(draw, 5, 5000)), from, to };
    },
    makeResult: (draw, given) => {
      const result = { amount: draw.int(10, 9000), currency: given["to"] ?? "" };
      return { result, sentence: `${given["amount"]} ${given["from"]} are ${result.amount} ${result.currency}.` };
    },
  },
  {
    tool: tool("get_time", "Current time in a city", { city: "string" }),
    requests: lines`
      (What|Tell me what) time is it in <city>(| now| right now|?).
      (What is|Tell me|Give me|What's) the (current |local |)time in <city>(| please).
      (How late|How early) is it in <city>(| now)?
      (Time|Local time|Clock) in <city>(|?| please| now).
      (Is it|Would it be) (late|early|night|morning|already noon) in <city>?
      (Check|Get|Show) (me |)the time (in|for) <city>.
      (Which|What) (hour|time) (do they have|is it now) in <city>?
      (I want|I need) to know (the time in <city>|what time it is in <city>).
      (Can|Could) you (tell me|look up) the time in <city>?
      (I want to call|Can I call) (a customer|somebody|a friend) in <city>, what time is it there?
      (The|What about the) time in <city>(|, please|?).
      <city>(:|,) what time is it(| there| now)?
    `,
    makeArguments: (draw) => ({ city: city(draw) }),
    makeResult: (draw, given) => {
      const result = { city: given["city"] ?? "", time: clockTime(draw) };
      return { result, sentence: `It is ${result.time} in ${result.city}.` };
    },
  },
  {
    tool: tool("book_room", "Book a meeting room", { date: "string", time: "string", people: "integer" }),
    requests: lines`
      (Book|Reserve|Get) (me |us |)a (meeting |)room (for|with) <people> people on <date> at <time>.
      (Book|Reserve) a room on <date> at <time> for <people> (people|persons).
      (I need|We need|I want) a (meeting |)room for <people> (people |)on <date> at <time>(| please).
      (Can|Could) you (book|reserve) a room (for <people> people |)on <date>, <time>, for <people> people?
      (A|One) (meeting room|room) for <people> (people|of us), <date>, <time>(| please).
      (On|For) <date> at <time> (we need|book|reserve) a room for <people> people.
      (We are|We will be) <people> people on <date> at <time>, (book|reserve|we need) a room.
      (Please|) (find|arrange) a room for <people> (people |)at <time> on <date>.
      (Room|Meeting room) (wanted|needed|please)(:|,) <date>, <time>, <people> people.
      (Is there|Do we have) a (free |)room for <people> people on <date> at <time>? (Book it|Reserve it)(|.| please).
      (Meeting|Workshop) with <people> people on <date> at <time>, (book|reserve) a room.
      (Organize|Schedule) a room at <time> on <date> for <people> people.
    `.map((request) => request.replace("(for <people> people |)", "")),
    makeArguments: (draw) => ({
      date: isoOf(calendarDay(draw)),
      time: clockTime(draw),
      people: Number(wholeNumber(draw, 2, 40)),
    }),
    makeResult: (draw) => {
      const result = { room: code(draw), status: "booked" };
      return { result, sentence: `Room ${result.room} is booked.` };
    },
  },
  {
    tool: tool("find_customer", "Look up a customer by name", { name: "string" }),
    requests: lines`
      (Find|Look up|Get|Show) (me |)(the customer|customer|the client) <name>(| please).
      (Who|Which customer) is <name>?
      (What|Which) (do we know|data do we have) about (the customer |)<name>?
      (Search|Look) for (the customer|the client|customer) <name>.
      (I need|Give me|I want) the (customer |client |)(data|record|details) (of|for) <name>.
      (Is|Do we have) <name> (a customer|as a customer|in the system)?
      (Open|Pull up) the (record|file|account) of <name>(| please).
      (Customer|Client)(:| lookup:) <name>.
      (Can|Could) you (find|look up) <name>(| for me| in the customer list)?
      (Please|) (check|see) (whether|if) <name> is (a customer|in the system|our customer).
      (Tell|Show) me (about|the record of) the customer <name>.
      (Where does|In which city does) (the customer |)<name> (live|sit)?
    `,
    makeArguments: (draw) => ({ name: person(draw) }),
    makeResult: (draw, given) => {
      const result = { name: given["name"] ?? "", city: city(draw), orders: draw.int(2, 60) };
      return { result, sentence: `${result.name} is from ${result.city} and has ${result.orders} orders.` };
    },
  },
  {
    tool: tool("set_reminder", "Remind the user of something", { text: "string", time: "string" }),
    requests: lines`
      (Remind|Please remind) me (of|about) <text> at <time>(| please).
      (Set|Create|Make|Add) a reminder (for|about) <text> at <time>.
      (At|By) <time> (remind me of|I need a reminder about|remind me about) <text>.
      (I need|I want|Give me) a reminder (of|about|for) <text> at <time>.
      (Do not|Don't) let me forget <text> at <time>.
      (Can|Could) you remind me (of|about) <text> at <time>?
      (Reminder|New reminder)(:| please:) <text>, <time>.
      (I must not|I should not) forget <text> at <time>(|, remind me|, set a reminder).
      (Ping|Alert|Notify) me at <time> (about|of) <text>.
      (Tell|Wake) me at <time> (about|because of) <text>.
      (Please|) (note|keep in mind) <text>, remind me at <time>.
      (Set|Put) an alarm at <time> for <text>.
    `,
    makeArguments: (draw) => ({ text: draw.value(TOPICS), time: clockTime(draw) }),
    makeResult: (_, given) => ({
      result: { status: "set", time: given["time"] ?? "" },
      sentence: `The reminder is set for ${given["time"]}.`,
    }),
  },
  {
    tool: tool("calculate", "Evaluate an arithmetic expression", { expression: "string" }),
    requests: lines`
      (Calculate|Compute|Evaluate|Work out) <expression>(| for me| please).
      (Use|Take) the calculator(:| for| and work out) <expression>.
      (What is|How much is|What's) the result of <expression>?
      (I need|Give me|Tell me) the (result|value|answer) of <expression>.
      (Can|Could) you (calculate|compute|work out) <expression>(|?| please).
      (Do|Please do) the (math|sum|calculation)(:| for) <expression>.
      (Result|Value) of <expression>(|?| please).
      (Run|Put) <expression> (through|into) the calculator.
      (Let the calculator|Please let it) (do|compute|solve) <expression>.
      (Solve|Figure out) <expression>(| please).
      (The|A) calculation(|,) please: <expression>.
      (How much|What) (does|would) <expression> (make|give|come to)?
    `,
    makeArguments: (draw) => ({
      expression: draw.made(() => `${draw.int(2, 999)} ${draw.pick(["+", "-", "*", "/"])} ${draw.int(2, 99)}`),
    }),
    makeResult: (draw, given) => {
      const result = { result: draw.int(2, 9999) };
      return { result, sentence: `${given["expression"]} is ${result.result}.` };
    },
  },
  {
    tool: tool("reset_password", "Send a user a link for a new password", { user: "string" }),
    requests: lines`
      (Reset|Renew|Change) the password (of|for) <user>(| please).
      <user> (forgot the password|needs a new password|cannot log in), (reset it|please reset it|send a reset link).
      (Send|Give) <user> a (link for a new password|reset link|password reset).
      (Please|Could you|Can you) reset <user>'s password.
      (Password|A password) reset for <user>(| please).
      (I need|We need) a (new password|password reset) for (the user |)<user>.
      (The user|User|Our colleague) <user> (lost|forgot) (the|a) password(|, please help).
      (Help|Let) <user> (set|with|get) a new password.
      (New|Fresh) password for <user>(|, please| needed).
      (For|User) <user>(:| please) reset the password.
      (Unlock|Restore) <user> with a (password reset|new password).
      (Issue|Trigger|Start) a password reset for <user>.
    `,
    makeArguments: (draw) => ({ user: draw.chance(0.5) ? emailAddress(draw) : person(draw) }),
    makeResult: (_, given) => ({
      result: { user: given["user"] ?? "", status: "sent" },
      sentence: `The reset link was sent to ${given["user"]}.`,
    }),
  },
];

/** The words with which a person asks for `known` with these arguments. */
export function requestOf(draw: Draw, known: KnownTool, given: Readonly<Record<string, string | number>>): string {
  const slots = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.replace("_id", ""), String(value)]),
  );
  return draw.phrase(known.requests, slots);
}
