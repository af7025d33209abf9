import { isDeepStrictEqual } from "node:util";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Environment } from "../config/environment.ts";
import type { ConfigurationProblem } from "../gateway/admin/admin-ports.ts";
import type { ConfigurationSource, LineOf } from "./prepare-configuration.ts";

/** A part of the configuration that is read once, when the box starts. */
interface FixedPart {
  readonly path: readonly [string, ...string[]];
  readonly read: (config: ApplianceConfig) => unknown;
  /** What wins over the file, so that a change of the file changes nothing. */
  readonly overriddenBy?: keyof Environment;
}

const FIXED_PARTS: readonly FixedPart[] = [
  { path: ["server", "host"], read: ({ server }) => server.host, overriddenBy: "host" },
  { path: ["server", "port"], read: ({ server }) => server.port, overriddenBy: "port" },
  { path: ["server", "tls"], read: ({ server }) => server.tls },
  { path: ["server", "bodyLimit"], read: ({ server }) => server.bodyLimit },
  { path: ["dataDir"], read: ({ dataDir }) => dataDir, overriddenBy: "dataDir" },
];

/** What `next` would change of the running box although only a restart can: for a person, with the lines. */
export function findRestartNeeds(
  environment: Environment,
  running: ApplianceConfig,
  next: ConfigurationSource & { readonly lineOf: LineOf },
): readonly ConfigurationProblem[] {
  const changed = FIXED_PARTS.filter(
    ({ read, overriddenBy }) =>
      (overriddenBy === undefined || environment[overriddenBy] === undefined) &&
      !isDeepStrictEqual(read(running), read(next.config)),
  );
  return changed.map(({ path }) => {
    const line = next.lineOf(path);
    const message = `${path.join(".")} can't be changed while the box runs: restart it, or put the old value back`;
    return { file: next.file, message, ...(line === undefined ? {} : { line }) };
  });
}
