import { expect, it } from "vitest";
import { untilMemoryIsBack } from "../../../src/hosting/placement/until-memory-is-back.ts";
import { ManualClock } from "../../support/manual-clock.ts";

/** A driver that frees memory as the test says, and the looks at it. */
function driver(held: Readonly<Record<string, number>>) {
  const clock = new ManualClock();
  let freeBytes: number | undefined = 100;
  let looks = 0;
  const readMemory = () => {
    looks += 1;
    return Promise.resolve({ "gpu:G": freeBytes === undefined ? {} : { freeBytes } });
  };
  let isBack = false;
  const begin = async (): Promise<void> => {
    const wait = await untilMemoryIsBack(held, { clock, readMemory });
    void wait().then(() => (isBack = true));
    await settle();
  };
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 250) {
      clock.advance(250);
      await settle();
    }
  };
  return { begin, pass, isBack: () => isBack, looks: () => looks, free: (bytes?: number) => (freeBytes = bytes) };
}

/** Lets what waits for resolved promises run. */
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it("after an unload the driver is waited for until it has given most of the memory back", async () => {
  const gpu = driver({ cpu: 50, "gpu:G": 1_000 });
  await gpu.begin();
  gpu.free(800);
  await gpu.pass(1_000);
  expect(gpu.isBack()).toBe(false);
  gpu.free(850);
  await gpu.pass(250);
  expect(gpu.isBack()).toBe(true);
});

it("a driver that does not give it back is waited for no longer than 5 s: another program may have taken it", async () => {
  const gpu = driver({ "gpu:G": 1_000 });
  await gpu.begin();
  await gpu.pass(4_750);
  expect(gpu.isBack()).toBe(false);
  await gpu.pass(250);
  expect(gpu.isBack()).toBe(true);
});

it("nothing is waited for where the free memory is unknown", async () => {
  const gpu = driver({ "gpu:G": 1_000 });
  gpu.free();
  await gpu.begin();
  expect(gpu.isBack()).toBe(true);
});

it("the machine's own memory is not looked at: the kernel frees it before it reports the end of a process", async () => {
  const cpu = driver({ cpu: 1_000 });
  await cpu.begin();
  expect([cpu.isBack(), cpu.looks()]).toEqual([true, 0]);
});
