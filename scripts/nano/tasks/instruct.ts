import type { Turn } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";

const SYSTEM_PROMPTS: readonly string[] = [
  "You are a helpful assistant.",
  "You are a helpful assistant.",
  "You are a helpful assistant. Be brief.",
  "Answer briefly.",
  "You work for the support team.",
  "You are an assistant in our office.",
  "Be polite and short.",
  "Answer with as few words as possible.",
  "You help the staff of a small company.",
  "You are Nano, a small model.",
  "You are a support agent.",
  "Be concise.",
  "Answer in English.",
  "You are an AI assistant for the customers of a web shop.",
  "You are a friendly and precise assistant.",
  "Do what the user asks. Add nothing.",
  "Reply in one line if you can.",
  "You are an office helper. Use the functions if they fit.",
];

/** Now and then a system message that changes nothing. */
export function plainSystem(draw: Draw): Turn[] {
  return draw.chance(0.12) ? [{ role: "system", text: draw.pick(SYSTEM_PROMPTS) }] : [];
}

/** One turn of the user, with or without a system message before it. */
export function say(draw: Draw, text: string): Turn[] {
  return [...plainSystem(draw), { role: "user", text }];
}

const COURTESIES = [
  "Please ",
  "please ",
  "Can you ",
  "Could you ",
  "Could you please ",
  "I want you to ",
  "Now ",
  "Hey, ",
];
const LABELS = ["Text", "Message", "Mail", "Input", "Email", "Ticket", "Here is the text", "The text", "Here it is"];

/** An instruction and the text that it is about, in one of the orders in which people put them. */
export function ask(draw: Draw, instruction: string, text: string): Turn[] {
  const bare = instruction.replace(/[.?:]$/u, "");
  const asks =
    /^(is|are|does|do|did|was|what|which|who|whom|where|why|how|would|should|can|could|has|to whom)\b/iu.test(bare);
  const end = asks ? "?" : draw.chance(0.1) ? "" : ".";
  const whole = draw.chance(0.15) ? spoken(draw, bare, asks) : bare;
  const quoted = draw.chance(0.35) ? quote(draw, text) : text;
  switch (draw.int(0, 15)) {
    case 0:
    case 1:
      return [
        { role: "system", text: `${draw.chance(0.2) ? "You are a helpful assistant. " : ""}${bare}${end}` },
        { role: "user", text },
      ];
    case 2:
      return say(draw, `${whole}:\n${quoted}`);
    case 3:
      return say(draw, `${whole}${end}\n\n${quoted}`);
    case 4:
      return say(draw, `${quoted}\n\n${whole}${end}`);
    case 5:
      return say(draw, `${whole}${end}\n${draw.pick(LABELS)}: ${quoted}`);
    case 6:
      return say(draw, `${whole}${end} ${quoted}`);
    case 7:
      return say(draw, `${quoted} - ${whole}${end}`);
    case 8:
      return say(draw, `${draw.pick(LABELS)}: ${quoted}\n${whole}${end}`);
    case 9:
      return say(draw, `${quote(draw, text)} ${whole}${end}`);
    case 10:
      return say(draw, `${whole}${asks ? "?" : ""} ${quote(draw, text)}`);
    case 11:
      return say(draw, `${quoted}${isEnded(quoted) ? " " : "\n"}${whole}${end}`);
    default:
      return say(draw, `${whole}${asks && draw.chance(0.4) ? "?" : ":"} ${quoted}`);
  }
}

/** The instruction as it comes in the middle of a chat: with a courtesy, or in lower case. */
function spoken(draw: Draw, bare: string, asks: boolean): string {
  const lower = /^(I|JSON|TL)\b/u.test(bare) ? bare : bare.slice(0, 1).toLowerCase() + bare.slice(1);
  if (asks || !/^[A-Z][a-z]+ /u.test(bare) || draw.chance(0.4)) return draw.chance(0.1) ? bare.toLowerCase() : lower;
  return `${draw.pick(COURTESIES)}${lower}`;
}

function quote(draw: Draw, text: string): string {
  return draw.pick([`"${text}"`, `"${text}"`, `"${text}"`, `'${text}'`, `“${text}”`]);
}

/** A full stop put behind a text would look like a part of it, which an answer that repeats the text would miss. */
function isEnded(text: string): boolean {
  return /[.!?"'”]$/u.test(text);
}
