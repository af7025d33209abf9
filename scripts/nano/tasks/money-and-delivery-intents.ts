import { lines } from "../language/phrase.ts";
import type { Intent } from "./intent.ts";

const BILLING = ["billing", "finance", "accounting", "accounts"];
const SHIPPING = ["shipping", "logistics", "delivery"];

/** What people want of those who bill, pay and deliver. */
export const MONEY_AND_DELIVERY_INTENTS: readonly Intent[] = [
  {
    label: "billing_question",
    aliases: ["billing", "payment", "billing issue"],
    topics: ["billing", "a payment", "a charge", "a bill"],
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
    `,
  },
  {
    label: "refund_request",
    aliases: ["refund", "money back", "return"],
    topics: ["a refund", "money back", "returning something"],
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
    `,
  },
  {
    label: "invoice_copy",
    aliases: ["invoice", "invoice request", "receipt"],
    topics: ["an invoice", "a copy of an invoice", "a receipt"],
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
    `,
  },
  {
    label: "expense_report",
    aliases: ["expenses", "travel expenses", "expense claim"],
    topics: ["expenses", "an expense claim", "travel costs"],
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
    `,
  },
  {
    label: "order_status",
    aliases: ["delivery status", "tracking", "where is my order"],
    topics: ["the status of an order", "a delivery", "where a parcel is"],
    team: SHIPPING,
    messages: lines`
      Where is my (order|parcel|package|delivery|<product>)?
      (When|On which day) (will|does) (my order|order <code>|the <product>|my parcel) (arrive|get here|come)?
      (What is|Tell me|Can you tell me) the (status|state) of (order <code>|my order|my delivery).
      (Has|Was) (my order|order <code>|the <product>) (been|already) (shipped|sent|dispatched)?
      (I am|We are) still waiting for (my parcel|order <code>|the <product>)(| since <weekday>).
      (My|The) (parcel|package|delivery|<product>) (has not arrived|is late|is overdue|did not come)(| yet).
      (How|Where) can I track (my|the) (order|parcel|shipment)(| <code>)?
      (The|My) tracking (number|link|page) (shows nothing|does not work|says nothing new)(| since <weekday>).
      I ordered (a|the) <product> (<number> days ago|on <weekday>|last week), (where is it|has it been sent|when will it come)?
      (Is|Will) (order <code>|my parcel) (on its way|be here by <weekday>|arriving today)?
      (How long|How many days) (does|will) (the delivery|shipping) (take|last)(| to <city>)?
      (Any|Is there any) news (about|on|of) (my order|order <code>|the shipment)?
      (Did|Have) you (ship|send|shipped) (my|the) (<product>|order) (yet|already)?
      (The courier|The driver) (did not come|never rang), where is (the parcel|my package) now?
      (Order|Parcel) <code>: (what is the status|where is it|when does it arrive)?
      (Expected|Promised) (on|for) <weekday>, (but|and) (the <product>|my parcel) is (still|) not here.
    `,
  },
  {
    label: "address_change",
    aliases: ["change of address", "address", "new address"],
    topics: ["a change of address", "a new address", "moving house"],
    team: SHIPPING,
    messages: lines`
      (I have moved|We have moved|I moved|We moved)(| to <city>), (please|kindly) (change|update) (my|our) address.
      (Please|Could you|Can you) (change|update|correct) (my|the|our) (delivery|postal|shipping|home|) address(| to <number> Main Street, <city>).
      (My|Our) new address is <number> (Park|Main|Station|Church) (Street|Road), <city>.
      (I am moving|We are moving|Our office moves) to <city> (on <weekday>|next month|in <month>)(|, what do I have to do).
      (How|Where) (do|can) I (change|update) my (address|postal address|delivery address)?
      (Send|Deliver) (order <code>|the parcel) to (another|a different|my new) address(| in <city>).
      The (address|house number|street|postcode) (in|on) my (account|order) is (wrong|old|not right).
      (You have|Your system has) (my old|the wrong) address(| in <city>).
      (From|As of) <month> (I|we) (will live|live) in <city>, (please note|here is) (the|my) new address.
      (Can|Could) (order <code>|my parcel) (still|) (go|be sent) to (a different|another) (address|street)?
      (Correct|Fix) the (street|house number|postcode), (it is|it should be) <number> (Park|Hill|Lake) (Road|Street).
      (I typed|I entered|There is) a (wrong|mistyped) (house number|street|address) (in|for) (my|the) order.
      (Change|New) (of|) address(|: <number> Lake Street, <city>|, we moved to <city>).
      (Please|Kindly) note (that|) (we|I) (now live|moved) (in|to) <city>.
    `,
  },
];
