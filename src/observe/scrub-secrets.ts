/**
 * Text that looks like a credential: this box's keys, the common vendors' keys, and whatever follows `Bearer` or
 * `Basic`. Here and below, alternatives exclude one another, so that the search is linear in the line.
 */
const CREDENTIAL =
  /\b(sbx_|sk-|gsk_|xai-|hf_|AIza|AKIA|ghp_)[A-Za-z0-9_-]{12,}|\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}/gi;

/** A JSON member whose name says that its text is secret, at any depth. */
const SECRET_MEMBER =
  /"((?:x-)?api[-_]?key|(?:proxy-)?authorization|(?:set-)?cookie|key|password|secret|token)":"(?:[^"\\]|\\.)*"/gi;

/**
 * A finished line of the log with everything that looks like a credential, by its name or by itself, replaced. Valid
 * JSON stays valid JSON.
 */
export function scrubSecrets(line: string): string {
  return line
    .replace(SECRET_MEMBER, '"$1":"[redacted]"')
    .replace(CREDENTIAL, (_, prefix?: string, scheme?: string) => `${prefix ?? `${scheme} `}[redacted]`);
}
