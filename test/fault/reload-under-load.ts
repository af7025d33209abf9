import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openLeafReader } from "../../src/audit/read-leaves.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import { chat } from "../support/upstream-behaviours.ts";
import { startUpstreamServer } from "../support/upstream-server.ts";

/** Clients that ask without a pause while the box reloads. */
const CLIENTS = 3;

const MAX_TOKENS = 100;

/** A configuration and its policy, made so that every part of a decision tells which version it came from. */
interface Version {
  readonly number: number;
  readonly sha256: string;
}

/** What a run has seen. */
export interface ReloadRun {
  readonly answered: number;
  /** Everything that should not have been; a few suffice. */
  readonly faults: readonly string[];
  /** How many versions decisions were made under. */
  readonly versionsSeen: number;
}

/**
 * Reloads a box `count` times under load, every second time from files with something wrong in them, and looks whether
 * every decision was made under one whole version: route, price and hash belong together, and the version was on record
 * before the decision was.
 */
export async function reloadUnderLoad(count: number): Promise<ReloadRun> {
  const cloud = await startUpstreamServer({ behave: chat({ pieces: ["one ", "two"] }) });
  const box = await runBox({ config: configOf(0, cloud.baseUrl), policy: policyOf(0) });
  const faults: string[] = [];
  const versions: Version[] = [{ number: 0, sha256: sha256Of(policyOf(0)) }];
  let isReloading = true;
  const ask = async (stream: boolean): Promise<number> => {
    let answered = 0;
    while (isReloading) {
      const response = await box.chat({ ...QUESTION, stream });
      const text = await response.text();
      if (response.status === 200 && text.includes("two")) answered += 1;
      else faults.push(`a request got ${response.status}: ${text.slice(0, 300)}`);
    }
    return answered;
  };
  try {
    const clients = Array.from({ length: CLIENTS }, (_, index) => ask(index % 2 === 0));
    for (let number = 1; number <= count; number++) {
      const fault =
        number % 2 === 0
          ? await reloadGood(box, cloud.baseUrl, number, versions)
          : await reloadBad(box, number, cloud.baseUrl, versions);
      if (fault !== undefined) faults.push(fault);
    }
    isReloading = false;
    const answered = (await Promise.all(clients)).reduce((sum, one) => sum + one, 0);
    const { versionsSeen } = checkLeaves(box.dataDir, versions, faults);
    return { answered, faults, versionsSeen };
  } finally {
    isReloading = false;
    await box.stop();
    await cloud.close();
  }
}

const QUESTION = { model: "m", max_tokens: MAX_TOKENS, messages: [{ role: "user", content: "Count to two." }] };

/** The price of a version, in USD per million tokens, and so in micro-USD for a token: never 0, never another's. */
function priceOf(number: number): number {
  return number + 1;
}

function configOf(number: number, baseUrl: string): Record<string, unknown> {
  const model = { id: "m", price: { input: 0, output: priceOf(number) }, contextTokens: 32_768 };
  // Some versions change the limits as well, so that the queue is made anew too and the old one has to be emptied.
  const provider = {
    id: "acme",
    location: "cloud",
    baseUrl,
    models: [model],
    maxConcurrency: 32 + (number % 8 === 0 ? 1 : 0),
  };
  return { network: { egress: "allowlisted" }, providers: [provider] };
}

function policyOf(number: number): string {
  return `
apiVersion: signalbox/v1
constraints:
  - {id: "constraint-${number}", require: 'endpoint.price_output == ${priceOf(number)}.0'}
routes:
  - {id: "route-${number}", objective: balanced}
endpoints:
  - {id: test/wrong, price_output: 0.5}
tests:
  - name: another version's price is forbidden
    expect: {forbidden: [test/wrong], by: "constraint-${number}"}
`;
}

/** Files that must be refused, each in its own way. */
const BAD_FILES: readonly ((
  number: number,
  baseUrl: string,
) => { readonly config: string; readonly policy: string })[] = [
  (number, url) => ({ config: configText(number, url), policy: "apiVersion: signalbox/v1\nroutes: [" }),
  (number, url) => ({
    config: configText(number, url),
    policy: policyOf(number).replace("price_output ==", "price_ouput =="),
  }),
  (number, url) => ({
    config: configText(number, url),
    policy: policyOf(number).replace("0.5}", `${priceOf(number)}.0}`),
  }),
  (number, url) => ({ config: configText(number, url), policy: "apiVersion: signalbox/v1\n" }),
  (number) => ({ config: "{", policy: policyOf(number) }),
  (number, url) => ({ config: configText(number, url).replace('"providers"', '"provders"'), policy: policyOf(number) }),
  (number, url) => ({
    config: JSON.stringify({ ...configOf(number, url), policies: "missing.yaml" }),
    policy: policyOf(number),
  }),
  (number, url) => ({
    config: JSON.stringify({ ...JSON.parse(configText(number, url)), server: { bodyLimit: "1mb" } }),
    policy: policyOf(number),
  }),
];

function configText(number: number, baseUrl: string): string {
  return JSON.stringify({ ...configOf(number, baseUrl), policies: "policy.yaml" });
}

function writeFiles(box: RunningBox, files: { readonly config: string; readonly policy: string }): void {
  writeFileSync(box.configFile, files.config);
  writeFileSync(join(dirname(box.configFile), "policy.yaml"), files.policy);
}

async function reloadGood(
  box: RunningBox,
  url: string,
  number: number,
  versions: Version[],
): Promise<string | undefined> {
  const policy = policyOf(number);
  const version = { number, sha256: sha256Of(policy) };
  versions.push(version);
  writeFiles(box, { config: configText(number, url), policy });
  const response = await box.send("POST", "/admin/config/reload");
  const { policySha256 } = (await response.json()) as { readonly policySha256?: string };
  return policySha256 === version.sha256 ? undefined : `version ${number} was not applied: ${response.status}`;
}

async function reloadBad(
  box: RunningBox,
  number: number,
  url: string,
  versions: readonly Version[],
): Promise<string | undefined> {
  const before = await (await box.get("/admin/config")).text();
  const bad = BAD_FILES[Math.floor(number / 2) % BAD_FILES.length];
  if (bad === undefined) return "there is no such bad file";
  writeFiles(box, bad(number, url));
  const response = await box.send("POST", "/admin/config/reload");
  const { error } = (await response.json()) as {
    readonly error?: {
      readonly code: string;
      readonly metadata: { readonly problems: readonly { readonly message: string }[] };
    };
  };
  if (error?.code !== "config_refused" || error.metadata.problems.length === 0)
    return `bad file ${number} got ${response.status}`;
  const after = await (await box.get("/admin/config")).text();
  if (!after.includes(versions.at(-1)?.sha256 ?? "none")) return `after bad file ${number} another policy counts`;
  return before === after ? undefined : `bad file ${number} changed something: ${before} is now ${after}`;
}

interface AttemptLeaf {
  readonly decision?: {
    readonly policySha256: string;
    readonly routeId: string;
    readonly candidates: readonly { readonly prediction: { readonly worstCostMicroUsd?: number } }[];
  };
}

/** Every decision in the log: of one version, which was activated in an earlier leaf. */
function checkLeaves(
  dataDir: string,
  versions: readonly Version[],
  faults: string[],
): { readonly versionsSeen: number } {
  const bySha256 = new Map(versions.map((version) => [version.sha256, version.number]));
  const activated = new Set<string>();
  const seen = new Set<number>();
  const reader = openLeafReader(dataDir);
  try {
    for (const leaf of reader.iterate()) {
      if (leaf.kind === "policy.activated") activated.add(String(leaf["sha256"]));
      const { decision } = leaf as AttemptLeaf;
      if (decision === undefined) continue;
      const number = bySha256.get(decision.policySha256);
      const cost = decision.candidates[0]?.prediction.worstCostMicroUsd;
      const isWhole =
        number !== undefined && decision.routeId === `route-${number}` && cost === MAX_TOKENS * priceOf(number);
      if (!isWhole) faults.push(`leaf ${leaf.index} mixes versions: ${JSON.stringify(decision).slice(0, 300)}`);
      if (!activated.has(decision.policySha256)) faults.push(`leaf ${leaf.index} precedes its policy's activation`);
      if (number !== undefined) seen.add(number);
    }
  } finally {
    reader.close();
  }
  const notOfGoodFiles = [...activated].filter((sha256) => !bySha256.has(sha256));
  if (notOfGoodFiles.length > 0) faults.push(`a bad file's policy was activated: ${notOfGoodFiles.join(", ")}`);
  return { versionsSeen: seen.size };
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
