import { lines } from "../language/phrase.ts";

/** More messages of customers, by the label of what they want. */
export const CUSTOMER_MESSAGES: Readonly<Record<string, readonly string[]>> = {
  sales_inquiry: lines`
    (Any|Are there any|Do you have any|What are your) (prices|offers|discounts|deals) (for|on) (the|a|your) <product>(|?)
    (Does|Do) the <product> come with (a warranty|a guarantee|batteries|a free trial|support)?
    (What|How much) (does|would) (the|a) <product> (cost|be)(| for <number> people| with delivery|)?
    (I|We) (think|are thinking) (about|of) (buying|getting|ordering) (a|the|<number>) <product>(s|).
    (Could|Can) (I|we) (have|get) (a|an) (offer|quote|trial|demo) (for|of) <number> <product>s?
    (Price|Prices|Quote|Offer) for <number> <product>s(|, please|?)
    (Is|Are) there (a discount|a lower price|a bulk price) (if|when) (I|we) (buy|order|take) <number>?
    (Which|What) (<product>|plan|model) (do you recommend|is the best|would you sell me|fits <number> people)?
    (I|We) (want|would like|plan) to (buy|purchase|order) (a|your|the newest) <product>(|, what do I have to do?|: who sells it?)
    (Do|Can) you (sell|deliver|offer) (a |the |)<product>(s|) (in|to) <city>?
    (Interested in|We are interested in|I am interested in) (a|the|your) <product>(|, please send prices|: what does it cost?)
    (Please |)(send|mail) (me|us) (a quote|an offer|your price list|your catalogue)(| for the <product>| for <number> <product>s|).
  `,
  cancel_subscription: lines`
    (Please |)(remove|take|delete) me from (the|your) (premium plan|subscription|plan|service|paid plan).
    (Please |)(end|stop|terminate|cancel) (my|our|the) (membership|subscription|plan|contract|gym membership)(| now| by <month>| at once|).
    (Too expensive|Not worth it|I never use it|We do not need it)(:|,) (end|cancel|stop|terminate) (my|our) (membership|subscription|plan).
    (I|We) (do not|don't) (want|need) (the|your|this) (service|subscription|plan|membership) (any more|any longer)(|.)
    (We are|I am|I'm) done with (your|the) (service|plan|subscription)(|,| so) please (end|cancel|stop) it.
    (How|Where) (do|can) I (cancel|end|stop|terminate|quit) (my|the) (subscription|membership|plan|contract)?
    (I|We) (want|would like|wish) to (unsubscribe|quit|leave|terminate|end the contract)(| by <month>| today|).
    (Unsubscribe|Sign off|Cancel) (me|us)(| please| from the plan| from your service|).
    (Do not|Don't|Please do not) (renew|extend) (my|our) (subscription|plan|contract|membership)(| in <month>|).
    (Cancellation|Termination|End) of (my|our) (subscription|contract|membership|plan)(|: <code>| by <month>|).
    (This is|Here is) my (cancellation|notice)(|.|:) (please stop|please end) (the plan|my subscription|the membership).
    (I|We) (switched|moved) to (another provider|a competitor|<company>)(,| so) (cancel|end|stop) (our|my) (plan|subscription|contract).
    (End|Stop|Please end|Please stop) (it|my plan|the plan|our membership|the contract)(|.| in <month>.| now.)
    (No|I want no|We want no) (more|further) (plan|subscription|membership|contract)(|.| please.)
    (Cancel|Cancelling|I cancel|We cancel)(:|) (my|our|the) (plan|membership|subscription)(|.| as of <month>.)
    (Get|Take|Let) me (out of|off) (the|this|your) (plan|contract|subscription|list)(|.)
  `,
  complaint: lines`
    (I am|We are|I'm) (really |very |so |)(frustrated|upset|angry|annoyed|unhappy) (with|about) (the way I was treated|your service|this|your staff|how you treat people).
    (This|That|It) is (not acceptable|unacceptable|outrageous|a scandal|the last straw|no way to treat customers)(|!|.)
    (Your|The) (service|staff|support|hotline) (is|was) (terrible|rude|awful|a disgrace|impossible|unfriendly)(|!|.)
    (I|We) (want|have|would like) to (complain|make a complaint|file a complaint)(| about <name>| about your service| about the <product>|).
    (Nobody|No one) (answers|listens|cares|calls back|takes me seriously)(| at your company| at all|)(|!|.)
    (I|We) (waited|have waited|was kept waiting) <number> (hours|minutes|weeks) (and nobody came|and nothing happened|for nothing)(|!|.)
    (Complaint|Formal complaint|A complaint)(:| about| on)( your staff| your service| <name>| the bad service|).
    (How|Why) can you (be so rude|treat customers like that|let people wait so long)(|?)
    (I|We) (expected|expect) (better|more) (from|of) (you|your company|your team)(|!|.)
    <name> (was|has been) (rude|unfriendly|very impolite|arrogant) (to me|on the phone|at the desk)(|!|.)
    (Never|I never) (was|have I been) treated so (badly|rudely|poorly)(|!|.)
    (I demand|I want|I expect) (an apology|to speak to a manager|to speak to your boss)(|!|.)
  `,
  praise: lines`
    (Great|Excellent|Wonderful|Fantastic) (service|work|support|team|job)(|!|.| <name>!)
    (I|We) (want|would like|just wanted) to (praise|thank|compliment) (<name>|your team|your staff|the support)(| for the help|).
    (Kudos|Compliments|Hats off|Praise) to (<name>|your team|the whole team)(|!|.)
    (Your|The) (team|staff|support|service) (is|was) (great|fantastic|so friendly|really helpful|wonderful)(|!|.)
    <name> (was|is|has been) (so helpful|very kind|fantastic|a real help|great)(|!|.)
    (I am|We are) (very |really |so |)(happy|pleased|delighted|impressed) (with|by) (your service|<name>|your team|the support)(|!|.)
    (Keep up|Keep doing) (the good work|what you do|this great service)(|!|.)
    (Best|Nicest|Friendliest) (service|support|team) (ever|I know|in <city>)(|!|.)
    (Thank you|Thanks) (so much |)for (the great service|being so helpful|your wonderful support|the excellent work)(|!|.)
    (Five stars|Ten out of ten|Top marks) for (your team|<name>|the service)(|!|.)
    (Well done|Bravo|Excellent)(,|:) (your team|<name>|the support) (is great|did a great job|was perfect)(|!|.)
    (Please|) tell (<name>|your boss|the team) that (she is great|we are very happy|the service was perfect)(|!|.)
    (Friendliest|Nicest|Best|Kindest) (service|staff|team|support) (in <city>|in town|I know|ever)(|!|.)
    (Your|The) (staff|team|support|service|driver) (was|is|were) (so kind|very friendly|great|a joy|the best)(|!|.)
    (Praise|Compliments|A compliment|Big praise) (to|for) (your team|<name>|the driver|the support|the shop)(|!|.)
    (I|We) (want|would like|have) to (praise|thank|compliment) (<name>|your team|the staff|you all)(|!|.)
    (Keep|Please keep) (it up|up the good work|being so friendly)(|!|.)
    (Well done|Great work|Lovely service|Excellent support)(,|:|) (all of you|<name>|team|thank you)(|!|.)
  `,
  billing_question: lines`
    (I|We) have (a |one |)(question|questions) (about|on|regarding) (the |our |my |)(monthly charge|fees|bill|last bill|invoice|charges).
    (Why|For what) (is|was|did you) (the bill|my invoice|my charge|the fee) (so high|higher|higher this month|higher than in <month>)?
    (Our|My) account was (debited|charged|billed) (twice|two times|double)(| for <month>| in <month>|).
    (What|Which service) (is|was) (this fee|the charge of <number> euros|position <number>|this charge) (for|about)?
    (There is|I see|We found) (a|an) (error|mistake|unknown charge|wrong amount|double charge) (on|in) (my|our|the) (bill|invoice|statement).
    (I|We) (already |)paid (|but |and )(again |still |)(received|got) a (dunning letter|reminder|payment reminder).
    (You|They) (charged|billed) (me|us) (<number> euros|too much|for <month> twice|for a service we do not have).
    (Can|Could) you (explain|check) (the|my|our) (bill|charges|invoice|fees)(| of <month>| <code>|)?
    (The|My) (invoice|bill) (<code> |)(is wrong|is not right|does not add up|has the wrong amount).
    (How|When) (is|are) (the monthly charge|the fees|my plan) (calculated|billed|charged)?
    (Bill|Invoice|Charge) <code>(:| -) (question|too high|wrong amount|please explain).
    (Was|Did) my (payment|transfer|direct debit) (of <number> euros |)(booked|received|arrive)?
  `,
  refund_request: lines`
    (I|We) (want|would like|need|demand) (my|our) money back(| for the <product>|)(|!|.)
    (Please |)(refund|pay back|return|reimburse) (the <product>|my payment|the money|me|<number> euros|order <code>).
    (I|We) (returned|sent back) the <product>(|,| and|:) (when|where) (is|do I get) my (money|refund)?
    (Refund|Money back|Repayment) (for|of) (the |)(<product>|order <code>|<number> euros)(|, please|).
    (The|My) <product> (is broken|does not work|never came)(,| so|:) (I want|please give me|give me) (a refund|my money back).
    (How|Where) (do|can) I (get|claim|request|ask for) (a refund|my money back)(| for the <product>|)?
    (Can|Could|May) I (get|have) (a refund|my money back|the price back)(| for the <product>| of order <code>|)?
    (I|We) (changed my mind|do not want the <product>|cancelled the order)(,|:|.) (please refund|money back please|I ask for a refund).
    (You|They) (owe|still owe) (me|us) (<number> euros|a refund|the money for the <product>).
    (When|How soon) (will|do) (I|we) (get|see|receive) (the|my|our) (refund|money back|money)?
    (Refund|A refund|Money back|Repayment)(:|,| -) (the <product>|my order|order <code>|<number> euros)(|, please|.| please.)
    (I|We) (ask|am asking|are asking|apply) for (a refund|our money back|my money back|a repayment)(|.| of <number> euros.)
    (Return|Returning|I return|We return)(| -|:|) (the|my|this) <product>(,|) (refund please|money back please|and want my money)(|.)
    (Your|The) (refund|return) (policy|rules|terms)(|:| -) (can I return the <product>|do I get my money back|how many days|please send it)(|?)
    (The <product>|It) (was|is) (unused|never used|unopened|still new)(,|:| so) (refund it|I want the money back|please refund|take it back)(|.)
    (Take|Please take) (it|the <product>) back (and|then) (refund|pay back|return) (me|the money|the price)(|.)
    (When|Where) (is|will be|stays) (my refund|my money|the repayment)(| for the <product>|)?
    (Can|May|Could) (I|we) (return|give back|send back) (it|the <product>) (for a refund|and get the money|for money back)?
  `,
  invoice_copy: lines`
    (Can|Could|May) (I|we) (get|have|receive) (an itemized invoice|a copy of the invoice|the invoice again|a receipt|the bill as PDF)(| for my purchase| for <month>| <code>|)?
    (Could|Can|Would) you (issue|send|mail|resend|reissue) (an|the) invoice (to|for) <company>(|?)
    (Please |)(send|mail|resend|forward) (me|us) (the|a copy of the|a duplicate of the) (invoice|receipt|bill)(| for <month>| <code>| again|).
    (I|We) (lost|cannot find|did not get|never received|deleted) (the|our|my) (invoice|receipt|bill)(|, please send it again| <code>| for <month>|).
    (Copy|Duplicate|PDF) of (the |)invoice(| <code>| for <month>|)(|, please|).
    (My|Our) (tax adviser|accountant|accounting) (needs|wants|asks for) (the|a) (invoice|receipt|copy of the invoice)(| <code>|).
    (Where|How) (can|do) I (download|find|get) (my|the) (invoice|invoices|receipt)(| for <month>|)?
    (We need|I need|There is missing) (the|an|a) (invoice|receipt)(| on paper| as PDF| for <company>|)(| for order <code>|).
    (Invoice|Receipt) (for|of) (order <code>|<month>|the <product>)(|,|:) (please send|is missing|again please).
    (The|An) invoice (made out|addressed|issued) to <company>(|,) please.
  `,
  order_status: lines`
    (Could|Can) you (locate|trace|track|find|check) (our|my|the) (delivery|parcel|order|package|shipment)(| please| <code>|)?
    (Where|When) (is|does|will) (my|our|the) (<product>|parcel|order|package|delivery)(| arrive| come|)?
    (Has|Is) (my|the|our) (order|parcel|<product>) (been shipped|left the warehouse|shipped yet|on its way)?
    (What|How) is the (status|state) of (my|the|our) (order|delivery|shipment)(| <code>|)?
    (I am|We are|I'm) (still |)waiting for (my|the|our) (<product>|parcel|order|delivery)(| since <month>| since <weekday>|).
    (My|The|Our) (<product>|parcel|order|delivery) (has not arrived|is late|did not come|never came|is not here yet).
    (Track|Trace|Locate|Find) (my|the|our) (parcel|order|delivery|package)(| <code>|)(|, please|).
    (Tracking|Status|Delivery) (of|for) (order|parcel) <code>(|?|, please)
    (How long|How many days) (does|will) (the delivery|my order|it) (take|still take)(| to arrive|)?
    (On|By) which (day|date) (will|does) (my|the) (<product>|order|parcel) (come|arrive)?
    (The|Your) (tracking|website) says (delivered|shipped), but (nothing came|I have no parcel|there is no <product>).
  `,
  address_change: lines`
    (I|We) (moved|have moved|am moving|are moving) to <city>(|,|:) (please change|update|note) (my|our|the) (address|data).
    (The|My) (street|city|zip code|house number|address) (on|in) (my|the) (order|account|profile) is (wrong|old|out of date).
    (Please |)(change|update|correct) (my|our|the) (delivery |billing |shipping |home |)address(| to <city>| in your system|).
    (My|Our) (new |)(address|street|home) is (now |)in <city>(|.|, please note it)
    (New|Changed|Other) address(:| in|,) <city>(|, please update|).
    (Can|Could|May) (I|we|you) (change|update|correct) (my|the|our) (delivery |)address(| of order <code>| please|)?
    (Send|Deliver|Ship) (my mail|the order|order <code>) to (the new|another|our other) address(| in <city>|).
    (From|As of|Since) <month>(,|) (I|we) (live|are) in <city>(|, please change the address|: new address).
    (How|Where) (do|can) I (change|update|edit) (my|the) (address|delivery address)?
    (Address|Change of address)(:| for order <code>:|) (now <city>|please update|we moved to <city>).
    (I|We) (moved|have moved|will move|am moving) (to|from) <city>(|.|: please change the address.)
    (My|Our) (new|old|postal) address (is|was) (in <city>|wrong|not right|changed)(|.|, please correct it.)
    (Please|) (correct|change|update|note) (my|our|the) (address|postal address|street)(|.|: I moved to <city>.)
    (New|Changed|Corrected) address(:|,| -) (<city>|please note it|we moved|see below)(|.)
    (I|We) (typed|gave|entered|wrote) (the wrong|an old|a wrong) (street|address|postcode)(|.|, please correct it.)
  `,
};
