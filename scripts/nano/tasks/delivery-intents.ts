import { lines } from "../language/phrase.ts";
import type { Intent } from "./intent.ts";

const SHIPPING = ["shipping", "logistics", "delivery", "shipping team", "delivery team", "dispatch"];

/** What people want of those who deliver. */
export const DELIVERY_INTENTS: readonly Intent[] = [
  {
    label: "order_status",
    aliases: [
      "delivery status",
      "tracking",
      "where is my order",
      "order tracking",
      "delivery question",
      "shipment status",
      "shipping status",
      "parcel",
      "delivery_status",
      "track order",
      "shipping question",
      "order question",
    ],
    topics: [
      "the status of an order",
      "a delivery",
      "where a parcel is",
      "an order",
      "a shipment",
      "a parcel",
      "a late delivery",
      "the delivery of something",
    ],
    wants: [
      "ask where an order is",
      "ask about a delivery",
      "wait for a parcel",
      "want to know when a parcel arrives",
      "ask for the status of an order",
    ],
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
      (Where|When) (is|does|will) (my|our|the) (order|parcel|package|delivery|shipment|<product>)(| now| at the moment| arrive| get here| be delivered| come|)(|?).
      (My|Our|The) (order|parcel|package|delivery|shipment|<product>)(| <code>) (still has not|hasn't|did not|never) (arrived|come|shown up|been delivered|reached me)(| yet| so far|, where is it|).
      (I|We) (ordered|bought|paid for) (a <product>|the <product>|something|two things) (last week|<number> days ago|on <weekday>|in <month>) (and|but) (it is not here|nothing has come|nothing arrived|have heard nothing since|am still waiting).
      (What|How) (is|about) (the|) (status|progress|state) (of|with) (my order|order <code>|our delivery|my shipment|the <product> I ordered)?
      (Has|Did|Was) (my|our|the) (order|parcel|package|<product>) (shipped|ship|left the warehouse|leave yet|sent out|gone out)(| yet| already| today|)?
      (How long|How many more days) (until|before|will it take until|does it take until) (my order|the parcel|the <product>|my package) (arrives|comes|is here|gets delivered)?
      (Can|Could) you (track|trace|check on|find|locate) (my|the|our) (order|parcel|package|shipment|delivery)(| <code>|)(|?| please?).
      (The|Your) (tracking|tracking page|app) (says|shows|claims) (it was delivered|delivered|in transit|out for delivery)(|,) but (I got nothing|nothing came|there is no parcel|it is not here).
      (I|We) (have been|am|are|were) (waiting|still waiting) (for|on) (my|the|our) (order|parcel|<product>|delivery|package) (for <number> days|since <weekday>|for weeks|all day).
      (Is|Will) (my|our|the) (order|parcel|delivery|<product>) (delayed|late|coming today|be here tomorrow|arriving before <weekday>|still coming|lost)?
      (Expected|Estimated|Planned) (delivery|arrival)(| date) (of|for) (my order|order <code>|the <product>)(|?| please).
      (Order|Tracking|Parcel|Shipment) (number |)<code>(|,|:) (where is it|any update|not arrived yet|when will it arrive|status please|still not here)(|?).
      (Where|When) can I (see|find out|expect) (the delivery|my parcel|where my order is|the arrival|my <product>)?
      (I|We) (want|need|would like) to know (where my order is|when the parcel comes|the status of my delivery|if my order was sent|when you will deliver)(|.).
      (No|Still no) (parcel|package|delivery|news about my order|sign of my order|<product>)(|!| today| after <number> days|), (where is it|when will it come|please check)?
      (The|A) (courier|driver|delivery man|postman) (was not here|left no note|went past|did not ring)(|,| and) (where is my parcel|when will he try again|where is my order now)?
      (You|They) (said|promised|wrote) (my order|the <product>|the parcel) (would|will) (come|arrive|be here) (on|by) <weekday>(|, but nothing came|, is that still true|).
    `,
  },
  {
    label: "address_change",
    aliases: [
      "change of address",
      "address",
      "new address",
      "moving",
      "address update",
      "new_address",
      "relocation",
      "update address",
      "contact data change",
      "move",
    ],
    topics: [
      "a change of address",
      "a new address",
      "moving house",
      "an address",
      "a new home",
      "where to deliver",
      "a changed address",
    ],
    wants: ["want to change an address", "have moved", "give a new address", "want a different delivery address"],
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
      (I|We|My family) (have |)(just |)(moved|relocated) (to|into) (a new flat|<city>|a new house|another street|a bigger office)(|,| and) (please change my address|my address is new|please update your records|I need to change my address).
      (My|Our|The) (address|street|postal address|delivery address|home address|mailing address) (has changed|is different now|changed|is out of date|is no longer right|must be changed)(|.|, please update it| since <month>).
      (Can|Could|May) (I|we|you) (change|update|edit|correct) (my|our|the) (address|delivery address|shipping address|street|house number|postcode)(| for order <code>| in your system| before you ship| on my account|)?
      (Please |)(change|update|correct|replace) (my|our) (address|delivery address|home address|postal address) (to|with|in your files to) (<number> Park Street|<number> Mill Road, <city>|<number> King Street|<city>)(|.).
      (New|Changed|Updated) (address|postal address|home address|delivery address)(:|) (<number> Garden Street, <city>|<number> Bridge Road|we moved to <city>)(|.).
      (I|We) (am moving|are moving|will move|will be moving) (house|to <city>|next month|on <weekday>|into a new place)(|,| and) (what do you need|please note the new address|how do I update my address|here is my new address).
      (From|Starting|As of) (<month>|next week|<weekday>) (please send|please deliver|send) (everything|all mail|my letters|the newsletter|our orders) to (our new address|<number> Hill Street|<city>|a new address).
      (You|I see you) (still have|have|are using|are sending to) (my old address|an old address|the wrong street|our former office)(|, please change it|.).
      (I|We) (gave|entered|put|typed|wrote) (the wrong|an old|an incorrect|my old) (address|street|postcode|house number)(| by mistake| when ordering| for order <code>|)(|, can you change it|, please correct it).
      (Deliver|Send|Ship) (it|my order|order <code>|the parcel) (to my neighbour|to my office|to <number> Church Street|to another address|to <city> instead)(| instead| please|).
      (How|Where) (do|can) (I|we) (change|update|report|enter) (my address|a move|my new address|a change of address|where I live)?
      (We|Our office|Our company|Our shop) (moved|has moved|relocated) to (<number> Main Road|<city>|a new building)(| last week| in <month>|)(|, please update your records|.).
      (I|We) no longer live (at <number> Lake Street|in <city>|there|at the old address)(|, my new address is <number> Oak Street|, please change it|.).
      (The|My) (postcode|zip code|street name|city|flat number) in (my profile|your records|the account|my address) (is wrong|has a typo|should be <number>).
      (Change|Correct|Update) of (delivery |home |)address(| for order <code>| for <name>|)(|, please|:| - we live in <city> now).
    `,
  },
];
