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

/** What leave to watch a server allows, and which durable record allows it. */
export interface WatchClaims {
  /** Index of the leaf of the configuration that names the server. */
  readonly auditIndex: number;
  readonly destination: Destination;
}

/** Leave to ask one server how it is, again and again, until it is withdrawn. */
export interface WatchPermit {
  readonly permit: Permit;
  readonly withdraw: () => void;
}

/** The outcome of redeeming a permit. `watch` allows questions alone: nothing of a request may go out with it. */
export type Redemption =
  | { readonly ok: true; readonly use: "request"; readonly claims: PermitClaims }
  | { readonly ok: true; readonly use: "watch"; readonly claims: WatchClaims }
  | { readonly ok: false; readonly reason: string };

/**
 * Issues and redeems permits. `app` makes one office, hands `issue` to the journal's commit callback alone and
 * `redeem` to egress alone; a permit made any other way is refused.
 */
export interface PermitOffice {
  /** MUST be called only after the decision's leaf is durable. */
  readonly issue: (claims: PermitClaims) => Permit;
  /** MUST be called only after the leaf of the configuration is durable. */
  readonly issueWatch: (claims: WatchClaims) => WatchPermit;
  /** Succeeds for the permit's own destination: once, before it expires; leave to watch until it is withdrawn. */
  readonly redeem: (permit: Permit, destination: Destination, monotonicMs: number) => Redemption;
}

/** An office with no permits out. Permits of one office are worth nothing at another. */
export function createPermitOffice(): PermitOffice {
  const open = new WeakMap<Permit, PermitClaims>();
  const watching = new WeakMap<Permit, WatchClaims>();
  return {
    issue(claims) {
      const permit: Permit = Object.freeze({ kind: "permit" });
      open.set(permit, claims);
      return permit;
    },
    issueWatch(claims) {
      const permit: Permit = Object.freeze({ kind: "permit" });
      watching.set(permit, claims);
      return { permit, withdraw: () => void watching.delete(permit) };
    },
    redeem(permit, destination, monotonicMs) {
      const watch = watching.get(permit);
      if (watch !== undefined)
        return isSame(watch.destination, destination) ? { ok: true, use: "watch", claims: watch } : ELSEWHERE;
      const claims = open.get(permit);
      if (claims === undefined) return { ok: false, reason: "the permit was not issued here or was used before" };
      open.delete(permit);
      if (monotonicMs > claims.expiresAtMs) return { ok: false, reason: "the permit has expired" };
      return isSame(claims.destination, destination) ? { ok: true, use: "request", claims } : ELSEWHERE;
    },
  };
}

const ELSEWHERE: Redemption = { ok: false, reason: "the permit names another destination" };

function isSame(one: Destination, other: Destination): boolean {
  return one.endpointId === other.endpointId && one.origin === other.origin;
}
