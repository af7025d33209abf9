import { InvalidArgumentError, Option, type Command } from "commander";
import { SignalboxError } from "../core/errors.ts";
import { ROLES, type Role } from "../core/principal.ts";
import type { IssuedKey, KeyStore } from "../ledger/key-store.ts";
import { CommandFailure, EXIT } from "./command-failure.ts";
import { dataDirOf, readInstallation } from "./installation.ts";
import { formatUsd, type Output } from "./print.ts";
import { toMicroUsd } from "../core/money.ts";

/** `signalbox keys create|list|revoke|rotate` and `signalbox teams list|budget`. They work beside a running server, at once. */
export function addKeysCommands(program: Command, output: Output): void {
  const keys = program.command("keys").description("make, list, revoke and rotate API keys");
  addCreate(keys, output);
  addList(keys, output);
  keys
    .command("revoke <key-id>")
    .description("end a key at once")
    .option("--json", "print JSON")
    .action(async (keyId: string, options: { json?: boolean }) => {
      await withKeyStore((store) => store.revokeKey(keyId));
      if (options.json === true) output.json({ keyId, state: "revoked" });
      else output.line(`Revoked ${keyId}.`);
    });
  keys
    .command("rotate <key-id>")
    .description("give a key a new secret; the old one works for a day more")
    .option("--now", "end the old secret at once")
    .option("--json", "print JSON")
    .action(async (keyId: string, options: { now?: boolean; json?: boolean }) => {
      const issued = await withKeyStore((store) => store.rotateKey(keyId, options.now === true ? 0 : undefined));
      printIssued(output, issued, options.json === true);
    });
  addTeams(program, output);
}

function addTeams(program: Command, output: Output): void {
  const teams = program.command("teams").description("what teams spend, and budgets of all keys of a team together");
  teams
    .command("list")
    .description("every team with its budget and what its keys have spent")
    .option("--json", "print JSON")
    .action(async (options: { json?: boolean }) => {
      const { listTeams } = await import("../ledger/list-teams.ts");
      const { dataDir } = readInstallation();
      const listed = await withKeyStore(() => Promise.resolve(listTeams(dataDir)));
      if (options.json === true) return output.json(listed);
      output.table(
        ["TEAM", "SPENT", "RESERVED", "BUDGET"],
        listed.map((team) => [
          team.team,
          formatUsd(team.settledMicroUsd),
          formatUsd(team.reservedMicroUsd),
          formatUsd(team.budgetMicroUsd),
        ]),
      );
    });
  teams
    .command("budget")
    .description("set the budget of all keys of a team together; without an amount it is removed")
    .argument("<team>", "as in `keys create --team`")
    .argument("[usd]", "the most that they may spend in all", parseUsd)
    .option("--json", "print JSON")
    .action(async (team: string, budgetMicroUsd: number | undefined, options: { json?: boolean }) => {
      await withKeyStore((store) => store.setTeamBudget(team, budgetMicroUsd));
      if (options.json === true) return output.json({ team, budgetMicroUsd });
      output.line(
        budgetMicroUsd === undefined
          ? `${team} has no budget now.`
          : `${team} may spend ${formatUsd(budgetMicroUsd)} in all.`,
      );
    });
}

interface CreateOptions {
  readonly name: string;
  readonly team?: string;
  readonly tag: readonly string[];
  readonly role: Role;
  readonly dataClass?: string;
  readonly weight?: number;
  readonly budgetUsd?: number;
  readonly expires?: number;
  readonly json?: boolean;
}

function addCreate(keys: Command, output: Output): void {
  keys
    .command("create")
    .description("make a key; it is shown once and works at once")
    .requiredOption("--name <name>", "what the key is for")
    .option("--team <team>", "team whose budget it shares")
    .option("--tag <tag>", "a tag that policies may read; may be repeated", collect, [])
    .addOption(new Option("--role <role>", "what the key may do").choices(ROLES).default("inference"))
    .option("--data-class <class>", "class of every request made with the key")
    .option("--budget-usd <amount>", "the most that it may spend in all", parseUsd)
    .option("--weight <number>", "share of every queue against other keys' shares, 0.01 to 100", parseWeight)
    .option("--expires <date>", "a date or time, for example 2027-01-31", parseDate)
    .option("--json", "print JSON")
    .action(async (options: CreateOptions) => {
      refuseUnknownDataClass(options.dataClass);
      const issued = await withKeyStore((store) =>
        store.createKey({
          name: options.name,
          role: options.role,
          tags: options.tag,
          ...(options.team === undefined ? {} : { team: options.team }),
          ...(options.dataClass === undefined ? {} : { dataClass: options.dataClass }),
          ...(options.weight === undefined ? {} : { weight: options.weight }),
          ...(options.budgetUsd === undefined ? {} : { budgetMicroUsd: options.budgetUsd }),
          ...(options.expires === undefined ? {} : { expiresAtMs: options.expires }),
        }),
      );
      printIssued(output, issued, options.json === true);
    });
}

function addList(keys: Command, output: Output): void {
  keys
    .command("list")
    .description("every key with its state and spend; secrets are not kept")
    .option("--json", "print JSON")
    .action(async (options: { json?: boolean }) => {
      const listed = await withKeyStore((store) => Promise.resolve(store.listKeys()));
      if (options.json === true) return output.json(listed);
      output.table(
        ["KEY", "NAME", "ROLE", "TEAM", "TAGS", "CLASS", "WEIGHT", "STATE", "SPENT", "BUDGET"],
        listed.map((key) => [
          key.keyId,
          key.name,
          key.role,
          key.team ?? "-",
          key.tags.join(",") || "-",
          key.dataClass ?? "-",
          String(key.weight ?? "-"),
          key.state,
          formatUsd(key.settledMicroUsd),
          formatUsd(key.budgetMicroUsd),
        ]),
      );
    });
}

function printIssued(output: Output, { keyId, secret }: IssuedKey, json: boolean): void {
  if (json) return output.json({ keyId, key: secret });
  output.line(`Key ${keyId}. Keep it safe: it is shown this once.`);
  output.line(secret);
}

/** Opens the records for one change and closes them again. */
async function withKeyStore<Result>(use: (store: KeyStore) => Promise<Result>): Promise<Result> {
  const { environment, config } = readInstallation();
  const [{ openRecords }, { systemClock }] = await Promise.all([
    import("../app/open-records.ts"),
    import("../app/system-clock.ts"),
  ]);
  const dataDir = dataDirOf(environment, config);
  const records = await openRecords({ dataDir, clock: systemClock }).catch((error: unknown) => {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  });
  try {
    return await use(records.keyStore);
  } catch (error) {
    if (error instanceof SignalboxError) throw new CommandFailure(`${error.message} ${remedyOf(error)}`);
    throw error;
  } finally {
    await records.close();
  }
}

/** The table's remedies are written for clients of the API; what a command did not find is a key. */
function remedyOf({ code, facts }: SignalboxError): string {
  return code === "not_found" ? "`signalbox keys list` shows all keys." : facts.remedy;
}

function refuseUnknownDataClass(dataClass: string | undefined): void {
  const { dataClasses } = readInstallation().config;
  if (dataClass === undefined || dataClasses.includes(dataClass)) return;
  throw new CommandFailure(
    `--data-class ${dataClass} is not configured; the classes are ${dataClasses.join(", ")}`,
    EXIT.badUsage,
  );
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** An amount in USD as micro-USD. */
function parseUsd(text: string): number {
  const usd = Number(text);
  if (text.trim() === "" || !Number.isFinite(usd) || usd < 0)
    throw new InvalidArgumentError("It must be an amount in USD, 0 or more.");
  return toMicroUsd(usd);
}

function parseWeight(text: string): number {
  const weight = Number(text);
  if (text.trim() === "" || !Number.isFinite(weight)) throw new InvalidArgumentError("It must be a number.");
  return weight;
}

/** A date or a time as milliseconds since the Unix epoch; a date alone means its start in UTC. */
function parseDate(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new InvalidArgumentError("It must be a date such as 2027-01-31 or a time such as 2027-01-31T12:00:00Z.");
  return ms;
}
