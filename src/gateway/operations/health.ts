import type { Request, Response } from "express";
import { whyUnable } from "../catalog/describe-endpoint.ts";
import type { GatewayPorts } from "../ports.ts";
import { writeJson } from "../write-json.ts";

/** `GET /healthz`: the process answers. Says nothing of what it could do for a request. */
export function getHealth(_request: Request, response: Response): void {
  writeJson(response, 200, { status: "ok" });
}

/**
 * `GET /readyz`: whether a request that came now could be served: not stopping, the audit log writable, and at least
 * one endpoint able. Otherwise 503 with every reason.
 */
export function getReadiness(ports: Pick<GatewayPorts, "catalog" | "journal">, isDraining: () => boolean) {
  return (_request: Request, response: Response): void => {
    const endpoints = ports.catalog
      .snapshots()
      .map((snapshot) => ({ id: snapshot.facts.id, reason: whyUnable(snapshot) }));
    const able = endpoints.filter(({ reason }) => reason === undefined).length;
    const reasons = [
      ...(isDraining() ? ["The box is shutting down."] : []),
      ...(ports.journal.isWritable() ? [] : ["The audit log cannot be written."]),
      ...(endpoints.length === 0 ? ["No models and no providers are configured."] : []),
      ...(able > 0 ? [] : endpoints.map(({ id, reason }) => `${id}: ${reason}.`)),
    ];
    const isReady = reasons.length === 0;
    writeJson(response, isReady ? 200 : 503, {
      ready: isReady,
      endpoints: { able, configured: endpoints.length },
      reasons,
    });
  };
}
