import { spacedJson } from "../conversation.ts";
import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import {
  calendarDay,
  city,
  clockTime,
  code,
  company,
  DEPARTMENTS,
  emailAddress,
  isoOf,
  person,
  PRODUCTS,
  TOPICS,
  wholeNumber,
  writtenDay,
} from "../language/words.ts";
import { ask } from "./instruct.ts";

/** Something that texts state and prompts ask for. */
interface Field {
  readonly names: readonly string[];
  readonly type: "string" | "number";
  /** Clauses that state it: after a subject as a sentence of their own. */
  readonly clauses: readonly string[];
  readonly make: (draw: Draw) => string;
}

const FIELDS: readonly Field[] = [
  {
    names: ["name", "customer", "person", "full_name"],
    type: "string",
    clauses: lines`
      (My name is|I am|This is|It is) <value>.
      (The customer|The sender|The caller|The client) is <value>.
      (Name|Customer|Person|Contact): <value>
      <value> (wrote|called|sent a message|was here|writes).
      (The request|The mail|This) (is|came|comes) from <value>.
      (Please|You can) (call|contact|ask for) <value>.
      (Regards|Best regards|Yours|Greetings), <value>
      (We spoke with|I spoke to|I talked to|We met) <value>.
    `,
    make: person,
  },
  {
    names: ["email", "mail", "email_address"],
    type: "string",
    clauses: lines`
      (My|The|Her|His) (email|mail|email address|mail address) is <value>.
      (Write|Reply|Answer|Send it) to <value>.
      (Email|Mail|E-mail): <value>
      (You can|Please) (reach|write to|contact) (me|us|them) (at|under) <value>.
      (Send|Forward) (the answer|everything|it) to <value>.
      (The|An) answer (to|goes to) <value> (is fine|please|would be nice).
      (Contact|Address) for mails: <value>
      (We|I) (use|have|read) the address <value>.
    `,
    make: emailAddress,
  },
  {
    names: ["city", "place", "location", "town"],
    type: "string",
    clauses: lines`
      (I live|We live|The office is|It happened|She works) in <value>.
      (City|Place|Location|Town): <value>
      (The|Our) (delivery|trip|shop|event) (goes to|is in|takes place in) <value>.
      (We|I) (moved|came|travel) to <value>.
      (Greetings|Hello|Best wishes) from <value>.
      (The|Our) (branch|site|warehouse) (of|in) <value> (is meant|needs it|asks).
      (Please|) (send|deliver) (it|everything) to <value>.
      (It is|This is) (about|for) our (office|shop) in <value>.
    `,
    make: city,
  },
  {
    names: ["order_id", "order", "order_number", "reference"],
    type: "string",
    clauses: lines`
      (The|My|Our) order (number|id|) is <value>.
      (It is|This is|I write) about order <value>.
      (Order|Order number|Reference): <value>
      (I placed|We placed|She placed) order <value>.
      (Order|The order) <value> (is late|has not arrived|was wrong|is affected).
      (Concerning|Regarding|About) order <value>.
      (Please|) (look up|check|see) order <value>.
      (The reference|The number) (on the label|of the order) (is|reads) <value>.
    `,
    make: code,
  },
  {
    names: ["date", "day", "due_date"],
    type: "string",
    clauses: lines`
      (The date is|It happened on|It is due on|We meet on|It was on) <value>.
      (Date|Day|Due): <value>
      (The|Our) (meeting|delivery|appointment) is on <value>.
      (Please|) (come|finish it|deliver it|pay) (by|on) <value>.
      (It|This) was (bought|sent|paid|signed) on <value>.
      (On|As of) <value> (we start|it begins|it is valid).
      (We|I) (need|want|expect) it (on|by) <value>.
      (The|A) date (for it|we agreed on) is <value>.
    `,
    make: (draw) => (draw.chance(0.5) ? isoOf : writtenDay)(calendarDay(draw)),
  },
  {
    names: ["amount", "price", "total", "cost"],
    type: "number",
    clauses: lines`
      (The|My) (amount|price|total|bill) is <value> euros.
      (It|This|That) costs <value> (euros|dollars).
      (Amount|Price|Total|Cost): <value>
      (I paid|We paid|They charged|It was) <value> (euros|dollars|francs).
      (The|A) (sum|total|amount) of <value> (euros|dollars) (is due|was paid|is open).
      (Please|) (transfer|pay|refund) <value> euros.
      (For|At) <value> euros (it is yours|I bought it|it was sold).
      (We|They) (agreed on|offered|owe) <value> (euros|dollars).
    `,
    make: (draw) => wholeNumber(draw, 3, 9999),
  },
  {
    names: ["product", "item", "article"],
    type: "string",
    clauses: lines`
      (The|My) (product|item|article) is (the|a) <value>.
      (I bought|We ordered|She wants|I have) (a|the) <value>.
      (Product|Item|Article): <value>
      (It is|This is) about the <value>.
      The <value> (is broken|did not arrive|does not fit|is missing).
      (We|I) (need|want to return|like) the <value>.
      (They|You) sent (us|me) (a|the) <value>.
      (Please|) (exchange|repair|replace) the <value>.
    `,
    make: (draw) => draw.value(PRODUCTS),
  },
  {
    names: ["quantity", "count", "pieces"],
    type: "number",
    clauses: lines`
      (The|Our) quantity is <value>.
      (Quantity|Count|Pieces): <value>
      (We need|I need|Please send|They want) <value> (pieces|of them|units).
      <value> (pieces|units) (are enough|are missing|were ordered).
      (It is|That makes|There are) <value> (pieces|units|in total).
      (I|We) (counted|ordered|got) <value> (pieces|units).
      (A|The) (number|count) of <value> (is right|was agreed|will do).
      (Make|Let) it (be|) <value> pieces.
    `,
    make: (draw) => wholeNumber(draw, 2, 500),
  },
  {
    names: ["company", "firm", "organization"],
    type: "string",
    clauses: lines`
      (I work|I am|She works|We are) (for|at|with) <value>.
      (Company|Firm|Organization): <value>
      (The|Our|My) (company|firm|employer) is (called|) <value>.
      (The contract|The invoice|The offer) (is for|comes from|goes to) <value>.
      <value> (is our customer|placed it|is waiting|asked for it).
      (We|They) (represent|are from|work with) <value>.
      (On behalf of|In the name of) <value>.
      (The|A) (supplier|client|partner) (is|named) <value>.
    `,
    make: company,
  },
  {
    names: ["department", "team"],
    type: "string",
    clauses: lines`
      (I am|She is|He works|I work) in <value>.
      (Department|Team): <value>
      (The|Our|My) (department|team) is <value>.
      (It|This) (is for|concerns|comes from) the <value> (team|department).
      (The|Our) <value> (team|department) (needs it|asked|is waiting).
      (Please|) (inform|ask|tell) (the|) <value> (team|department).
      (Colleagues|People) (in|from) <value> (asked for it|need this).
      (We|They) (belong|moved) to <value>.
    `,
    make: (draw) => draw.value(DEPARTMENTS),
  },
  {
    names: ["time", "start", "hour"],
    type: "string",
    clauses: lines`
      (The|Our) (time|start|meeting|call) is (at|) <value>.
      (Time|Start|Hour): <value>
      (We|They) (start|begin|meet) at <value>.
      (It|The call|The shift) (starts|begins|is) at <value>.
      (Please|) (come|call|be there) at <value>.
      (At|From) <value> (I am free|we are ready|it works).
      (How about|What about|Let us say) <value>.
      (I|We) (arrive|leave) at <value>.
    `,
    make: clockTime,
  },
  {
    names: ["subject", "topic", "title"],
    type: "string",
    clauses: lines`
      (The|Our) (subject|topic|title) is <value>.
      (Subject|Topic|Title): <value>
      (It|This|The mail) is about <value>.
      (We|I) (want to talk|have to speak|wrote) about <value>.
      (The|A) (meeting|talk|mail) (on|about) <value>.
      (Concerning|Regarding|About) <value>.
      (They|We) (discussed|planned|agreed on) <value>.
      (The|Our) main (point|theme) (is|was) <value>.
    `,
    make: (draw) => draw.value(TOPICS),
  },
  {
    names: ["phone", "phone_number"],
    type: "string",
    clauses: lines`
      (My|The|Her|Our) (phone|phone number|number) is <value>.
      (Phone|Tel|Phone number): <value>
      (Call|Ring|Please call) (me|us|her|him|) (at|under|on) <value>.
      (You can|Please) (reach|call) (me|us) (on|at) <value>.
      (The|A) (call|call back) to <value> (is fine|please|would help).
      (I|We) (have|use) the number <value>.
      (Dial|Use) <value> (for questions|to reach me).
      (Under|On) <value> (I am|we are) (there|available).
    `,
    make: (draw) => draw.made(() => `0${draw.int(20, 99)} ${draw.int(100, 999)} ${draw.int(100, 999)}`),
  },
];

const INSTRUCTIONS = lines`
  (Extract|Pull out|Get|Find|Read) (the|) <fields> (as JSON|and answer as JSON|into a JSON object|in JSON).
  (Extract|Return|Give me) (the fields|these fields): <fields>. (Answer as JSON|Reply in JSON|JSON only).
  (Return|Give me|Write|Create) (a|one) JSON (object|) with (the fields|the keys|) <fields>.
  (JSON|As JSON|In JSON), (please|): <fields>.
  (Turn|Convert|Change) (this|the text|the message) into JSON with (the keys|the fields|) <fields>.
  (Extract|Find) (the|) <fields>(| from this text| from the message| from this mail).
  (What are|Which are|Give) the <fields>(|, as JSON|, answer in JSON|).
  (Fill|Complete) (this|the) JSON (schema|form) <schema>.
  (Use|Follow|Answer with) (this|the) (JSON |)schema: <schema>. (Extract the data|Extract|Answer with JSON only).
  (Extract|Read out|Get) (the|all) (data|information|details) (as JSON|) with (this|the) schema <schema>.
  (You extract|Your task is to extract|Extract) <fields> from (mails|messages|texts|the text) (as JSON|and return JSON).
  (Answer|Reply|Respond) (only|) (with|in) JSON(|,| and) (keys|fields): <fields>.
  (Data|Information) extraction: (fields|keys|) <fields>(|, JSON).
  (Which|What) (<fields>) (are|is) (mentioned|in the text)(|, JSON| as JSON).
  (Parse|Analyse) (this|the) (text|message|mail) (and return|to) JSON (with|:) <fields>.
  (I need|We need|I want) <fields> (from this|from the text|out of this message) as JSON.
`;

/** The stated values of the fields asked for, as one line of JSON in the order asked for. */
export function extractExample(draw: Draw): Example {
  const stated = draw.some(FIELDS, draw.int(2, 4)).map((field) => {
    const value = field.make(draw);
    return { name: draw.pick(field.names), type: field.type, value, sentence: draw.phrase(field.clauses, { value }) };
  });
  const text = draw
    .shuffle(stated)
    .map(({ sentence }) => sentence)
    .join(draw.chance(0.15) ? "\n" : " ");
  const asked = draw.some(stated, draw.int(1, Math.min(3, stated.length)));
  const names = asked.map(({ name }) => name);
  const properties = Object.fromEntries(asked.map(({ name, type }) => [name, { type }]));
  const schema = { type: "object", properties, ...(draw.chance(0.5) ? { required: names } : {}) };
  const instruction = draw.phrase(INSTRUCTIONS, {
    fields: () => joinNames(draw, names),
    schema: () => (draw.chance(0.7) ? spacedJson(schema) : JSON.stringify(schema)),
  });
  const values = Object.fromEntries(
    asked.map(({ name, type, value }) => [name, type === "number" ? Number(value) : value]),
  );
  return {
    task: "extract",
    turns: [...ask(draw, instruction, text), { role: "assistant", text: spacedJson(values) }],
  };
}

function joinNames(draw: Draw, names: readonly string[]): string {
  const shown = draw.chance(0.3) ? names.map((name) => name.replaceAll("_", " ")) : names;
  if (shown.length === 1 || draw.chance(0.5)) return shown.join(", ");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}
