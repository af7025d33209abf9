import type { Draw } from "./draw.ts";
import { items } from "./phrase.ts";

const split = (text: string): readonly string[] => text.trim().split(/\s+/u);

const FIRST_NAMES = split(`
Ann Ben Carla David Elena Frank Grace Hugo Iris Jonas Karin Leo Maria Nina Oscar Paula Quentin Rosa Simon Tara Umar Vera
Walter Xenia Yusuf Zoe Amir Bianca Cedric Dora Emil Fatima Georg Hanna Ivan Julia Kofi Lena Marco Noah Olga Pedro Rita
Samir Tina Ulf Viktor Wanda Yara Zane Alice Boris Chloe Diego Edith Felix Gina Henry Ingrid Jack Klara Lucas Mona Nora
Otto Petra Ravi Sofia Tom Ursula Priya Kenji Mei Omar Aisha Liam Emma Oliver Ella Jan Eva Max Lara Paul Anna Mark Lucy
Adam Clara Erik Greta Ian Jane Kurt Lily Mike Nadia Peter Ruth Sara Tim John Mary James Linda Robert Susan Daniel Laura
Michael Sarah Thomas Emily Chris Patricia Steven Karen George Helen Kevin Nancy Brian Donna Edward Carol Jason Sharon Ryan
Amy Gary Angela Eric Anita Stephen Rachel Larry Janet Justin Maria Scott Heather Brandon Diane Benjamin Olivia Sam Virginia
Alexander Megan Patrick Lauren Dennis Andrea Jerry Hannah Tyler Jacob Aaron Jose Teresa Nathan Gloria Zachary Doris Kyle
Sophie Ethan Jeremy Christian Madison Sean Abigail Austin Jean Carl Victoria Dylan Denise Roger Amber Lawrence Natalie
Christine Lukas Johannes Stefan Matthias Sabine Monika Birgit Heike Ulrike Andreas Markus Sven Bjorn Lars Freya Astrid Sigrid
Pierre Camille Louis Manon Antoine Juliette Francois Amelie Giulia Matteo Luca Francesca Carlos Lucia Miguel Ana Sergio Pilar
Joao Ines Tiago Katarzyna Piotr Magda Tomasz Ewa Dmitri Natasha Igor Svetlana Hiroshi Yuki Akira Sakura Wei Ling Jun Min Arjun
Deepa Raj Sunita Ali Hassan Leila Khalid Nour Kwame Amara Chidi Zola Thabo Naledi Sean Niamh Bridget Owen Rhys Gwen`);
const LAST_NAMES = split(`
Smith Jones Brown Taylor Weber Fischer Meyer Wagner Becker Hoffmann Schulz Koch Bauer Richter Klein Wolf Neumann Braun
Zimmermann Krueger Hartmann Lange Martin Bernard Dubois Petit Durand Leroy Moreau Simon Laurent Garcia Lopez Perez Sanchez
Romero Torres Rossi Russo Ferrari Bianchi Romano Costa Silva Santos Pereira Novak Horvat Kowalski Nowak Larsen Hansen
Nilsson Berg Lindqvist Korhonen Virtanen Ivanov Popov Tanaka Sato Suzuki Kim Park Lee Chen Wang Liu Patel Singh Khan Ahmed
Okafor Mensah Adams Baker Carter Evans Foster Green Harris Irwin Jackson Keller Lewis Mason Nelson Owens Parker Quinn
Reed Stone Turner Underwood Vance White Young Clark Hall King Wright Scott Hill Moore Cooper Ward Murphy Bell Cook Gray
Johnson Williams Miller Davis Wilson Anderson Thompson Robinson Walker Allen Hernandez Gonzalez Flores Rivera Campbell Mitchell
Roberts Phillips Edwards Collins Stewart Morris Rogers Morgan Peterson Bailey Kelly Howard Cox Richardson Watson Brooks Wood
Bennett Gruber Huber Steiner Pichler Egger Maier Schmid Keller Frei Graf Vogel Schneider Lehmann Krause Werner Schubert Lorenz
Jansen Visser Bakker Mulder Bos Lindgren Eriksson Johansson Andersson Olsen Dahl Lund Nielsen Jensen Christensen Makinen Nieminen
Fontaine Girard Rousseau Mercier Blanc Garnier Ricci Marino Greco Conti Gallo Mendes Ferreira Oliveira Almeida Castro Ortega
Navarro Molina Delgado Kovacs Nagy Szabo Petrov Sokolov Yamamoto Nakamura Kobayashi Choi Zhang Zhao Nguyen Tran Sharma Gupta
Rao Iyer Hussain Malik Osei Diallo Ndlovu Dlamini O'Brien Byrne Sullivan Doyle Fraser Hamilton Douglas Sinclair`);
/** Where things happen. */
export const CITIES = items(`
Paris, Berlin, Rome, Oslo, Madrid, Lisbon, Vienna, Prague, Warsaw, Dublin, London, Athens, Helsinki, Stockholm, Zurich,
Geneva, Basel, Munich, Hamburg, Cologne, Milan, Turin, Naples, Lyon, Nice, Bordeaux, Seville, Valencia, Porto, Krakow,
Budapest, Bucharest, Sofia, Riga, Tallinn, Vilnius, Copenhagen, Bergen, Malmo, Ghent, Antwerp, Brussels, Utrecht, Leeds,
Glasgow, Bristol, Boston, Chicago, Denver, Dallas, Austin, Seattle, Portland, Toronto, Montreal, Lima, Bogota, Quito,
Santiago, Nairobi, Lagos, Accra, Cairo, Tunis, Delhi, Mumbai, Osaka, Tokyo, Kyoto, Seoul, Busan, Taipei, Hanoi, Manila,
Sydney, Perth, Auckland, Salzburg, Graz, Bern, Lucerne, Dresden, Leipzig, Bremen, Bonn, New York, San Diego, Hong Kong,
Amsterdam, Rotterdam, Barcelona, Bilbao, Malaga, Florence, Venice, Bologna, Genoa, Palermo, Marseille, Toulouse, Lille, Nantes,
Strasbourg, Frankfurt, Stuttgart, Nuremberg, Hannover, Dortmund, Essen, Linz, Innsbruck, Lausanne, Gdansk, Poznan, Wroclaw, Brno,
Bratislava, Ljubljana, Zagreb, Belgrade, Split, Istanbul, Ankara, Izmir, Kyiv, Lviv, Gothenburg, Aarhus, Tampere, Turku, Reykjavik,
Edinburgh, Manchester, Liverpool, Birmingham, Oxford, Cambridge, York, Bath, Belfast, Cork, Galway, Cardiff, Miami, Houston, Phoenix,
Atlanta, Detroit, Memphis, Nashville, Orlando, San Francisco, Los Angeles, Las Vegas, New Orleans, Vancouver, Ottawa, Calgary, Quebec,
Mexico City, Havana, Panama, Caracas, Buenos Aires, Montevideo, Sao Paulo, Rio de Janeiro, Casablanca, Rabat, Algiers, Dakar, Kampala,
Addis Ababa, Cape Town, Durban, Dubai, Doha, Riyadh, Amman, Beirut, Tel Aviv, Baghdad, Tehran, Karachi, Lahore, Dhaka, Bangalore,
Chennai, Kolkata, Pune, Bangkok, Phuket, Jakarta, Singapore, Kuala Lumpur, Shanghai, Beijing, Shenzhen, Nagoya, Sapporo, Fukuoka,
Melbourne, Brisbane, Adelaide, Wellington, Christchurch`);
/** What is bought, returned and complained about. */
export const PRODUCTS = items(`
desk lamp, office chair, laptop stand, coffee machine, phone case, water bottle, backpack, keyboard, monitor, headset,
printer, webcam, rain jacket, hiking boots, running shoes, kettle, toaster, vacuum cleaner, garden hose, drill, bicycle
helmet, tent, sleeping bag, yoga mat, camera, tripod, speaker, router, tablet, charger, power bank, notebook, fountain pen,
bookshelf, carpet, mirror, sofa, mattress, pillow, blanket, frying pan, knife set, blender, microwave, fridge, dishwasher,
washing machine, umbrella, suitcase, wallet, watch, sunglasses, scarf, sweater, jeans, raincoat, board game, puzzle, guitar,
violin, piano, drum kit, skateboard, scooter, tool box, ladder, paint set, candle, vase, clock, heater, fan, mouse, desk,
cable, projector, scanner, shelf, stapler, whiteboard, thermos, grill, hammock, razor, hair dryer, smart watch, e-reader,
lamp, chair, table, bed, wardrobe, bench, stool, cupboard, door mat, curtain, towel, pan, pot, mug, cup, plate, bowl, spoon, fork,
teapot, toothbrush, iron, oven, freezer, juicer, mixer, rice cooker, air fryer, air purifier, humidifier, thermostat, doorbell, lock,
smoke detector, flashlight, battery pack, extension cord, light bulb, screwdriver, hammer, saw, wrench, drill bit, lawn mower, rake,
shovel, flower pot, phone, smartphone, laptop, computer, earphones, headphones, microphone, docking station, hard drive, memory card,
USB stick, adapter, keyboard cover, mouse pad, game console, controller, television, TV, remote control, radio, record player, bike,
bicycle, helmet, car seat, stroller, toy train, doll, teddy bear, ball, tennis racket, football, dumbbell, treadmill, swimsuit, shoes,
boots, sandals, sneakers, trousers, shirt, T-shirt, dress, skirt, coat, jacket, gloves, hat, cap, belt, tie, socks, handbag, purse,
ring, necklace, bracelet, earrings, perfume, shampoo, sunscreen, pen, pencil, calendar, folder, binder, envelope, book, cookbook,
map, globe, poster, picture frame, desk organizer, paper shredder, label printer, ink cartridge, toner, monitor arm, footrest`);
/** Parts of a company. */
export const DEPARTMENTS = items(`
marketing, finance, sales, support, engineering, legal, logistics, research, purchasing, design, quality, security,
production, operations, human resources, communications, accounting, controlling, procurement, training, compliance,
facilities, shipping, billing, public relations, product management, customer service, data science, maintenance, payroll,
business development, risk management, internal audit, inventory, export, testing`);
/** Ordinary nouns: topics, subjects of mails, titles. */
export const TOPICS = items(`
budget, travel policy, new website, quarterly report, summer party, data protection, hiring plan, product launch, server
move, price list, customer survey, team meeting, annual review, office move, training course, fire drill, supplier
contract, marketing plan, sales figures, warehouse, security audit, release plan, test results, parking rules, holiday
calendar, software update, network outage, delivery delays, project plan, expense rules, insurance, roadmap, workshop,
backup, onboarding, migration, sick leave, canteen menu, energy costs, stock levels, quality check, newsletter, trade fair,
partner program, cost report, code review, job advert, press release, loan agreement, tax return, phone system, door codes,
new logo, salary bands, office plants, travel costs, budget review, kickoff, team lunch, board meeting, staff party, first aid course,
safety training, vacation plan, shift plan, price increase, rent contract, lease, invoice, offer, agenda, minutes, contract, proposal,
report, presentation, slides, schedule, design draft, prototype, user interviews, beta test, customer feedback, support queue, ticket
backlog, error rate, login page, database upgrade, firewall rules, spam filter, password policy, mobile app, printer problem, coffee
supplier, recycling, car fleet, bike parking, company car, pension plan, parental leave, dress code, remote work, home office rules,
open positions, interviews, intern program, charity run, open house, sales training, discount rules, product catalogue, packaging,
returns policy, shipping costs, customs forms, warranty cases, spare parts, production line, inspection, certification, patent,
trademark, license renewal, vendor list, cleaning contract, fire alarm, elevator repair, heating costs, solar panels, water leak,
broken window, lost badge, visitor rules, mail room, year-end closing, cash flow, forecast, bonus, payroll, expense claims`);

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
  const other = draw.chance(0.4) ? draw.pick(LAST_NAMES) : name;
  return draw.pick([
    name,
    `${other} Ltd`,
    `${other} GmbH`,
    `${other} Inc`,
    `${other} AG`,
    `${name} & ${draw.pick(LAST_NAMES)}`,
    `${other} ${draw.pick(["Foods", "Systems", "Logistics", "Software", "Bank", "Motors", "Energy", "Media", "Bakery", "Tools"])}`,
    `${other} ${draw.pick(["Consulting", "Partners", "Brothers", "Group", "Labs", "Travel", "Insurance", "Design"])}`,
  ]);
}

/** A made-up address. */
export function emailAddress(draw: Draw): string {
  return draw.made(() => {
    const user = draw.pick([
      () => draw.pick(FIRST_NAMES).toLowerCase(),
      () => `${draw.pick(FIRST_NAMES).toLowerCase()}.${draw.pick(LAST_NAMES).toLowerCase()}`,
      () => inventedWord(draw),
      () => `${inventedWord(draw)}${draw.int(1, 99)}`,
      () => `${draw.pick(FIRST_NAMES).toLowerCase().slice(0, 1)}.${draw.pick(LAST_NAMES).toLowerCase()}`,
      () => `${draw.pick(FIRST_NAMES).toLowerCase()}_${draw.int(1, 99)}`,
      () => draw.pick(["info", "office", "support", "sales", "hr", "team", "contact", "hello", "billing", "orders"]),
    ])();
    const host = draw.chance(0.4)
      ? "example"
      : draw.chance(0.2)
        ? draw.pick(LAST_NAMES).toLowerCase()
        : inventedWord(draw);
    return `${user}@${host}.${draw.pick(["com", "com", "org", "net", "de", "ch", "fr", "io", "co.uk", "eu", "at"])}`;
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
      () => `${letters(draw.int(2, 3))}-${digits(2)}-${digits(draw.int(2, 4))}`,
      () => `${letters(draw.int(1, 3))}${digits(draw.int(1, 6))}`,
      () => `${letters(draw.int(1, 3))}-${draw.int(2000, 2032)}-${digits(draw.int(2, 4))}`,
      () => `#${digits(draw.int(3, 6))}`,
      () => `${inventedWord(draw).toLowerCase()}-${draw.int(1, 99)}`,
      () => `${letters(1)}${digits(1)}${letters(1)}${digits(1)}`,
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
  return draw.made(() => {
    const hour = draw.int(6, 22);
    const minute = draw.pick(["00", "15", "30", "45", "10", "20", "40", "50", "05", "25", "35", "55"]);
    return draw.chance(0.15) ? `${String(hour).padStart(2, "0")}:${minute}` : `${hour}:${minute}`;
  });
}

/** For example March 14, 2026. */
export function monthFirst({ year, month, day }: CalendarDay): string {
  return `${MONTHS[month - 1] ?? ""} ${day}, ${year}`;
}

/** An amount of money: mostly whole, else with cents that do not end in 0. */
export function money(draw: Draw): string {
  return draw.made(() =>
    draw.chance(0.7)
      ? String(draw.pick([() => draw.int(3, 99), () => draw.int(100, 999), () => draw.int(1000, 9999)])())
      : `${draw.int(1, 999)}.${draw.int(0, 9)}${draw.int(1, 9)}`,
  );
}

/** A made-up number to call. */
export function phoneNumber(draw: Draw): string {
  return draw.made(() =>
    draw.pick([
      () => `0${draw.int(20, 99)} ${draw.int(100, 999)} ${draw.int(100, 999)}`,
      () => `+${draw.int(30, 49)} ${draw.int(20, 99)} ${draw.int(100, 999)} ${draw.int(10, 99)} ${draw.int(10, 99)}`,
      () => `0${draw.int(100, 999)}-${draw.int(1000, 99999)}`,
      () => `555-${draw.int(1000, 9999)}`,
      () => `0${draw.int(20, 99)}${draw.int(100000, 9999999)}`,
      () => `${draw.int(200, 999)}-${draw.int(200, 999)}-${draw.int(1000, 9999)}`,
    ])(),
  );
}

/** A made-up street with a house number. */
export function streetAddress(draw: Draw): string {
  return draw.made(() => {
    const street = draw.chance(0.3) ? capitalize(inventedWord(draw)) : draw.pick(STREETS);
    return draw.chance(0.7)
      ? `${draw.int(1, 250)} ${street} ${draw.pick(["Street", "Road", "Lane", "Avenue", "Way"])}`
      : `${street}strasse ${draw.int(1, 250)}`;
  });
}
const STREETS = split(`
Park Main Station Church Mill King Queen Garden Bridge Lake Hill Oak Elm High School Market Castle Forest River Rose Victoria
Green North South West East Spring Maple Cedar Harbour College Baker Bahnhof Berg Linden Haupt`);
/** Where goods come from and trips go to. */
export const COUNTRIES = items(`
France, Germany, Spain, Italy, Poland, Japan, China, Brazil, Peru, Canada, Mexico, Egypt, Kenya, India, Norway, Sweden, Finland,
Greece, Turkey, Portugal, Austria, Switzerland, Australia, Iceland, Ireland, Denmark, Belgium, Hungary, Romania, Bulgaria, Croatia,
Serbia, Ukraine, Chile, Argentina, Colombia, Cuba, Morocco, Tunisia, Nigeria, Ghana, Ethiopia, Israel, Jordan, Iran, Pakistan, Nepal,
Thailand, Vietnam, Indonesia, Malaysia, South Korea, New Zealand, South Africa, Luxembourg, Malta, Estonia, Latvia, Lithuania`);
/** What people work as. */
export const JOBS = items(`
accountant, engineer, nurse, driver, cook, teacher, developer, designer, secretary, salesperson, cleaner, electrician, analyst,
project manager, receptionist, mechanic, lawyer, tester, warehouse worker, consultant, programmer, assistant, architect, plumber,
carpenter, pharmacist, doctor, dentist, baker, painter, pilot, journalist, translator, photographer, librarian, gardener, hairdresser,
data analyst, team leader, product manager, store manager, security guard, waiter, physicist, chemist, controller, bookkeeper`);
