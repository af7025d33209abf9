import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import { readEnvironment, type Environment } from "../config/environment.ts";
import { readConfigurationFile } from "../app/read-configuration-file.ts";
import { formatConfigProblems } from "../config/load-config.ts";
import { CommandFailure, EXIT } from "./command-failure.ts";

/** The folder that holds `src`, `config` and `models`. */
export const INSTALL_FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** What every command starts from: the environment, the checked configuration and the data folder. */
export interface Installation {
  readonly environment: Environment;
  readonly config: ApplianceConfig;
  /** Of the configuration file, hexadecimal. */
  readonly configSha256: string;
  readonly dataDir: string;
}

/** Reads the environment alone. Throws CommandFailure naming every bad variable. */
export function readInstallationEnvironment(): Environment {
  const read = readEnvironment(process.env, INSTALL_FOLDER);
  if (read.ok) return read.environment;
  throw new CommandFailure(read.problems.join("\n"), EXIT.badUsage);
}

/** Reads the environment and the configuration file, another one where it is named. Throws CommandFailure with every problem and its line. */
export function readInstallation(configFile?: string): Installation {
  const environment = readInstallationEnvironment();
  const loaded = readConfigurationFile(configFile ?? environment.configFile);
  if (!loaded.ok) throw new CommandFailure(formatConfigProblems(loaded.file, loaded.problems), EXIT.answerIsNo);
  const { config, sha256 } = loaded;
  return { environment, config, configSha256: sha256, dataDir: dataDirOf(environment, config) };
}

/** The data folder: the environment's, else the configuration's, else `./data`. */
export function dataDirOf(environment: Environment, config: Pick<ApplianceConfig, "dataDir">): string {
  return environment.dataDir ?? config.dataDir ?? resolve("data");
}
