import type { Turn } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";

const SYSTEM_PROMPTS: readonly string[] = [
  "You are a helpful assistant.",
  "You are a helpful assistant. Be brief.",
  "Answer briefly.",
  "You work for the support team.",
  "You are an assistant in our office.",
  "Be polite and short.",
  "Answer with as few words as possible.",
  "You help the staff of a small company.",
];

/** Now and then a system message that changes nothing. */
export function plainSystem(draw: Draw): Turn[] {
  return draw.chance(0.12) ? [{ role: "system", text: draw.pick(SYSTEM_PROMPTS) }] : [];
}

/** One turn of the user, with or without a system message before it. */
export function say(draw: Draw, text: string): Turn[] {
  return [...plainSystem(draw), { role: "user", text }];
}

/** An instruction and the text that it is about, in one of the orders in which people put them. */
export function ask(draw: Draw, instruction: string, text: string): Turn[] {
  const bare = instruction.replace(/[.?:]$/u, "");
  const asks = /^(is|are|does|do|did|what|which|who|how|would|should|can|could|has)\b/iu.test(bare);
  const whole = draw.chance(0.1) ? bare.slice(0, 1).toLowerCase() + bare.slice(1) : bare;
  const quoted = draw.chance(0.2) ? `"${text}"` : text;
  const end = asks ? "?" : ".";
  switch (draw.int(0, 9)) {
    case 0:
      return [
        { role: "system", text: `${bare}${end}` },
        { role: "user", text },
      ];
    case 1:
      return say(draw, `${whole}:\n${quoted}`);
    case 2:
      return say(draw, `${whole}${end}\n\n${quoted}`);
    case 3:
      return say(draw, `${quoted}\n\n${whole}${end}`);
    case 4:
      return say(draw, `${whole}${end}\n${draw.pick(["Text", "Message", "Mail", "Input"])}: ${quoted}`);
    case 5:
      return say(draw, `${whole}${end} ${quoted}`);
    case 6:
      return say(draw, `${quoted} - ${whole}${end}`);
    default:
      return say(draw, `${whole}: ${quoted}`);
  }
}
