import { lines } from "../language/phrase.ts";
import type { Intent } from "./intent.ts";

const IT = ["it", "IT", "technical support", "helpdesk", "it support"];

/** What people want of those who run the computers. */
export const TECHNICAL_INTENTS: readonly Intent[] = [
  {
    label: "password_reset",
    aliases: ["password", "login", "account access"],
    topics: ["a password", "a forgotten password", "a password reset", "a login problem"],
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
    `,
  },
  {
    label: "technical_issue",
    aliases: ["technical problem", "bug", "bug_report", "technical"],
    topics: ["a technical problem", "a bug", "something that is broken", "a software fault"],
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
    `,
  },
  {
    label: "access_request",
    aliases: ["access", "permissions", "permission request"],
    topics: ["access rights", "permissions", "a request for access"],
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
    `,
  },
  {
    label: "hardware_request",
    aliases: ["hardware", "equipment", "equipment request"],
    topics: ["new equipment", "hardware", "a device for work"],
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
    `,
  },
];
