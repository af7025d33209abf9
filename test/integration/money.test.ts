import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFaultyProviders, type FaultyProviders } from "../support/faulty-provider.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat, chunk, event, stallAfter, status } from "../support/upstream-behaviours.ts";

const PIECES = ["one ", "two ", "three ", "four"];

/** What servers state, and worse; none of it may make an answer free, a credit, or the end of all spending. */
const STATED_USAGES: Readonly<Record<string, unknown>> = {
  missing: null,
  empty: {},
  negative: { prompt_tokens: -5, completion_tokens: -100, total_tokens: -105 },
  zero: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  "not-a-number": { prompt_tokens: "NaN", completion_tokens: Number.NaN, total_tokens: null },
  astronomic: { prompt_tokens: 1e308, completion_tokens: 1e308, total_tokens: 1e308 },
  "more-than-allowed": { prompt_tokens: 7, completion_tokens: 50_000_000, total_tokens: 50_000_007 },
  "more-than-the-context": { prompt_tokens: 90_000_000, completion_tokens: 4, total_tokens: 90_000_004 },
  fractional: { prompt_tokens: 7.5, completion_tokens: 0.001, total_tokens: 7.501 },
};

const MAX_TOKENS = 100;

interface Money {
  readonly usage: number;
  readonly reserved: number;
  readonly limit: number;
  readonly limit_remaining: number;
}

describe("money", () => {
  let box: RunningBox;
  let faulty: FaultyProviders;
  /** What one request holds while it runs, in USD. */
  let oneUsd: number;

  beforeAll(async () => {
    const usages = Object.entries(STATED_USAGES).map(([id, usage]) => [id, chat({ pieces: PIECES, usage })] as const);
    faulty = await startFaultyProviders({
      ...Object.fromEntries(usages),
      dear: chat({ pieces: PIECES, usage: { prompt_tokens: 9, completion_tokens: MAX_TOKENS, total_tokens: 109 } }),
      sound: chat({ pieces: PIECES }),
      "twice-stated": async (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        const usage = { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 };
        for (const piece of PIECES) response.write(event({ ...chunk({ content: piece }), usage }));
        response.write(event({ ...chunk({}, "stop"), usage }));
        response.write(event({ ...chunk({}), choices: [], usage }));
        response.end(event("[DONE]"));
      },
      "stalls-in-answer": stallAfter(...PIECES.map((piece) => event(chunk({ content: piece })))),
      stalls: stallAfter(),
      fails: status(500, { error: { message: "no" } }),
    });
    box = await runBox({ config: { network: { egress: "allowlisted" }, providers: faulty.providers } });
    oneUsd = await reservationOfOne();
  });

  afterAll(async () => {
    await box.stop();
    await faulty.server.close();
  });

  const makeKey = async (budgetUsd: number): Promise<string> => {
    const made = await box.command("keys", "create", "--name", "n", "--budget-usd", String(budgetUsd), "--json");
    return (JSON.parse(made.stdout) as { readonly key: string }).key;
  };
  const moneyOf = async (key: string): Promise<Money> => {
    const response = await fetch(`${box.url}/v1/key`, { headers: { authorization: `Bearer ${key}` } });
    return ((await response.json()) as { readonly data: Money }).data;
  };
  const ask = (key: string, provider: string, extra: object = {}, signal?: AbortSignal): Promise<Response> =>
    fetch(`${box.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model: "team/chat",
        messages: [{ role: "user", content: "Count to four." }],
        max_tokens: MAX_TOKENS,
        provider: { only: [provider] },
        ...extra,
      }),
      ...(signal === undefined ? {} : { signal }),
    });

  /** Reads it from the log, where it stands for every attempt. */
  const reservationOfOne = async (): Promise<number> => {
    await (await ask(ADMIN_KEY, "sound")).text();
    const listed = await box.command("audit", "list", "--json", "--kind", "attempt", "--limit", "1");
    const [leaf] = JSON.parse(listed.stdout) as { readonly reserveMicroUsd: number }[];
    return (leaf?.reserveMicroUsd ?? Number.NaN) / 1e6;
  };

  it("never lets 50 requests at once spend more than a cap for 10", async () => {
    const capUsd = Math.round(oneUsd * 10 * 1e6) / 1e6;
    const key = await makeKey(capUsd);
    let watching = true;
    const seen: number[] = [];
    const watch = (async () => {
      while (watching) {
        const { usage, reserved } = await moneyOf(key);
        seen.push(usage + reserved);
      }
    })();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const stop = new AbortController();
        const stream = index % 2 === 0;
        const response = await ask(key, "dear", { stream }, stop.signal);
        if (index % 6 === 0) stop.abort();
        else await response.text();
        return response.status;
      }),
    );
    watching = false;
    await watch;
    expect(new Set(answers)).toEqual(new Set([200, 402]));
    expect(answers.filter((code) => code === 200).length).toBeGreaterThanOrEqual(10);
    expect(Math.max(...seen)).toBeLessThanOrEqual(capUsd);
    await expect.poll(async () => (await moneyOf(key)).reserved).toBe(0);
    const { usage, limit } = await moneyOf(key);
    expect(limit).toBe(capUsd);
    expect(usage).toBeLessThanOrEqual(capUsd);
    expect(usage).toBeGreaterThan(0);
  });

  describe("whatever a provider states of the usage", () => {
    let key: string;
    beforeAll(async () => {
      key = await makeKey(1);
    });

    const cases = Object.keys(STATED_USAGES).flatMap((id) => [true, false].map((stream) => ({ id, stream })));
    it.each(cases)("bills what was received when it is $id (stream: $stream)", async ({ id, stream }) => {
      const before = await moneyOf(key);
      const response = await ask(key, id, { stream });
      expect(response.status).toBe(200);
      const usage = usageIn(await response.text());
      const after = await moneyOf(key);
      expect(after.reserved).toBe(0);
      expect(after.usage - before.usage).toBeCloseTo(usage.cost, 9);
      expect(usage.basis).toBe("estimated");
      expect(usage.completion_tokens).toBeGreaterThan(0);
      expect(usage.completion_tokens).toBeLessThanOrEqual(MAX_TOKENS);
      expect(usage.cost).toBeGreaterThan(0);
      expect(usage.cost).toBeLessThanOrEqual(oneUsd);
    });
  });

  it("bills once what a stream states with every chunk", async () => {
    const key = await makeKey(1);
    const usage = usageIn(await (await ask(key, "twice-stated", { stream: true })).text());
    expect(usage).toMatchObject({ prompt_tokens: 7, completion_tokens: 4, total_tokens: 11, cost: 0.000_015 });
    expect((await moneyOf(key)).usage).toBe(0.000_015);
  });

  it("bills what was received when the client leaves in the middle of a stream", async () => {
    const key = await makeKey(1);
    const stop = new AbortController();
    const response = await ask(key, "stalls-in-answer", { stream: true }, stop.signal);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = "";
    while (!text.includes("four")) text += Buffer.from((await reader.read()).value ?? []).toString();
    expect((await moneyOf(key)).reserved).toBeGreaterThan(0);
    expect(faulty.server.answering()).toBeGreaterThan(0);
    stop.abort();
    await expect.poll(async () => (await moneyOf(key)).reserved).toBe(0);
    const { usage } = await moneyOf(key);
    // At least four tokens at 2 USD per million beside the prompt.
    expect(usage).toBeGreaterThanOrEqual(0.000_008);
    // Not counted by connections: an idle one may end at the same time.
    await expect.poll(() => faulty.server.answering()).toBe(0);
  });

  it("bills the prompt when the client leaves before the answer, and nothing after a refusal", async () => {
    const key = await makeKey(1);
    await ask(key, "stalls", {}, AbortSignal.timeout(200)).catch(() => undefined);
    await expect.poll(async () => (await moneyOf(key)).usage).toBeGreaterThan(0);
    expect((await moneyOf(key)).reserved).toBe(0);
    const other = await makeKey(1);
    expect((await ask(other, "fails")).status).toBe(502);
    expect(await moneyOf(other)).toMatchObject({ usage: 0, reserved: 0 });
  });

  it("refuses at once with 402 what could cost more than is left, and says how much is left", async () => {
    const key = await makeKey(0.000_01);
    const requests = faulty.server.requests.length;
    const response = await ask(key, "sound");
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({ error: { code: "budget_exceeded", type: "insufficient_quota" } });
    expect(faulty.server.requests.length).toBe(requests);
    // What can't cost more than is left still runs.
    expect((await ask(key, "sound", { max_tokens: 1, messages: [{ role: "user", content: "" }] })).status).toBe(200);
  });

  it("answers /credits and /key alike", async () => {
    const key = await makeKey(2);
    await (await ask(key, "sound")).text();
    const { usage, limit, limit_remaining: remaining } = await moneyOf(key);
    expect(remaining).toBeCloseTo(limit - usage, 9);
    const credits = await fetch(`${box.url}/api/v1/credits`, { headers: { authorization: `Bearer ${key}` } });
    expect(await credits.json()).toEqual({ data: { total_credits: 2, total_usage: usage } });
  });
});

function usageIn(text: string): {
  readonly cost: number;
  readonly basis?: string;
  readonly completion_tokens: number;
} {
  const bodies = text.startsWith("{")
    ? [text]
    : [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => data ?? "{}");
  const usages = bodies
    .map((body) => (JSON.parse(body) as { usage?: object | null }).usage)
    .filter((one) => one != null);
  expect(usages.length).toBe(1);
  return usages[0] as never;
}
