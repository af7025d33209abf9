import { lines } from "../language/phrase.ts";
import { topic } from "../language/made-values.ts";
import { calendarDay, clockTime, code, emailAddress, isoOf, person, wholeNumber } from "../language/words.ts";
import { tool } from "./known-tool.ts";
import type { KnownTool } from "./known-tool.ts";
import { order } from "./orders.ts";

/** Functions that do something. */
export const ACTION_TOOLS: readonly KnownTool[] = [
  {
    tool: tool("send_email", "Send an email", { to: "string", subject: "string" }),
    otherDescriptions: ["Send an email", "Write a mail to somebody", "Sends a message by email", "Email someone"],
    otherNames: ["sendEmail", "email", "send_mail", "write_email"],
    otherKeys: { to: ["recipient", "address"], subject: ["topic", "title"] },
    requests: lines`
      (Send|Write) (an|a short|) (email|mail) to <to> (about|on|regarding) <subject>(| please).
      (Email|Mail) <to> (about|on|regarding) <subject>(| please).
      (Please|Could you|Can you) (email|mail|write to) <to> about <article><subject>(|.).
      (Tell|Inform|Notify) <to> (by mail|by email) about <article><subject>.
      (I want|I need|I would like) (to send|to write) (a mail|an email) to <to> about <article><subject>.
      (Send|Drop) <to> (a mail|an email|a message) (about|on) <subject>.
      (A mail|An email|Mail) to <to>, subject <subject>(|, please).
      (Write|Compose) (a mail|an email) with the subject <subject> (to|for) <to>.
      (With|Under) the subject <subject>, (send an email|write a mail) to <to>.
      (Contact|Reach) <to> (by email|by mail) (about|regarding) <subject>.
      (Could|Would) you (send|write) (a mail|an email) about <article><subject> to <to>?
      (Let|Make sure) <to> (know|hears) by mail about <article><subject>.
      (Shoot|Fire off|Send off|Dispatch) (an email|a mail) to <to> (about|on|regarding|concerning) <subject>.
      (Let|Have) <to> know (about|by email about) <subject>.
      <to> (should|must|needs to) (get|receive) (a mail|an email|a message) (about|on|regarding) <subject>.
      (Write|Send) <to> (a short note|an email|a message|a few lines) (about|on|concerning) <subject>(| please|).
      (I|We) (have|need) to (tell|inform|write|email) <to> (about|regarding) <subject>(|, please do it|, send an email).
      (Can|Could) (you|someone) (drop|send|write) <to> (a line|an email|a mail) (about|regarding|with the subject) <subject>?
      (Subject|Title)(:|) <subject>(,|;|.) (send it to|recipient|to) <to>.
      (To|Recipient)(:|) <to>(,|;|.) (subject|about)(:|) <subject>(|. Send it|, please send).
      (Please |)(contact|reach out to|get in touch with) <to> (by email |)(about|regarding|because of) <subject>.
      (Prepare|Make|Draft and send) an email (about|on) <subject> (for|to) <to>.
      (Forward|Pass|Report) <subject> to <to> (by email|in a mail|by mail).
      (Email|E-mail|Mail)(:|) <to>, <subject>.
    `,
    makeArguments: (draw) => ({ to: emailAddress(draw), subject: topic(draw) }),
    makeResult: (draw, given) => {
      const result = { to: given["to"] ?? "", status: draw.pick(["sent", "queued"]) };
      return { result, sentence: `The email to ${result.to} was ${result.status}.` };
    },
  },
  {
    tool: tool("create_ticket", "Open a support ticket", { title: "string", priority: "string" }),
    otherDescriptions: [
      "Create a ticket",
      "Open a new ticket in the helpdesk",
      "Files a support case",
      "New support ticket",
    ],
    otherNames: ["createTicket", "open_ticket", "new_ticket", "file_ticket"],
    otherKeys: { title: ["subject", "summary"], priority: ["level"] },
    requests: lines`
      (Create|Open|Make|File) a <priority> (priority |)ticket (about|for|on) <title>.
      (Create|Open|File) a ticket (about|for|on) <title> with <priority> priority.
      (Please|Could you|Can you) (open|create|make) a ticket (about|for) <title>, priority <priority>.
      (I need|We need|I want) a <priority> (priority |)ticket (for|about) <title>.
      (New|Another) ticket(:| please:) <title>, (priority <priority>|<priority> priority).
      (Report|Log|Record) <title> as a <priority> priority ticket.
      (Put|Enter) <title> (into the system|as a ticket|in the queue) with <priority> priority.
      (With|At) <priority> priority, (open|create) a ticket (for|about) <title>.
      (Ticket|Support ticket) (for|about) <title>(,| please,) <priority> priority.
      (There is a problem with|Something is wrong with) <title>, (open|create) a <priority> priority ticket.
      (Can|Could) you (raise|file|log) a <priority> ticket (about|for) <title>?
      (Raise|Submit) a ticket, priority <priority>, (about|for) <title>.
      (Can|Could) (you|someone) (create|open|make|raise) a (new |)ticket (with|of) <priority> priority (about|for|on) <title>?
      (Please |)(raise|submit|add|register|enter) a (support |)ticket: <title>, <priority>(| priority|).
      (We|I) have (a problem|trouble|an issue) with <title>(,|.) (please |)(open|create|file|raise) a <priority> (priority |)ticket.
      <title>(:|,) (open|create|make) a ticket with <priority> priority(| please|).
      (Create|Open) a ticket(:|,) (title|subject) <title>(,|;) priority <priority>.
      (Ticket|New ticket|Support ticket|Issue)(:|,) <title>(,|;) (priority|prio) <priority>.
      (Make|Open|Log) (a|one) <priority>-priority (ticket|issue|case) (about|for|on) <title>.
      (Get|Have) a ticket (opened|created|filed) (about|for) <title>(,|;) priority <priority>.
      (Priority|Prio) <priority>(:|,) (open a ticket|ticket|new ticket) (about|for|on) <title>.
      (Someone|Somebody) must look at <title>, (file|open|create) a ticket with <priority> priority.
      (Let us|Let's|Please) (track|log|record) <title> (as|in) a ticket (with|of) <priority> priority.
      (The priority is|It has priority) <priority>(,|:) (open|create) a ticket (for|about) <title>.
    `,
    makeArguments: (draw) => ({ title: topic(draw), priority: draw.pick(["low", "normal", "high"]) }),
    makeResult: (draw) => {
      const result = { ticket: code(draw), status: "open" };
      return { result, sentence: `Ticket ${result.ticket} is open.` };
    },
  },
  {
    tool: tool("book_room", "Book a meeting room", { date: "string", time: "string", people: "integer" }),
    otherDescriptions: ["Reserve a room", "Book a conference room", "Room reservation", "Books a room for a meeting"],
    otherNames: ["bookRoom", "reserve_room", "room_booking", "book_meeting_room"],
    otherKeys: { people: ["persons", "seats"] },
    requests: lines`
      (Book|Reserve|Get) (me |us |)a (meeting |)room (for|with) <people> people on <date> at <time>.
      (Book|Reserve) a room on <date> at <time> for <people> (people|persons).
      (I need|We need|I want) a (meeting |)room for <people> (people |)on <date> at <time>(| please).
      (Can|Could) you (book|reserve) a room (for <people> people |)on <date>, <time>, for <people> people?
      (A|One) (meeting room|room) for <people> (people|of us), <date>, <time>(| please).
      (On|For) <date> at <time> (we need|book|reserve) a room for <people> people.
      (We are|We will be) <people> people on <date> at <time>, (book|reserve|we need) a room.
      (Please|) (find|arrange) a room for <people> (people |)at <time> on <date>.
      (Room|Meeting room) (wanted|needed|please)(:|,) <date>, <time>, <people> people.
      (Is there|Do we have) a (free |)room for <people> people on <date> at <time>? (Book it|Reserve it)(|.| please).
      (Meeting|Workshop) with <people> people on <date> at <time>, (book|reserve) a room.
      (Organize|Schedule) a room at <time> on <date> for <people> people.
      (We|I) (need|want|would like) to (book|reserve) a (meeting |conference |)room (on|for) <date>(,| at) <time>(,| for) <people> (people|persons|of us).
      (Please |)(book|reserve|get|find) (us |me |)a (meeting |conference |)room: <date>, <time>, <people> (people|persons).
      (Can|Could) you (get|find|book|reserve) (us|me) a (meeting |)room on <date> at <time> for <people> (people|persons)?
      (There are|There will be) <people> of us on <date> at <time>, (book|get|reserve) a room(| please|).
      (Room|Meeting room|Conference room) for <people>(,| on) <date>(,| at) <time>(|, please).
      (For|With) <people> (people|persons)(,|) (book|reserve|I need) a room (at <time> on <date>|on <date> at <time>).
      (Our|The) (team|workshop|meeting) (of|with) <people> (people|persons) (meets|is) on <date> at <time>(,|:) (book|reserve) a room.
      (Reserve|Book) the (meeting room|conference room) for <people> (people|persons|guests) on <date>(,| from| at) <time>.
      <date>, <time>: (a |)room for <people> (people|persons)(|, please|, book it).
      (I am|We are) (expecting|inviting) <people> (guests|people) on <date> at <time>, (book|reserve) (a|one) room.
      (Arrange|Set up|Organize) a (meeting |)room (on|for) <date> at <time>(,|) for <people> (people|persons).
      (Block|Hold) a room on <date> at <time> for <people> (people|participants).
    `.map((request) => request.replace("(for <people> people |)", "")),
    makeArguments: (draw) => ({
      date: isoOf(calendarDay(draw)),
      time: clockTime(draw),
      people: Number(wholeNumber(draw, 2, 40)),
    }),
    makeResult: (draw) => {
      const result = { room: code(draw), status: "booked" };
      return { result, sentence: `Room ${result.room} is booked.` };
    },
  },
  {
    tool: tool("set_reminder", "Remind the user of something", { text: "string", time: "string" }),
    otherDescriptions: ["Set a reminder", "Reminds you later", "Create a reminder", "Reminder at a time"],
    otherNames: ["setReminder", "reminder", "add_reminder", "remind"],
    otherKeys: { text: ["what", "message"], time: ["at"] },
    requests: lines`
      (Remind|Please remind) me (of|about) <text> at <time>(| please).
      (Set|Create|Make|Add) a reminder (for|about) <text> at <time>.
      (At|By) <time> (remind me of|I need a reminder about|remind me about) <text>.
      (I need|I want|Give me) a reminder (of|about|for) <text> at <time>.
      (Do not|Don't) let me forget <text> at <time>.
      (Can|Could) you remind me (of|about) <text> at <time>?
      (Reminder|New reminder)(:| please:) <text>, <time>.
      (I must not|I should not) forget <text> at <time>(|, remind me|, set a reminder).
      (Ping|Alert|Notify) me at <time> (about|of) <text>.
      (Tell|Wake) me at <time> (about|because of) <text>.
      (Please|) (note|keep in mind) <text>, remind me at <time>.
      (Set|Put) an alarm at <time> for <article><text>.
      (Can|Could|Would) you (set|make|create|add) (me |)a reminder (about|for|of) <text> at <time>(| please|)?
      (Please |)remind me at <time> (about|of|to think of) <text>.
      (I|We) have (to think of|to remember|to deal with) <text> at <time>(,|.) (remind me|set a reminder|please remind me).
      (At|Around) <time>(,|) (please |)(remind me|alert me|nudge me|tell me) (about|of) <text>.
      <text> at <time>(,|:) (remind me|set a reminder|don't let me forget|reminder please).
      (Set|Put|Make) (me |)(an alert|a reminder|an alarm|a note) (about|for) <text> (at|for) <time>.
      (Reminder|Alarm|Alert)(:|) <text> at <time>(|.| please).
      (Don't|Do not) (let me miss|forget to remind me of) <text> at <time>.
      (I|We) (would like|want|need) (a reminder|to be reminded) (about|of) <text> at <time>.
      (Tell|Remind|Notify) me (about|of) <text> when it is <time>.
      (Schedule|Add) a reminder(:|,) <text>, <time>.
      (Keep|Make sure) I (remember|don't forget) <text> at <time>.
    `,
    otherRequests: lines`
      (Remind|Please remind) me to <text> at <time>(| please|).
      (Can|Could|Would) you remind me to <text> at <time>?
      (At|By) <time>(,|) (remind me|please remind me|I have) to <text>(|, set a reminder|).
      (Set|Create|Add|Make) a reminder to <text> at <time>.
      (Set|Create|Add) a reminder(| for me) at <time> to <text>.
      I (have|need|must not forget|want) to <text> at <time>(,|.) (remind me|set a reminder|please remind me|reminder please).
      (Don't|Do not) let me forget to <text> at <time>.
      (Reminder|New reminder)(:|) <text> at <time>.
      <time>(:|,) remind me to <text>.
      (Tell|Alert|Ping) me at <time> to <text>.
      (I need|I want|Give me) a reminder to <text> at <time>.
      (Make sure|See to it) that I <text> at <time>(,|:) (set a reminder|remind me).
    `,
    makeOtherArguments: (draw) => ({ text: order(draw), time: clockTime(draw) }),
    makeArguments: (draw) => ({ text: topic(draw), time: clockTime(draw) }),
    makeResult: (_, given) => ({
      result: { status: "set", time: given["time"] ?? "" },
      sentence: `The reminder is set for ${given["time"]}.`,
    }),
  },
  {
    tool: tool("reset_password", "Send a user a link for a new password", { user: "string" }),
    otherDescriptions: [
      "Reset a password",
      "Renew the password of a user",
      "Password reset",
      "Gives a user a new password",
    ],
    otherNames: ["resetPassword", "password_reset", "renew_password", "new_password"],
    otherKeys: { user: ["account", "username"] },
    requests: lines`
      (Reset|Renew|Change) the password (of|for) <user>(| please).
      <user> (forgot the password|needs a new password|cannot log in), (reset it|please reset it|send a reset link).
      (Send|Give) <user> a (link for a new password|reset link|password reset).
      (Please|Could you|Can you) reset <user>'s password.
      (Password|A password) reset for <user>(| please).
      (I need|We need) a (new password|password reset) for (the user |)<user>.
      (The user|User|Our colleague) <user> (lost|forgot) (the|a) password(|, please help).
      (Help|Let) <user> (set|with|get) a new password.
      (New|Fresh) password for <user>(|, please| needed).
      (For|User) <user>(:| please) reset the password.
      (Unlock|Restore) <user> with a (password reset|new password).
      (Issue|Trigger|Start) a password reset for <user>.
      (Can|Could) you (send|give) <user> a (new password|password reset|reset link)(| please|)?
      <user> (has lost|lost|can't remember|doesn't know) (the|a) password(,|.) (reset it|please reset it|send a link|help).
      (Please |)(reset|renew|change) the (password|login|login password) (of|for) (user |the user |)<user>.
      (The|A) (password|login) of <user> (must be|has to be|should be|needs to be) (reset|renewed|changed).
      (User|Account|Employee) <user>(:|,|) (forgot the password|password reset|is locked out|needs a reset)(|, please).
      (I|We) (want|need|would like) to reset the password (of|for) <user>.
      (Do|Start|Run|Perform) a (password reset|reset of the password) (for|of) <user>(| now|).
      (Send|Mail|Email) (a |the )(reset link|password link|link to reset the password) to <user>.
      (Reset|Renew)(:| password:) <user>.
      (Password|Login) (reset|problem)(:|,| for) <user>(|, please help).
      <user> (is locked out|cannot sign in|can't log in)(,|.|:) (reset the password|send a new password|please reset).
      (Get|Let) <user> (back in|log in again)(,| with a) (password reset|reset the password).
    `,
    makeArguments: (draw) => ({ user: draw.chance(0.5) ? emailAddress(draw) : person(draw) }),
    makeResult: (_, given) => ({
      result: { user: given["user"] ?? "", status: "sent" },
      sentence: `The reset link was sent to ${given["user"]}.`,
    }),
  },
];
