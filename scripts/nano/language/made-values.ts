import { ENGLISH_WORDS } from "../../build-model/english-words.ts";
import type { Draw } from "./draw.ts";
import { capitalize, city, DEPARTMENTS, inventedWord, JOBS, PRODUCTS, TOPICS } from "./words.ts";

/**
 * In training this share of the values is made up, mostly of two or three words. Of the values in the lists few have
 * several, and a model that knows them all learns to stop after the first, "Cape" of "Cape Town", and to say one that it
 * knows where the text has one that it does not. What it is tested with are the lists.
 */
const MADE_SHARE = 0.4;

/** Words that no value ends before: they would leave open where it ends. */
const ORDINARY_WORDS = ENGLISH_WORDS.filter(
  (word) =>
    word.length > 3 &&
    !/^(?:about|after|along|also|because|before|been|below|between|could|does|from|have|here|into|over|please|should|that|their|them|then|there|these|they|this|those|through|under|until|were|what|when|where|which|while|will|with|within|without|would|your|high|normal|called|named|number)$/u.test(
      word,
    ),
);

const BEFORE_PLACES = ["San", "Port", "New", "Saint", "Fort", "Lake", "Cape", "Santa", "North", "Upper", "Bad", "Los"];
const AFTER_PLACES = ["Town", "City", "Bay", "Springs", "Falls", "Beach", "Hill", "Valley", "Park", "Harbour"];

/** What a mail, a ticket or a meeting is about. */
export function topic(draw: Draw): string {
  return isMade(draw) ? someWords(draw) : draw.value(TOPICS);
}

/** What is bought and sold. */
export function product(draw: Draw): string {
  return isMade(draw) ? someWords(draw) : draw.value(PRODUCTS);
}

/** A part of a company. */
export function department(draw: Draw): string {
  return isMade(draw) ? someWords(draw) : draw.value(DEPARTMENTS);
}

/** What somebody works as. */
export function job(draw: Draw): string {
  return isMade(draw) ? someWords(draw) : draw.value(JOBS);
}

/** A city. */
export function place(draw: Draw): string {
  if (!isMade(draw)) return city(draw);
  return draw.made(() => {
    const name = capitalize(inventedWord(draw));
    return draw.chance(0.5) ? `${draw.pick(BEFORE_PLACES)} ${name}` : `${name} ${draw.pick(AFTER_PLACES)}`;
  });
}

function isMade(draw: Draw): boolean {
  return draw.split === "train" && draw.chance(MADE_SHARE);
}

function someWords(draw: Draw): string {
  const word = (): string => (draw.chance(0.15) ? inventedWord(draw) : draw.value(ORDINARY_WORDS));
  return draw.made(() => Array.from({ length: draw.pick([1, 1, 2, 2, 2, 3]) }, word).join(" "));
}
