import { items } from "../language/phrase.ts";

/** Anything that people talk about. */
export const SUBJECTS =
  items(`love, the sea, autumn, freedom, time, money, history, football, cooking, gardening, music, space, physics,
chemistry, biology, philosophy, religion, politics, economics, art, painting, chess, yoga, dogs, cats, horses, birds,
dinosaurs, robots, computers, programming, the moon, the sun, black holes, climate change, electric cars, trains, planes,
ships, mountains, rivers, forests, deserts, islands, the Roman empire, the middle ages, the French revolution, world war
two, the brain, the heart, sleep, dreams, happiness, fear, friendship, marriage, children, school, university, learning
languages, grammar, poetry, novels, films, theatre, photography, fashion, jewellery, wine, beer, bread, cheese, pasta,
soup, salad, vegetables, fruit, sugar, salt, vitamins, sport, running, swimming, cycling, climbing, skiing, tennis,
stocks, bonds, taxes, mortgages, insurance, law, contracts, crime, police, medicine, headaches, fever, allergies, teeth,
plants, insects, bees, spiders, volcanoes, earthquakes, storms, energy, oil, gold, diamonds, maps, bridges, castles,
quantum computers, blockchain, encryption, databases, operating systems, compilers, video games, board games, magic,
ghosts, dragons, unicorns, pirates, kings and queens, knights, elephants, whales, coffee, tea, chocolate, gravity, relativity, evolution,
DNA, atoms, electricity, magnets, photosynthesis, rainbows, the weather, snow, tides, galaxies, Mars, Jupiter, rockets, satellites, planets,
stars, aliens, time travel, parallel universes, artificial intelligence, neural networks, machine learning, big data, the internet, email,
smartphones, algorithms, recursion, binary search, hash tables, git, Docker, Kubernetes, Linux, Windows, cryptography, prime numbers, pi,
geometry, algebra, calculus, statistics, probability, logic, ethics, justice, democracy, human rights, war, peace, slavery, colonialism,
capitalism, socialism, inflation, interest rates, unemployment, globalization, marketing, leadership, teamwork, productivity, stress,
burnout, meditation, depression, anxiety, memory, intelligence, personality, love letters, dating, divorce, parenting, babies, teenagers,
grandparents, pets, hamsters, rabbits, goldfish, parrots, sharks, wolves, bears, lions, tigers, monkeys, snakes, frogs, butterflies, ants,
mushrooms, roses, tulips, oak trees, cactus, tomatoes, potatoes, rice, noodles, tacos, burgers, pancakes, cookies, ice cream, honey, eggs,
meat, fish, vegan food, diets, weight loss, muscles, back pain, colds, vaccines, cancer, diabetes, surgery, hospitals, first aid, hiking,
camping, sailing, surfing, diving, golf, basketball, baseball, boxing, karate, dancing, ballet, jazz, opera, rock music, the piano, guitars,
violins, drums, the Beatles, Mozart, Shakespeare, Einstein, Napoleon, Cleopatra, Caesar, Leonardo da Vinci, the Mona Lisa, the pyramids,
the Titanic, the Berlin Wall, the cold war, the moon landing, Vikings, samurai, ninjas, superheroes, Star Wars, fairy tales, vampires,
zombies, mermaids, Christmas, Easter, Halloween, birthdays, weddings, funerals, gifts, toys, puzzles, crosswords, riddles, card games, poker`);
/** What programs are written in. */
export const LANGUAGES = items(
  `Python, JavaScript, Java, Rust, Go, C, SQL, Bash, Haskell, Ruby, Kotlin, Swift, PHP, HTML`,
);
/** What people speak. */
export const TONGUES = items(
  `German, French, Spanish, Italian, Dutch, Polish, Japanese, Chinese, Latin, Greek, Russian, Turkish`,
);
