import type { Box } from "../app/start-box.ts";

/**
 * Says that the box answers: a line of JSON on stdout for programs, and on stderr what a person needs for a first
 * request. The key is part of it at the first start alone.
 */
export function announce(box: Box): void {
  process.stderr.write(`${greeting(box)}\n`);
  const { url, policySha256, endpoints, notLoaded } = box;
  const ready = {
    event: "ready",
    url,
    endpoints: endpoints.map(({ id }) => id),
    ...(notLoaded.length === 0 ? {} : { notLoaded: notLoaded.map(({ modelId }) => modelId) }),
    policySha256,
    pid: process.pid,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

function greeting(box: Box): string {
  const { url, endpoints, firstKey, notLoaded } = box;
  const lines = ["", `Signalbox answers at ${url}`, ""];
  for (const { id, excludedBecause } of endpoints) {
    const problem = excludedBecause ?? notLoaded.find(({ modelId }) => id === `box/${modelId}`)?.because;
    lines.push(`  ${id}${problem === undefined ? "" : `  (not in use: ${problem})`}`);
  }
  if (endpoints.length === 0) lines.push("  Nothing is configured yet: add models or providers to the configuration.");
  lines.push("");
  if (firstKey !== undefined) {
    lines.push(`The first key, with role admin. It is shown this once; keep it safe:`, "", `  ${firstKey}`, "");
  }
  const model = endpoints.find(({ excludedBecause }) => excludedBecause === undefined)?.modelId;
  if (model !== undefined) lines.push("Try it:", "", curlLine(url, firstKey ?? "$SIGNALBOX_KEY", model), "");
  return lines.join("\n");
}

/** Something that the small model that ships can do, and every other one too. */
const FIRST_PROMPT = "Classify the sentiment: The room was lovely and the staff were friendly.";

function curlLine(url: string, key: string, model: string): string {
  const body = JSON.stringify({ model, max_tokens: 64, messages: [{ role: "user", content: FIRST_PROMPT }] });
  return `curl ${url}/v1/chat/completions -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '${body}'`;
}
