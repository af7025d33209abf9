import { lines } from "../../language/phrase.ts";

/** A fourth set of ways to ask for plain words. */
export const MAKE_PLAIN = lines`
  (This|That|It) is (far too|a bit too|much too|too) (kind|nice|wordy|soft|friendly|polite)(,|:|.) (shorten it|an order please|only the order|be direct|make it plain).
  (Too|Far too|Much too) (kind|nice|wordy|soft|polite|long)(,|:|.) (say it plainly|shorten it|make it an order|be direct|only the order).
  (Say|Write|Put) (this|that|it|the same) (plainly|like an order|in plain words|without any courtesy|straight out).
  (Only|Just) (the instruction|the bare order|what to do|the task|what is wanted)(, in plain words|, plainly|, nothing else|).
  (Strip|Clear|Free) (it|this|the sentence|the request) (of|from) (courtesy|politeness|polite words|kind words).
  (What|So what) is (to be done|the task here|wanted here|asked here)(|, plainly|, in a few words|).
  (Bring|Get|Boil) (it|this) (to the point|down to the order|down to a command).
  (Order|Command|Instruction)(|, please|, plainly| only)(|:| from this).
`;

/** A fourth set of polite ways to ask for something. */
export const POLITE_FORMS = lines`
  (Please|Kindly) <order>(,|) if (it is not too much trouble|it is no trouble|that is not too much|you find the time|you have a minute).
  (We|I) (trust|hope|know|think) (that |)you will (kindly |please |)<order>(|, please).
  (Kindly|Please)(,|) (if possible|when possible|now, if possible|when you have time) <order>.
  (Would|Will|Could) you <order>(,|) (will you|would you|if possible|when possible|please)?
  (Please|Kindly) <order>(,| -|) (will you|would you|if I may ask|if that is alright|thank you).
  (If|When) (it is no trouble|possible|you find time|you are free)(,|) (kindly|please) <order>.
  (It|That) would (help|be a help|be a great help|make me happy) if you (could|would) <order>.
  (Let|May) (me|I) (ask you to|kindly ask you to|beg you to) <order>(|.).
`;

/** A fourth set of orders. */
export const ORDERS = lines`
  (put|take|give|send|move|throw) (away|back|down|out) (him|her|it|them|the <product>|the papers)(| on <weekday>| now|)
  (define|describe|explain|show) (it|them|her role|his task|the <topic>)(| now| on <weekday>| to <name>)
  (turn|switch) (on|off) (the|every|our) (light|lamp|fan|heater|screen)(| at night| at noon| on <weekday>| for <name>)
  (type|write|wave|speak|point|listen) to (<name>|the guests|her|him|them)(| now| at <time>|)
  (scratch|outline|state|rate|roll|park|scan|stir) (it|the <product>|everything|something|the plan)(| for <name>| in <city>| on <weekday>|)
  (scratch|outline|rate|roll|scan|stir|park) (<name>|us|me|them) (the|a|your) <product>(| at the door| there|)
`;
