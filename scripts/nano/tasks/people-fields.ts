import { lines } from "../language/phrase.ts";
import { department, job, place } from "../language/made-values.ts";
import {
  company,
  COUNTRIES,
  emailAddress,
  person,
  phoneNumber,
  streetAddress,
  wholeNumber,
} from "../language/words.ts";
import type { Field } from "./field.ts";

/** What texts say about people and firms. */
export const PEOPLE_FIELDS: readonly Field[] = [
  {
    names: [
      "name",
      "customer",
      "person",
      "full_name",
      "contact",
      "customer_name",
      "sender",
      "client",
      "contact_person",
    ],
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
      (Best|Cheers|Thanks|Sincerely|Kind regards|All the best), <value>
      (Hi|Hello|Good morning), (here is|this is|I am|it's|my name's) <value>.
      <value> (here|speaking|on the phone).
      (Signed|Sent by|Written by|From): <value>
      (Today|Yesterday|On the phone) (I met|I talked to|we had|there was) <value>.
      (Mr|Ms|Mrs|Dr) <value> (would like an answer|is waiting|needs help|asked me).
      (Our|The) new (colleague|manager|contact|tenant|patient|guest|member) is (called |)<value>.
      (A|The) (request|letter|booking) (of|by|from) <value>.
    `,
    make: person,
  },
  {
    names: ["email", "mail", "email_address", "contact_email", "e_mail"],
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
      (Best|Simply) (reply|write|send it) to <value>.
      <value> (is my address|is her email|is where you reach me|works best).
      (Mail|Email) (me|us|him|her) (at|under|via) <value>.
      (If you have questions|For questions|To reach me), (use|write to|mail) <value>.
      (I am|She is|He is) reachable (at|under|via) <value>.
      (Please|) (cc|copy|inform|invite|add) <value>.
      (The|My|Our) (contact|new email|work email|private mail) (is|:) <value>.
      (Sent from|From|To|Cc|Reply to): <value>
    `,
    make: emailAddress,
  },
  {
    names: ["city", "place", "location", "town", "where", "destination"],
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
      (I am|We are|She is|He is|They are) (from|based in|at home in|staying in|sitting in) <value>.
      (Born|Living|Working|Located) in <value>.
      (The|Our|My) (flight|train|tour|conference|wedding) (leaves from|goes to|is in|ends in) <value>.
      <value> (is where I live|is our city|is the place|would be best).
      (I grew up|I was born|I study|We met|We have a flat) in <value>.
      (See you|Let us meet|Come to us) in <value>.
      (Destination|Office|Site|Branch|Address): <value>
      (Our|The) (customer|client|team) in <value> (called|waits|is happy).
    `,
    make: place,
  },
  {
    names: ["company", "firm", "organization", "employer", "company_name", "vendor"],
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
      (I am calling|I write|This is a message|Greetings) (from|on behalf of) <value>.
      (She|He|My friend) (runs|owns|left|joined) <value>.
      (Our|The) (client|customer|competitor|landlord|bank) is <value>.
      <value> (hired me|is hiring|sent us a letter|has a question|wants a quote).
      (Employer|Customer|Client|Supplier|Vendor): <value>
      (We|I) (bought|ordered) it (from|at) <value>.
      (An|The) (order|invoice|letter|offer) (from|of|by) <value>.
      (At|Here at) <value> (we need this|everybody is happy|nobody knows).
    `,
    make: company,
  },
  {
    names: ["department", "team", "unit"],
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
      (I am|I'm|She is|He's) (the head of|from|with|a member of) (the |)<value>.
      (Ask|Send it to|Forward it to|Talk to) <value>.
      (My|Our) (boss|colleague|manager) (works in|leads|runs) <value>.
      <value> (is responsible|wants to know|has to sign|will pay).
      (Cost center|Unit|Group|Area): <value>
      (The|A) (meeting|request|budget) of (the |)<value> (team|department|).
      (New|Open) (job|position) in <value>.
      (This|It) is a matter for <value>.
    `,
    make: department,
  },
  {
    names: ["phone", "phone_number", "telephone", "mobile", "tel"],
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
      (Mobile|Cell|Telephone|Number|Contact|Call): <value>
      (My|His|Her) (mobile|cell|telephone|direct line|office number) is <value>.
      (Ring|Phone|Text|Reach) (me|us|him|her) (on|at|under) <value>.
      <value> (is my number|is the office|is the best number|reaches me).
      (In case of questions|If anything is unclear), (call|dial|ring) <value>.
      (Please|) call back (on|under|at) <value>.
      (You|They) (get|reach|find) me (at|under) <value>.
      (We|I) can be (called|reached) (at|on|under) <value>.
    `,
    make: phoneNumber,
  },
  {
    names: ["country", "nation", "land"],
    type: "string",
    clauses: lines`
      (I live|We live|I work|The office is|She studies) in <value>.
      (Country|Nation|Country of origin): <value>
      (I am|We are|He comes|The goods are) from <value>.
      (Our|The) (headquarters|customer|supplier|factory) is in <value>.
      (We|I) (ship|sell|travel|move) to <value>.
      <value> (is my country|is where we live|is our biggest market).
      (The|A) (trip|delivery|flight) to <value>.
      (They|We) (come|import|buy) from <value>.
    `,
    make: (draw) => draw.value(COUNTRIES),
  },
  {
    names: ["age", "years", "age_years"],
    type: "number",
    clauses: lines`
      (I am|She is|He is|My son is|The applicant is) <value>(| years old).
      (Age|Age in years): <value>
      (I|She|He) (turned|turns|will be) <value> (this year|in May|yesterday|today).
      (At the age of|Aged) <value> (she left|I moved|he joined).
      (I am|She is) a <value> year old (woman|student|patient).
      (The|My) (daughter|patient|customer|driver) is <value> years old.
      <value> years old(|, healthy|, single).
      (A|The) person of <value> years.
    `,
    make: (draw) => wholeNumber(draw, 18, 99),
  },
  {
    names: ["street", "address", "street_address"],
    type: "string",
    clauses: lines`
      (I live|We live|The office is|We are) at <value>.
      (Street|Address|Street address): <value>
      (My|Our|The) (address|new address|street) is <value>.
      (Send|Deliver|Ship) (it|everything|the parcel) to <value>.
      (Come|Please come|Drive) to <value>.
      (We|I) moved to <value>.
      (The|Our) (shop|house|warehouse|branch) (at|in) <value>.
      <value> (is the address|is where we are|is our new home).
    `,
    make: streetAddress,
  },
  {
    names: ["job", "job_title", "position", "role", "profession"],
    type: "string",
    clauses: lines`
      (I am|I work as|She works as|He is) (a|our) <value>.
      (Job|Profession|Position|Role): <value>
      (My|Her|The) (job|position|role|profession) is <value>.
      (We|They) (need|hire|look for|are looking for) a <value>.
      (As a|Being a) <value> I (know this|travel a lot|work at night).
      (He|She) was (hired|employed) as (a |)<value>.
      (I|She) (want|would like) to become a <value>.
      (Our|The) <value> (quit|is sick|is new|will call you).
    `,
    make: job,
  },
];
