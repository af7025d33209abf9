import { lines } from "../language/phrase.ts";
import { product, topic } from "../language/made-values.ts";
import {
  calendarDay,
  clockTime,
  code,
  isoOf,
  money,
  monthFirst,
  WEEKDAYS,
  wholeNumber,
  writtenDay,
} from "../language/words.ts";
import type { Field } from "./field.ts";

const COLORS = [
  "red",
  "blue",
  "green",
  "black",
  "white",
  "yellow",
  "grey",
  "brown",
  "orange",
  "purple",
  "pink",
  "silver",
  "gold",
  "beige",
  "navy",
  "turquoise",
  "dark red",
  "light blue",
  "dark green",
];

/** What texts say about orders, dates and things. */
export const THING_FIELDS: readonly Field[] = [
  {
    names: ["order_id", "order", "order_number", "reference", "order_no", "ticket", "invoice_number"],
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
      (My|Our|The) (order|order id|reference|order no.|ref) (is |)<value>.
      (I have|We have|There is) a (question|problem) (with|about) (order|my order) <value>.
      <value> (is the order number|is my order|is the reference).
      (Ref|Ref.|Our reference|Your order|Order no.)(:|) <value>
      (For|In|On) order <value> (something is missing|we paid twice|I need help).
      (Cancel|Change|Repeat|Ship) order <value>.
      (When|Where) is (order|my order) <value>?
      (With|Under) (the number|order number|reference) <value> (I ordered|we bought it).
    `,
    make: code,
  },
  {
    names: ["date", "day", "due_date", "deadline", "when", "start_date", "delivery_date"],
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
      (The|Our) (course|party|trip|flight|exam|wedding|move) is on <value>.
      (It|The contract|The lease) (starts|ends|begins|runs out) on <value>.
      (Starting|Ending|Valid|Due|Dated) (on |from |)<value>.
      (I was born|She was born|We married|I arrived|They leave) on <value>.
      (See you|Come|Book it|Remind me) on <value>.
      <value> (is the date|is fine|suits me|works for us).
      (Deadline|Delivery date|Birthday|Start|Date of birth): <value>
      (Since|Until|From) <value> (it does not work|I am away|we are open).
    `,
    make: (draw) =>
      draw.chance(0.12)
        ? draw.pick([...WEEKDAYS, "tomorrow", "today"])
        : draw.pick([isoOf, isoOf, writtenDay, writtenDay, monthFirst])(calendarDay(draw)),
  },
  {
    names: ["amount", "price", "total", "cost", "sum", "fee", "amount_eur"],
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
      (The|My|Our) (price|rent|fee|salary|budget|invoice|offer) (is|was|comes to) <value> (euros|dollars|EUR|USD|francs|pounds).
      (It|This|The repair|The ticket) (cost|costs|was) (me |us |)<value> (euros|dollars|pounds).
      <value> (euros|dollars|EUR) (is the price|were paid|is too much|is due).
      (I|We) (paid|spent|sent|transferred|received|earned) <value> (euros|dollars|EUR|USD).
      (Sum|To pay|Value|Fee|Costs)(:|) <value> (euros|EUR|)
      (That|This) makes <value> (euros|dollars) (in total|altogether|all together).
      (The|A) (bill|invoice|fine|refund|payment) of <value> (euros|dollars|EUR)(| came| is attached| was wrong|).
      (Please|) (charge|book|credit) <value> (euros|dollars) (to my account|back|).
    `,
    make: money,
  },
  {
    names: ["product", "item", "article", "product_name", "object"],
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
      (I am|We are) (looking for|interested in|selling|waiting for) (a|the) <value>.
      (My|Our|The new|The old) <value> (broke|works well|arrived|stopped working|was stolen).
      (She|He|My brother|Somebody) (bought|lost|found|sold) (a|the) <value>.
      (What|How much) (does|is) (the|a) <value> (cost|)?
      (One|A) <value>, please.
      (Ordered|Bought|Returned|Missing): <value>
      (Thanks|Thank you) for the <value>.
      (I|We) (ordered|bought|got|received|returned) (a|the|one) <value>.
    `,
    make: product,
  },
  {
    names: ["quantity", "count", "pieces", "units", "number_of_items", "qty"],
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
      (I|We) (want|need|take|would like|have ordered|bought) <value>(| of them| in total| pieces| items|).
      (Send|Ship|Reserve|Pack) (me|us|) <value> (pieces|units|items|boxes|of them).
      (How about|Let us say|Altogether|In total) <value> (pieces|units|items).
      (Number|Amount of pieces|Units|Items|Number of pieces): <value>
      (A total of|Exactly|About) <value> (pieces|units|items) (came|were sold|are left).
      (The|My) (order|box|delivery) (has|contains|is for) <value> (pieces|units|items).
      <value> (times|pieces|items), please.
      (There were|We found|They delivered) (only |)<value> (pieces|items|units).
    `,
    make: (draw) => wholeNumber(draw, 2, 500),
  },
  {
    names: ["time", "start", "hour", "start_time"],
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
      (See you|Meet me|Be here|Call me|Pick me up) at <value>.
      (The|Our|My) (train|bus|flight|shift|appointment|lesson|doctor's appointment) (is|starts|leaves) at <value>.
      <value> (is fine|works for me|would be best|suits us).
      (Let us|Let's|We will|Shall we) (meet|start|talk|eat) at <value>(|?|.).
      (At|By) <value> (it was over|they came|the shop opens|I have to leave).
      (Arrival|Begin|Departure|Meeting time|When): <value>
      (The|A) (call|dinner|meeting) (planned|set|booked) for <value>.
      (Opening|Closing) (time|hour) (is|:) <value>.
    `,
    make: (draw) => (draw.chance(0.15) ? `${draw.int(1, 12)} ${draw.pick(["am", "pm"])}` : clockTime(draw)),
  },
  {
    names: ["subject", "topic", "title", "theme"],
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
      (My|The|Our) (question|mail|call|request|message) (is about|concerns|is on) (the |)<value>.
      (We|They|I) (need to|should|must|want to) (discuss|talk about|plan) (the |)<value>.
      (Re|About|Concerning|Betreff|Item|Agenda): <value>
      (On|For) the agenda: <value>.
      <value> (is the topic|is what it is about|comes first|is next).
      (Thanks|Thank you) for (the notes|your mail) (on|about) (the |)<value>.
      (Let us|Let's) (talk|speak|meet) about (the |)<value>.
      (The|This) (workshop|call|document|project|email) (is|deals with|covers) (the |)<value>.
    `,
    make: topic,
  },
  {
    names: ["color", "colour"],
    type: "string",
    clauses: lines`
      (The|My) (colour|color) (is|should be) <value>.
      (Colour|Color): <value>
      (I|We) (want|need|prefer|like) (it in |)<value>.
      (It|The cover|The car|The box) is <value>.
      (Please|) (send|paint|deliver) it in <value>.
      (In|Only in) <value>, please.
      (We|I) (ordered|chose|got) the <value> (one|version|model).
      (The|A) <value> one(|, please| would be nice).
    `,
    make: (draw) => draw.pick(COLORS),
  },
  {
    names: ["room", "room_number", "office"],
    type: "string",
    clauses: lines`
      (The|Our) (meeting|class|course) is in room <value>.
      (Room|Room number|Office): <value>
      (I sit|She sits|You find me|It stands) in room <value>.
      (Please|) (come|bring it|go) to room <value>.
      Room <value> (is free|is booked|is cold|needs cleaning).
      (We|I) (booked|reserved|have) room <value>.
      (It|This) (happened|took place|is) in room <value>.
      (My|The) room (number |)is <value>.
    `,
    make: (draw) =>
      draw.made(() =>
        draw.pick([
          () => `${draw.int(1, 9)}${draw.int(10, 99)}`,
          () => `${draw.pick(["A", "B", "C", "D", "E"])}${draw.int(1, 40)}`,
        ])(),
      ),
  },
  {
    names: ["people", "guests", "persons", "participants"],
    type: "number",
    clauses: lines`
      (We are|There are|It is for|A table for) <value> (people|persons|guests|of us).
      (People|Guests|Persons|Participants): <value>
      (For|With) <value> (people|persons|guests|participants)(|, please).
      <value> (people|guests|colleagues) (will come|are coming|signed up|take part).
      (The|Our) (group|party|class) (has|is) <value> (people|persons).
      (We|I) expect <value> (guests|people|participants).
      (A|The) group of <value>.
      (Please|) (plan|cook|book) for <value> (people|persons|guests).
    `,
    make: (draw) => wholeNumber(draw, 2, 90),
  },
];
