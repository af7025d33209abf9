import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import { MAX_KINDS, MAX_MODELS_OF_KIND, type LearnedLengths } from "../dispatch/learn/learned-lengths.ts";
import { syncFolder } from "../journal/data-dir.ts";

/** Under the data directory. It may be deleted at any time: then learning starts anew. */
const FILE_NAME = "learned.json";

/** A file that is larger was not written here. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** What was learned since may be lost in a crash: it is learned again within minutes. */
const SAVE_EVERY_MS = 5 * 60_000;

const sketch = z.array(z.tuple([z.int().min(0), z.number().min(0).max(1_000_000)])).max(100);

const learned = z.strictObject({
  version: z.literal(1),
  lengths: z
    .array(
      z.strictObject({
        kind: z.string().max(1_000),
        all: sketch,
        models: z.array(z.tuple([z.string().max(1_000), sketch])).max(MAX_MODELS_OF_KIND),
      }),
    )
    .max(MAX_KINDS),
});

/** The part of pino's logger that this needs. */
interface LearnedLog {
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * Restores what was learned about the length of answers before, and keeps it from now on: every few minutes and when it is
 * closed. What can't be read is no reason not to start: learning begins anew, and the log says so.
 */
export async function keepLearnedLengths(options: {
  readonly dataDir: string;
  readonly lengths: LearnedLengths;
  readonly clock: Clock;
  readonly log: LearnedLog;
}): Promise<{ close(): Promise<void> }> {
  const { dataDir, lengths, clock, log } = options;
  const file = join(dataDir, FILE_NAME);
  await restore(file, lengths, log);
  let saving: Promise<void> = Promise.resolve();
  let cancelTimer = (): void => undefined;
  let isClosed = false;
  const save = (): Promise<void> => {
    saving = saving
      .then(() => writeWhole(file, JSON.stringify({ version: 1, lengths: lengths.save() })))
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

async function restore(file: string, lengths: LearnedLengths, log: LearnedLog): Promise<void> {
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE_BYTES) throw new Error(`the file has ${size} bytes`);
    lengths.restore(learned.parse(JSON.parse(await readFile(file, "utf8"))).lengths);
  } catch (err) {
    if (err instanceof Error && "code" in err && err.code === "ENOENT") return;
    log.warn({ err, file }, "what was learned about answers can't be read; learning begins anew");
  }
}

/** Written whole under another name first, so that a crash leaves the old file or the new one. */
async function writeWhole(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}
