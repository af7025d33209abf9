import { onTestFinished } from "vitest";
import { buildEndpoints } from "../../src/app/build-endpoints.ts";
import { createProber } from "../../src/app/create-prober.ts";
import { openRecords } from "../../src/app/open-records.ts";
import { createProviderControls } from "../../src/app/provider-controls.ts";
import { openLeafReader } from "../../src/audit/read-leaves.ts";
import { applianceSchema } from "../../src/config/appliance-schema.ts";
import type { CompiledPolicy } from "../../src/core/policy-port.ts";
import { createInferenceService, type ActiveRouting, type DispatchPorts } from "../../src/dispatch/execute-request.ts";
import { OPEN_POLICY } from "../support/dispatch-box.ts";
import { answerProbes } from "../support/answer-probes.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

/** One provider's model, as the configuration has it: six questions are put to it. */
const MODEL = { id: "maker/model", price: { input: 1, output: 2 } };

/** What makes it a model to which all eleven are put. */
export const EVERYTHING = { contextTokens: 4_096, capabilities: ["tools", "json-schema"] };

/** What a test may say about its box. */
export interface ProbeBoxSetup {
  readonly policy?: CompiledPolicy;
  readonly probes?: object | null;
  readonly model?: object;
  readonly upstream?: UpstreamServer;
  readonly dataDir?: string;
}

/**
 * A box with one provider, a real server on a real socket; with records on disk and the door, the breaker and the way out
 * of a running box, but time and chance in the test's hands.
 */
export async function probeBox(setup: ProbeBoxSetup = {}) {
  const { policy = OPEN_POLICY, probes = { budgetPerDay: 1, interval: "1h" }, dataDir = temporaryFolder() } = setup;
  const upstream = setup.upstream ?? (await startUpstreamServer({ behave: answerProbes() }));
  const clock = new ManualClock();
  const records = await openRecords({ dataDir, clock });
  const config = applianceSchema.parse({
    network: { egress: "allowlisted" },
    providers: [{ id: "acme", baseUrl: upstream.baseUrl, location: "cloud", models: [{ ...MODEL, ...setup.model }] }],
    ...(probes === null ? {} : { probes }),
  });
  const built = buildEndpoints(config, [], {
    clock,
    redeemPermit: records.redeemPermit,
    environment: {},
    roomForModels: () => Promise.resolve(),
  });
  const routing: ActiveRouting = {
    policy,
    dataClasses: config.dataClasses,
    endpoints: new Map([...built].map(([id, { live }]) => [id, live])),
  };
  const told: { readonly level: string; readonly message: string; readonly facts: object }[] = [];
  const tell = (level: string) => (facts: object, message: string) => void told.push({ level, facts, message });
  const log = { info: tell("info"), warn: tell("warn"), error: tell("error") };
  const alerts = new Map<string, boolean>();
  const outcomes: string[] = [];
  const dispatch: DispatchPorts = { clock, journal: records.decisions, keys: records.keys, log, active: () => routing };
  const { prober, reader } = createProber({
    dataDir,
    records,
    configuration: { active: { source: { config } }, routing },
    random: { next: () => 0.5 },
    dispatch,
    log,
    metrics: {
      probeEnded: (_, check, outcome) => void outcomes.push(`${check} ${outcome}`),
      alertChanged: (_, subject, stands) => void alerts.set(subject, stands),
    },
  });
  const leaves = openLeafReader(dataDir);
  const controls = createProviderControls({
    ...{ clock, leaves, keys: records.keys, prober, reader },
    configuration: { active: { source: { config } }, routing },
  });
  const close = async (): Promise<void> => {
    await prober.stop();
    reader.close();
    leaves.close();
    for (const one of built.values()) await one.close();
    await records.close();
  };
  let isClosed = false;
  const closeOnce = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await close();
    if (setup.upstream === undefined) await upstream.close();
  };
  onTestFinished(closeOnce);
  return {
    ...{ clock, upstream, prober, reader, controls, records, leaves, told, alerts, outcomes, dataDir },
    service: createInferenceService(dispatch),
    round: () => prober.round(undefined, new AbortController().signal),
    close: closeOnce,
  };
}
