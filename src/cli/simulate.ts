import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { RecordedShares } from "../app/recorded-shares.ts";
import type { RatedEndpoints } from "../app/measured-rates.ts";
import type { RatedEndpoint } from "../app/read-endpoint-rates.ts";
import type { SimulatedLoad } from "../app/simulate-load.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import type { QueueClasses } from "../core/queue-policy.ts";
import { WORKLOAD_CLASSES, type WorkloadClass } from "../core/workload.ts";
import { ROUTERS, type RouterName } from "../simulate/choose-order.ts";
import type { SimulatedJointModels } from "../simulate/joint-models.ts";
import type { TracedRequest, TracedStep } from "../simulate/traced-request.ts";
import { CommandFailure, EXIT } from "./command-failure.ts";
import { readInstallation } from "./installation.ts";
import { readSteps } from "../app/read-steps.ts";
import { parseSince } from "./parse-since.ts";
import type { Output } from "./print.ts";

interface SimulateOptions {
  readonly trace: readonly NamedText[];
  readonly audit?: number;
  readonly config?: string;
  readonly endpoints?: string;
  readonly policy?: string;
  readonly class: readonly NamedText[];
  readonly mix?: Readonly<Record<string, number>>;
  readonly rate: number;
  readonly repeat: number;
  readonly limit?: number;
  readonly steps?: readonly TracedStep[];
  readonly seed: number;
  readonly router: RouterName;
  readonly compare?: boolean;
  readonly window?: number;
  readonly svg?: string;
  readonly json?: boolean;
}

/** `NAME=text`, or the text alone. */
interface NamedText {
  readonly name?: string;
  readonly text: string;
}

/** `signalbox simulate`: what a trace would have met, at these endpoints under this policy. */
export function addSimulateCommand(program: Command, output: Output): void {
  program
    .command("simulate")
    .description("play a trace, or recorded requests, against endpoints and a policy: latency, cost, bursts, refusals")
    .option(
      "--endpoints <file>",
      "endpoints with rates, as in config/simulations; left out: the configuration's, as the running box measured them",
    )
    .option("--trace <[name=]file>", "a trace as CSV or JSON lines; more than one begin together", addNamed, [])
    .option("--audit <since>", "in place of a trace: the requests on record, such as since 7d", parseSince)
    .option("--config <file>", "data classes, queues, policy and stated facts; left out: the installation's")
    .option("--policy <file>", "a policy in place of the configured one")
    .option("--class <name=class>", "the workload class of a trace whose lines say none", addNamed, [])
    .option("--mix <shares>", "shares of the traces among the requests, such as code=0.5,conv=0.5", parseMix)
    .option("--rate <factor>", "arrivals come so many times as fast", parsePositive, 1)
    .option("--repeat <times>", "the trace so many times, one after the other", parseCount, 1)
    .option("--limit <requests>", "the first so many requests", parseCount)
    .option("--steps <list>", "the steps of plans whose lines say none, such as '300 300 150@1+2'", parseSteps)
    .option("--seed <number>", "for everything that is left to chance", parseCount, 1)
    .addOption(
      new Option("--router <name>", "who orders the permitted endpoints").choices(ROUTERS).default("signalbox"),
    )
    .option("--compare", "play it with every router")
    .option("--window <seconds>", "one step of the timeline", parsePositive)
    .option("--svg <file>", "draw the timeline of the run, of the first router under --compare")
    .option("--json", "print JSON")
    .action((options: SimulateOptions) => simulate(options, output));
}

async function simulate(options: SimulateOptions, output: Output): Promise<void> {
  const { SimulationProblem } = await import("../app/simulation-problem.ts");
  const site = await readSite(options).catch((error: unknown) => {
    throw error instanceof SimulationProblem ? new CommandFailure(error.message) : error;
  });
  const routers = options.compare === true ? ROUTERS : [options.router];
  const { simulateLoad } = await import("../app/simulate-load.ts");
  const runs: SimulatedLoad[] = [];
  for (const router of routers) {
    const progress = progressOf(`${router}: `, site.requests.length);
    const { seed, window } = options;
    const windowMs = window === undefined ? {} : { windowMs: window * 1_000 };
    runs.push(simulateLoad({ ...site, router, seed, ...windowMs, onProgress: progress.show }));
    progress.clear();
  }
  if (options.svg !== undefined) await draw(runs, options.svg);
  if (options.json === true) {
    const { rate, seed } = options;
    const json = runs.map(({ router, summary, timeline }) => ({ router, ...summary, timeline }));
    const { requests, leftOut, assumed } = site;
    const assumedPlans = runs[0]?.assumedPlans;
    return output.json({ requests: requests.length, rate, seed, leftOut, assumed, assumedPlans, runs: json });
  }
  const { printSimulation } = await import("./print-simulation.ts");
  printSimulation(runs, site.requests, output);
  if (site.leftOut > 0)
    output.line(`${site.leftOut} more on record can't be played again: no counted answer, or an older record.`);
}

interface Site extends SimulatedJointModels {
  readonly requests: readonly TracedRequest[];
  readonly leftOut: number;
  readonly startsAtMs: number;
  /** Endpoints with the router's priors for rates. */
  readonly assumed: readonly string[];
  readonly endpoints: readonly RatedEndpoint[];
  readonly policy: CompiledPolicy;
  readonly dataClasses: readonly string[];
  readonly classes: QueueClasses;
}

async function readSite(options: SimulateOptions): Promise<Site> {
  const { config, dataDir } = readInstallation(options.config);
  const { dataClasses } = config;
  const { endpoints, assumed } = await readEndpoints(options, config, dataDir);
  const facts = endpoints.map((endpoint) => endpoint.facts);
  const { formatPolicyProblems, policyFileOf, readPolicy } = await import("../app/read-policy.ts");
  const file = options.policy === undefined ? policyFileOf(config) : resolve(options.policy);
  const policy = readPolicy(file, { endpoints: facts, dataClasses });
  if (!policy.ok) throw new CommandFailure(`${formatPolicyProblems(policy)}\nthe policy file is refused`);
  const { queueClassesOf } = await import("../app/build-endpoints.ts");
  const byId = new Map(facts.map((one) => [one.id, one]));
  const trace = await readRequests(options, dataDir, { endpoints: byId, dataClasses });
  const classes = queueClassesOf(config.queues);
  const { shares, ...played } = trace;
  const { checkTracedModels, simulatedJointModels } = await import("../app/simulated-joint-models.ts");
  const joint = simulatedJointModels(config);
  checkTracedModels(played.requests, endpoints, joint);
  const usualSteps = options.steps === undefined ? {} : { usualSteps: options.steps };
  const rated = endpoints.map((one) => ({ ...one, profile: { ...shares?.of(one.facts.id), ...one.profile } }));
  return { ...played, ...joint, ...usualSteps, assumed, endpoints: rated, policy: policy.policy, dataClasses, classes };
}

/** The endpoints of a file, or of the configuration with what the running box has measured. */
async function readEndpoints(
  options: SimulateOptions,
  config: ApplianceConfig,
  dataDir: string,
): Promise<RatedEndpoints> {
  if (options.endpoints !== undefined) {
    const { describeEndpoints } = await import("../app/describe-endpoints.ts");
    const { readEndpointRates } = await import("../app/read-endpoint-rates.ts");
    const configured = await describeEndpoints(config, dataDir);
    return { endpoints: readEndpointRates(options.endpoints, configured), assumed: [] };
  }
  const { rateEndpoints } = await import("../app/measured-rates.ts");
  const rated = await rateEndpoints(config, dataDir, options.config !== undefined);
  if (rated.assumed.length > 0)
    process.stderr.write(
      `Nobody has measured ${rated.assumed.join(", ")} here: what such hardware usually does is assumed; --endpoints states rates.\n`,
    );
  return rated;
}

async function readRequests(
  options: SimulateOptions,
  dataDir: string,
  site: { readonly endpoints: ReadonlyMap<string, RatedEndpoint["facts"]>; readonly dataClasses: readonly string[] },
): Promise<Pick<Site, "requests" | "leftOut" | "startsAtMs"> & { readonly shares?: RecordedShares }> {
  const { mix, rate, repeat, limit, seed } = options;
  const { composeTrace } = await import("../simulate/compose-trace.ts");
  const composition = {
    rate,
    repeat,
    seed,
    ...(mix === undefined ? {} : { mix }),
    ...(limit === undefined ? {} : { limit }),
  };
  if (options.audit !== undefined) {
    if (options.trace.length > 0) throw new CommandFailure("Name either --trace or --audit.", EXIT.badUsage);
    const { readAuditTrace } = await import("../app/audit-trace.ts");
    const { requests, ...onRecord } = readAuditTrace(dataDir, options.audit, site);
    return { requests: composeTrace({ traces: [{ name: "audit", requests }], ...composition }), ...onRecord };
  }
  if (options.trace.length === 0) throw new CommandFailure("Name a trace with --trace, or use --audit.", EXIT.badUsage);
  const { readTrace } = await import("../app/read-trace.ts");
  const classOf = new Map(options.class.map(({ name, text }) => [name, classNamed(text)]));
  const traces = options.trace.map(({ name, text }) => {
    const workloadClass = classOf.get(name);
    return readTrace({
      file: text,
      ...(name === undefined ? {} : { name }),
      ...(workloadClass === undefined ? {} : { workloadClass }),
    });
  });
  const names = new Set(traces.map(({ name }) => name));
  for (const name of [...classOf.keys(), ...Object.keys(mix ?? {})])
    if (name !== undefined && !names.has(name))
      throw new CommandFailure(`No trace is called ${name}; there is ${[...names].join(", ")}.`, EXIT.badUsage);
  return { requests: composeTrace({ traces, ...composition }), startsAtMs: 0, leftOut: 0 };
}

async function draw(runs: readonly SimulatedLoad[], file: string): Promise<void> {
  const [first] = runs;
  if (first === undefined) return;
  const { drawTimeline } = await import("../simulate/draw-timeline.ts");
  writeFileSync(file, drawTimeline(first.timeline, `${first.router}: ${first.summary.all.arrived} requests`));
}

/** One line on a terminal that is written over again. */
function progressOf(
  title: string,
  total: number,
): {
  readonly show: (arrived: number) => void;
  readonly clear: () => void;
} {
  const isShown = process.stderr.isTTY;
  return {
    show: (arrived) => {
      if (isShown) process.stderr.write(`\r${title}${Math.floor((100 * arrived) / Math.max(1, total))} %`);
    },
    clear: () => {
      if (isShown) process.stderr.write("\r\u001B[K");
    },
  };
}

function classNamed(text: string): WorkloadClass {
  const known = WORKLOAD_CLASSES.find((name) => name === text);
  if (known !== undefined) return known;
  throw new CommandFailure(`${text} is no workload class; there are ${WORKLOAD_CLASSES.join(", ")}.`, EXIT.badUsage);
}

function addNamed(text: string, before: readonly NamedText[]): readonly NamedText[] {
  const match = /^([\w.-]+)=(.+)$/.exec(text);
  const [, name, rest] = match ?? [];
  return [...before, name === undefined || rest === undefined ? { text } : { name, text: rest }];
}

function parseMix(text: string): Readonly<Record<string, number>> {
  const shares = text.split(",").map((part) => part.split("=") as [string, string?]);
  if (shares.some(([, share]) => share === undefined || !(Number(share) > 0)))
    throw new InvalidArgumentError("It must be shares such as code=0.5,conv=0.5.");
  return Object.fromEntries(shares.map(([name, share]) => [name, Number(share)]));
}

function parseSteps(text: string): readonly TracedStep[] {
  const steps = readSteps(text);
  if (steps !== undefined) return steps;
  throw new InvalidArgumentError("It must say what each step writes and after which it comes: '300 300 150@1+2'.");
}

function parsePositive(text: string): number {
  const number = Number(text);
  if (number > 0 && number < Infinity) return number;
  throw new InvalidArgumentError("It must be a number above 0.");
}

function parseCount(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
