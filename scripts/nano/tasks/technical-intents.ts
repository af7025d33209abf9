import { lines } from "../language/phrase.ts";
import type { Intent } from "./intent.ts";

const IT = [
  "it",
  "IT",
  "technical support",
  "helpdesk",
  "it support",
  "IT support",
  "service desk",
  "tech support",
  "IT helpdesk",
];

/** What people want of those who run the computers. */
export const TECHNICAL_INTENTS: readonly Intent[] = [
  {
    label: "password_reset",
    aliases: [
      "password",
      "login",
      "account access",
      "password problem",
      "login problem",
      "account locked",
      "forgotten password",
      "login_issue",
      "password_help",
      "sign-in trouble",
    ],
    topics: [
      "a password",
      "a forgotten password",
      "a password reset",
      "a login problem",
      "passwords",
      "logging in",
      "a locked account",
      "a lost password",
      "signing in",
    ],
    wants: [
      "want a new password",
      "have trouble logging in",
      "need a password reset",
      "ask how to log in again",
      "lost a password",
    ],
    team: IT,
    messages: lines`
      I (forgot|have forgotten|cannot remember|lost|do not remember) my password(| again| for the <department> portal).
      (Please|Could you|Can you) (reset|change|renew) my password(|?| for my account).
      My password (no longer works|does not work|is not accepted|has expired|was rejected|stopped working).
      (How|Where) (do|can) I (reset|change|recover) (my|a lost|an old) password?
      I (cannot|can not) log in(| to my account| since <weekday>), (the|my) password is (wrong|rejected|not accepted).
      I am locked out of my account(| after too many attempts| since this morning).
      (I need|We need|Send me) a new password(| for <name>| please| for my mailbox).
      (The|Your) reset (link|mail|code) for my password (never arrived|has expired|does not work).
      After <number> wrong (tries|attempts) my (account|login) is (locked|blocked).
      (Sign in|Login) fails because (I typed|I entered|of) the wrong password(| too often).
      (It|The site|The page) says (wrong|invalid) password(| every time| whenever I sign in).
      (Unlock|Please unlock|Can you unlock) my (account|user|login)(|, I forgot the password)?
      I want to (set|choose|pick) a new password(| but the page is empty).
      (New phone|My phone is new), so I cannot (log in|sign in) (with|using) the code any more.
      What is my password? I (really|just) cannot (recall|remember) it.
      My login (credentials|details) (are not working|no longer work|do not work).
      (My|The) account (is|got|has been) (locked|blocked|disabled|suspended)(| again| after my holiday| since this morning), (I think I mistyped the password|wrong password|please unlock it).
      (I think |I guess |)I (mistyped|mixed up|changed|misplaced) my (password|passcode|PIN|login) and (now|) (nothing works|I am shut out|I cannot get in|the system refuses me).
      (It|The system|The login page) (does not accept|rejects|refuses|won't take|keeps rejecting) my (password|PIN|passcode|login)(| any more| since <weekday>).
      (Forgot|Lost|Need|Reset) (my |)(password|pin code|login password)(|, help| please| again!| for the <department> system).
      (I need|I want|I would like) to (get back into|log back into|get into|access) my account, (but|) (I forgot the password|my password is gone|the password is not right).
      (How|What) (can|do) I do (if|when|now that) (I forgot|I lost|I don't know) my (password|login|passcode|credentials)?
      (Could|Can|Would) (someone|somebody|you|IT) (reset|unlock|restore) my (login|password|account|user account|mail password)(|?| please?).
      (I have|I've) (tried|entered|typed) (my|the) password (<number> times|again and again|three times) and (it fails|it's always wrong|now I'm locked out).
      (The|My) (one-time code|two-factor code|verification code|security code|authenticator) (does not arrive|never comes|is not accepted|is gone), so I cannot (log in|sign in).
      (After|Since) (my holiday|the weekend|my vacation|three weeks away) I (no longer know|forgot|don't remember|can't recall) (my|the) password.
      (My|The) password (expired|ran out|is too old|has run out)(| yesterday| on <weekday>| while I was away)(| and I cannot set a new one|, what now|).
      (I|We) (can't|cannot|am unable to|could not) (sign in|log on|login|get in|log into the portal|open my mailbox)(|: invalid password|: incorrect password|, the password is wrong)(|!).
      (Where|How) (is|do I find|can I get) the (forgot password|reset|password reset) (link|button|page|form)?
      (Please |)(send|email|text) me a (password reset|reset link|new login|temporary password|new PIN)(| to <name>| again|).
      (The|My) (login|sign-in|sign on) (fails|doesn't work|is not working|has stopped working) (because|since) (I changed|I forgot|I mixed up) (the|my) password.
      (My colleague|<name>|A new employee|One of our users) (forgot|lost|cannot remember) (the|his|her) password(| and is locked out| and needs a new one|).
      (Which|What) (password|login) (do|should) I use (for|on) the (portal|<department> system|wifi|mail)(|? Mine is not accepted)?
      (Username|User name) (and password|or password) (not recognized|unknown|incorrect|wrong)(|, what now?|, please help).
      (I was|I got|I am) (kicked out|logged out|signed out) and (cannot|can't) (log in again|get back in|remember my password).
      (I keep|I always|He keeps) (forgetting|getting) (my password|the wrong password message|locked out).
      (Recover|Recovering|Restore) (my |an |)account(|, please|: the password is lost|: forgot the password).
      (The|Your) (email|mail|message) (to reset|with the link to reset|for resetting) my password (is not coming|never came|went missing).
    `,
  },
  {
    label: "technical_issue",
    aliases: [
      "technical problem",
      "bug",
      "bug_report",
      "technical",
      "error",
      "software problem",
      "it problem",
      "tech support",
      "technical support",
      "bug report",
      "outage",
      "malfunction",
      "technical_problem",
      "incident",
    ],
    topics: [
      "a technical problem",
      "a bug",
      "something that is broken",
      "a software fault",
      "an error",
      "a malfunction",
      "software",
      "a crash",
      "an outage",
      "IT problems",
      "a computer problem",
    ],
    wants: [
      "report a bug",
      "have a technical problem",
      "report something broken",
      "need technical help",
      "report an error",
      "report an outage",
    ],
    team: IT,
    messages: lines`
      The (app|program|software|website|portal) (crashes|freezes|hangs|shuts down) (every time|whenever|when) I (open|start|use) it.
      (I get|We get|It shows) (an|the same) error (message|code <number>)(| on the start page| when I save).
      The (page|site|screen) (stays|is|remains) (blank|white|empty|black)(| since <weekday>).
      (The upload|The download|The export|Printing|Saving) (does not work|fails|stops at <number> percent).
      (Your|The) (website|server|system) is (down|offline|not reachable|very slow)(| again| today).
      (Something|The search|The button) is broken(| on the page|: nothing happens when I click).
      (After|Since) the (last|latest|new) update the (app|program|printer driver) (no longer starts|does not start|shows errors).
      My (screen|computer|laptop|wifi|internet) keeps (freezing|crashing|failing|dropping).
      The (sync|connection|video call|network) (breaks off|drops|fails|stops) (every|after) <number> minutes.
      (We|I) see (error|exception) <number> (in|on) the (log|screen|checkout page).
      (I|We) (found|discovered|noticed) a bug in the (report|calendar|search|settings).
      (Emails|Messages|Files) (are not sent|do not load|cannot be opened)(| any more| since the update).
      The (form|menu|button) does not (react|respond|work)(| in my browser).
      Nothing (loads|happens|works) (when|after) I (press|click|tap) (start|save|send).
      (The printer|The scanner|The VPN) (cannot connect|refuses to connect|loses the connection).
      It (keeps|is always) (crashing|freezing|restarting), (please|can you) (help|fix it|take a look).
      (The|My|Our) (app|program|browser|software|tool|dashboard|spreadsheet) (keeps crashing|just closes|won't open|won't start|is frozen|hangs|stopped responding|crashed twice)(| today| since <weekday>| after login|).
      (I am|We are|I'm) (getting|seeing|having) (error <number>|a 404|an error|a timeout|strange errors|problems) (when|every time|whenever) (I click save|we upload a file|I open a report|I print|I open the app).
      (The internet|The wifi|The network|The server|The VPN|The connection|The website) (is down|is gone|does not work|keeps dropping|has failed|went down|is not available)(| in <city>| on floor <number>| for everyone| since this morning).
      (My|The) (printer|scanner|laptop|computer|monitor|projector|phone|mouse) (prints only blank pages|does not turn on|shows a blue screen|makes strange noises|is not recognized|won't connect|has no sound|stays black).
      (Nothing|It) (works|loads|responds) (any more|since the update|after the restart|on my computer|today)(|, please fix it|, what should I do).
      (The|Your) (checkout|payment page|contact form|login page|cart|search|download) (throws|shows|gives|returns) (an error|error <number>|a blank page|an exception)(|.).
      (I|We) (can't|cannot|could not|am not able to) (upload|download|save|print|open|export|send) (files|the report|my document|attachments|a PDF|anything)(| any more| since the update|).
      (Bug|Bug report|Problem|Error|Defect)(:|) (the button does nothing|the page is blank|the totals are wrong|data is missing|the date is shown wrong|the app crashes).
      (The|Our) (database|system|mail server|phone system|intranet) (is|has been) (slow|down|unreachable|offline|unstable)(| for <number> minutes| since <weekday>| again).
      (Why|Since when) (is|does) (the system|the app|your website|my computer) (so slow|not work|crash|freeze|not load)(| today|)?
      (My|The) (emails|messages|files|photos|contacts|settings) (disappeared|are gone|are not syncing|do not arrive|vanished|got deleted)(| after the update|).
      (The screen|The display|My monitor|The video) (flickers|freezes|turns black|is distorted|goes dark)(| every few minutes| when I scroll|).
      (There is|There seems to be|I think there is) (a bug|a problem|an error|a glitch|something wrong) (in|with) (the app|your website|the software|the last update|the export|the calendar).
      (The|My) (camera|microphone|sound|headset|bluetooth) (does not work|isn't working|is not detected|cuts out) (in|during) (video calls|meetings|the call).
      (The update|Installing the update|The installation) (failed|fails|got stuck|hangs at <number> percent|broke everything)(|.).
      (The page|The report|The list) (takes|needs) (forever|<number> minutes|ages) to (load|open|appear).
      (When|If) I (press|click|choose|tap) (print|send|save|login|next), (nothing happens|the program closes|I get an error|the screen goes white).
      (The|Your) (link|video|image|map|button|API) (is broken|is dead|does not load|returns errors|isn't working).
      (Data|Numbers|Entries|Rows) (are|is) (missing|wrong|shown twice|not saved)(| in the report| in the app| after the sync).
      (My computer|The laptop|The terminal) (restarts|reboots|shuts down|overheats|beeps) (by itself|all the time|every hour|for no reason).
    `,
  },
  {
    label: "access_request",
    aliases: [
      "access",
      "permissions",
      "permission request",
      "access rights",
      "access permission",
      "permission",
      "authorization",
      "rights",
      "grant access",
      "access_rights",
    ],
    topics: [
      "access rights",
      "permissions",
      "a request for access",
      "access to a folder",
      "access to a system",
      "rights",
      "authorization",
      "permission for something",
    ],
    wants: ["want access to something", "ask for permission", "need access rights", "ask for access to a folder"],
    team: IT,
    messages: lines`
      (I need|We need|Please give me|I would like) access to the (<topic>|<department>|shared) folder.
      (Please|Could you|Can you) (give|grant) <name> (access|permission|rights) (to|for) the (<department> drive|<topic> files|project).
      (Can|Could) <name> get (read|write|admin) (access|rights|permissions)(| to the database| for the wiki)?
      I am not (allowed|permitted) to open the <topic> (document|file|folder).
      (My|Our) (new colleague|intern|trainee) needs (permission|access) for the (<department>|<topic>) (system|area|site).
      (Add|Please add) (me|<name>) to the <department> (group|mailing list|channel).
      It says (access denied|permission denied|not authorized) (when|if) I open the <topic> folder.
      Who can (approve|grant|give) me (access|the rights) to the <department> (reports|data|drive)?
      (I am missing|I lack|We lack) (the rights|permission) (to|for) (edit|editing|viewing) the <topic>.
      (Please|Can you) (remove|revoke|withdraw) the (access|rights|permissions) of <name>.
      (Requesting|I request) (access|permission) to the <department> (calendar|share|dashboard).
      <name> (joined|moved to) <department> and needs (the same|all) (rights|permissions) as <other>.
      (Open up|Unlock|Share) the <topic> (folder|drive|site) for (me|<name>|our team)(| please).
      I (should|must) be able to (see|edit|read) the <department> files but have no (rights|permission).
      How do I (get|request|obtain) (access|permission) (to|for) the <topic> (archive|folder)?
      (Need|Needing) admin rights (on|for) (my laptop|the test server|the <department> site).
      (Can|Could|May) I (have|get|be given) (access|read access|edit rights|permission|an account) (to|for) (the <topic> folder|the <department> drive|the CRM|the database|the wiki|the calendar)?
      (I|We) (don't|do not) have (access|permission|the rights|sufficient rights) (to|for) (the <topic> folder|the <department> system|this site|the shared drive|the new tool).
      (Please |)(enable|activate|set up|provide|grant) (access|an account|permissions|a user) (for|to) (<name>|me|our intern|the new colleague) (in|for|on) (the CRM|the <department> system|the wiki|the test server).
      (<name>|Our new colleague|The intern|The auditor) (should|must|needs to) (be able to|) (see|read|edit|open) the (<topic>|<department>) (folder|files|drive|documents).
      (Access|Permission|Rights) (to|for) the (<topic>|<department>) (folder|drive|system|database) (needed|required|please|for <name>)(|.).
      (I|We) (cannot|can't) (open|see|edit|reach) the (shared folder|<topic> file|<department> drive|team calendar)(|,) (because I have no rights|it says no permission|access is denied|I'm not authorized).
      (Who|Whom) (do|should|can) I ask (for|to get) (access|permission|rights) (to|for) (the archive|the <department> folder|the CRM|the server room)?
      (I started|I moved|I transferred) (in|to) <department> (this week|on <weekday>|last month) and (need|require) (access|the permissions) (to|for) (the team drive|their tools|the <topic> files).
      (My|Our) (access|permission|rights) (to|for) (the <topic> folder|the <department> drive|the system) (was removed|has expired|is missing|has been revoked)(|, please restore it|).
      (Give|Grant|Allow) (me|us|<name>|the team) (to see|access to|permission to open|write access to|admin rights for) the (<topic>|<department>) (files|folder|site|list).
      (Could|Can) you (share|unlock|open) the (<topic>|<department>) (document|folder|spreadsheet|board) (with|for) (me|<name>|us)?
      (I need|We need|He needs|She needs) to be (added|invited) to (the <department> group|the project space|the <topic> channel|the shared mailbox).
      (Requesting|Request for|Asking for) (write access|read rights|permissions|admin access|a guest account) (on|to|for) (the <department> server|the <topic> site|<name>).
      (Permission|Access) denied(| when opening the <topic> folder| on the <department> drive)(|, can you grant it|, please give me rights).
      (May|Can|Could) (my colleague|<name>|the temp|our partner) (get|have) (a badge|a key|access) (for|to) (the server room|the lab|the archive|building <number>)?
      (Remove|Delete|Withdraw|Revoke) (the access|all rights|the permissions) (of|for) <name>(|, who left the company| from the <department> drive).
    `,
  },
  {
    label: "hardware_request",
    aliases: [
      "hardware",
      "equipment",
      "equipment request",
      "device request",
      "new equipment",
      "equipment order",
      "hardware order",
      "it equipment",
      "device",
      "new_hardware",
    ],
    topics: [
      "new equipment",
      "hardware",
      "a device for work",
      "a new laptop",
      "a new monitor",
      "equipment",
      "work devices",
      "a new computer",
    ],
    wants: [
      "want new equipment",
      "need a new device",
      "ask for hardware",
      "ask for a new laptop",
      "order equipment for work",
    ],
    team: IT,
    messages: lines`
      (I need|We need|I would like|Please order) a new (laptop|monitor|keyboard|mouse|headset|phone)(| for work| for <name>).
      (Could|Can) I (get|have) a (second|bigger|new) (monitor|screen|docking station|laptop)?
      My (keyboard|mouse|headset|charger) is (broken|worn out|lost), (please send|I need) (a new one|a replacement).
      (Our|The) new colleague <name> needs a (laptop|phone|monitor|workstation) (on|by|from) <weekday>.
      (Please|Could you) (order|buy|provide) <number> (headsets|keyboards|monitors|cables) for the <department> team.
      (Is|Would) it (be|possible to get|possible to have) a (docking station|webcam|bigger screen) for my desk?
      (I want|I am asking|Asking) (to swap|to exchange|for) (my|an) old (laptop|phone|computer)(| for a newer one).
      We are (short of|missing) <number> (chargers|monitors|headsets) in <department>.
      (May|Might) I (request|order) a (standing desk mouse|tablet|wireless keyboard|printer)?
      (Laptop|Monitor|Headset) (needed|wanted|required) for (the new hire|<name>|my home office).
      My (laptop|computer) is (five|six|too many) years old and I need (a replacement|a newer one).
      (For|In) my home office I (need|require) a (screen|chair|webcam|keyboard).
      (Who|Where) do I (ask|order) (for|) a new (headset|mouse|work phone)?
      (The <department> team|My team) needs <number> (new|more) (laptops|phones|screens).
      (Can|Could|May) (I|we|<name>) (get|have|order|receive) (a new|another|a better|a spare) (laptop|monitor|keyboard|mouse|headset|docking station|phone|tablet|chair|webcam|charger|cable)(| for my desk| please)?
      (I|We) (need|require|want) (a|an additional|a second|a replacement|an external) (monitor|laptop|keyboard|mouse|screen|headset|hard drive|adapter|docking station|phone|charger)(| for the office| for home| by <weekday>| for a new hire).
      (My|The) (laptop|mouse|keyboard|headset|monitor|charger|phone) (died|is too slow|is too old|got stolen|is beyond repair|fell down), (can I get|please order|I need|I would like) (a new one|another|a replacement|a newer model).
      (The|Our) new (employee|intern|colleague|hire|team member) (starts|begins) on <weekday> and needs (a laptop|a computer|a phone|equipment|a full workstation).
      (Please |)(order|provide|prepare|get us) (<number> |a few |new |)(laptops|monitors|headsets|keyboards|mice|phones|screens|webcams|tablets) (for|to) (the <department> team|our office in <city>|the new team|my team).
      (New|Additional|Replacement) (laptop|monitor|headset|keyboard|mouse|phone|screen) (request|needed|wanted|please)(|.| for <name>| for the <department> team).
      (Is|Would) it (be |)possible to (get|order|have|borrow) (a|another) (larger screen|second monitor|wireless mouse|tablet|noise cancelling headset|laptop)?
      (I am|I'm|We are) (still |)(missing|without|waiting for) (a monitor|a laptop|my work phone|a keyboard|a headset)(| at my desk| in the new office|), (please order one|can you order it|who provides it)?
      (We|I) (ran out|are out|have no more) of (chargers|cables|mice|keyboards|headsets|adapters)(|, please order more|, can we get <number>).
      (How|Where) (do|can) I (order|request|get) (a|new) (laptop|equipment|hardware|monitor|phone)?
      (I would|I'd) (like|love) to (upgrade|replace|swap) my (laptop|phone|old computer|tiny screen|monitor).
      (Requesting|Request for|Order of) (a laptop|a docking station|<number> monitors|new equipment|a headset)(| for <name>| for <department>|).
      (My|The) (screen|laptop) is too small (to work with|for spreadsheets|), (I need|could I get|please order) (a bigger one|a larger monitor).
      (Could|Can) IT (send|ship|give) (me|<name>|us) (a|another) (headset|webcam|laptop|mouse|monitor)(| to <city>| for the home office)?
    `,
  },
];
