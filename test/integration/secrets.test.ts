import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { cloudProvider, startFaultyProviders, type FaultyProviders } from "../support/faulty-provider.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat, messagesOf, resetAfter, status } from "../support/upstream-behaviours.ts";

/** What must be found nowhere but where it belongs. */
const SECRETS = {
  adminKey: `sbx_${"5ec7e7ca9a71e5".padEnd(48, "0123456789abcdef")}`,
  providerKey: "sk-canary-provider-3f9d2b7a61c84e05",
  prompt: "canary-prompt-d41d8cd98f00b204",
  answer: "canary-answer-9800998ecf8427e0",
  user: "canary-user-c4ca4238a0b92382",
  toolResult: "canary-tool-0dcc509a6f75849b",
  schema: "canary_schema_c81e728d9d4c2f63",
} as const;

describe("secrets and what people write", () => {
  let box: RunningBox;
  let faulty: FaultyProviders;
  let madeKey: string;
  /** Everything that the box said to whom it should not tell any of it. */
  const said: Record<string, string> = {};

  beforeAll(async () => {
    faulty = await startFaultyProviders({
      answers: chat({ pieces: [SECRETS.answer, " and more"] }),
      // Servers that quote what they were sent.
      "quotes-key": (request, response) =>
        status(500, {
          error: {
            message: `Bad key ${request.headers.authorization ?? ""} (${Buffer.from(SECRETS.providerKey).toString("base64")})`,
          },
        })(request, response),
      "quotes-key-refused": (request, response) =>
        status(401, { error: { message: `Incorrect API key provided: ${request.headers.authorization ?? ""}` } })(
          request,
          response,
        ),
      "quotes-prompt": (request, response) =>
        status(500, { error: { message: `Can't tokenize: ${JSON.stringify(messagesOf(request))}` } })(
          request,
          response,
        ),
      "rejects-prompt": (request, response) =>
        status(400, { error: { message: `Flagged: ${JSON.stringify(messagesOf(request))}` } })(request, response),
      breaks: resetAfter(`data: {"choices":[{"index":0,"delta":{"content":"${SECRETS.answer}"}}]}\n\n`),
    });
    const ids = ["answers", "quotes-key", "quotes-key-refused", "quotes-prompt", "rejects-prompt", "breaks"];
    box = await runBox({
      config: {
        network: { egress: "allowlisted" },
        models: [
          { id: "test/local", file: await buildTestModel("scripted", { script: SECRETS.answer }), device: "cpu" },
        ],
        providers: ids.map((id) =>
          cloudProvider(id, `${faulty.server.origin}/${id}/v1`, { apiKey: "env:CANARY_PROVIDER_KEY" }),
        ),
      },
      environment: {
        SIGNALBOX_ADMIN_KEY: SECRETS.adminKey,
        CANARY_PROVIDER_KEY: SECRETS.providerKey,
        SIGNALBOX_LOG_LEVEL: "trace",
      },
    });
    const made = await box.command("keys", "create", "--name", "clerk", "--json");
    madeKey = (JSON.parse(made.stdout) as { readonly key: string }).key;
    const ask = async (extra: object, key: string = SECRETS.adminKey): Promise<string> => {
      const response = await fetch(`${box.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({
          model: "team/chat",
          max_tokens: 100,
          user: SECRETS.user,
          messages: [
            { role: "user", content: SECRETS.prompt },
            {
              role: "assistant",
              content: null,
              tool_calls: [
                { id: "c1", type: "function", function: { name: "f", arguments: `{"a":"${SECRETS.toolResult}"}` } },
              ],
            },
            { role: "tool", tool_call_id: "c1", content: SECRETS.toolResult },
          ],
          tools: [
            {
              type: "function",
              function: { name: "f", description: SECRETS.schema, parameters: { type: "object", properties: {} } },
            },
          ],
          ...extra,
        }),
      });
      return response.text().catch((error: unknown) => String(error));
    };
    for (const stream of [false, true]) {
      for (const id of ids) said[`${id} ${String(stream)}`] = await ask({ stream, provider: { only: [id] } }, madeKey);
      await ask({ stream, model: "test/local", tools: [] });
    }
    said["forbidden"] = await ask({ model: "team/chat:local" });
    said["malformed"] = await ask({ messages: [{ role: "user", content: 7 }], user: SECRETS.user });
    const broken = {
      method: "POST",
      headers: { authorization: `Bearer ${madeKey}` },
      body: `{"messages": ${SECRETS.prompt}`,
    };
    await (await fetch(`${box.url}/v1/chat/completions`, broken)).text();
    said["wrong key"] = await ask({}, `${SECRETS.adminKey.slice(0, -1)}f`);
    said["path"] = await (await fetch(`${box.url}/v1/models?key=${SECRETS.prompt}`)).text();
    said["metrics"] = await (await fetch(`${box.url}/metrics`)).text();
    said["ready"] = await (await fetch(`${box.url}/readyz`)).text();
    said["doctor"] = (await box.command("doctor")).stdout;
    said["keys"] = (await box.command("keys", "list", "--json")).stdout;
    said["log"] = (await box.command("audit", "list", "--json", "--limit", "10000")).stdout;
  });

  afterAll(async () => {
    await box.stop();
    await faulty.server.close();
  });

  const filesOfBox = (): readonly { readonly name: string; readonly bytes: Buffer }[] =>
    readdirSync(box.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((name) => ({ name, bytes: readFileSync(name) }));

  it("are in no file of the data folder and in no log line, in any usual form", () => {
    const files = filesOfBox();
    expect(files.length).toBeGreaterThan(3);
    expect(box.stderr()).toContain("request failed");
    for (const [name, secret] of Object.entries({ ...SECRETS, madeKey })) {
      for (const form of formsOf(secret)) {
        expect(box.stderr().includes(form), `${name} in the log: ${form}`).toBe(false);
        for (const { name: file, bytes } of files) expect(bytes.includes(form), `${name} in ${file}`).toBe(false);
      }
    }
  });

  it("are never told to others: keys in no answer, texts in no list, metric or report", () => {
    const keys = { adminKey: SECRETS.adminKey, providerKey: SECRETS.providerKey, madeKey };
    for (const [place, text] of Object.entries(said)) {
      for (const [name, secret] of Object.entries(keys))
        for (const form of formsOf(secret)) expect(text.includes(form), `${name} in ${place}`).toBe(false);
    }
    for (const place of ["metrics", "ready", "doctor", "keys", "log", "path"]) {
      for (const [name, secret] of Object.entries(SECRETS))
        for (const form of formsOf(secret)) expect(said[place]?.includes(form), `${name} in ${place}`).toBe(false);
    }
  });

  it("would be found: the search knows every form", () => {
    const bytes = Buffer.from(`x${SECRETS.prompt}y`);
    for (const text of [bytes.toString(), bytes.toString("base64"), bytes.toString("hex")])
      expect(formsOf(SECRETS.prompt).some((form) => text.includes(form))).toBe(true);
    expect(ADMIN_KEY).not.toBe(SECRETS.adminKey);
  });

  it("still reach whom they are meant for", () => {
    expect(said["answers false"]).toContain(SECRETS.answer);
    expect(said["rejects-prompt false"]).toContain("Flagged");
    expect(
      faulty.server.requests.every(({ headers }) => headers.authorization === `Bearer ${SECRETS.providerKey}`),
    ).toBe(true);
  });
});

/** A secret as it stands, in hexadecimal, and in base64 at each of its three alignments, without the uncertain ends. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return text.slice(shift === 0 ? 0 : 4, -4);
  });
  return [secret, bytes.toString("hex"), bytes.toString("hex").toUpperCase(), encodeURIComponent(secret), ...base64];
}
