import type { Draw } from "./draw.ts";

const split = (text: string): readonly string[] => text.trim().split(/\s+/u);
const splitLines = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s*,\s*/u)
    .map((item) => item.replace(/\s+/gu, " "));

const FIRST_NAMES = split(`
Ann Ben Carla David Elena Frank Grace Hugo Iris Jonas Karin Leo Maria Nina Oscar Paula Quentin Rosa Simon Tara Umar Vera
Walter Xenia Yusuf Zoe Amir Bianca Cedric Dora Emil Fatima Georg Hanna Ivan Julia Kofi Lena Marco Noah Olga Pedro Rita
Samir Tina Ulf Viktor Wanda Yara Zane Alice Boris Chloe Diego Edith Felix Gina Henry Ingrid Jack Klara Lucas Mona Nora
Otto Petra Ravi Sofia Tom Ursula Priya Kenji Mei Omar Aisha Liam Emma Oliver Ella Jan Eva Max Lara Paul Anna Mark Lucy
Adam Clara Erik Greta Ian Jane Kurt Lily Mike Nadia Peter Ruth Sara Tim John Mary James Linda Robert Susan Daniel Laura`);
const LAST_NAMES = split(`
Smith Jones Brown Taylor Weber Fischer Meyer Wagner Becker Hoffmann Schulz Koch Bauer Richter Klein Wolf Neumann Braun
Zimmermann Krueger Hartmann Lange Martin Bernard Dubois Petit Durand Leroy Moreau Simon Laurent Garcia Lopez Perez Sanchez
Romero Torres Rossi Russo Ferrari Bianchi Romano Costa Silva Santos Pereira Novak Horvat Kowalski Nowak Larsen Hansen
Nilsson Berg Lindqvist Korhonen Virtanen Ivanov Popov Tanaka Sato Suzuki Kim Park Lee Chen Wang Liu Patel Singh Khan Ahmed
Okafor Mensah Adams Baker Carter Evans Foster Green Harris Irwin Jackson Keller Lewis Mason Nelson Owens Parker Quinn
Reed Stone Turner Underwood Vance White Young Clark Hall King Wright Scott Hill Moore Cooper Ward Murphy Bell Cook Gray`);
/** Where things happen. */
export const CITIES = splitLines(`
Paris, Berlin, Rome, Oslo, Madrid, Lisbon, Vienna, Prague, Warsaw, Dublin, London, Athens, Helsinki, Stockholm, Zurich,
Geneva, Basel, Munich, Hamburg, Cologne, Milan, Turin, Naples, Lyon, Nice, Bordeaux, Seville, Valencia, Porto, Krakow,
Budapest, Bucharest, Sofia, Riga, Tallinn, Vilnius, Copenhagen, Bergen, Malmo, Ghent, Antwerp, Brussels, Utrecht, Leeds,
Glasgow, Bristol, Boston, Chicago, Denver, Dallas, Austin, Seattle, Portland, Toronto, Montreal, Lima, Bogota, Quito,
Santiago, Nairobi, Lagos, Accra, Cairo, Tunis, Delhi, Mumbai, Osaka, Tokyo, Kyoto, Seoul, Busan, Taipei, Hanoi, Manila,
Sydney, Perth, Auckland, Salzburg, Graz, Bern, Lucerne, Dresden, Leipzig, Bremen, Bonn, New York, San Diego, Hong Kong`);
/** What is bought, returned and complained about. */
export const PRODUCTS = splitLines(`
desk lamp, office chair, laptop stand, coffee machine, phone case, water bottle, backpack, keyboard, monitor, headset,
printer, webcam, rain jacket, hiking boots, running shoes, kettle, toaster, vacuum cleaner, garden hose, drill, bicycle
helmet, tent, sleeping bag, yoga mat, camera, tripod, speaker, router, tablet, charger, power bank, notebook, fountain pen,
bookshelf, carpet, mirror, sofa, mattress, pillow, blanket, frying pan, knife set, blender, microwave, fridge, dishwasher,
washing machine, umbrella, suitcase, wallet, watch, sunglasses, scarf, sweater, jeans, raincoat, board game, puzzle, guitar,
violin, piano, drum kit, skateboard, scooter, tool box, ladder, paint set, candle, vase, clock, heater, fan, mouse, desk,
cable, projector, scanner, shelf, stapler, whiteboard, thermos, grill, hammock, razor, hair dryer, smart watch, e-reader`);
/** Parts of a company. */
export const DEPARTMENTS = splitLines(`
marketing, finance, sales, support, engineering, legal, logistics, research, purchasing, design, quality, security,
production, operations, human resources, communications`);
/** Ordinary nouns: topics, subjects of mails, titles. */
export const TOPICS = splitLines(`
budget, travel policy, new website, quarterly report, summer party, data protection, hiring plan, product launch, server
move, price list, customer survey, team meeting, annual review, office move, training course, fire drill, supplier
contract, marketing plan, sales figures, warehouse, security audit, release plan, test results, parking rules, holiday
calendar, software update, network outage, delivery delays, project plan, expense rules, insurance, roadmap, workshop,
backup, onboarding, migration, sick leave, canteen menu, energy costs, stock levels, quality check, newsletter, trade fair,
partner program, cost report, code review, job advert, press release, loan agreement, tax return, phone system, door codes`);

/** Letter groups that words are made of: copying must not depend on having seen a word. */
const ONSETS = split("b c d f g h j k l m n p r s t v w z br ch cl cr dr fl gr pl pr sh sk st th tr qu y x");
const NUCLEI = split("a e i o u a e i o ai ea ee oo ou ie y");
const CODAS = split("n r s l t m d k p x nd rt st ck ng lm sh th ft b g v z");

/** A pronounceable word that no dictionary has, in lower case. */
export function inventedWord(draw: Draw): string {
  return draw.made(() => {
    let word = "";
    const syllables = draw.int(1, 3);
    for (let syllable = 0; syllable < syllables; syllable++) {
      word +=
        (draw.chance(0.9) ? draw.pick(ONSETS) : "") + draw.pick(NUCLEI) + (draw.chance(0.45) ? draw.pick(CODAS) : "");
    }
    return word;
  });
}

/** `text` with its first letter in upper case. */
export function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A person: first and last name, of which one in six is made up. */
export function person(draw: Draw): string {
  return draw.made(
    () => `${firstName(draw)} ${draw.chance(0.15) ? capitalize(inventedWord(draw)) : draw.pick(LAST_NAMES)}`,
  );
}

/** A first name, of which one in ten is made up. */
export function firstName(draw: Draw): string {
  return draw.chance(0.1) ? capitalize(inventedWord(draw)) : draw.value(FIRST_NAMES);
}

/** A city, of which one in five is made up. */
export function city(draw: Draw): string {
  return draw.chance(0.2) ? capitalize(inventedWord(draw)) : draw.value(CITIES);
}

/** A made-up company. */
export function company(draw: Draw): string {
  const name = capitalize(inventedWord(draw));
  return draw.pick([name, `${name} Ltd`, `${name} GmbH`, `${name} Inc`, `${name} & ${draw.pick(LAST_NAMES)}`]);
}

/** A made-up address. */
export function emailAddress(draw: Draw): string {
  return draw.made(() => {
    const user = draw.pick([
      () => draw.pick(FIRST_NAMES).toLowerCase(),
      () => `${draw.pick(FIRST_NAMES).toLowerCase()}.${draw.pick(LAST_NAMES).toLowerCase()}`,
      () => inventedWord(draw),
      () => `${inventedWord(draw)}${draw.int(1, 99)}`,
    ])();
    const host = draw.chance(0.4) ? "example" : inventedWord(draw);
    return `${user}@${host}.${draw.pick(["com", "org", "net", "de", "ch", "fr", "io"])}`;
  });
}

/** An order, ticket or part number. */
export function code(draw: Draw): string {
  const letters = (count: number): string =>
    Array.from({ length: count }, () => String.fromCharCode(65 + draw.int(0, 25))).join("");
  const digits = (count: number): string => Array.from({ length: count }, () => draw.int(0, 9)).join("");
  return draw.made(() =>
    draw.pick([
      () => `${letters(1)}-${digits(3)}`,
      () => `${letters(2)}-${digits(4)}`,
      () => `${letters(2)}${digits(3)}`,
      () => digits(draw.int(4, 6)),
      () => `${letters(3)}-${digits(2)}`,
      () => `${draw.int(1, 9)}${digits(3)}-${letters(1)}`,
    ])(),
  );
}

/** A whole number as text, without a leading zero. */
export function wholeNumber(draw: Draw, low: number, high: number): string {
  return draw.made(() => String(draw.int(low, high)));
}

/** From Monday on. */
export const WEEKDAYS = split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
/** From January on. */
export const MONTHS = split("January February March April May June July August September October November December");

/** A date without a time. */
export interface CalendarDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** A day that exists, of this split. */
export function calendarDay(draw: Draw): CalendarDay {
  const iso = draw.made(() => {
    const month = draw.int(1, 12);
    return isoOf({ year: draw.int(2019, 2032), month, day: draw.int(1, month === 2 ? 28 : 30) });
  });
  const [year, month, day] = iso.split("-").map(Number);
  return { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
}

/** For example 2026-03-14. */
export function isoOf({ year, month, day }: CalendarDay): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** For example 14 March 2026. */
export function writtenDay({ year, month, day }: CalendarDay): string {
  return `${day} ${MONTHS[month - 1] ?? ""} ${year}`;
}

/** For example 9:30. */
export function clockTime(draw: Draw): string {
  return draw.made(() => `${draw.int(7, 19)}:${draw.pick(["00", "15", "30", "45", "10", "20", "40", "50"])}`);
}
