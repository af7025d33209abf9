/**
 * Text that looks like a credential: this box's keys, the common vendors' keys, and whatever follows `Bearer` or
 * `Basic`. Each alternative starts with literal text and has no nested repetition, so that the search is linear.
 */
const CREDENTIAL =
  /\b(sbx_|sk-|gsk_|xai-|hf_|AIza|AKIA|ghp_)[A-Za-z0-9_-]{12,}|\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}/gi;

/** `text` with everything that looks like a credential replaced by its kind. Valid JSON stays valid JSON. */
export function scrubSecrets(text: string): string {
  return text.replace(CREDENTIAL, (_, prefix?: string, scheme?: string) => `${prefix ?? `${scheme} `}[redacted]`);
}
