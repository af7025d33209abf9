import type { Draw } from "../language/draw.ts";
import { department, job, place, product, topic } from "../language/made-values.ts";
import {
  calendarDay,
  clockTime,
  code,
  company,
  emailAddress,
  inventedWord,
  isoOf,
  person,
  phoneNumber,
  WEEKDAYS,
  wholeNumber,
} from "../language/words.ts";

/** What a made-up function takes. */
export interface Parameter {
  readonly name: string;
  readonly type: "string" | "number" | "integer";
  /** What it is about: two parameters of one kind cannot be told apart in plain speech. */
  readonly kind: string;
  /** How plain speech states it. */
  readonly plain: readonly string[];
  readonly make: (draw: Draw) => string;
  /** All that it may be, where that is few: what a client's schema lists as its enum. */
  readonly options?: readonly string[];
}

const text = (kind: string, names: string, plain: string, make: (draw: Draw) => string): Parameter[] =>
  names.split(" ").map((name) => ({ name, type: "string", kind, plain: split(plain), make }));
const choice = (kind: string, names: string, plain: string, options: readonly string[]): Parameter[] =>
  text(kind, names, plain, (draw) => draw.pick(options)).map((parameter) => ({ ...parameter, options }));
const number = (kind: string, names: string, plain: string, low: number, high: number): Parameter[] =>
  names.split(" ").map((name, index) => ({
    name,
    type: index % 3 === 2 ? "number" : "integer",
    kind,
    plain: split(plain),
    make: (draw) => wholeNumber(draw, low, high),
  }));
const split = (plain: string): readonly string[] => plain.split("|").map((one) => one.trim());

const ROOMS = [
  "kitchen",
  "lobby",
  "garage",
  "basement",
  "attic",
  "hallway",
  "office",
  "bathroom",
  "garden",
  "canteen",
  "bedroom",
  "lab",
];
const COLORS = [
  "red",
  "blue",
  "green",
  "black",
  "white",
  "yellow",
  "grey",
  "brown",
  "orange",
  "purple",
  "pink",
  "silver",
];
const SIZES = ["small", "large", "medium", "extra large", "tiny", "huge"];
const MODES = ["fast", "slow", "quiet", "eco", "full", "light", "night", "turbo", "safe", "normal"];
const TONGUES = ["German", "French", "Spanish", "Italian", "Dutch", "Polish", "English", "Greek", "Turkish", "Czech"];

/** Everything that made-up functions take. */
export const PARAMETERS: readonly Parameter[] = [
  ...text(
    "id",
    "id code serial key reference number tag",
    "number <value> | with the number <value> | <value> | with the code <value>",
    code,
  ),
  ...text("person", "name", "called <value> | named <value> | for <value> | of <value>", person),
  ...text(
    "person",
    "person owner employee customer patient",
    "of <value> | for <value> | belonging to <value>",
    person,
  ),
  ...text("person", "contact manager guest", "with <value> | for <value> | of <value>", person),
  ...text("person", "author", "by <value> | written by <value> | from <value>", person),
  ...text(
    "place",
    "city place location region site",
    "in <value> | at <value> | near <value> | from our office in <value>",
    place,
  ),
  ...text("place", "destination", "to <value> | going to <value> | for <value>", place),
  ...choice("place", "room area", "in the <value> | from the <value> | of the <value>", ROOMS),
  ...text("place", "station stop", "at <value> | at <value> station | from <value>", place),
  ...text("email", "email recipient", "to <value> | for <value> | and send it to <value>", emailAddress),
  ...text("email", "sender", "from <value> | sent by <value>", emailAddress),
  ...text("day", "date day", "on <value> | for <value> | dated <value>", (draw) => isoOf(calendarDay(draw))),
  ...text("day", "deadline due_date", "by <value> | until <value> | due on <value>", (draw) =>
    isoOf(calendarDay(draw)),
  ),
  ...text("clock", "time start", "at <value> | from <value> | starting at <value>", clockTime),
  ...text("clock", "end", "until <value> | ending at <value> | up to <value>", clockTime),
  ...text("firm", "company client", "for <value> | of <value> | at <value>", company),
  ...text("firm", "vendor supplier", "from <value> | by <value> | of <value>", company),
  ...text("topic", "topic subject", "about <value> | on <value> | about the <value> | regarding <value>", topic),
  ...text("topic", "title", "titled <value> | with the title <value> | called <value>", topic),
  ...text("topic", "reason", "because of <value> | because of the <value> | due to <value>", topic),
  ...text("thing", "product item part article", "for the <value> | with the <value> | for a <value>", product),
  ...text(
    "team",
    "department team group",
    "for <value> | of the <value> department | for the <value> team | in <value>",
    department,
  ),
  ...text(
    "word",
    "label alias nickname word",
    "with the name <value> | as <value> | under the name <value>",
    inventedWord,
  ),
  ...choice("color", "color", "in <value> | in the color <value>", COLORS),
  ...choice("size", "size", "in size <value> | in <value>", SIZES),
  ...choice("mode", "mode level", "in <value> mode | on <value> | with <value> mode", MODES),
  ...choice("tongue", "language", "in <value> | into <value>", TONGUES),
  ...text("job", "role job position", "as <value> | as a <value> | for the <value>", job),
  ...text("phone", "phone number_to_call", "at <value> | on <value> | with the number <value>", phoneNumber),
  ...choice("weekday", "weekday", "on <value> | every <value> | next <value>", WEEKDAYS),
  ...number(
    "money",
    "amount price budget",
    "for <value> euros | of <value> euros | over <value> dollars | worth <value> euros",
    2,
    9999,
  ),
  ...number(
    "pieces",
    "count quantity pieces",
    "<value> times | <value> pieces | with <value> pieces | in a quantity of <value>",
    2,
    500,
  ),
  ...number(
    "people",
    "people guests seats",
    "for <value> people | for <value> | with <value> guests | for <value> persons",
    2,
    60,
  ),
  ...number("limit", "limit maximum", "up to <value> | at most <value> | with a limit of <value>", 2, 999),
  ...number(
    "floor",
    "floor",
    "on floor <value> | on the <value>th floor | from floor <value> | of floor <value>",
    4,
    60,
  ),
  ...number("length", "hours", "for <value> hours | <value> hours long | over <value> hours", 2, 72),
  ...number("length", "minutes", "for <value> minutes | <value> minutes long | in <value> minutes", 2, 240),
  ...number("length", "days", "for <value> days | <value> days long | over <value> days", 2, 60),
  ...number("length", "nights", "for <value> nights | <value> nights", 2, 60),
  ...number("weight", "weight", "of <value> kilos | weighing <value> kilos | with <value> kg", 2, 900),
  ...number("extent", "width height distance", "<value> centimetres | of <value> meters | with <value> cm", 2, 900),
  ...number("share", "percent", "to <value> percent | by <value> percent | at <value>%", 2, 100),
  ...number("degrees", "temperature degrees", "to <value> degrees | at <value> degrees | of <value> degrees", 2, 300),
  ...number("page", "page", "on page <value> | from page <value> | page <value>", 2, 900),
  ...number("year", "year", "in <value> | for the year <value> | of <value>", 1990, 2035),
];
