import { lines } from "../language/phrase.ts";
import type { Intent } from "./intent.ts";

const BILLING = ["billing", "finance", "accounting", "accounts", "finance team", "accounts department", "bookkeeping"];

/** What people want of those who bill and pay. */
export const MONEY_INTENTS: readonly Intent[] = [
  {
    label: "billing_question",
    aliases: [
      "billing",
      "payment",
      "billing issue",
      "billing_issue",
      "payment question",
      "charge",
      "bill",
      "payments",
      "payment_issue",
      "billing problem",
      "charges",
    ],
    topics: [
      "billing",
      "a payment",
      "a charge",
      "a bill",
      "payments",
      "charges",
      "a fee",
      "what they have to pay",
      "the bill",
    ],
    wants: ["ask about a bill", "have a question about a payment", "ask about a charge", "wonder about a charge"],
    team: BILLING,
    messages: lines`
      (Why|How come) (was|am) I (charged|billed) (twice|<number> euros|two times|so much)(| this month| in <month>)?
      (There is|I see|I found) (a|an unknown|a wrong|a double) (charge|payment|amount) (on|in) my (bill|card|statement).
      My (bill|monthly fee) is (higher|larger|<number> euros more) than (usual|last month|agreed).
      (When|On which day) is (my|the next) (payment|bill|instalment) due?
      (Which|What) (payment methods|cards) do you (accept|take)?
      My (card|payment|bank transfer) was (declined|rejected|refused)(| although it is valid).
      (I|We) (already paid|have paid) but (still|again) (got|received) a (reminder|dunning letter).
      (Can|May|Could) I pay (by card|in instalments|later|monthly|by bank transfer)?
      (What|How much) do I (still owe|have to pay)(| this month)?
      (I do not understand|Please explain|I have a question about) (the|my) (last bill|charge of <number> euros|fees).
      (You|Your company) (took|debited|charged) <number> euros (too much|without asking|by mistake).
      (How|Where) (do|can) I (change|update) my (bank details|credit card|payment method)?
      The (amount|total|tax) on (my|the) bill (is wrong|seems wrong|does not add up).
      (Was|Is) my payment (from|of) <weekday> (received|booked|there)?
      (Our|My) account was debited (twice|two times) (for|in) (the same month|<month>).
      (Is|Are) (there|any) (extra|hidden) (fees|charges|costs) on my (bill|plan)?
      (Why|How come) (is|was|does) (my bill|this month's bill|the amount|my subscription fee|the total) (so high|higher than before|<number> euros|more than agreed|different)?
      (You|I was|We were|I got|My card was) (charged|billed|debited) (me |us |)(twice|double|too much|<number> euros|for nothing|the wrong amount)(| in <month>| this month| for the same order|).
      (What|Which) (is|are) (this|the|that) (charge|fee|payment|amount|debit|cost) (of <number> euros|on my card|on my statement|on my account|for)?
      (I|We) (paid|have paid|already transferred) (the bill|<number> euros|the fee|everything) (on <weekday>|last week|in <month>), (why|but) (do I get another reminder|it still shows as open|is it not booked|you say I owe money).
      (Did|Have) you (receive|received|get|got) my (payment|transfer|money|bank transfer)(| of <number> euros| from <weekday>|)?
      (Can|Could) you (explain|check|clarify|look at) (the charges|the fees|my bill|this charge|the payment|the amount) (on my account|for <month>|of <number> euros|please|)?
      (My|Our) (payment|card|transfer|direct debit) (failed|bounced|did not go through|was declined|was refused|is pending)(| today| for the subscription| twice|).
      (How|When) (do|can|must|will) (I|we) (pay|be charged|be billed|get billed)(| for the plan| this month| next year|)?
      (Is|Can) (it possible to|I) (pay|change to paying|switch to) (by invoice|by credit card|in installments|monthly|yearly|with PayPal)?
      (There is|There's|I noticed|I see) (a mistake|an error|a charge I do not know|an unknown charge|a double charge|a fee) (on|in) my (bill|account|statement|credit card)(|.).
      (I|We) (was|were|have been) (overcharged|charged twice|billed for something we never ordered|charged the wrong price)(|, please check|, please correct it|).
      (What|How much) (is|does) (my balance|the open amount|the monthly fee|outstanding)(| at the moment| now|)?
      (The|This) (bill|fee|charge|price|sum) (is|seems|looks) (wrong|too high|incorrect|strange|not what we agreed)(|, please explain|, can you check it|).
      (Why|When) (was|is) (the|a) (late fee|reminder fee|tax|service fee|surcharge) (added|charged|due)(| to my bill|)?
      (I|We) (have|got) a question (about|regarding|on) (the|my|our) (bill|payment|last charge|fees|billing|direct debit|monthly charge)(|.).
      (Please |)(update|change|correct) (my|our) (billing details|credit card|bank account|payment method|payment data)(|.).
      (The|My) (discount|voucher|coupon|credit) (was not|is not|has not been) (applied|deducted|taken into account)(| on my bill| to the payment|).
      (Do|Does) (I|this plan) (have to pay|cost|include) (VAT|tax|a setup fee|anything extra)(| this year|)?
      (My|Our) (credit card|bank statement) shows (two payments|<number> euros too much|a payment I did not make|your name twice)(|.).
    `,
  },
  {
    label: "refund_request",
    aliases: [
      "refund",
      "money back",
      "return",
      "refunds",
      "money-back",
      "product return",
      "return_request",
      "reimbursement",
      "returns",
      "return an item",
    ],
    topics: [
      "a refund",
      "money back",
      "returning something",
      "refunds",
      "a return",
      "getting money back",
      "sending something back",
    ],
    wants: ["want money back", "ask for a refund", "want to return something", "want to send something back"],
    team: BILLING,
    messages: lines`
      (I want|I would like|I demand|Please give me) (my money back|a refund|a full refund)(| for the <product>).
      (Please|Could you|Can you) refund (the <product>|my order|order <code>|my last purchase).
      (How|Where) (do|can) I (return|send back) the <product>(| and get my money back)?
      (I am returning|I sent back|I returned) the <product>, (when|how soon) (do I get|will I receive) (the refund|my money)?
      The <product> (does not fit|is not what I ordered|is not as described), I want to (return it|send it back).
      (Can|May) I (return|give back|exchange) the <product> (for a refund|within <number> days)?
      (Still|I am still) waiting for (my|the) refund (of <number> euros|for order <code>|since <weekday>).
      (I would|We would) (rather|prefer to) have (the money|our money|my money) (back|returned).
      (Take|Please take) the <product> back and (refund|return|pay back) (the price|my money|the <number> euros).
      (Am I|Are we) entitled to a refund (for|if) (the cancelled event|the <product> was late)?
      (I changed my mind|It was the wrong size|I bought the wrong one) and (want|would like) to return the <product>.
      (Reimburse|Please reimburse|Pay) me (for|back for) the (unused|broken|returned) <product>.
      My refund (has not arrived|is missing|was too small).
      (I request|This is a request for) a refund (of|for) (order <code>|<number> euros|the <product>).
      (Money back|Refund), please(|: the <product> was not used|, order <code>).
      (I|We) (want|would like|need|demand|expect|ask for|am asking for) (a refund|my money back|our money back|the money back|a full refund|a partial refund)(| now| please| immediately| for the <product>| for order <code>|).
      (The|My) <product> (arrived|came|was) (broken|damaged|in the wrong size|too late|faulty|defective), (please refund me|I want a refund|I'd like my money back|how do I return it|I want to send it back).
      (Can|Could|May) (I|we) (get|have|receive|claim) (a refund|my money back|our money back|the price back)(| for the <product>| for order <code>| because it was late|)?
      (How|Where) (can|do) (I|we) (get|claim|request|ask for) (a refund|my money back|our money|the money back)(| for the <product>| for the cancelled trip|)?
      (I'd|I would|We would) like to (return|send back|give back) (the <product>|my order|this item|order <code>|it)(| for a refund| and get my money back| because it does not fit|).
      (When|How soon) (will|do|can) (I|we) (get|see|receive|have) (my refund|the refund|my money back|the money)(| for order <code>| for the <product>|)?
      (I|We) (returned|sent back|shipped back) (the <product>|order <code>|everything) (<number> days ago|last week|on <weekday>) (and|but) (still have no refund|got no money yet|the money is not back).
      (Refund|Money back|Return|Please refund)(:|,|) (order <code>|the <product>|my last order|the ticket)(|, it is broken| please|, unused|).
      (The|This) <product> is (not what I wanted|the wrong colour|too small|too big|useless to me), (can I return it|I want to return it|please take it back|I'd like to give it back).
      (Please |)(refund|return|transfer back|give back|credit) (the <number> euros|my payment|the amount|the price|my deposit|the shipping costs)(| to my card| to my account|).
      (I|We) (no longer|don't) (want|need) the <product> (and want|and would like|, so I want) (my money back|to return it|a refund|to send it back).
      (The|Our|My) (event|flight|concert|course|trip|booking) was (cancelled|called off), (so|and) (I want|we want|I would like) (a refund|the money back|our money back).
      (Is|Are) (it|the <product>|this item|sale items) (possible to return|returnable|refundable)(| within <number> days| without the box|)?
      (I|We) (bought|ordered|received) the wrong (<product>|size|model|colour) and (want|would like|need) to (return|exchange|send back) it.
      (You|The shop) (promised|agreed to) (a refund|refund me|give me my money back|pay back <number> euros)(|, where is it|, but nothing came|).
      (What|How long) (is|do I have for) (the return policy|your refund policy|a return|the return)(|?| for the <product>?).
      (Send|Email) me a (return label|return form|return slip)(| for the <product>| please| for order <code>).
    `,
  },
  {
    label: "invoice_copy",
    aliases: [
      "invoice",
      "invoice request",
      "receipt",
      "invoices",
      "invoice_request",
      "receipts",
      "copy of invoice",
      "invoice question",
      "billing document",
      "receipt request",
    ],
    topics: [
      "an invoice",
      "a copy of an invoice",
      "a receipt",
      "invoices",
      "a receipt for something",
      "a missing invoice",
      "an invoice as PDF",
    ],
    wants: ["want a copy of an invoice", "need a receipt", "ask for an invoice", "ask for a receipt"],
    team: BILLING,
    messages: lines`
      (Please|Could you|Can you) (send|mail|email) me (the|a copy of the|my) invoice (for|of) (<month>|order <code>|last month).
      (I need|We need|I am missing) (the|a|an) (invoice|receipt) (for|of) (order <code>|the <product>|<month>).
      (Where|How) can I (download|find|get) (my|the) (invoice|invoices|receipt)?
      (The|Our) invoice (for <month>|<code>) (never arrived|is missing|got lost|has not arrived).
      (My accountant|Our bookkeeper|The tax office) (needs|wants) (a copy of|) (the|all) (invoices|receipts) (for|from) <month>.
      (May|Can) I (have|get) (an invoice|a receipt) (with|in) (my company name|our new address|the tax number)?
      (Please|Could you) (issue|write|make out) (an|the) invoice (to|for) <company>.
      (Send|Forward|Resend) (invoice <code>|the invoice) (again|to <name>|once more)(| please).
      (I lost|We lost|I deleted) (the|our|my) (receipt|invoice) (for|of) (the <product>|<month>).
      (Is|Was) the invoice for order <code> (sent|issued|ready)(| already)?
      (An|The) (invoice|receipt) (as|in) PDF (please|would be great)(|, for order <code>).
      (I require|We require) (a receipt|an invoice) for (our records|the tax return|my expenses at <company>).
      (There was|I got) no (receipt|invoice) in the (box|parcel|mail)(|, please send one).
      Do you (also|) (send|provide|issue) (receipts|invoices) (on paper|by mail|as PDF)?
      (Can|Could|Would) you (send|email|forward|mail|give|resend) (me|us|<name>|our accountant) (the|an|my|a copy of the|last month's|the original) (invoice|receipt)(| for <month>| for order <code>| again|)?
      (I|We) (need|require|would like|am looking for|cannot find) (an invoice|the invoice|a receipt|a copy of invoice <code>|last year's invoices|all invoices)(| for the tax office| for our books| for accounting| for <month>|).
      (Where|How) (is|do I get|can I find|do I download) (my|the|our) (invoice|receipt|invoices)(| for <month>| for the <product>| for order <code>|)?
      (I|We) (have not|haven't|never|did not) (received|got|get|receive) (an|the|any) (invoice|receipt)(| for <month>| for order <code>| yet| for our order|).
      (Please |)(send|email|provide|issue|reissue) (me|us|) (the|an|a) (invoice|receipt|invoice copy|duplicate of the invoice) (for|to|of) (order <code>|<company>|my purchase|<month>).
      (Invoice|Receipt|Copy of invoice) (for|of) (order <code>|<month>|the <product>|last month)(| please|, please| needed| is missing|).
      (Our|My) (accounting|finance department|tax adviser|boss|bookkeeper|auditor) (needs|asks for|wants|is missing) (the invoice|a receipt|a copy of the invoice|invoice <code>)(|.).
      (I|We) (lost|misplaced|deleted|threw away) (the|my|our) (invoice|receipt)(|,| and) (can I get|please send|need|could you send) (a copy|another one|a new one|a duplicate).
      (Could|Can) (I|we) (get|have) (a receipt|an invoice|the invoice|an itemized invoice|a proper invoice) (for|with) (my purchase|the stay|VAT|our company's name|the payment)?
      (The|My) (invoice|receipt) (shows|has|contains) (the wrong name|the old address|no VAT number), (please send a new one|please correct and resend it|I need a new invoice).
      (Resend|Send again|Mail again) (invoice <code>|the invoice of <month>|the last invoice)(|,| please)(|.).
      (Do|Will) (I|we) (get|receive) (an invoice|a receipt|a bill by mail) (for this|by email|on paper|after the payment)?
      (As|For) (a business|a company|my records|my insurance) I need (an invoice|a receipt|the invoices of <month>)(|.).
      (PDF|Paper|Printed) (of|copy of) (the|my) (invoice|receipt)(|,) (please|needed|for <month>).
      (The|Your) (download|link) (of|for) (my|the) invoice(| <code>) (does not work|has expired), please (send|mail) it.
    `,
  },
  {
    label: "expense_report",
    aliases: [
      "expenses",
      "travel expenses",
      "expense claim",
      "travel costs",
      "business trip costs",
      "expense",
      "expense_claim",
      "reimbursement of expenses",
      "travel_expenses",
      "expense question",
    ],
    topics: [
      "expenses",
      "an expense claim",
      "travel costs",
      "travel expenses",
      "costs of a business trip",
      "an expense report",
      "a trip's costs",
    ],
    wants: ["want expenses paid back", "ask about travel expenses", "submit an expense report", "claim expenses"],
    team: BILLING,
    messages: lines`
      (How|Where) do I (file|submit|enter|claim) my (travel|hotel|taxi) (expenses|costs)?
      (I|We) (want|would like) to (submit|claim|hand in) (my|our) expenses (for|from) (the trip to <city>|<month>).
      (Here are|Attached are|I attach) (my|the) (expenses|hotel and train costs) (for|from) (the <city> trip|<month>|my trip).
      When will (my|the) (expenses|expense report|travel costs) (from <city>|for <month>|) be (paid|approved|reimbursed by payroll)?
      (My expense report|My expense claim|The travel claim) (was rejected|is not approved yet|is still open).
      (Please|Could you) (approve|check|sign) (my|the) expense (report|claim) (for|of) <number> euros.
      (Can|May) I (claim|expense) (a taxi|the train ticket|lunch with a client|the hotel) (in <city>|)?
      (What|How much) is the (daily allowance|mileage rate|hotel limit) (for|in) (<city>|business trips)?
      (I spent|I paid) <number> euros for (the hotel|a train|dinner) (in <city>|on my business trip), (who|where do I) (pays me back|hand it in)?
      (The hotel|My flight|The taxi) in <city> (cost|was) <number> euros, (please|kindly) (add|put) it (to|on) my expense (report|claim).
      (Expense|Travel expense) (report|claim) for (my trip to <city>|<month>)(|: <number> euros in total).
      (Do|Must) I (keep|hand in) (all|the) (tickets|slips) for my travel expenses?
      (Could|Can) (someone|you) (check|look at) (the mileage|the allowance|the hotel costs) in my (travel|expense) claim?
      (I forgot|I still have) to (enter|add|claim) (the taxi|the parking fee|a train ticket) from (<city>|my business trip).
      (How|Where) (do|can|should) I (submit|file|claim|hand in|enter|upload) (my|the|our) (expenses|travel costs|expense report|taxi receipts|hotel bill|mileage)(| from <city>| for the trip| for <month>|)?
      (I|We) (went|travelled|drove|flew) to <city> (for work|on business|for a client), (how do I claim the costs|here are my expenses|I want to claim <number> euros|please reimburse the trip).
      (I|We) (paid|spent|laid out) <number> euros (for|on) (the hotel|dinner with a client|train tickets|gas|parking|a taxi) (on my business trip|for work|in <city>) and (want it back|would like to claim it|need to be reimbursed by the company).
      (When|How long until) (will|do) (I|we) (get|be reimbursed|receive|see) (for |)(my travel expenses|the expenses|my expense claim|the trip to <city>)?
      (My|The) (expense report|expense claim|travel report|expenses)(| for <month>| from <city>) (is attached|is ready|needs approval|has not been paid|was not approved|is still pending).
      (Please |)(approve|process|reimburse|pay|check) (my|the) (expense report|expenses|travel expenses|expense claim|business trip)(| for <month>| from <city>| of <number> euros|).
      (What|Which) (costs|expenses|receipts|meals) (can I claim|are reimbursed|are covered|does the company pay) (on|for|during) (a business trip|trips|client dinners|travel)?
      (Is|Are) (dinner|the taxi|my hotel|breakfast|parking|the flight) (covered|reimbursed|an allowable expense|paid by the company)(| on business trips|)?
      (Expenses|Expense report|Travel expenses|Business trip)(:| for) (hotel <number> euros|<city>|<month>|taxi and train|lunch with a client)(|, please approve|, receipts attached|).
      (I|We) (forgot|missed the deadline|am too late) to (hand in|submit|file) (my|the) (expenses|expense report|travel receipts)(| for <month>|).
      (How much|What) (per kilometre|per day|mileage|daily allowance) (can I claim|do we get|is paid) (for|on) (my car|business trips|trips abroad|travel)?
      (I|We) used my own (car|money|credit card) (for|on) (the business trip|a client visit|the trip to <city>), (how do I get that back|please reimburse me|can I claim that).
      (Here is|Attached is|I am sending|Find attached) my (expense report|expense form|travel expense claim|list of expenses)(| for <month>| from <city>|).
      (The|My) (per diem|mileage|taxi fare|hotel bill|travel advance) (is missing|was not paid|is wrong) (in|on) my (expense report|travel claim|expenses).
      (Can|Could) I (charge|expense|claim) (my phone bill|a client dinner|the train|a rental car) (to|as|on) (the company|a business expense|expenses)?
    `,
  },
];
