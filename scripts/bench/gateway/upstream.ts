import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/*
 * The smallest server that answers as a provider does: one chat completion, always the same. Prints its port.
 */

const ANSWER = Buffer.from(
  JSON.stringify({
    id: "chatcmpl-bench",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "bench",
    choices: [{ index: 0, message: { role: "assistant", content: "Hello. ".repeat(60) }, finish_reason: "stop" }],
    usage: { prompt_tokens: 200, completion_tokens: 120, total_tokens: 320 },
  }),
);

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": ANSWER.byteLength });
    response.end(ANSWER);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
