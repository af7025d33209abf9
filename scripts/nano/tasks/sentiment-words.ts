import { items } from "../language/phrase.ts";

/** Adjectives of praise. Words of the language are in every split: nobody can guess what an unseen word feels. */
export const LIKED = items(`
great, excellent, wonderful, fantastic, superb, lovely, amazing, brilliant, perfect, outstanding, delightful, awesome, splendid,
impressive, pleasant, marvellous, fabulous, terrific, beautiful, good, nice, reliable, comfortable, friendly, helpful, charming,
flawless, remarkable, exceptional, incredible, magnificent, stunning, gorgeous, first-class, top notch, spot on, very good, so good,
enjoyable, fun, cool, sweet, neat, super, phenomenal, sensational, extraordinary, unbeatable, faultless, solid, sturdy, handy, useful,
elegant, cozy, clean, smooth, fast, quick, efficient, professional, polite, kind, welcoming, attentive, thoughtful, generous, patient,
refreshing, relaxing, inspiring, exciting, thrilling, hilarious, entertaining, fascinating, touching, satisfying, worth it, ideal,
well made, well organized, easy to use, great value, top, the best, better than expected, beyond my expectations, a joy, a delight,
a dream, a pleasure, a bargain, a masterpiece, a great choice, a big help, a real treat`);
/** Adjectives of blame. */
export const DISLIKED = items(`
terrible, awful, horrible, dreadful, bad, poor, disappointing, useless, annoying, broken, cheap and nasty, ugly, rude, slow, unreliable,
disgusting, boring, frustrating, lousy, pathetic, uncomfortable, faulty, miserable, unacceptable, overpriced, dirty, noisy, appalling,
mediocre at best, worthless, horrid, atrocious, abysmal, shoddy, flimsy, defective, unusable, ridiculous, outrageous, embarrassing,
shocking, nasty, gross, filthy, smelly, stinky, cramped, unfriendly, unhelpful, arrogant, careless, incompetent, lazy, unprofessional,
impolite, chaotic, confusing, clumsy, buggy, laggy, sluggish, dull, tedious, depressing, exhausting, stressful, unfair, dishonest,
misleading, way too expensive, far too loud, badly made, badly organized, hard to use, poorly designed, second-rate, the worst, trash,
rubbish, garbage, junk, a joke, a nightmare, a disaster, a mess, a rip-off, a scam, a waste of money, a waste of time, a disgrace,
a huge disappointment, a big letdown, worse than expected, not good at all, no good, below average, not worth the money, a pain`);

/** What is reviewed, and what its parts do when they please, disappoint, or neither. */
export interface Aspect {
  readonly subjects: readonly string[];
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

/** Predicates that go with their subjects: "The soup" + "was cold". */
export const ASPECTS: readonly Aspect[] = [
  {
    subjects:
      items(`soup, pizza, steak, fish, pasta, salad, dessert, meal, food, burger, breakfast, bread, dinner, lunch, chicken, cake,
      rice, curry, sandwich, buffet, sushi, menu, ice cream, sauce, cheese, kebab`),
    good: items(`was tasty, was delicious, was so fresh, tasted amazing, was cooked to perfection, was full of flavour, was just right,
      was out of this world, tasted like at home, was mouth-watering, was yummy, melted in the mouth, was very generous, came quickly and hot`),
    bad: items(`was cold, was burnt, was stale, was tasteless, was undercooked, was overcooked, was greasy, was far too salty, was soggy,
      was raw in the middle, made me sick, tasted like cardboard, was bland, was inedible, gave me a stomach ache, smelled off, had a hair in it,
      took an hour to come, was lukewarm, was dry and hard, was rotten, was disgusting, tasted of nothing, came late and cold`),
  },
  {
    subjects:
      items(`waiter, waitress, receptionist, driver, nurse, doctor, teacher, guide, cashier, manager, technician, agent, barber,
      hairdresser, plumber, mechanic, salesman, assistant, chef, host, landlord, staff, owner, trainer, clerk, team, crew, support, seller`),
    good: items(`was so kind, smiled all the time, helped us at once, went out of the way for us, answered all my questions, was very patient,
      took the time to explain everything, solved my problem in minutes, was polite and quick, made us feel at home, was a star, did a great job,
      could not have been nicer, was super friendly, remembered my name, even called back to check, was always there for us, knew everything,
      gave us a free upgrade, saved my day, was very understanding, treated us like family, was on time and friendly`),
    bad: items(`ignored us, shouted at me, did not care, never called back, made us wait for an hour, was no help at all, was rude to my mother,
      rolled his eyes, lied to me, hung up on me, laughed at my question, was drunk, forgot our order, overcharged us, got everything wrong,
      did not even say hello, was in a bad mood, kept us waiting, refused to help, had no idea, treated us like dirt, insulted my wife,
      never showed up, was late and unfriendly, did not listen, walked away, broke my vase, was impatient with us`),
  },
  {
    subjects:
      items(`room, hotel, bed, bathroom, apartment, flat, pool, lobby, beach, view, suite, balcony, garden, campsite, cabin, hostel,
      shower, location, house, restaurant, café, bar, gym, spa, office, museum, park`),
    good: items(`was spotless, was quiet and clean, was bright and cozy, had a stunning view, was so comfortable, felt like home, was beautiful,
      was bigger than we thought, is a hidden gem, was perfect for the kids, was modern and tidy, smelled of flowers, is my favourite place,
      was worth every penny, exceeded our expectations, was a dream, is the best in town, was warm and welcoming`),
    bad: items(`was filthy, was full of bugs, smelled of smoke, had no hot water, was tiny and dark, was too loud to sleep, had mould on the walls,
      was falling apart, had stains everywhere, was freezing, looked nothing like the photos, was next to a building site, was overcrowded,
      had cockroaches, was disgusting, was run down, had a broken window, was not cleaned once, reeked, was a dump, was dirty and cold`),
  },
  {
    subjects:
      items(`app, website, software, update, program, game, login, search, site, new version, interface, player, portal, online shop,
      checkout, map, chat, translation, camera app`),
    good: items(`works like a charm, is so easy to use, saves me hours, runs smoothly, is fast and clear, has never let me down, looks fantastic,
      made my work so much easier, is a pleasure to use, is intuitive, does exactly what I need, is a game changer, is brilliant,
      works better than ever, is well designed, is simple and quick, just works, is super helpful`),
    bad: items(`crashes all the time, crashed three times today, is full of bugs, is slow as a snail, freezes constantly, deleted all my photos,
      lost my data, keeps logging me out, is a mess, is full of ads, drains my battery, never loads, makes no sense, got worse, is unusable now,
      drives me mad, gives me a headache, stole my time, does nothing but crash, hangs every five minutes, is worse than the old one`),
  },
  {
    subjects:
      items(`battery, screen, phone, laptop, camera, speaker, keyboard, headset, printer, charger, watch, washing machine, vacuum, kettle,
      toaster, fridge, drill, lamp, tablet, remote, router, car, bike, tent, suitcase, backpack, umbrella, chair, sofa, mattress, desk, knife`),
    good: items(`lasts for days, is crystal clear, is still like new after two years, works perfectly, is rock solid, is light and strong,
      was worth the price, is built to last, is quiet and powerful, looks even better in real life, charges in no time, does the job well,
      is the best I ever had, never fails, feels great, is sharp and handy, was easy to set up, makes life easier, is good value`),
    bad: items(`died after two days, broke on the first day, arrived broken, came with scratches, stopped working after a week, is dead already,
      does not even turn on, fell apart, gets far too hot, makes a horrible noise, leaks, came without a plug, is too small and too heavy,
      burned my hand, smells of plastic, scratches easily, was damaged, never worked, wobbles, tore after one day, lasts barely an hour,
      is not as described, ripped the first time I used it, rusted within a month, snapped in half`),
  },
  {
    subjects: items(
      `parcel, delivery, package, shipping, order, courier, box, packaging, return, refund, exchange, shipment`,
    ),
    good: items(`arrived a day early, came faster than promised, was quick and easy, was there within a day, went smoothly, was well packed,
      arrived in perfect condition, was free and fast, was handled in minutes, was no problem at all, came right on time`),
    bad: items(`never arrived, came two weeks late, arrived in pieces, got lost, was crushed, was left in the rain, was thrown over the fence,
      took forever, was a nightmare, was half empty, came to the wrong house, is still missing, was refused, cost me a fortune, was torn open`),
  },
  {
    subjects:
      items(`film, movie, book, concert, show, series, play, song, album, band, party, trip, holiday, flight, tour, course, class, lecture,
      workshop, match, exhibition, festival, wedding, cruise, train ride, lesson, podcast, documentary, story, ending, acting`),
    good: items(`was a lot of fun, made me laugh out loud, kept me hooked until the end, was unforgettable, blew my mind, was breathtaking,
      moved me to tears of joy, was the highlight of the year, flew by, was gripping, taught me so much, was well worth it, was magical,
      put a smile on my face, was the best ever, was great from start to finish, is a must-see, was perfect for the family`),
    bad: items(`was a waste of time, put me to sleep, was far too long, made no sense, was a total letdown, bored me to death, was cancelled at the last minute,
      was ruined by the noise, was painful to watch, was dreadful, dragged on, was so predictable, was delayed for five hours, was overrated,
      was the worst ever, had terrible acting, was chaos, was a complete flop, left me cold, was a disaster, was hard to bear`),
  },
  {
    subjects:
      items(`service, customer service, hotline, price, quality, company, shop, store, repair, quote, contract, treatment, experience, value,
      atmosphere, music, weather, bank, insurance, school, hospital, airline, airport, garage`),
    good: items(`was excellent, was fair and quick, is top notch, is second to none, was first class, is unbeatable, was a pleasant surprise, was great,
      exceeded my expectations, could not be better, has improved a lot, was better than expected, is always reliable, was so good, is a real plus`),
    bad: items(`was terrible, is a joke, has gone downhill, was a huge disappointment, is a scam, leaves a lot to be desired, was below expectations,
      is getting worse and worse, was awful, cost far too much, is a rip-off, was a shame, could not be worse, was bad from start to finish,
      was shockingly poor, is not acceptable, let us down, made me so angry`),
  },
];

/** Things that a remark without feeling is about. */
export const THINGS = items(`
hotel, food, film, book, service, app, room, breakfast, concert, restaurant, website, course, trip, game, delivery, support, pizza, coffee,
battery, screen, sound, meal, flight, weather, music, museum, taxi, update, movie, phone, car, show, class, shop, store, beach, party, house,
garden, school, team, software, product, present, gift, dinner, lunch, train, bus, tour, city, hospital, gym, bakery, bar, series, camera`);
