import { onTestFinished } from "vitest";
import { buildEndpoints } from "../../src/app/build-endpoints.ts";
import { createComparer } from "../../src/app/create-comparer.ts";
import { openRecords } from "../../src/app/open-records.ts";
import { openLeafReader } from "../../src/audit/read-leaves.ts";
import { applianceSchema } from "../../src/config/appliance-schema.ts";
import type { ComparisonOutcome } from "../../src/core/comparison-metrics.ts";
import type { CompiledPolicy } from "../../src/core/policy-port.ts";
import type { Principal } from "../../src/core/principal.ts";
import { createInferenceService, type ActiveRouting, type DispatchPorts } from "../../src/dispatch/execute-request.ts";
import { parseChatRequest } from "../../src/gateway/openai/parse-chat-request.ts";
import { OPEN_POLICY } from "../support/dispatch-box.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { chat } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamBehaviour } from "../support/upstream-server.ts";

export const CALLER: Principal = {
  ...{
    keyId: "key_caller",
    keyName: "caller",
    role: "inference",
    tags: ["eu"],
    team: "support",
    dataClass: "internal",
  },
};

const says = (text: string): UpstreamBehaviour => chat({ pieces: [text], usage: USAGE });

const KEEPS_NOTHING = { retentionDays: 0, trainsOnData: false };

const USAGE = { prompt_tokens: 50, completion_tokens: 10, total_tokens: 60 };

/** What a test may say about its box. */
export interface ComparisonBoxSetup {
  readonly policy?: CompiledPolicy;
  readonly comparisons?: object | null;
  /** By the model that is asked; the judge prefers the answer that has the word "right" in it. */
  readonly answers?: Readonly<Record<string, UpstreamBehaviour>>;
}

/** A strong model, a cheap one and a judge, on a real server; time and chance are the test's. */
export async function comparisonBox({ policy = OPEN_POLICY, comparisons = {}, answers = {} }: ComparisonBoxSetup = {}) {
  const clock = new ManualClock();
  const dataDir = temporaryFolder();
  const records = await openRecords({ dataDir, clock });
  const behaviours: Record<string, UpstreamBehaviour> = {
    strong: says("the right answer"),
    cheap: says("nonsense"),
    judge: async (request, response) => {
      const asked = String((request.json()["messages"] as { content: string }[])[0]?.content);
      const [, a = "", b = ""] = /<answer_a>\n(.*)\n<\/answer_a>\n<answer_b>\n(.*)\n<\/answer_b>/s.exec(asked) ?? [];
      const isRight = (text: string) => text.includes("right");
      const word = isRight(a) === isRight(b) ? "EQUAL" : isRight(a) ? "A" : "B";
      await says(word)(request, response);
    },
    ...answers,
  };
  const upstream = await startUpstreamServer({
    behave: (request, response) => behaviours[String(request.json()["model"])]?.(request, response),
  });
  const model = (id: string, quality: number) => ({ id, quality, price: { input: 1, output: 2 } });
  const config = applianceSchema.parse({
    network: { egress: "allowlisted" },
    providers: [
      { id: "acme", baseUrl: upstream.baseUrl, location: "cloud", models: [model("strong", 0.9)], ...KEEPS_NOTHING },
      { id: "local", baseUrl: upstream.baseUrl, location: "site", models: [model("cheap", 0.2)], maxConcurrency: 1 },
      { id: "bench", baseUrl: upstream.baseUrl, location: "cloud", models: [model("judge", 0.95)] },
    ].map((provider) => ({ engine: "openai", ...provider })),
    ...(comparisons === null
      ? {}
      : { comparisons: { budgetPerDay: 1, share: 1, cheap: "local/cheap", judge: "judge", ...comparisons } }),
  });
  const built = buildEndpoints(config, [], {
    ...{ clock, redeemPermit: records.redeemPermit, environment: {}, roomForModels: () => Promise.resolve() },
  });
  const routing: ActiveRouting = {
    ...{ policy, dataClasses: config.dataClasses },
    endpoints: new Map([...built].map(([id, { live }]) => [id, live])),
  };
  const errors: object[] = [];
  const log = { warn: () => undefined, error: (facts: object) => void errors.push(facts) };
  const dispatch: DispatchPorts = { clock, journal: records.decisions, keys: records.keys, log, active: () => routing };
  const outcomes: ComparisonOutcome[] = [];
  let draws = 0;
  const comparer = createComparer({
    configuration: { active: { source: { config } }, routing },
    // In turn, so that the cheap answer stands first in one comparison and second in the next.
    random: { next: () => (draws++ % 4 < 2 ? 0.1 : 0.9) },
    ...{ dispatch, feedback: records.feedback, log },
    metrics: { comparisonEnded: (outcome) => void outcomes.push(outcome) },
  });
  const leaves = openLeafReader(dataDir);
  const service = comparer.over(createInferenceService(dispatch));
  onTestFinished(async () => {
    await comparer.stop();
    leaves.close();
    for (const one of built.values()) await one.close();
    await upstream.close();
    await records.close();
  });
  let requests = 0;
  const begin = (fields: object = {}, headers: Record<string, string> = {}) => {
    const body = {
      model: "strong",
      messages: [{ role: "user", content: "What is 2 + 2?" }],
      max_tokens: 50,
      ...fields,
    };
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const request = parseChatRequest(bytes, headers, config.dataClasses);
    const signal = new AbortController().signal;
    return service.execute({ requestId: `req_${++requests}`, request, principal: CALLER, signal });
  };
  return {
    ...{ clock, upstream, records, leaves, comparer, outcomes, errors, behaviours, begin },
    /** Asks as a caller would, and reads the answer to its end; the comparison may go on behind it. */
    ask: async (fields: object = {}, headers: Record<string, string> = {}): Promise<string> => {
      let text = "";
      for await (const { json } of (await begin(fields, headers)).events) text += new TextDecoder().decode(json);
      return text;
    },
    /** The models that were asked so far, in order. */
    asked: () => upstream.requests.map((request) => String(request.json()["model"])),
  };
}
