/**
 * Common English words, roughly by how often they are used, then words of the trade. Only their order counts: it
 * decides which letters the tokenizer joins first.
 */
export const ENGLISH_WORDS: readonly string[] = `
the of and to a in is it that for was on are as with be at this have from or by not but what all were when we there
can an your which their said if will do each about how up out them then she he they you many some so these would other
into has more her two like him see time could no make than first been its who now people my made over did down only way
find use may water long little very after words called just where most know get through back much before go good new
write our used me man too any day same right look think also around another came come work three word must because
does part even place well such here take why things help put years different away again off went old number great tell
men say small every found still between name should home big give air line set own under read last never us left end
along while might next sound below saw something thought both few those always looked show large often together asked
house world going want school important until form food keep children feet land side without boy once animals life
enough took sometimes four head above kind began almost live page got earth need far hand high year mother light parts
country father let night following picture being study second eyes soon times story boys since white days ever paper
hard near sentence better best across during today however sure means knew try told young miles sun ways thing whole hear
example heard several change answer room sea against top turned learn point city play toward five using himself usually
money seen car morning body upon family later turn move face door cut done group true leave red half red order friend
read plan black early problem fact hold map war per street idea ready love person week able believe begin become build
built care case cause center certain check clear close color common company complete cost course create data date dead
deal decide deep develop difference direct doctor drive easy eat effect either energy even evening event exact expect
experience explain fall fast feel field fill final fire fish fit five follow force free front full game general girl
glass gold ground grow guess hair happen happy heart heat heavy history hope hot hour human hundred include inside
interest iron job join key lead leg less letter level list listen low machine main major mark matter mean measure meet
member message mind minute miss month moon music nation natural note nothing notice object office oh oil open page
paid pair past pattern pay period phone piece please possible power present press price produce product provide pull
push quick quite radio rain raise reach real reason receive record remain remember report require rest result return
rich ride river road rock rule run safe save scene science score season seat seem sell send sense serve service seven
shape share ship short shop simple single sit six size skin sleep slow snow social soft soil sold solve song special
speak speed spend stand star start state stay step stop store strong subject sudden suggest summer supply support
surface system table talk teach team ten test thank third thousand thus total touch town trade train travel tree trip
trouble type understand unit value view visit voice vote wait walk wall warm wash watch wave weather weight west wheel
wide wife wind window wing winter wish woman women wonder wood yes yet hello sorry thanks welcome maybe
account action address agent allow amount api application apply argument array available average bank base batch
bill block board book bool box budget build business button byte cache call cancel capacity card chat child class
client cloud code column command compare compute condition config connect content context control convert copy count
current customer customers database day default delete deliver department deploy describe description design detail
device digital directory disk document download draft edit email employee empty enable endpoint engine enter entry
error estimate evidence execute expense extract fail false feature file filter flag folder format forward function
generate get group guide handle header health host https id image import index info input insert install instance
instruction integer internal invoice issue item job json label language latency layer length library license limit
link local location log login mail manage manager market match max maximum media meeting memory merge method metric
minimum mode model module monitor name network node null number object offer online operation option output owner
package parameter parse password path pending perform permission plain platform policy port post print priority private
process product program project prompt properties property protect provider public query question queue quote random
range rate ready recent refund region register reject release remote remove rename replace reply request required reset
resource respond response restart retry review role route router row sale sample schedule schema scope script search
section secret secure security select self sequence server session setting shipping sign signal site skip slot sort
source space stack stage standard status storage stream string structure submit success summary switch table tag target
task team template temperature term text thread ticket time title token tool tools topic track transfer translate true
type unknown update upload url usage user users valid value variable vector verify version warning website worker write
zone ing tion ment ness able ally ers est ful less ous ive ity ance ence ially ations ings
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September
October November December London Paris Berlin York America American England English France French German Germany
I'm I'll don't it's
`
  .trim()
  .split(/\s+/);

/** Punctuation as it stands together in prose, JSON and code, most frequent first. */
export const PUNCTUATION_RUNS: readonly string[] = [
  '":',
  ' "',
  '",',
  '{"',
  '"}',
  "\n\n",
  ' {"',
  "  ",
  "    ",
  "   ",
  "       ",
  '"}}',
  '":"',
  '","',
  '":{"',
  '"],',
  '["',
  ' ["',
  '":[',
  "},",
  "}}",
  ' ("',
  "()",
  "();",
  " (",
  "),",
  ").",
  " =",
  " ==",
  " =>",
  " -",
  "--",
  "...",
  "://",
  "</",
  "/>",
  "**",
  " **",
  "```",
  "##",
  " {\n",
  ",\n",
  ".\n",
  ".\n\n",
  ":\n",
  ";\n",
  "}\n",
  '"\n',
  '",\n',
];
