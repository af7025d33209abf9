import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import { MAX_RATES } from "../dispatch/learn/learned-rates.ts";
import { MAX_KINDS, MAX_MODELS_OF_KIND, type LearnedLengths } from "../dispatch/learn/learned-lengths.ts";
import { MAX_SAVED_SAMPLES } from "../dispatch/learn/rolling-window.ts";
import type { LiveEndpoint } from "../dispatch/live-endpoint.ts";
import { writeWhole } from "../files/write-whole.ts";

/** Under the data directory. It may be deleted at any time: then learning starts anew. */
const FILE_NAME = "learned.json";

/** A file that is larger was not written here. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** What was learned since may be lost in a crash: it is learned again within minutes. */
const SAVE_EVERY_MS = 5 * 60_000;

/** Endpoints whose speed is kept. */
const MAX_ENDPOINTS = 10_000;

const sketch = z.array(z.tuple([z.int().min(0), z.number().min(0).max(1_000_000)])).max(100);

const lengths = z
  .array(
    z.strictObject({
      kind: z.string().max(1_000),
      all: sketch,
      models: z.array(z.tuple([z.string().max(1_000), sketch])).max(MAX_MODELS_OF_KIND),
    }),
  )
  .max(MAX_KINDS);

const samples = z.array(z.tuple([z.number().min(0), z.number().min(0)])).max(MAX_SAVED_SAMPLES);

const speed = z.strictObject({
  endpointId: z.string().max(1_000),
  /** What it was measured on; another server or device under the same name is measured anew. */
  server: z.string().max(4_000),
  firstContentMs: samples,
  tokensPerSecond: samples,
  serviceMs: samples,
  rates: z.array(z.tuple([z.int().min(1), z.number().positive(), z.int().min(1)])).max(MAX_RATES),
  errors: z.strictObject({ firstContent: samples, writing: samples }),
  coldStartMs: z.number().min(0).optional(),
});

const learned = z.union([
  z.strictObject({
    version: z.literal(2),
    /** On the wall clock. */
    savedAtMs: z.number(),
    lengths,
    speeds: z.array(speed).max(MAX_ENDPOINTS),
  }),
  // Of releases that kept lengths alone.
  z.strictObject({ version: z.literal(1), lengths }).transform((file) => ({ ...file, savedAtMs: 0, speeds: [] })),
]);

/** The part of pino's logger that this needs. */
interface LearnedLog {
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** What is kept over a restart. */
export interface KeptLearning {
  readonly dataDir: string;
  readonly lengths: LearnedLengths;
  /** Those of the configuration that counts. */
  readonly endpoints: () => Iterable<LiveEndpoint>;
  readonly clock: Clock;
  readonly log: LearnedLog;
}

/**
 * Restores what was learned about the length of answers and the speed of endpoints before, and keeps it from now on: every
 * few minutes and when it is closed. What can't be read is no reason not to start: learning begins anew, and the log says so.
 */
export async function keepLearned(options: KeptLearning): Promise<{ close(): Promise<void> }> {
  const { dataDir, clock, log } = options;
  const file = join(dataDir, FILE_NAME);
  await restore(file, options);
  let saving: Promise<void> = Promise.resolve();
  let cancelTimer = (): void => undefined;
  let isClosed = false;
  const save = (): Promise<void> => {
    saving = saving
      .then(() => writeWhole(file, JSON.stringify(toSave(options))))
      .catch((err: unknown) => log.warn({ err, file }, "what was learned about answers could not be kept"));
    return saving;
  };
  const saveLater = (): void => {
    if (isClosed) return;
    cancelTimer = clock.after(SAVE_EVERY_MS, () => void save().then(saveLater));
  };
  saveLater();
  return {
    close() {
      isClosed = true;
      cancelTimer();
      return save();
    },
  };
}

function toSave({ lengths: known, endpoints, clock }: KeptLearning): z.input<typeof learned> {
  const speeds = [...endpoints()]
    .slice(0, MAX_ENDPOINTS)
    .map((live) => ({ endpointId: live.facts.id, server: serverOf(live), ...live.saveLearned() }));
  // The schema has mutable arrays; what is written is only read.
  return { version: 2, savedAtMs: clock.wallMs(), lengths: known.save(), speeds } as unknown as z.input<typeof learned>;
}

async function restore(file: string, { lengths: known, endpoints, clock, log }: KeptLearning): Promise<void> {
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE_BYTES) throw new Error(`the file has ${size} bytes`);
    const saved = learned.parse(JSON.parse(await readFile(file, "utf8")));
    known.restore(saved.lengths);
    // Of a clock that was set back nobody knows how old anything is: then it is too old to count as recent.
    const passedMs = clock.wallMs() - saved.savedAtMs;
    const olderByMs = passedMs < 0 ? Infinity : passedMs;
    const byId = new Map(saved.speeds.map((one) => [one.endpointId, one]));
    for (const live of endpoints()) {
      const one = byId.get(live.facts.id);
      if (one?.server === serverOf(live)) live.restoreLearned(one, olderByMs);
    }
  } catch (err) {
    if (err instanceof Error && "code" in err && err.code === "ENOENT") return;
    log.warn({ err, file }, "what was learned about answers can't be read; learning begins anew");
  }
}

/** Everything that makes an endpoint another one for what was measured of it. */
function serverOf({ endpoint, facts }: LiveEndpoint): string {
  const { upstreamId, device, quantization, slots } = facts;
  return JSON.stringify([endpoint.destination?.origin, upstreamId, device, quantization, slots]).slice(0, 4_000);
}
