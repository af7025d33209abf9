import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { cloudProvider } from "../support/faulty-provider.ts";
import { openStream, readEvents } from "../support/read-stream.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";
import { isAlive, processorTicks, workerPid } from "../support/worker-processes.ts";

const ENDLESS = "test/endless";
const OTHER = "test/other";

/** A prompt that takes the endless model seconds to read. */
const LONG_PROMPT = "one two three four five six seven eight nine ten ".repeat(1_500);

describe.skipIf(process.platform !== "linux")("a box with two models of its own and a cloud", () => {
  let box: RunningBox;
  let cloud: UpstreamServer;

  beforeAll(async () => {
    cloud = await startUpstreamServer({ behave: chat({ pieces: ["From ", "the cloud."] }) });
    box = await runBox({
      config: {
        network: { egress: "allowlisted" },
        models: [
          {
            id: ENDLESS,
            file: await buildTestModel("scripted-endless", { contextTokens: 32_768 }),
            slots: 2,
            contextTokens: 32_768,
            device: "cpu",
          },
          { id: OTHER, file: await buildTestModel("scripted"), slots: 1, device: "cpu" },
        ],
        providers: [cloudProvider("cloud", cloud.baseUrl)],
      },
    });
  });

  afterAll(async () => {
    await box.stop();
    await cloud.close();
  });

  const say = (content: string, extra: object = {}) => ({
    model: ENDLESS,
    messages: [{ role: "user", content }],
    max_tokens: 20_000,
    ...extra,
  });
  const pid = (model: string): number => workerPid(box.process.pid, model);
  const running = async (model: string): Promise<number> => {
    const response = await box.get(`/v1/models/${model}/endpoints`);
    const { data } = (await response.json()) as { data: { endpoints: { signalbox: { running: number } }[] } };
    return data.endpoints[0]?.signalbox.running ?? Number.NaN;
  };
  /** Whether the worker of a model did next to nothing for a fifth of a second. */
  const isIdle = async (model: string): Promise<boolean> => {
    const before = processorTicks(pid(model));
    await new Promise((wake) => setTimeout(wake, 200));
    return processorTicks(pid(model)) - before <= 2;
  };

  it("stops a generation whose client leaves, and goes on with the other", async () => {
    const [leaving, staying] = await Promise.all([
      openStream(box.url, ADMIN_KEY, say("Count.")),
      openStream(box.url, ADMIN_KEY, say("Count, too.")),
    ]);
    await Promise.all([leaving.until(50), staying.until(50)]);
    expect(await running(ENDLESS)).toBe(2);
    leaving.leave();
    await expect.poll(() => running(ENDLESS), { timeout: 1_000, interval: 20 }).toBe(1);
    await staying.until(staying.text().length + 500);
    staying.leave();
    await expect.poll(() => running(ENDLESS), { timeout: 1_000, interval: 20 }).toBe(0);
    await expect.poll(() => isIdle(ENDLESS), { timeout: 5_000 }).toBe(true);
  });

  it("stops reading a long prompt whose client leaves", async () => {
    const gone = new AbortController();
    const asking = fetch(`${box.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
      body: JSON.stringify(say(LONG_PROMPT, { max_tokens: 4 })),
      signal: gone.signal,
    }).catch((error: unknown) => error);
    await expect.poll(() => running(ENDLESS), { interval: 5 }).toBe(1);
    gone.abort();
    await asking;
    await expect.poll(() => running(ENDLESS), { timeout: 1_000, interval: 20 }).toBe(0);
    await expect.poll(() => isIdle(ENDLESS), { timeout: 5_000 }).toBe(true);
  });

  it("says so in the stream when its process is killed, and serves the next request", async () => {
    const [cut, other] = await Promise.all([
      openStream(box.url, ADMIN_KEY, say("Count.")),
      openStream(box.url, ADMIN_KEY, say("Count, too.")),
    ]);
    await Promise.all([cut.until(50), other.until(50)]);
    const killed = pid(ENDLESS);
    process.kill(killed, "SIGKILL");
    await Promise.all([cut.rest(), other.rest()]);
    for (const stream of [cut, other]) {
      const { error, done, finishReasons } = readEvents(stream.raw());
      expect(error?.code).toBe("worker_failed");
      expect(done).toBe(false);
      expect(finishReasons).not.toContain("stop");
    }
    const healthy = await box.chat(say("Hello", { model: OTHER, max_tokens: 40 }));
    expect(healthy.status).toBe(200);
    const next = await box.chat(say("Count.", { max_tokens: 4 }));
    expect(next.status).toBe(200);
    expect(pid(ENDLESS)).not.toBe(killed);
    expect(isAlive(killed)).toBe(false);
  });

  it("answers from another model within the deadline when its process hangs, and replaces the process", async () => {
    const hung = pid(ENDLESS);
    process.kill(hung, "SIGSTOP");
    const response = await box.chat(
      say("Count.", { max_tokens: 4, models: ["team/chat"], provider: { sort: "price" } }),
      {
        "x-deadline-ms": "3000",
      },
    );
    expect(response.status).toBe(200);
    expect(response.headers.get("x-signalbox-endpoint")).toBe("cloud/team/chat");
    await expect
      .poll(async () => (await box.chat(say("Count.", { max_tokens: 4 }), { "x-deadline-ms": "5000" })).status, {
        timeout: 25_000,
      })
      .toBe(200);
    expect(pid(ENDLESS)).not.toBe(hung);
    await expect.poll(() => isAlive(hung)).toBe(false);
  });
});
