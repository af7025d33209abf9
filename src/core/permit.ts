import type { EndpointId, RequestId } from "./ids.ts";

/** Where bytes may go: one configured server. */
export interface Destination {
  readonly endpointId: EndpointId;
  /** Scheme, host and port of the configured base URL. */
  readonly origin: string;
}

/** What a permit allows, and which durable record allows it. */
export interface PermitClaims {
  readonly requestId: RequestId;
  /** Index of the decision's leaf in the audit log. */
  readonly auditIndex: number;
  readonly destination: Destination;
  /** On the monotonic clock. */
  readonly expiresAtMs: number;
}

/** Leave to open one connection to one destination. It carries nothing: the office that issued it knows what it is for. */
export interface Permit {
  readonly kind: "permit";
}

/** The outcome of redeeming a permit. */
export type Redemption =
  | { readonly ok: true; readonly claims: PermitClaims }
  | { readonly ok: false; readonly reason: string };

/**
 * Issues and redeems permits. `app` makes one office, hands `issue` to the journal's commit callback alone and
 * `redeem` to egress alone; a permit made any other way is refused.
 */
export interface PermitOffice {
  /** MUST be called only after the decision's leaf is durable. */
  readonly issue: (claims: PermitClaims) => Permit;
  /** Succeeds once per permit, before it expires, for its own destination. */
  readonly redeem: (permit: Permit, destination: Destination, monotonicMs: number) => Redemption;
}

/** An office with no permits out. Permits of one office are worth nothing at another. */
export function createPermitOffice(): PermitOffice {
  const open = new WeakMap<Permit, PermitClaims>();
  return {
    issue(claims) {
      const permit: Permit = Object.freeze({ kind: "permit" });
      open.set(permit, claims);
      return permit;
    },
    redeem(permit, destination, monotonicMs) {
      const claims = open.get(permit);
      if (claims === undefined) return { ok: false, reason: "the permit was not issued here or was used before" };
      open.delete(permit);
      if (monotonicMs > claims.expiresAtMs) return { ok: false, reason: "the permit has expired" };
      const same =
        claims.destination.endpointId === destination.endpointId && claims.destination.origin === destination.origin;
      return same ? { ok: true, claims } : { ok: false, reason: "the permit names another destination" };
    },
  };
}
