/** One prompt, the task that a person gives it, and whether a small model's answer would probably do. */
export interface GoldenPrompt {
  readonly task: string;
  readonly text: string;
  /** `easy` and `hard` only where a person would not hesitate. */
  readonly effort?: "easy" | "hard";
}

const EMAIL = `Hi Jonas,

thanks for the call yesterday. We agreed that the pilot starts on 3 March with twelve seats, that Priya sends the
contract by Friday, and that we meet again on the 17th to look at the first numbers. The open point is the single
sign-on: your security team wants SAML and we only have OIDC so far.

Best, Marta`;

const STACK_TRACE = `TypeError: Cannot read properties of undefined (reading 'map')
    at renderRows (/app/src/table.tsx:41:22)
    at Table (/app/src/table.tsx:18:10)`;

const PARAGRAPH = `The river had been straightened in the fifties, and for sixty years the meadows beside it stayed dry.
When the county let it wander again, the farmers protested; three springs later the first storks came back, and the
cellars of the lower village, which had flooded every other year, stayed dry for the first time that anyone could
remember. The engineers say the meadows now hold what the channel used to rush downstream.`;

/** Written before the text model was trained; used for nothing but this test. */
export const GOLDEN_PROMPTS: readonly GoldenPrompt[] = [
  { task: "chat", text: "hey, how's it going?", effort: "easy" },
  { task: "chat", text: "thanks, that worked!", effort: "easy" },
  { task: "chat", text: "Who was the first woman to win a Nobel prize?" },
  { task: "chat", text: "What should I wear to a garden party in June?", effort: "easy" },
  { task: "chat", text: "Guten Morgen! Wie geht es dir heute?", effort: "easy" },
  { task: "chat", text: "Can you recommend a good beginner's houseplant that survives a dark flat?" },
  {
    task: "classification",
    text: "Is this review positive or negative? The zip broke on the second day.",
    effort: "easy",
  },
  { task: "classification", text: "Tag the ticket as billing, technical or other: I was charged twice in May." },
  {
    task: "classification",
    text: "Which of these departments should handle the message: sales, support, legal?\n\nYour newsletter uses my photo without permission.",
  },
  {
    task: "classification",
    text: `Spam or not spam?\n\nCongratulations, your parcel is waiting, confirm your card here`,
    effort: "easy",
  },
  {
    task: "classification",
    text: "Rate the urgency of this incident from 1 to 5: the checkout page is down for all customers.",
  },
  {
    task: "classification",
    text: "Ordne die folgende Anfrage einer Kategorie zu (Rechnung, Lieferung, Technik): Mein Paket ist seit zwei Wochen unterwegs.",
  },
  { task: "extraction", text: `Pull every date and the person responsible from this mail:\n\n${EMAIL}` },
  { task: "extraction", text: `List the names of all people mentioned below.\n\n${EMAIL}`, effort: "easy" },
  {
    task: "extraction",
    text: "What is the invoice number? Rechnung Nr. 2026-0417 vom 3.2.2026, Betrag 1.190,00 EUR",
    effort: "easy",
  },
  {
    task: "extraction",
    text: "Return the company, the role and the salary from this job ad as JSON: Acme sucht ab sofort eine Buchhalterin, 3.400 € brutto.",
  },
  {
    task: "extraction",
    text: "Find all e-mail addresses in the text: write to ops@example.org or, after six, to night@example.org.",
    effort: "easy",
  },
  { task: "extraction", text: `From the passage, copy out every sentence that states a number.\n\n${PARAGRAPH}` },
  { task: "code", text: "Write a Python function that merges two sorted lists without using sort." },
  { task: "code", text: `Why do I get this?\n\n${STACK_TRACE}` },
  {
    task: "code",
    text: "Refactor this to use async/await:\n\nfetch(url).then(r => r.json()).then(d => console.log(d)).catch(console.error)",
  },
  {
    task: "code",
    text: "SQL: customers who ordered in January but not in February, tables customers(id, name) and orders(customer_id, day)",
  },
  {
    task: "code",
    text: "Implement a lock-free multi-producer multi-consumer queue in C++20 and argue why it is linearizable.",
    effort: "hard",
  },
  { task: "code", text: "How do I exit vim?", effort: "easy" },
  { task: "code", text: "Schreib mir ein Bash-Skript, das alle JPG-Dateien in einem Ordner nach Datum umbenennt." },
  { task: "maths", text: "What is 17 * 23?", effort: "easy" },
  { task: "maths", text: "Solve for x: 3x^2 - 12x + 9 = 0" },
  { task: "maths", text: "Prove that there are infinitely many primes congruent to 3 modulo 4.", effort: "hard" },
  { task: "maths", text: "A train leaves at 9:40 and travels 210 km at 84 km/h. When does it arrive?" },
  {
    task: "maths",
    text: "Let f be holomorphic on the unit disc with |f| ≤ 1 and f(0) = 0. Show that |f'(0)| ≤ 1 and say when equality holds.",
    effort: "hard",
  },
  { task: "maths", text: "Wie viel sind 15 Prozent von 240?", effort: "easy" },
  { task: "maths", text: "Evaluate the integral of x^2 e^{-x} from 0 to infinity." },
  {
    task: "reasoning",
    text: "Anna is older than Ben, Ben is older than Carla, and Dora is younger than Carla. Who is the second youngest?",
  },
  {
    task: "reasoning",
    text: "Three boxes are labelled apples, oranges and both; every label is wrong. You may take one fruit from one box. How do you find out which is which?",
  },
  {
    task: "reasoning",
    text: "Should a ten-person company build its own billing system or buy one? Weigh the trade-offs and come to a decision.",
  },
  {
    task: "reasoning",
    text: "A contract says notice must be given 'within 30 days of the anniversary'. Notice was given 29 days before the anniversary. Is it valid? Argue both sides.",
    effort: "hard",
  },
  {
    task: "reasoning",
    text: "If all bloops are razzies and some razzies are lazzies, must some bloops be lazzies? Explain your reasoning.",
  },
  {
    task: "reasoning",
    text: "A hospital's new scanner finds 95 % of tumours but the death rate has not changed in five years. Give the possible explanations and how you would tell them apart.",
    effort: "hard",
  },
  { task: "summary", text: `Summarize this in two sentences.\n\n${PARAGRAPH}` },
  { task: "summary", text: `TL;DR please:\n\n${EMAIL}`, effort: "easy" },
  { task: "summary", text: `${PARAGRAPH}\n\nWhat are the key points?` },
  { task: "summary", text: `Fasse den folgenden Text in drei Stichpunkten zusammen:\n\n${PARAGRAPH}` },
  { task: "summary", text: `Condense the mail below to one line for a status report.\n\n${EMAIL}` },
  { task: "summary", text: `Résume ce message en une phrase :\n\n${EMAIL}` },
  { task: "translation", text: "Translate into French: The meeting has been moved to Thursday.", effort: "easy" },
  { task: "translation", text: "How do you say 'where is the train station' in Japanese?", effort: "easy" },
  { task: "translation", text: "Übersetze ins Englische: Der Vertrag verlängert sich stillschweigend um ein Jahr." },
  { task: "translation", text: `${PARAGRAPH}\n\nPut the text above into Spanish.` },
  { task: "translation", text: "What does 'je ne sais quoi' mean in English?", effort: "easy" },
  { task: "translation", text: `Please render this in formal German:\n\n${EMAIL}` },
  { task: "creative", text: "Write a haiku about the first frost." },
  { task: "creative", text: "Write a short story about a lighthouse keeper who is afraid of the dark." },
  { task: "creative", text: "Give me ten names for a coffee shop in a former bank." },
  { task: "creative", text: "Draft a polite email to my landlord asking to fix the heating." },
  { task: "creative", text: "Schreibe ein Gedicht über den Herbst in der Stadt." },
  { task: "creative", text: "Write a product description for a waterproof hiking backpack, warm and a little funny." },
  { task: "tool-use", text: "Book a table for two tomorrow at seven at the Italian place near my office." },
  { task: "tool-use", text: "Set a timer for twelve minutes.", effort: "easy" },
  { task: "tool-use", text: "What's the weather in Lisbon right now?" },
  { task: "tool-use", text: "Send Ana the slides and add the meeting to my calendar." },
];
