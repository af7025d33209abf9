import { describe, expect, it } from "vitest";
import { SessionMemory } from "../../src/dispatch/session-memory.ts";
import { chatRequest, chunk, dispatchBox, PRINCIPAL, ScriptedEndpoint, streamOf } from "../support/dispatch-box.ts";
import { ManualClock } from "../support/manual-clock.ts";

const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000 };
const CACHING = { ...PRICE, cachedInputMicroUsdPerMillion: 100_000 };
const USAGE = { promptTokens: 100, completionTokens: 20, basis: "measured" } as const;

const factsOf = (id: string, price = PRICE) => new ScriptedEndpoint({ id, price }, () => streamOf([])).facts;
const jobOf = (sessionId?: string, keyId = "key1", model = "m") => ({
  principal: { ...PRINCIPAL, keyId },
  request: chatRequest({ model, ...(sessionId === undefined ? {} : { sessionId }) }),
});

describe("a session", () => {
  it.each<[string, ReturnType<typeof factsOf>, object, boolean]>([
    ["where reading the cache costs less", factsOf("acme/m", CACHING), {}, true],
    ["where the provider said that it read its cache", factsOf("acme/m"), { cachedPromptTokens: 64 }, true],
    ["in a model's memory on this box", factsOf("box/m"), {}, true],
    ["where its prefix is worth nothing", factsOf("acme/m"), {}, false],
  ])("is remembered %s: %j", (_, facts, extra, remembered) => {
    const memory = new SessionMemory(new ManualClock());
    memory.answered(jobOf("s"), facts, { ...USAGE, ...extra });
    expect(memory.find(jobOf("s"))?.endpointId).toBe(remembered ? facts.id : undefined);
  });

  it("brings the tokens that it probably finds there: the prompt and the answer", () => {
    const memory = new SessionMemory(new ManualClock());
    memory.answered(jobOf("s"), factsOf("box/m"), USAGE);
    expect(memory.find(jobOf("s"))).toMatchObject({ cachedPromptTokens: 120 });
  });

  it("is forgotten after ten minutes without a request, and kept by each answer", () => {
    const clock = new ManualClock();
    const memory = new SessionMemory(clock);
    memory.answered(jobOf("s"), factsOf("box/m"), USAGE);
    clock.advance(9 * 60_000);
    memory.answered(jobOf("s"), factsOf("box/m"), USAGE);
    clock.advance(9 * 60_000);
    expect(memory.find(jobOf("s"))).toBeDefined();
    clock.advance(60_001);
    expect(memory.find(jobOf("s"))).toBeUndefined();
  });

  it("belongs to one key and one model, and a request without a name belongs to none", () => {
    const memory = new SessionMemory(new ManualClock());
    memory.answered(jobOf("s"), factsOf("box/m"), USAGE);
    memory.answered(jobOf(), factsOf("box/m"), USAGE);
    expect(memory.find(jobOf("s", "key2"))).toBeUndefined();
    expect(memory.find(jobOf("s", "key1", "n"))).toBeUndefined();
    expect(memory.find(jobOf())).toBeUndefined();
  });

  it("gives its place to newer ones when there are too many", () => {
    const memory = new SessionMemory(new ManualClock());
    for (let index = 0; index <= 10_000; index++) memory.answered(jobOf(`s${index}`), factsOf("box/m"), USAGE);
    expect(memory.find(jobOf("s0"))).toBeUndefined();
    expect(memory.find(jobOf("s1"))).toBeDefined();
  });

  it("stays with the endpoint that answered it, in the whole of dispatch, and others are not bound by it", async () => {
    const answer = () => streamOf([chunk("Hi"), chunk("", { finishReason: "stop", usage: USAGE })]);
    const [a, b] = [
      new ScriptedEndpoint({ id: "a/m", price: CACHING }, answer),
      new ScriptedEndpoint({ id: "b/m", price: CACHING }, answer),
    ];
    const box = dispatchBox([a, b]);
    const ask = async (changes: Parameters<typeof box.job>[0]): Promise<string> => {
      const execution = await box.service.execute(box.job(changes));
      for await (const _ of execution.events);
      return execution.endpoint.id;
    };
    const provider = chatRequest().provider;
    expect(await ask({ sessionId: "s", provider: { ...provider, ignore: ["a"] } })).toBe("b/m");
    expect(await ask({ sessionId: "s" })).toBe("b/m");
    expect(await ask({ sessionId: "t" })).toBe("a/m");
    expect(await ask({ sessionId: "s", provider: { ...provider, order: ["a"] } })).toBe("a/m");
    expect(await ask({ sessionId: "s" })).toBe("a/m");
  });
});
