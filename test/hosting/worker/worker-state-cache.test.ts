import { existsSync, readdirSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

const SHARED_MEMORY = "/dev/shm";
const CACHE_BYTES = 32 * 1024 * 1024;

let model: string;
let worker: WorkerProcess | undefined;

beforeAll(async () => {
  model = await buildTestModel("nano");
});
afterEach(async () => worker?.stop());

/** A worker with one slot, so that every other conversation takes it over. */
async function startOneSlot(stateCacheBytes = CACHE_BYTES): Promise<WorkerProcess> {
  worker = await startWorker(model, { slots: 1, contextTokens: 2_048, stateCacheBytes });
  return worker;
}

const longTalk = (word: string): ReturnType<typeof userSays> => userSays(`${word} is on the list. `.repeat(150));
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

describe.runIf(existsSync(SHARED_MEMORY))("a conversation whose slot was taken by another", () => {
  test("is restored when it comes back, and answered as if it had been read again", async () => {
    const at = await startOneSlot();
    const first = await ask(at, CATS);
    expect(first.cachedTokens).toBe(0);
    await ask(at, DOGS);
    const again = await ask(at, CATS);
    expect(again.cachedTokens).toBe(again.promptTokens - 1);
    expect(again.text).toBe(first.text);
    const dogsAgain = await ask(at, DOGS);
    expect(dogsAgain.cachedTokens).toBe(dogsAgain.promptTokens - 1);
  });

  test("is read again when its saved state was changed, and the worker goes on", async () => {
    const at = await startOneSlot();
    const first = await ask(at, CATS);
    await ask(at, DOGS);
    for (const name of readdirSync(folderOf(at))) {
      const bytes = await readFile(join(folderOf(at), name));
      bytes.fill(0xff, bytes.length >> 1);
      await writeFile(join(folderOf(at), name), bytes);
    }
    const again = await ask(at, CATS);
    expect([again.text, again.cachedTokens]).toEqual([first.text, 0]);
    expect((await ask(at, CATS)).cachedTokens).toBe(again.promptTokens - 1);
  });

  test("is read again when its saved state is gone", async () => {
    const at = await startOneSlot();
    const first = await ask(at, CATS);
    await ask(at, DOGS);
    for (const name of readdirSync(folderOf(at))) await writeFile(join(folderOf(at), name), "");
    expect(await ask(at, CATS)).toEqual(first);
  });

  test("leaves nothing to another scope, neither in the slot nor saved", async () => {
    const at = await startOneSlot();
    const mine = await ask(at, CATS, "mine");
    expect(await ask(at, CATS, "theirs")).toEqual({ ...mine, cachedTokens: 0 });
    expect((await ask(at, CATS, "mine")).cachedTokens).toBe(mine.promptTokens - 1);
    expect((await ask(at, CATS)).cachedTokens).toBe(0);
  });

  test("is saved only as far as there is room", async () => {
    const at = await startOneSlot(1_000);
    await ask(at, CATS);
    await ask(at, DOGS);
    expect((await at.health()).saved_states).toEqual({ count: 0, bytes: 0 });
    // Every conversation begins with the same few tokens of the template.
    expect((await ask(at, CATS)).cachedTokens).toBeLessThan(10);
  });

  test("is in a folder that nobody else can enter, and gone with the worker", async () => {
    const at = await startOneSlot();
    await ask(at, CATS);
    await ask(at, DOGS);
    const folder = folderOf(at);
    const { saved_states: saved } = await at.health();
    expect(saved.count).toBe(1);
    const files = readdirSync(folder).map((name) => statSync(join(folder, name)));
    expect(files.map(({ size }) => size)).toEqual([saved.bytes]);
    expect([statSync(folder).mode & 0o777, ...files.map(({ mode }) => mode & 0o777)]).toEqual([0o700, 0o600]);
    at.child.send({ kind: "stop" });
    await once(at.child, "exit");
    expect(existsSync(folder)).toBe(false);
  });

  test("that a killed worker had saved is removed when the next one starts", async () => {
    const killed = await startOneSlot();
    const folder = folderOf(killed);
    expect(existsSync(folder)).toBe(true);
    await killed.stop();
    await startOneSlot();
    expect(existsSync(folder)).toBe(false);
  });
});
