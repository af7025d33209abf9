import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

/*
 * The least that a proxy in this runtime can do: node:http in front, undici behind, the bytes passed on unread.
 * What the box takes beyond this is the price of its own work. Prints its port.
 */

const [origin] = process.argv.slice(2);
if (origin === undefined) throw new Error("usage: bare-proxy.ts ORIGIN");

const pool = new Pool(origin, { connections: 128, pipelining: 1 });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const answer: Buffer[] = [];
    pool.dispatch(
      { path: "/v1/chat/completions", method: "POST", headers: { "content-type": "application/json" }, body },
      {
        onRequestStart: () => {},
        onResponseStart: (_controller, statusCode) =>
          void response.writeHead(statusCode, { "content-type": "application/json" }),
        onResponseData: (_controller, chunk) => void answer.push(chunk),
        onResponseEnd: () => void response.end(answer.length === 1 ? answer[0] : Buffer.concat(answer)),
        onResponseError: () => void response.destroy(),
      },
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
