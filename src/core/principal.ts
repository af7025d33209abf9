import type { KeyId } from "./ids.ts";

/** What a key may do. `inference` calls `/v1/*`; `admin` may do everything; the others read or run parts of `/admin/*`. */
export type Role = "inference" | "operator" | "auditor" | "admin";

/** Every role, in the order that help texts list them. */
export const ROLES: readonly Role[] = ["inference", "operator", "auditor", "admin"];

/** Who is calling, as established from the API key. Holds no secret. */
export interface Principal {
  readonly keyId: KeyId;
  readonly keyName: string;
  readonly role: Role;
  readonly tags: readonly string[];
  readonly team?: string;
  /** The application's own user, from the request body's `user`; pseudonymized before it is recorded. */
  readonly user?: string;
  /** The class of every request made with this key, unless the request raises it. */
  readonly dataClass?: string;
  /** Its share of a queue against other keys' shares. Absent: its team's, or 1. */
  readonly weight?: number;
  /** The most that this key may spend in all, in micro-USD. Absent: no budget. */
  readonly budgetMicroUsd?: number;
  /** When the key stops working, in milliseconds since the Unix epoch. Absent: never. */
  readonly expiresAtMs?: number;
}
