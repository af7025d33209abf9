import { lines } from "../../language/phrase.ts";

/** A fourth set of ways to ask for capitals. */
export const TO_UPPER = lines`
  (Replace|Swap|Exchange|Turn) (small|little|all small|the small) letters (with|by|for|into) (big ones|capitals|large ones|capital ones).
  (Enlarge|Raise|Lift|Grow) (the|every|each|all) (letters|letter|small letters)(|, please).
  (Switch|Change|Turn) (this|that|it) (to|into) (capitals|all caps|big letters)(|, please).
  (Without|Avoid|Not any|No) (small|little|lower-case) (letters|ones)(|, please|: capitals only).
  (Big|Capital|Large) letters(|:|,) (please|all of it|for every word|throughout).
  (All|Everything|Each letter) (big|large|capital|in capitals)(|, please).
  (Could|May|Can) (we|I) (see|read) (that|it|this) (with|in) (capitals|upper case|big letters)(|, please).
  (Write|Spell) (big|large|in large letters|everything big)(|, please).
`;

/** A fourth set of ways to ask for small letters. */
export const TO_LOWER = lines`
  (Replace|Swap|Exchange|Turn) (big|large|all big|the capital) letters (with|by|for|into) (small ones|little ones|lower case).
  (Avoid|Remove|Skip|Drop) (the|any|each|every|all) (big|large|capital) (letter|letters|one|ones)(|, please| in it| from it).
  (Avoid|Remove|Skip) (capitals|every capital|each capital|any capital)(|, please| in it| from it).
  (Shrink|Lower|Reduce) (the|every|each|all) (letters|letter|capitals)(|, please).
  (Switch|Change|Turn) (this|that|it) (to|into) (small letters|no caps|lower case)(|, please).
  (Without|Not any|No) (big|large|capital) (letters|ones)(|, please|: small ones only).
  (All|Everything|Each letter) (small|little|in small letters)(|, please).
  (Write|Spell) (small|in little letters|everything small)(|, please).
`;
