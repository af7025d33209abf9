import { onTestFinished } from "vitest";
import { systemClock } from "../../src/app/system-clock.ts";
import type { Clock } from "../../src/core/clock.ts";
import type { EndpointSnapshot } from "../../src/core/endpoint.ts";
import type { Generation } from "../../src/core/generation-log.ts";
import type { Principal } from "../../src/core/principal.ts";
import type { KeyDirectory, Spend } from "../../src/core/records.ts";
import { createGateway, type Gateway } from "../../src/gateway/create-gateway.ts";
import type { Route } from "../../src/gateway/route.ts";
import { createMetrics } from "../../src/observe/metrics.ts";
import { idle, NANO, ScriptedService } from "./scripted-service.ts";

/** Keys that the tests' gateway knows: `sbx_` and the role. */
export const KEY = "sbx_inference";

/** A key directory in memory, with one key for each role. */
class FixedKeys implements KeyDirectory {
  spend: Spend = { settledMicroUsd: 1_500_000, reservedMicroUsd: 250_000, limitMicroUsd: 10_000_000 };
  failure: Error | undefined;

  authenticate(secret: string): Principal | undefined {
    if (this.failure !== undefined) throw this.failure;
    const role = (["inference", "operator", "auditor", "admin"] as const).find((name) => secret === `sbx_${name}`);
    return role && { keyId: `key_${role}`, keyName: `the ${role} key`, role, tags: ["eu"] };
  }

  spendOf(): Spend {
    return this.spend;
  }

  spendByPeriodOf(): Spend {
    return this.spend;
  }
}

/** What a test may change before the gateway starts. */
export interface GatewaySetup {
  readonly clock?: Clock;
  readonly host?: string;
  readonly port?: number;
  readonly bodyLimitBytes?: number;
  readonly extraRoutes?: readonly Route[];
}

/** A running gateway with everything that a test may look at or change behind it. */
export interface RunningGateway {
  readonly url: string;
  readonly port: number;
  readonly gateway: Gateway;
  readonly service: ScriptedService;
  readonly keys: FixedKeys;
  readonly logged: Record<string, unknown>[];
  readonly state: { writable: boolean; snapshots: readonly EndpointSnapshot[]; generations: Map<string, Generation> };
  /** Sends JSON with the inference key. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

/** Starts a gateway on a free port of loopback; it is stopped when the test has finished. */
export async function startGateway(setup: GatewaySetup = {}): Promise<RunningGateway> {
  const service = new ScriptedService();
  const keys = new FixedKeys();
  const logged: Record<string, unknown>[] = [];
  const state: RunningGateway["state"] = { writable: true, snapshots: [idle(NANO)], generations: new Map() };
  const log = (facts: Readonly<Record<string, unknown>>, message: string): void => {
    logged.push({ ...facts, message });
  };
  const catalog = { snapshots: () => state.snapshots };
  const gateway = createGateway({
    service,
    catalog,
    keys,
    journal: { isWritable: () => state.writable },
    generations: { find: (id) => state.generations.get(id) },
    clock: setup.clock ?? systemClock,
    log: { info: log, warn: log, error: log },
    metrics: createMetrics(catalog),
    config: {
      host: setup.host ?? "127.0.0.1",
      port: setup.port ?? 0,
      bodyLimitBytes: setup.bodyLimitBytes ?? 1024 * 1024,
    },
    dataClasses: () => ["public", "internal", "confidential"],
    ...(setup.extraRoutes === undefined ? {} : { extraRoutes: setup.extraRoutes }),
  });
  const { url } = await gateway.listen();
  onTestFinished(() => gateway.drain(0));
  const authorized = { authorization: `Bearer ${KEY}` };
  return {
    url,
    port: Number(new URL(url).port),
    gateway,
    service,
    keys,
    logged,
    state,
    post: (body, headers = {}) =>
      fetch(`${url}/v1/chat/completions`, {
        method: "POST",
        headers: { ...authorized, "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers: { ...authorized, ...headers } }),
  };
}

/** The smallest valid request. */
export const HELLO = { model: "signalbox/nano", messages: [{ role: "user", content: "Hi" }] } as const;
