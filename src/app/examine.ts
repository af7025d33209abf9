import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Environment } from "../config/environment.ts";
import { resolveSecret } from "../config/secret-reference.ts";
import { AIR_GAPPED, type EndpointFacts } from "../core/endpoint.ts";
import type { HardwareSnapshot } from "../core/hardware.ts";
import { detectHardware } from "../hardware/detect-hardware.ts";
import { detectWorkerFence, isForIsolation } from "../hosting/fence/worker-fence.ts";
import { budgetOf, within } from "../hosting/fit/memory-budget.ts";
import { gpuEnginesIn } from "./choose-device.ts";
import { describeEndpoints } from "./describe-endpoints.ts";
import { examineDataFolder } from "./examine-data-folder.ts";
import { examineListener } from "./examine-listener.ts";
import { examineRecords } from "./examine-records.ts";
import { examineServers } from "./examine-servers.ts";
import { type FitSite, placeConfigured } from "./fit-model.ts";
import { loadTextModel } from "./load-text-model.ts";
import { formatPolicyProblems, readPolicyInForce } from "./read-policy.ts";
import { examineCatalog } from "./recommend-models.ts";
import { systemClock } from "./system-clock.ts";
import { devicesOf, usableDevices } from "../hosting/gpu-devices.ts";

/** One thing that was looked at. */
export interface Finding {
  /** `wrong` keeps something from working; `note` is worth knowing. */
  readonly verdict: "good" | "note" | "wrong";
  readonly subject: string;
  readonly message: string;
  /** What to do. */
  readonly remedy?: string;
}

/** Below this much free disk the journal may soon be unable to write, and then nothing leaves the box. */
const MIN_FREE_DISK_BYTES = 1024 ** 3;

/** Looks at everything that a start depends on, without starting anything. */
export async function examine(installation: {
  readonly environment: Pick<Environment, "host" | "port">;
  readonly config: ApplianceConfig;
  readonly dataDir: string;
  readonly installFolder: string;
}): Promise<readonly Finding[]> {
  const { environment, config, dataDir, installFolder } = installation;
  const folder = await examineDataFolder(dataDir);
  const endpoints = await describeEndpoints(config, dataDir);
  const hardware = await detectHardware({
    clock: systemClock,
    diskPath: existsSync(dataDir) ? dataDir : dirname(dataDir),
  });
  return [
    ...examineHardware(hardware, installFolder),
    ...examineCatalog(hardware, installFolder),
    ...(config.models.length === 0 ? [] : await examineIsolation(config.box.isolation)),
    ...examineTextModel(installFolder),
    ...examineEndpoints(endpoints),
    ...(await examineFit({ config, dataDir, hardware, gpuEngines: gpuEnginesIn(installFolder), clock: systemClock })),
    ...examineCredentials(config),
    ...examineRecords(config.audit),
    ...(folder.isReadable ? examinePolicy(config, dataDir, endpoints) : []),
    ...(await examineListener({ ...config.server, ...environment }, dataDir)),
    ...(await examineServers(dataDir, config.providers)),
    ...folder.findings,
  ];
}

/** Nothing to say where the text model is as it was released. */
function examineTextModel(installFolder: string): readonly Finding[] {
  const loaded = loadTextModel(installFolder);
  return loaded.kind === "loaded" ? [] : [{ verdict: "note", subject: "router", message: loaded.because }];
}

/** What keeps the processes of models apart from the rest of the machine. */
async function examineIsolation(mode: ApplianceConfig["box"]["isolation"]): Promise<readonly Finding[]> {
  const subject = "isolation";
  if (mode === "off") {
    const message = "models' processes may do all that this user may: box.isolation is off";
    return [{ verdict: "note", subject, message, remedy: "Set box.isolation to auto or required." }];
  }
  const { bounds } = await detectWorkerFence(process.env["PATH"] ?? "");
  const held = bounds.filter(({ holds }) => holds).map(({ name }) => name);
  const missing = bounds.filter(({ holds }) => !holds);
  return [
    { verdict: "good", subject, message: `models on the CPU are bounded in: ${held.join(", ")}` },
    ...missing.map((bound): Finding => ({
      verdict: mode === "required" && isForIsolation(bound) ? "wrong" : "note",
      subject,
      message: `${bound.name} is not bounded: ${bound.problem ?? "it is not to be had"}`,
    })),
  ];
}

function examineHardware(hardware: HardwareSnapshot, installFolder: string): readonly Finding[] {
  const { cpu, gpus, disk, problems = [] } = hardware;
  const findings: Finding[] = [
    {
      verdict: "good",
      subject: "cpu",
      message: `${cpu.effectiveCores} usable cores${cpu.model === undefined ? "" : `, ${cpu.model}`}`,
    },
  ];
  if (hardware.architecture === "x64" && cpu.flags.length > 0 && !cpu.flags.includes("avx2")) {
    findings.push({
      verdict: "note",
      subject: "cpu",
      message: "no AVX2: models of more than a billion parameters will be too slow to use",
    });
  }
  const engines = gpuEnginesIn(installFolder);
  const usable = new Set(usableDevices(gpus, engines).map(({ uuid, busId }) => uuid ?? busId));
  for (const gpu of devicesOf(gpus)) {
    const isUsable = usable.has(gpu.uuid ?? gpu.busId);
    const because =
      engines.length === 0
        ? "the engine's GPU build is not installed"
        : `the engine's build (${engines.join(", ")}) does not use it`;
    findings.push({
      verdict: isUsable ? "good" : "note",
      subject: "gpu",
      message: `${gpu.name ?? gpu.vendor}${isUsable ? "" : ` is not used: ${because}`}`,
      ...(isUsable || engines.length > 0
        ? {}
        : { remedy: `scripts/signalbox engines install ${gpu.vendor === "nvidia" ? "cuda" : "vulkan"}` }),
    });
  }
  if (disk?.freeBytes !== undefined && disk.freeBytes < MIN_FREE_DISK_BYTES) {
    findings.push({
      verdict: "wrong",
      subject: "disk",
      message: `only ${Math.round(disk.freeBytes / 1024 ** 2)} MiB are free at ${disk.path}`,
      remedy: "Free some space: when the audit log can't be written, nothing is sent.",
    });
  }
  return [
    ...findings,
    ...problems.map(({ probe, message }): Finding => ({ verdict: "note", subject: probe, message })),
  ];
}

function examineEndpoints(endpoints: readonly EndpointFacts[]): readonly Finding[] {
  if (endpoints.length === 0) {
    return [
      {
        verdict: "wrong",
        subject: "endpoints",
        message: "no models and no providers are configured, so the box can serve nothing",
        remedy: "Add `models:` or `providers:` to the configuration.",
      },
    ];
  }
  return endpoints.map((endpoint): Finding => {
    const { id, excludedBecause, price } = endpoint;
    if (excludedBecause !== undefined) {
      const isChoice = excludedBecause.startsWith(AIR_GAPPED);
      return {
        verdict: isChoice ? "note" : "wrong",
        subject: id,
        message: excludedBecause,
        ...(isChoice ? { remedy: "Set network.egress to allowlisted if it is to be used." } : {}),
      };
    }
    if (price === undefined && endpoint.location !== "box")
      return {
        verdict: "note",
        subject: id,
        message: "its price is unknown, so keys with a budget may not use it",
        remedy: "State `price` in the configuration.",
      };
    return {
      verdict: "good",
      subject: id,
      message: endpoint.location === "box" ? "hosted here" : `reached at ${endpoint.location}`,
    };
  });
}

/** Models that could not be loaded beside the others, with what would help. */
async function examineFit(site: FitSite): Promise<readonly Finding[]> {
  const { refused } = await placeConfigured(
    site,
    within(budgetOf(site.hardware), site.config.box.memory, () => 0),
  );
  return refused.map(({ modelId, why: { problem, remedy } }) => ({
    verdict: "wrong",
    subject: modelId,
    message: problem,
    ...(remedy === undefined ? {} : { remedy: `Change the model's entry: ${remedy}.` }),
  }));
}

function examineCredentials(config: ApplianceConfig): readonly Finding[] {
  return config.providers.flatMap(({ id, apiKey }): Finding[] => {
    if (apiKey === undefined) return [];
    const resolved = resolveSecret(apiKey, process.env);
    return resolved.ok
      ? []
      : [{ verdict: "wrong", subject: id, message: `its credential is missing: ${resolved.problem}` }];
  });
}

function examinePolicy(
  config: ApplianceConfig,
  dataDir: string,
  endpoints: readonly EndpointFacts[],
): readonly Finding[] {
  const policy = readPolicyInForce(config, dataDir, { endpoints, dataClasses: config.dataClasses });
  if (!policy.ok) return [{ verdict: "wrong", subject: "policy", message: formatPolicyProblems(policy) }];
  const { constraints, routes } = policy.policy;
  const message = `${policy.fileName}: ${constraints.length} constraints, ${routes.length} routes, ${policy.tests.length} tests passed`;
  return [
    { verdict: "good", subject: "policy", message },
    ...policy.warnings.map(({ line, message: text }): Finding => ({
      verdict: "note",
      subject: "policy",
      message: `line ${line}: ${text}`,
    })),
  ];
}
