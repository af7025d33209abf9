import type { Clock } from "../core/clock.ts";
import type { KeyId } from "../core/ids.ts";
import type { Journal } from "../journal/journal.ts";
import type { Operation } from "../journal/operation.ts";
import { invalid, refuseBadBudget, refuseBadKeyRequest, refuseBadText, type KeyRequest } from "./check-key-request.ts";
import { isSuppliedSecret, loadSecretDigest, makeSecret } from "./key-secret.ts";
import { isNewestSecret, listKeys, type ListedKey } from "./list-keys.ts";
import { endKey, insertKey, rotateSecret, setTeamBudget, type InsertKeyParams } from "./operation-requests.ts";

/** The key that the first start makes, or that `SIGNALBOX_ADMIN_KEY` supplies. */
export const BOOTSTRAP_KEY_ID: KeyId = "key_bootstrap";

/** How long the old secret of a rotated key goes on working unless the caller says otherwise. */
const ROTATION_GRACE_MS = 24 * 3_600_000;

/** A secret that is shown this once: only its digest is kept. */
export interface IssuedKey {
  readonly keyId: KeyId;
  readonly secret: string;
}

/** Changes keys and team budgets. Every change is durable, and a leaf of the audit log, when its promise resolves. */
export interface KeyStore {
  /** Rejects with `invalid_request` naming the field that is wrong. */
  createKey(request: KeyRequest): Promise<IssuedKey>;
  listKeys(): readonly ListedKey[];
  /** Rejects with `not_found` for a key that is unknown or revoked already. */
  revokeKey(keyId: KeyId): Promise<void>;
  /** A new secret for the same key; the old one works for `graceMs` more (a day when absent, 0 ends it at once). */
  rotateKey(keyId: KeyId, graceMs?: number): Promise<IssuedKey>;
  /** The budget of all keys of a team together; absent removes it. */
  setTeamBudget(team: string, budgetMicroUsd?: number): Promise<void>;
  /**
   * Makes sure that somebody can administer this box. With `suppliedSecret` the bootstrap key has exactly that secret
   * from now on (unless it was revoked); without it one is made, and answered for printing, when no admin key has ever
   * been made.
   */
  ensureBootstrapAdminKey(suppliedSecret?: string): Promise<IssuedKey | undefined>;
}

/** What a key store is made of. */
export interface KeyStoreOptions {
  readonly journal: Journal;
  readonly dataDir: string;
  readonly clock: Clock;
  /** The operation that appends a leaf; committed together with the change. */
  readonly leaf: (draft: { readonly kind: string; readonly [fact: string]: unknown }) => Operation;
}

/** The keys of a data folder, for changing them. */
export function createKeyStore({ journal, dataDir, clock, leaf }: KeyStoreOptions): KeyStore {
  const digestOf = loadSecretDigest(dataDir);

  const insert = async (key: Omit<InsertKeyParams, "digest" | "createdAtMs">, secret: string): Promise<void> => {
    const params: InsertKeyParams = { ...key, createdAtMs: clock.wallMs(), digest: digestOf(secret) };
    await journal.commit([insertKey(params), leaf({ kind: "key.created", ...key })]);
  };

  const replaceSecret = async (keyId: KeyId, secret: string, graceMs: number): Promise<void> => {
    const oldValidUntilMs = clock.wallMs() + graceMs;
    const rotate = rotateSecret({ keyId, digest: digestOf(secret), oldValidUntilMs });
    await journal.commit([rotate, leaf({ kind: "key.rotated", keyId, oldValidUntilMs })]);
  };

  return {
    async createKey(request) {
      refuseBadKeyRequest(request, clock.wallMs());
      const { keyId, secret } = makeSecret();
      await insert({ ...request, keyId, role: request.role ?? "inference", tags: request.tags ?? [] }, secret);
      return { keyId, secret };
    },

    listKeys: () => listKeys(dataDir, clock.wallMs()),

    async revokeKey(keyId) {
      await journal.commit([endKey({ keyId, atMs: clock.wallMs() }), leaf({ kind: "key.revoked", keyId })]);
    },

    async rotateKey(keyId, graceMs = ROTATION_GRACE_MS) {
      if (!Number.isInteger(graceMs) || graceMs < 0)
        throw invalid("graceMs", "a whole number of milliseconds, 0 or more");
      const { secret } = makeSecret(keyId);
      await replaceSecret(keyId, secret, graceMs);
      return { keyId, secret };
    },

    async setTeamBudget(team, budgetMicroUsd) {
      refuseBadText("team", team);
      refuseBadBudget(budgetMicroUsd);
      const budget = budgetMicroUsd === undefined ? {} : { budgetMicroUsd };
      await journal.commit([setTeamBudget({ team, ...budget }), leaf({ kind: "team.budget", team, ...budget })]);
    },

    async ensureBootstrapAdminKey(suppliedSecret) {
      const keys = listKeys(dataDir, clock.wallMs());
      const existing = keys.find((key) => key.keyId === BOOTSTRAP_KEY_ID);
      if (suppliedSecret === undefined) {
        if (keys.some((key) => key.role === "admin")) return undefined;
        const { secret } = makeSecret(BOOTSTRAP_KEY_ID);
        await insert(BOOTSTRAP_KEY, secret);
        return { keyId: BOOTSTRAP_KEY_ID, secret };
      }
      if (!isSuppliedSecret(suppliedSecret))
        throw invalid("SIGNALBOX_ADMIN_KEY", "sbx_ followed by 48 hexadecimal digits");
      if (existing === undefined) await insert(BOOTSTRAP_KEY, suppliedSecret);
      else if (existing.state !== "revoked" && !isNewestSecret(dataDir, BOOTSTRAP_KEY_ID, digestOf(suppliedSecret))) {
        await replaceSecret(BOOTSTRAP_KEY_ID, suppliedSecret, 0);
      }
      return undefined;
    },
  };
}

const BOOTSTRAP_KEY = { keyId: BOOTSTRAP_KEY_ID, name: "bootstrap", role: "admin", tags: [] } as const;
