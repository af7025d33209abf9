import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { capitalize } from "../language/words.ts";
import { ask } from "./instruct.ts";
import { order } from "./orders.ts";
import { COURTESIES, POLITE_FORMS } from "../wordings/courtesies.ts";
import { MAKE_PLAIN, MAKE_POLITE } from "../wordings/tone.ts";

/** A courtesy behind a request, or before it. */
function withCourtesy(draw: Draw, request: string): string {
  const courtesy = draw.phrase(COURTESIES);
  return draw.chance(0.75) ? `${request} ${courtesy}` : `${courtesy} ${request}`;
}

/** An order made polite, or a polite request made plain: both ways of one sentence. */
export function tonalExample(draw: Draw, bare = order(draw)): Example {
  const plain = `${capitalize(bare)}.`;
  if (draw.chance(0.5)) {
    const given = draw.chance(0.2) ? `${capitalize(bare)}!` : draw.chance(0.15) ? bare : plain;
    return {
      task: "polite",
      turns: [...ask(draw, draw.phrase(MAKE_POLITE), given), { role: "assistant", text: `Could you please ${bare}?` }],
    };
  }
  const polite = draw.phrase(POLITE_FORMS, { order: bare });
  const given = draw.chance(0.25) ? withCourtesy(draw, polite) : polite;
  return { task: "plain", turns: [...ask(draw, draw.phrase(MAKE_PLAIN), given), { role: "assistant", text: plain }] };
}
