import { endsOf } from "./text-features.ts";

/** A stated number of words up to which an answer is short. */
const SHORT_WORDS = 100;

/** A stated number of words from which an answer is long. */
const LONG_WORDS = 400;

/** Words on an ordinary page, for requests that state pages. */
const WORDS_PER_PAGE = 500;

/** Tokens per English word, generously. @see https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them */
const TOKENS_PER_WORD = 4 / 3;

/** Numbers beyond this are not lengths that anybody means. */
const MAX_STATED_WORDS = 100_000;

// Every repetition below is bounded or of one character class, so that matching takes linear time on any text.
const STATED_WORDS =
  /(?<!\d)(\d{1,3}(?:[,.']\d{3}){1,2}|\d{1,6})[ -]?(?:words?|wörter|worte|wörtern|mots|palabras|parole)\b/gi;
const STATED_PAGES = /(?<!\d)(\d{1,3})[ -]?(?:pages?|seiten|páginas)\b/gi;
const DIGIT = /\d/;
const LONG_FORM =
  /\b(?:write|draft|compose|produce|generate|create|author|schreibe?|verfasse|rédige|escribe)\b[^.?!\n]{0,60}\b(?:essays?|reports?|articles?|stor(?:y|ies)|novels?|novella|blog ?posts?|chapters?|white ?papers?|thesis|dissertation|screenplay|speech|tutorials?|handbook|manual|book|aufsatz|bericht|artikel|geschichte|rapport|histoire|informe|ensayo)\b/i;
const LONG_ANSWER =
  /\b(?:detailed|comprehensive|in-depth|lengthy|long|exhaustive|ausführliche[nrs]?)\b[^.?!\n]{0,40}\b(?:explanation|analysis|overview|answer|description|guide|summary|report|essay|article|document|erklärung|analyse)\b/i;
const SHORT_FORM =
  /\b(?:short|brief|one[- ](?:word|line|sentence|paragraph)|single[- ]\w{1,12}|concise|titles?|headlines?|kurze[nrs]?)\b/i;
const CLASSIFICATION =
  /\b(?:classify|categori[sz]e|sentiment|label (?:this|the|each)|which (?:category|class|label)|yes or no|true or false|answer with (?:one|a single) word|klassifiziere)\b/i;
const EXTRACTION =
  /\b(?:extract|pull out|list (?:all|the) (?:names|dates|emails|entities)|parse (?:this|the)|extrahiere)\b/i;

/** What the words of a request say about the answer that it wants. */
export interface TextSignals {
  /** The answer's length in tokens, where the text states it in words or pages. */
  readonly statedTokens?: number;
  readonly wantsLongAnswer: boolean;
  readonly shortTask?: "classification" | "extraction";
  /** The words that decided, for the reader of a decision. */
  readonly evidence?: string;
}

/** Reads the signs of a long or short answer from the last user message. Looks at ends of long texts only. */
export function readTextSignals(text: string): TextSignals {
  const scanned = endsOf(text);
  const stated = statedWords(scanned);
  const statedTokens = stated === undefined ? {} : { statedTokens: Math.ceil(stated.words * TOKENS_PER_WORD) };
  if (stated !== undefined && stated.words >= LONG_WORDS)
    return { ...statedTokens, wantsLongAnswer: true, evidence: stated.evidence };
  const longForm = (LONG_FORM.exec(scanned) ?? LONG_ANSWER.exec(scanned))?.[0];
  const staysShort = stated !== undefined && stated.words <= SHORT_WORDS;
  if (longForm !== undefined && !staysShort && !SHORT_FORM.test(longForm))
    return { ...statedTokens, wantsLongAnswer: true, evidence: longForm };
  const classification = CLASSIFICATION.exec(scanned)?.[0];
  if (classification !== undefined)
    return { ...statedTokens, wantsLongAnswer: false, shortTask: "classification", evidence: classification };
  const extraction = EXTRACTION.exec(scanned)?.[0];
  if (extraction !== undefined)
    return { ...statedTokens, wantsLongAnswer: false, shortTask: "extraction", evidence: extraction };
  return { ...statedTokens, wantsLongAnswer: false };
}

/** The largest length that the text states. */
function statedWords(text: string): { readonly words: number; readonly evidence: string } | undefined {
  let largest: { readonly words: number; readonly evidence: string } | undefined;
  const consider = (count: string | undefined, wordsPerUnit: number, evidence: string): void => {
    const words = Number((count ?? "").replaceAll(/\D/g, "")) * wordsPerUnit;
    if (words > 0 && words <= MAX_STATED_WORDS && words > (largest?.words ?? 0)) largest = { words, evidence };
  };
  if (!DIGIT.test(text)) return undefined;
  for (const match of text.matchAll(STATED_WORDS)) consider(match[1], 1, match[0]);
  for (const match of text.matchAll(STATED_PAGES)) consider(match[1], WORDS_PER_PAGE, match[0]);
  return largest;
}
