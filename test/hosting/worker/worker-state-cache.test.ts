import { existsSync, readdirSync, statSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

const SHARED_MEMORY = "/dev/shm";
const CACHE_BYTES = 32 * 1024 * 1024;

/** Each starts a process, which takes its time on a busy machine. */
const TIMEOUT_MS = 120_000;

let model: string;
/** With one slot, so that every other conversation takes it over. Each test has scopes of its own. */
let shared: WorkerProcess;
const others: WorkerProcess[] = [];

async function startOneSlot(stateCacheBytes = CACHE_BYTES): Promise<WorkerProcess> {
  return await startWorker(model, { slots: 1, contextTokens: 2_048, stateCacheBytes });
}

beforeAll(async () => {
  model = await buildTestModel("noise");
  shared = await startOneSlot();
}, TIMEOUT_MS);
afterAll(async () => {
  for (const worker of [shared, ...others]) await worker?.stop();
});

const longTalk = (word: string): ReturnType<typeof userSays> => userSays(`${word} is on the list. `.repeat(110));
const CATS = longTalk("The cat");
const DOGS = longTalk("A dog");

interface Said {
  readonly text: string | null | undefined;
  readonly cachedTokens: number;
  readonly promptTokens: number;
}

async function ask(at: WorkerProcess, messages: ReturnType<typeof userSays>, scope?: string): Promise<Said> {
  const headers = scope === undefined ? {} : { "x-signalbox-cache-scope": scope };
  const { choices, usage } = await at.chat({ messages, temperature: 0, max_tokens: 12 }, headers);
  return {
    text: choices[0]?.message.content,
    cachedTokens: usage.prompt_tokens_details.cached_tokens,
    promptTokens: usage.prompt_tokens,
  };
}

/** The worker's private folder. */
function folderOf({ child }: WorkerProcess): string {
  const name = readdirSync(SHARED_MEMORY).find((one) => new RegExp(`^signalbox-state-\\d+-${child.pid}-`).test(one));
  return join(SHARED_MEMORY, name ?? "no such folder");
}

describe.runIf(existsSync(SHARED_MEMORY))(
  "a conversation whose slot was taken by another",
  { timeout: TIMEOUT_MS },
  () => {
    test("is restored when it comes back, and answered as if it had been read again", async () => {
      const first = await ask(shared, CATS, "restored");
      expect(first.cachedTokens).toBe(0);
      await ask(shared, DOGS, "restored");
      const again = await ask(shared, CATS, "restored");
      expect(again.cachedTokens).toBe(again.promptTokens - 1);
      expect(again.text).toBe(first.text);
      const dogsAgain = await ask(shared, DOGS, "restored");
      expect(dogsAgain.cachedTokens).toBe(dogsAgain.promptTokens - 1);
    });

    test("is read again when its saved state was changed, and the worker goes on", async () => {
      const first = await ask(shared, CATS, "changed");
      await ask(shared, DOGS, "another");
      for (const name of readdirSync(folderOf(shared))) {
        const bytes = await readFile(join(folderOf(shared), name));
        bytes.fill(0xff, bytes.length >> 1);
        await writeFile(join(folderOf(shared), name), bytes);
      }
      const again = await ask(shared, CATS, "changed");
      expect(again).toEqual(first);
      expect((await ask(shared, CATS, "changed")).cachedTokens).toBe(again.promptTokens - 1);
    });

    test("is read again when its saved state is gone", async () => {
      const first = await ask(shared, CATS, "gone");
      await ask(shared, DOGS, "another");
      for (const name of readdirSync(folderOf(shared))) await rm(join(folderOf(shared), name));
      expect(await ask(shared, CATS, "gone")).toEqual(first);
    });

    test("leaves nothing to another scope, neither in the slot nor saved", async () => {
      const mine = await ask(shared, CATS, "mine");
      expect(await ask(shared, CATS, "theirs")).toEqual({ ...mine, cachedTokens: 0 });
      expect((await ask(shared, CATS, "mine")).cachedTokens).toBe(mine.promptTokens - 1);
      expect((await ask(shared, CATS)).cachedTokens).toBe(0);
    });

    test("is in a folder that nobody else can enter, and gone with the worker", async () => {
      const own = await startOneSlot();
      others.push(own);
      await ask(own, CATS);
      await ask(own, DOGS);
      const folder = folderOf(own);
      const { saved_states: saved } = await own.health();
      const files = readdirSync(folder).map((name) => statSync(join(folder, name)));
      expect(files).toHaveLength(saved.count);
      expect(files.reduce((sum, { size }) => sum + size, 0)).toBe(saved.bytes);
      expect(new Set([statSync(folder).mode & 0o777, ...files.map(({ mode }) => mode & 0o777)])).toEqual(
        new Set([0o700, 0o600]),
      );
      own.child.send({ kind: "stop" });
      await once(own.child, "exit");
      expect(existsSync(folder)).toBe(false);
    });

    test("is saved only as far as there is room, and what a killed worker leaves is removed by the next one", async () => {
      const small = await startOneSlot(1_000);
      others.push(small);
      await ask(small, CATS);
      await ask(small, DOGS);
      expect((await small.health()).saved_states).toEqual({ count: 0, bytes: 0 });
      // Every conversation begins with the same few tokens of the template.
      expect((await ask(small, CATS)).cachedTokens).toBeLessThan(10);
      const folder = folderOf(small);
      expect(existsSync(folder)).toBe(true);
      await small.stop();
      others.push(await startOneSlot());
      expect(existsSync(folder)).toBe(false);
    });
  },
);

describe.runIf(existsSync(SHARED_MEMORY))("a beginning that another slot holds", { timeout: TIMEOUT_MS }, () => {
  const rules = "Every agent keeps to these rules. ".repeat(70);
  const agent = (task: string): ReturnType<typeof userSays> => userSays(`${rules}${task}`);

  test("is copied instead of read again while that slot is busy, and never for another scope", async () => {
    const two = await startWorker(model, { slots: 2, contextTokens: 16_384, stateCacheBytes: CACHE_BYTES });
    others.push(two);
    const alone = await ask(two, agent("Count the boats."), "alone");
    const client = new AbortController();
    // Without an end, and for a client that reads no further: its slot stays busy.
    const endless = { messages: agent("Tell a story."), max_tokens: 15_000, grammar: `root ::= [a-z] root` };
    const story = two.stream(endless, client.signal);
    await story.next();
    const boats = await ask(two, agent("Count the boats."));
    expect((await two.health()).slots.filter(({ busy }) => busy)).toHaveLength(1);
    expect(boats.cachedTokens).toBeGreaterThan(alone.promptTokens / 2);
    expect(boats.text).toBe(alone.text);
    expect((await ask(two, agent("Count the boats."), "strangers")).cachedTokens).toBe(0);
    client.abort();
  });
});
