import { lines } from "../language/phrase.ts";

/** Ways to ask for the same text again. */
export const COPY = lines`
  (Repeat|Copy|Echo|Say|Repeat after me)(| exactly| this| this text| the text| the following| word for word).
  (Write|Print|Type|Output) (this|the text|it|the following) (again|unchanged|exactly as it is|once more).
  (Say|Write) (exactly|only) (this|the following).
  (Give|Send) (me |)(this|the text) back(| unchanged| exactly).
  (Return|Reply with|Answer with) (the same text|exactly this|this text|only this).
  (Can you|Could you|Please) (repeat|copy|echo) (this|the text|that).
  (Just|Only|Simply) (repeat|copy|echo) (this|the text|what follows).
  (Parrot|Mirror|Reproduce) (this|the text)(| exactly).
  (Do not change anything|No changes|Change nothing), (just repeat|copy|repeat it).
  (Quote|Cite) (this|the text|me) (exactly|word for word).
  (Repeat|Copy|Echo) (what I say|my words|my text|the sentence|the words|the line|after me|what I write|the message)(| exactly| please|).
  (Say|Write|Type|Print) (it|this|the words|the line) (back|after me|back to me|one more time|again|as is).
  (Give|Send|Return|Reply) (me |)(back |)(the same|the same words|the identical text|exactly the same|this text unchanged).
  (Answer|Respond|Reply) (only |)with (the following|exactly the following|these words|this sentence|the text)(| and nothing else|).
  (Output|Return|Write|Print) (exactly|only|just|nothing but) (this|the following|the text|these words).
  (Echo|Copy|Repeat)
  (Can you|Could you|Please) (say|write|type|output|return) (exactly |)(this|the following|that|it)(| again| back| unchanged|).
  (Word for word|Verbatim|Literally|One to one|Exactly)(:| please:|, repeat|, say|, copy this).
  (Do|Make) (a copy|an exact copy)(| of this| of the text|).
  (Reproduce|Duplicate|Recite|Replicate|Retype) (this|it|the text|the following|that)(| exactly| word for word|).
  (I say something|I write a text)(,| and) you (repeat it|say it again|echo it|copy it).
  (Without|With no) (any |)(changes|change|additions)(:| repeat| copy this| echo).
  (Say|Tell me) (this|the following|it) (exactly|just like this|as written|word by word).
  (Write down|Note|Note down) (exactly |)(this|what follows|the following).
  (Say|Tell me|Repeat|Write|Give me) (this|it|that|the following|the text) (as written|just like this|word by word|word for word|exactly|exactly as it is|as it stands|as is).
  (Tell|Give|Send|Show) me (this|it|the text|the line|exactly this|the same)(| again| once more| back| unchanged| exactly).
  (Exactly as written|Just as it is|As it is|As is|As written|Word by word|Letter by letter)(|, please|: repeat|: copy).
  (Repeat|Copy|Echo|Say|Write) (every word|each word|every letter|the whole text|all of it|it all)(| exactly| unchanged|).
  (Please|Now|Just|Simply) (repeat|copy|echo|say again|write again) (this|it|that|the text|the following)(|, nothing else| exactly|).
  (Say|Repeat|Write|Type) it (again|once more|one more time|back|after me|exactly)(|, please|).
  (Do not|Don't|Never) (change|alter|touch) (it|anything|a letter|the text)(:|,) (repeat it|copy it|say it again|echo).
  (Your|The) (answer|reply|output) (is|must be|should be) (exactly |)(this|the same text|the following|the text itself).
  (Only|Just) (say|write|return|answer|output) (this|the following|these words|the text)(|, unchanged| exactly|).
  (Hold|Keep|Leave) (the text|it|this) (as it is|unchanged)(| and repeat it| and say it|).
  (The same|Same text|The text|The line) (again|back|once more|one more time)(|, please|).
  (Can|Could|Would|Will) you (repeat|copy|echo|say again|write again|give back) (this|it|the text|that|the following|my words)(| exactly| please|).
  (Copy|Repeat|Echo|Recite|Reproduce|Parrot) (and paste|the input|the text below|the words|this line)(|, please| exactly|).
  (I want|I need|I'd like) (the same text|this|it|the text) (again|back|repeated|copied|unchanged)(|, please|).
  What (did I say|did I write|was the text|are my words)(| exactly|).
  (Answer|Reply) with (the text|my text|my words|this text) (itself|as it is|and nothing more|only).
  (Do not|Don't|Never|Please do not) (touch|alter|change|edit|correct) (a letter|a word|anything|the text|it|this)(:|,|.) (repeat it|copy it|echo it|say it again|just give it back).
  (What|What exactly) (did I (type|say|write|just say|just write)|was (my text|the line|the text|my message)|is (the text|my text|written here))(|, word for word|, exactly).
  (Read|Say|Speak|Write) (this|that|it|my words|the line) (back|back to me|once again|again word for word|exactly as it is)(|, please).
  (Repeat|Echo|Copy|Mirror) (that|my line|my message|the sentence|each word|this line)(| back| to me| unchanged| without changes| and nothing else|).
  (Say|Write|Print) (just|exactly|only) (like|as) (this|I did|I wrote it|it is written|it stands here).
  (Nothing|Not a letter) (changed|else|added|more)(:|,) (repeat|copy|echo|give it back|the same text)(|, please).
  (Unchanged|Untouched|Unaltered|Same again|Once more the same)(|, please|: repeat|: echo).
  (I|We) (need|want|would like) (it|this|that|the line|my text) (repeated|echoed|copied|unchanged|exactly as written|word for word)(|, please).
  (Keep|Leave) (every letter|each letter|the text|it|this) (as it is|as written|unchanged|the same)(,| and) (repeat it|give it back|echo it|copy it).
  (Act|Be) (as |)(an echo|a mirror|my echo|a parrot|a copy machine)(|, please|: repeat this).
  (Copy|Transcribe|Write out|Type out|Type) (this|that|the line|the words|what stands here)(| exactly| letter by letter| as written| again|).
  (The|My) (text|line|words|message)(,|) (again|once more|unchanged|back to me)(|, please).
  (Can|Could|Would) you (read|say|write|give|type) (this|that|it|the line|my words) back(| to me| unchanged| exactly|).
  (Return|Give back|Hand back|Send back) (this|that|the text|the line|my text)(| as it is| unchanged| exactly| as written|).
`;
