import { lines } from "../language/phrase.ts";
import { place, topic } from "../language/made-values.ts";
import { city, clockTime, code, person, wholeNumber } from "../language/words.ts";
import { tool } from "./known-tool.ts";
import type { KnownTool } from "./known-tool.ts";

const SKIES = ["sunny", "cloudy", "rainy", "windy", "foggy", "snowy", "clear", "stormy"];
const STATES = ["open", "closed", "shipped", "delivered", "pending", "cancelled", "packed", "returned", "paid"];

/** Functions that find something out. */
export const LOOKUP_TOOLS: readonly KnownTool[] = [
  {
    tool: tool("get_weather", "Current weather of a city", { city: "string" }),
    otherDescriptions: [
      "Get the weather",
      "Weather report for a city",
      "Returns the current weather",
      "Look up the weather in a place",
    ],
    otherNames: ["getWeather", "weather", "current_weather", "weather_lookup"],
    otherKeys: { city: ["location", "place"] },
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
      (I'm|I am|We're) (in|on the way to|visiting|heading to) <city>(|,|:) (what's the weather like|will it rain|should I take a coat|is it cold)(|?| today?).
      (What|How)'s it like (outside |)in <city>(| today| now| at the moment)(|?).
      (Will there be (rain|snow|sun|frost)|Does it (rain|snow)|Is it raining|Is there frost) in <city>(| today| tomorrow|)?
      (Give|Show|Tell) me (today's|the current|the latest) (weather|forecast|temperature)(| report) (for|in|of) <city>.
      (Temperature|Weather report|Today's weather|Current weather) (in|for|at) <city>(|?| please|.).
      (Should|Must|Do) I (wear|bring|pack) (a jacket|sunglasses|warm clothes|a raincoat|boots) (in|for) <city>?
      (How many degrees|How warm|How cold) (are there|is it|will it be) in <city>(| right now| today|)?
      (Look|Check) (outside |)(what|how) the weather (is|is doing) in <city>.
      (We|I) (want|plan) to (hike|swim|go out|have a picnic) in <city>, (how is the weather|is it sunny|will it stay dry)?
      (Is|Are) (the weather|the skies) (nice|good|bad|clear|fine) in <city>(| today| now|)?
      <city>: (how is the weather|is it raining|sunny or not|what's the temperature)(|?).
      (Fetch|Retrieve|Query|Call up) the (weather|current weather) (for|of|in) <city>(| for me| please|).
    `,
    makeArguments: (draw) => ({ city: place(draw) }),
    makeResult: (draw, given) => {
      const result = { city: given["city"] ?? "", sky: draw.pick(SKIES), degrees: draw.int(-9, 35) };
      return { result, sentence: `It is ${result.sky} in ${result.city}, ${result.degrees} degrees.` };
    },
  },
  {
    tool: tool("get_order_status", "Status of an order", { order_id: "string" }),
    otherDescriptions: [
      "Look up an order",
      "Get the status of a customer's order",
      "Track an order",
      "Where an order is",
    ],
    otherNames: ["getOrderStatus", "order_status", "track_order", "lookup_order"],
    otherKeys: { order_id: ["order", "id", "order_number"] },
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
      (I|We) (ordered|bought) something(|,| and) (the number is|order number|it is order) <order>(|,|.) (where is it|what is its status|is it on its way)?
      (What|How) (about|is with) (order|my order) <order>(|?| now?).
      (Can|Could) you (look up|find|check|track) (order|order number|my order) <order>(| for me| please|)?
      (A customer|Somebody|My boss) (asks|wants to know) (about|where) order <order>( is|).
      (Status|State|Whereabouts|Progress) (of|for) (order|my order) <order>(|, please|?).
      (Is|Has) (order|my order|the order) <order> (on its way|out for delivery|ready|paid|been packed|been cancelled)(| yet|)?
      (Please |)(get|give|show|fetch|tell) me the (status|delivery status|current state) of order <order>(| right away|).
      Order <order>(:|,|?) (when does it come|is it shipped|has it left|delivered yet|status)(|?).
      (I|We) (need|want) (an update|news|the status|information) (on|about|for) order <order>(| please|).
      (Do|Did) you (know|find out) (where|when) order <order> (is|will arrive|was sent)?
      (Where|How far) (has|is) (the parcel for |)order <order> (gone|now|at the moment|got to)?
      (Was|Is) <order> (delivered|sent|shipped|late)?
    `,
    makeArguments: (draw) => ({ order_id: code(draw) }),
    makeResult: (draw, given) => {
      const result = { order_id: given["order_id"] ?? "", status: draw.pick(STATES) };
      return { result, sentence: `Order ${result.order_id} is ${result.status}.` };
    },
  },
  {
    tool: tool("search_documents", "Search the company's documents", { query: "string" }),
    otherDescriptions: [
      "Search documents",
      "Full-text search in our files",
      "Find documents",
      "Look for something in the archive",
    ],
    otherNames: ["searchDocuments", "search", "find_documents", "document_search"],
    otherKeys: { query: ["text", "q", "term"] },
    requests: lines`
      (Search|Look|Check) (the documents|our documents|the files|our files|the archive) for <article><query>.
      (Find|Get|Show) (me |)(documents|files|everything|papers) (about|on) <query>(| please).
      (What|Which) (documents|files|papers) do we have (about|on) <query>?
      (Where|How) (can I|do I) (find|read) (something|more|documents) (about|on) <query>?
      (Do|Did) we (have|write) (anything|something|a document) (about|on) <query>?
      (I need|I am looking for|We need) (the documents|documents|the file|information) (about|on) <query>.
      (Search|Look) for <article><query>(| in the documents| in our files| please).
      (Is there|Are there) (a document|documents|a file|anything) (about|on) <query>?
      (Can|Could) you (find|search|look up) (documents|files|the paper) (about|on) <query>?
      (Look|Please look) up <query> in (the|our) (documents|files|archive).
      (Document|File) search(|:| please:) <query>.
      (Pull up|Dig out|Open) (the documents|the files) (about|on) <query>.
      (Can|Could) you (search|look|browse) (our files|the documents|the archive|the wiki) (for|and find) <query>?
      (What|Is there anything) (do our|in our|in the) (documents|files|records) (say about|on|about) <query>?
      (Show|List|Bring) (me |)(all |any |our |)(documents|papers|files|records) (about|on|for|concerning) <query>.
      (I|We) (want|would like|have) to (read|find|see) (something|documents|everything) (about|on) <query>(| please|).
      (Query|Search|Check|Scan) the (document store|documents|files|archive|database of documents) (for|about|on) <query>.
      (Anything|Something|Any documents|Any files|Any papers) (about|on) <query>(|?| in our files?).
      (Find|Search|Look up)(:|) <query>.
      (Do you|Can you) (know|find) (a document|a file|anything) (about|on|that mentions) <query>?
      (Look|Search) through (the documents|our files|all papers) for <article><query>.
      (Documents|Files|Papers) (about|on|mentioning|with) <query>(|,| -) (please|find them|search)(|.).
      (In|From) (our|the) (documents|files|archive)(,|) (find|search|look for) <query>.
      (Where|In which file) is (the information|something|the document) (about|on) <query>?
    `,
    makeArguments: (draw) => ({ query: topic(draw) }),
    makeResult: (draw) => {
      const result = { count: draw.int(2, 40), best: `${topic(draw).replaceAll(" ", "-")}.pdf` };
      return { result, sentence: `I found ${result.count} documents. The best match is ${result.best}.` };
    },
  },
  {
    tool: tool("convert_currency", "Convert an amount of money", { amount: "number", from: "string", to: "string" }),
    otherDescriptions: ["Convert money", "Convert between currencies", "Exchange rates", "Currency converter"],
    otherNames: ["convertCurrency", "currency", "exchange_money", "convert"],
    otherKeys: { amount: ["value"] },
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
      (What|How much) (would|does|will) <amount> <from> (be|make|give) in <to>(|?).
      (If I have|With|For) <amount> <from>(,|) (how many|how much) <to> (do I get|can I get|is that)?
      (Exchange|Change|Swap) <amount> <from> (for|to|into) <to>(| please|).
      (Can|Could) you (convert|change|exchange|tell me) <amount> <from> (to|into|in) <to>?
      (From|Convert from) <from> to <to>(:|,) <amount>(|.| please).
      (I|We) (paid|got|received|owe) <amount> <from>, (what is that in|how much is it in|convert it to) <to>(|?).
      (Value|Worth|Price) of <amount> <from> in <to>(|?| please).
      <amount> <from> (is how much in|equals how many|=|are how many) <to>(|?).
      (Currency conversion|Exchange rate|Conversion)(:|) <amount> <from> (to|into|in) <to>.
      (Tell|Show|Give) me (what |)<amount> <from> (is |)in <to>.
      (A hotel|A ticket|My bill|It) costs <amount> <from>(,|.) (what is|how much is) that in <to>?
      (Express|State|Write) <amount> <from> in <to>.
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
    otherDescriptions: ["Get the local time", "What time it is somewhere", "Returns the time in a city", "World clock"],
    otherNames: ["getTime", "local_time", "time_in_city", "clock"],
    otherKeys: { city: ["location", "place"] },
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
      (Do you know|Can you tell me|Tell me|Look up) what time it is in <city>(| now|).
      (What|Which) time (do people|do they|does it|do we) have (now |)in <city>?
      (Current|Local|Right|The local) time (in|for|of) <city>(|, please|?| please).
      (What|How)'s the time in <city>(| now| at the moment|)?
      (Is|Are) (everyone|people|my colleagues|they) (awake|asleep|at work|in the office) in <city>(| now| already|)?
      (I am|We are|I'm) (calling|phoning|flying to) <city>(,|.) (what is the local time|what time is it there)?
      (The clock|My watch|Time zone|Time) in <city>(:|,) (what does it say|please|now)(|?).
      (Show|Give|Fetch|Find) (me |)(the time|the local time|the current time) (in|of|for) <city>.
      (At|In) <city>, what (time|hour) is it (now|right now|at present)(|?).
      (How|What) (late|hour) is it (over |)in <city>(|?).
      (Check|Find out|See) what time it is in <city>(| please|).
      (When it is now here|Now), what time is it in <city>?
    `,
    makeArguments: (draw) => ({ city: place(draw) }),
    makeResult: (draw, given) => {
      const result = { city: given["city"] ?? "", time: clockTime(draw) };
      return { result, sentence: `It is ${result.time} in ${result.city}.` };
    },
  },
  {
    tool: tool("find_customer", "Look up a customer by name", { name: "string" }),
    otherDescriptions: [
      "Find a customer",
      "Get the record of a customer",
      "Search the customer database",
      "Customer lookup",
    ],
    otherNames: ["findCustomer", "lookup_customer", "get_customer", "customer_search"],
    otherKeys: { name: ["customer", "customer_name"] },
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
      (Can|Could) you (find|look up|search for|pull up) (the customer |customer |client |)<name>(| please|)?
      (I|We) (want|need|would like) to (see|have|look at) the (file|record|data|account) of <name>.
      (Show|Get|Give|Fetch) (me |)(the customer|the record of|the details of|everything about|all about) <name>.
      <name>(:|,) (which customer is that|look up the customer|find the record|is that a customer|customer details please)(|?).
      (Is|Was) there a (customer|client) (named|called) <name>?
      (What|Where) (is|are) the (record|data|details|orders) of (customer |client |)<name>(|?).
      (Look|Search|Check) (in |)the (customer list|database|customer database|CRM) for <name>.
      (Do|Did) we (have|know) (a customer|a client|somebody) (called|named) <name>?
      (The|Our) (customer|client) <name> (called|is on the phone|wrote|is here)(,|:) (find the record|look them up|show me the data).
      (Customer|Client) <name>(,|:) (please|details|data please|look up).
      (Search|Find|Retrieve|Load) (the |)(customer|client)(:| with the name| named) <name>.
      (Tell|Give) me (what we know|something|the details) about (customer |our client |)<name>.
    `,
    makeArguments: (draw) => ({ name: person(draw) }),
    makeResult: (draw, given) => {
      const result = { name: given["name"] ?? "", city: city(draw), orders: draw.int(2, 60) };
      return { result, sentence: `${result.name} is from ${result.city} and has ${result.orders} orders.` };
    },
  },
  {
    tool: tool("calculate", "Evaluate an arithmetic expression", { expression: "string" }),
    otherDescriptions: ["Calculator", "Compute the result of an expression", "Do the math", "Calculate something"],
    otherNames: ["calculator", "evaluate", "compute", "math"],
    otherKeys: { expression: ["formula", "input"] },
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
      (What|How much)(| is|'s) <expression>(|?| please).
      (Can|Could) you (do|calculate|compute|solve|evaluate) (this|the sum|this for me|it)(:|) <expression>(|?).
      (Please |)(compute|calculate|evaluate|do the math for) <expression>(| please| for me|).
      (I|We) (have|need) to (calculate|know|compute) <expression>(| please|).
      <expression>(| =|?| equals what| is how much)(|?).
      (Type|Enter|Run|Use) <expression> (into|in) (the|your) calculator.
      (Expression|Calculation|Math|Formula)(:|) <expression>.
      (Tell|Give|Show) me (what |)<expression> (is|makes|gives).
      (Work|Figure) <expression> out(| for me| please|).
      (The|What's the) (answer|result|value) (to|of|for) <expression>(|?).
      (Get|Find) the (result|value) of <expression>(| with the calculator|).
      (Quick|Quickly)(:|,) (what is |calculate |)<expression>(|?).
    `,
    makeArguments: (draw) => ({
      expression: draw.made(() => `${draw.int(2, 999)} ${draw.pick(["+", "-", "*", "/"])} ${draw.int(2, 99)}`),
    }),
    makeResult: (draw, given) => {
      const result = { result: draw.int(2, 9999) };
      return { result, sentence: `${given["expression"]} is ${result.result}.` };
    },
  },
];
