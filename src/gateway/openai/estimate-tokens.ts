/** UTF-8 bytes of text that make one token: below the average of every common tokenizer, so that the estimate is high. */
const BYTES_PER_TOKEN = 3;

/** How many tokens a text of so many UTF-8 bytes may have, rather too many than too few. */
export function tokensOfBytes(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}
