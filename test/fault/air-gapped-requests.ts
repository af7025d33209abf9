import { resolve } from "node:path";
import { runBox } from "../support/run-box.ts";

/** What `test/fault/air-gap.test.ts` runs without a network or under the kernel's eyes: a box, and a bit of everything. */
const NANO = resolve(import.meta.dirname, "../../models/nano.gguf");

const box = await runBox({
  config: {
    network: { egress: "deny" },
    models: [{ id: "signalbox/nano", file: NANO, slots: 1, device: "cpu" }],
    providers: [
      { id: "acme", location: "cloud", baseUrl: "https://acme.example/v1", models: [{ id: "acme-large" }] },
      { id: "site", location: "site", baseUrl: "http://10.255.255.1:8000/v1", models: [{ id: "site-large" }] },
    ],
  },
});
const messages = [{ role: "user", content: "Write a 2,000-word report on rail signalling." }];
const statuses = {
  local: (await box.chat({ model: "signalbox/nano", messages, max_tokens: 8 })).status,
  auto: (await box.chat({ model: "auto", messages, max_tokens: 8, models: ["acme-large"] })).status,
  cloud: (await box.chat({ model: "acme-large", messages })).status,
  site: (await box.chat({ model: "site-large", messages })).status,
  models: (await box.get("/v1/models")).status,
  metrics: (await box.get("/metrics")).status,
  ready: (await box.get("/readyz")).status,
};
const stream = await box.chat({ model: "signalbox/nano", messages, max_tokens: 8, stream: true });
const streamed = (await stream.text()).trimEnd().endsWith("data: [DONE]");
const doctor = (await box.command("doctor", "--json")).exitCode;
const hardware = (await box.command("hardware", "--json")).exitCode;
const verified = (await box.command("audit", "verify", "--json")).exitCode;
const stopped = await box.stop();
process.stdout.write(`${JSON.stringify({ statuses, streamed, doctor, hardware, verified, stopped })}\n`);
