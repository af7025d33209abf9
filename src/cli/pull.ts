import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { PullOptions, PullResult } from "../app/pull-model.ts";
import { resolveSecret } from "../config/secret-reference.ts";
import { SignalboxError } from "../core/errors.ts";
import type { PullPlan } from "../hosting/catalog/plan-pull.ts";
import { addCatalogCommand, readCatalog } from "./catalog.ts";
import { CommandFailure, EXIT } from "./command-failure.ts";
import { ProgressReporter } from "./download-progress.ts";
import { readInstallation, type Installation } from "./installation.ts";
import { formatBytes, type Output } from "./print.ts";

interface PullFlags {
  readonly quantization?: string;
  readonly mirror?: string;
  readonly id?: string;
  readonly sha256?: string;
  readonly token?: string;
  readonly allowHost: readonly string[];
  readonly proxy?: string;
  readonly proxyCredential?: string;
  readonly ca?: string;
  readonly json?: boolean;
}

/** `signalbox models catalog|pull`: what there is to host, and bringing it here. */
export function addPullCommands(models: Command, output: Output): void {
  addCatalogCommand(models, output);
  models
    .command("pull <source>")
    .description(
      "fetch a model of the catalogue, hf:owner/repository/file.gguf or an https URL, check it and import it",
    )
    .option("--quantization <name>", "which of a catalogue model's sizes, for example Q8_0")
    .option("--mirror <url>", "a mirror of huggingface.co to fetch from instead; it may be inside the site")
    .option("--id <id>", "what the model is called here")
    .option("--sha256 <digits>", "the SHA-256 that the file must have", parseSha256)
    .option("--token <reference>", "credential for the source: env:NAME, file:/path or cred:name")
    .option("--allow-host <host>", "a host that redirects may lead to besides; may be repeated", collect, [])
    .option("--proxy <url>", "an HTTP proxy to go through; proxies in the environment are ignored")
    .option("--proxy-credential <reference>", "user:password for the proxy, as a reference like --token")
    .option("--ca <file>", "PEM certificates of the authorities to trust instead of the platform's")
    .option("--json", "print JSON")
    .action((source: string, flags: PullFlags) => pull(source, flags, output));
}

async function pull(source: string, flags: PullFlags, output: Output): Promise<void> {
  const installation = readInstallation();
  const plan = await readPlan(source, flags);
  const { storedIdOf } = await import("../app/pull-model.ts");
  await refuseWhenAirGapped(plan, storedIdOf(plan), installation);
  const connection = readConnection(flags);
  const { systemClock } = await import("../app/system-clock.ts");
  const target = { isTerminal: process.stderr.isTTY, write: (text: string) => void process.stderr.write(text) };
  const reporter = new ProgressReporter(target, systemClock);
  announcePlan(plan, reporter);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt).once("SIGTERM", onInterrupt);
  // The clock's timers keep no process alive, and between two attempts there is nothing else.
  const alive = setInterval(() => undefined, 60_000);
  try {
    const result = await carryOut({
      plan,
      dataDir: installation.dataDir,
      egressMode: installation.config.network.egress,
      clock: systemClock,
      signal: stop.signal,
      onProgress: (progress) => reporter.report(progress),
      onRetry: (reason) => reporter.note(`${reason} Trying again.`),
      ...connection,
    });
    reporter.end();
    printResult(result, plan, flags, output);
  } finally {
    clearInterval(alive);
    process.off("SIGINT", onInterrupt).off("SIGTERM", onInterrupt);
  }
}

async function readPlan(source: string, flags: PullFlags): Promise<PullPlan> {
  const { planPull } = await import("../hosting/catalog/plan-pull.ts");
  const planned = planPull({ ...flags, source }, await readCatalog());
  if (planned.kind === "problem") throw new CommandFailure(planned.message, EXIT.badUsage);
  const { plan } = planned;
  const { isModelId } = await import("../core/ids.ts");
  if (flags.id !== undefined && !isModelId(flags.id)) {
    throw new CommandFailure(`--id ${flags.id} is not a model id such as maker/model`, EXIT.badUsage);
  }
  return { ...plan, namedHosts: [...plan.namedHosts, ...flags.allowHost] };
}

/** Nothing leaves an air-gapped box; a mirror on the box itself is no connection to the outside. */
async function refuseWhenAirGapped(plan: PullPlan, id: string, { config }: Installation): Promise<void> {
  const { egressVerdict } = await import("../egress/egress-verdict.ts");
  const { carryInstructions } = await import("../hosting/catalog/carry-instructions.ts");
  if (config.network.egress !== "deny") return;
  const isOnThisBox = plan.files.every(
    ({ url }) => egressVerdict({ baseUrl: url, location: "site", allowInsecure: false }, "deny").allowed,
  );
  if (isOnThisBox) return;
  const size = plan.bytes === undefined ? {} : { size: formatBytes(plan.bytes) };
  throw new CommandFailure(carryInstructions(plan, { id, ...size }));
}

/** Credentials come by reference, so that none is in a command line, a shell's history or a log. */
function readConnection(flags: PullFlags): Pick<PullOptions, "authorization" | "caCertificates" | "proxy"> {
  const proxyUrl = flags.proxy === undefined ? undefined : URL.parse(flags.proxy);
  if (proxyUrl === null || (proxyUrl !== undefined && !isProxyUrl(proxyUrl))) {
    throw new CommandFailure(
      "--proxy must be http://host:port without a credential: give that with --proxy-credential",
      EXIT.badUsage,
    );
  }
  if (proxyUrl === undefined && flags.proxyCredential !== undefined) {
    throw new CommandFailure("--proxy-credential needs --proxy", EXIT.badUsage);
  }
  const credential = readReference("--proxy-credential", flags.proxyCredential);
  const token = readReference("--token", flags.token);
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(flags.ca === undefined ? {} : { caCertificates: readCertificates(flags.ca) }),
    ...(proxyUrl === undefined
      ? {}
      : {
          proxy: {
            url: proxyUrl.origin,
            ...(credential === undefined
              ? {}
              : { authorization: `Basic ${Buffer.from(credential).toString("base64")}` }),
          },
        }),
  };
}

function isProxyUrl(url: URL): boolean {
  return (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "";
}

function readReference(flag: string, reference: string | undefined): string | undefined {
  if (reference === undefined) return undefined;
  if (!/^(env|file|cred):./.test(reference)) {
    throw new CommandFailure(
      `${flag} must be env:NAME, file:/path or cred:name, never the secret itself`,
      EXIT.badUsage,
    );
  }
  const resolved = resolveSecret(reference, process.env);
  if (!resolved.ok) throw new CommandFailure(`${flag}: ${resolved.problem}`, EXIT.badUsage);
  if (/[^\x21-\x7e]/.test(resolved.secret))
    throw new CommandFailure(`${flag}: it holds characters that no credential has`, EXIT.badUsage);
  return resolved.secret;
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandFailure(`--ca: ${error instanceof Error ? error.message : String(error)}`, EXIT.badUsage);
  }
}

/** What will be fetched from where, before anything is. */
function announcePlan(plan: PullPlan, reporter: ProgressReporter): void {
  const size = plan.bytes === undefined ? "" : `, about ${formatBytes(plan.bytes)}`;
  const files = plan.files.length === 1 ? (plan.files[0]?.name ?? "") : `${plan.files.length} files`;
  const origin = new URL(plan.files[0]?.url ?? "").origin;
  reporter.note(`Fetching ${plan.label} from ${origin} (${files}${size}).`);
  reporter.note(`Hosts that it may touch: ${[...new Set([...plan.namedHosts, ...plan.redirectHosts])].join(", ")}.`);
  if (plan.entry !== undefined) {
    const { name, note, url } = plan.entry.license;
    reporter.note(`Licence: ${[name, note, url].filter((part) => part !== undefined).join("; ")}.`);
  }
}

async function carryOut(options: PullOptions): Promise<PullResult> {
  const { pullModel } = await import("../app/pull-model.ts");
  try {
    return await pullModel(options);
  } catch (error) {
    if (options.signal.aborted) {
      throw new CommandFailure("\nStopped. What has arrived is kept: the same command goes on from there.");
    }
    if (error instanceof SignalboxError) throw new CommandFailure(error.message);
    throw error;
  }
}

function printResult(result: PullResult, plan: PullPlan, flags: PullFlags, output: Output): void {
  if (result.kind === "refused") throw new CommandFailure(result.message);
  const { manifest, file, fetched } = result;
  if (flags.json === true) return output.json({ ...manifest, file, fetched });
  const bytes = manifest.files.reduce((sum, one) => sum + one.bytes, 0);
  output.line(`Pulled ${manifest.id}: ${formatBytes(bytes)}.`);
  for (const { name, sha256, checkedAgainst } of fetched) {
    output.line(`  ${name}  SHA-256 ${sha256} (${CHECKED[checkedAgainst]})`);
  }
  output.line("To serve it, add to the configuration:");
  output.line(`  models:\n    - {${configurationOf(manifest.id, plan).join(", ")}}`);
}

const CHECKED = {
  expected: "as expected",
  stated: "as the source states; not in the catalogue",
  nothing: "nothing to compare it with",
} as const;

function configurationOf(id: string, { entry }: PullPlan): readonly string[] {
  const fields = [`id: ${id}`, `file: ${id}`];
  if (entry === undefined) return fields;
  return [
    ...fields,
    `quality: ${entry.quality.value}`,
    `origin: ${entry.origin}`,
    `license: ${JSON.stringify(entry.license.name)}`,
  ];
}

function parseSha256(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new CommandFailure("--sha256 must be 64 hexadecimal digits", EXIT.badUsage);
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  if (URL.parse(`http://${value}`)?.host !== value.toLowerCase()) {
    throw new CommandFailure(`--allow-host ${value} must be a host name alone`, EXIT.badUsage);
  }
  return [...previous, value.toLowerCase()];
}
