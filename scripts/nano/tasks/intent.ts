/** What a message of office or support work may want. */
export interface Intent {
  readonly label: string;
  /** Other names that a prompt may give it; none is short for two intents. */
  readonly aliases: readonly string[];
  /** Completes "Is this about …?". */
  readonly topics: readonly string[];
  /** Completes "Does the writer want/ask/have …?" after "Does the writer". */
  readonly wants: readonly string[];
  /** Who handles it, by the teams' usual names; absent where companies differ. */
  readonly team?: readonly string[];
  readonly messages: readonly string[];
}
