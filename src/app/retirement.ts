import type { PlacedModel } from "../hosting/placement/placed-model.ts";
import type { BuiltEndpoint } from "./build-endpoints.ts";

/**
 * What reloads have taken out of use: each endpoint finishes the attempts that it has and then closes its connections,
 * each model ends when the last of its endpoints has. Requests end within their own limits, so all of this does.
 */
export class Retirement {
  readonly #endpoints = new Set<BuiltEndpoint>();
  readonly #models = new Map<PlacedModel, Promise<void>>();
  readonly #onFailure: (error: unknown) => void;

  /** `onFailure` hears of connections that could not be closed; nobody waits for them. */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Takes these out of use; no new decision may name them any more. */
  retire(endpoints: readonly BuiltEndpoint[], models: readonly PlacedModel[]): void {
    for (const endpoint of endpoints) void this.#closeWhenUnused(endpoint);
    for (const model of models) {
      const users = [...this.#endpoints].filter(({ plan }) => plan.model === model);
      const ended = Promise.all(users.map(({ live }) => live.whenUnused()))
        .then(() => model.stop())
        .catch(this.#onFailure)
        .finally(() => this.#models.delete(model));
      this.#models.set(model, ended);
    }
  }

  /** Resolves when no model that was taken out of use by now is in memory. */
  async room(): Promise<void> {
    await Promise.all(this.#models.values());
  }

  /** Ends everything at once, whatever it is doing. */
  async close(): Promise<void> {
    await Promise.all([...this.#endpoints].map((endpoint) => endpoint.close()));
    await Promise.all([...this.#models.keys()].map((model) => model.stop()));
  }

  async #closeWhenUnused(endpoint: BuiltEndpoint): Promise<void> {
    this.#endpoints.add(endpoint);
    try {
      await endpoint.live.whenUnused();
      await endpoint.close();
    } catch (error) {
      this.#onFailure(error);
    } finally {
      this.#endpoints.delete(endpoint);
    }
  }
}
