/** The part of pino's logger that dispatch uses. */
export interface DispatchLog {
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}
