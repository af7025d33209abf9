import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A connection on which a test writes whatever it likes. */
export interface RawClient {
  readonly socket: Socket;
  write(text: string): void;
  /** Everything received so far. */
  received(): string;
  /** Resolves with everything received when the server has closed the connection. */
  untilClosed(): Promise<string>;
  /** Resolves when `text` has been received. */
  untilReceived(text: string): Promise<string>;
}

/** Opens a connection to a port of loopback; it is destroyed when the test has finished. */
export async function connectRaw(port: number): Promise<RawClient> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let received = "";
  socket.on("data", (data) => {
    received += data.toString("latin1");
  });
  // A reset is one of the ways in which a server may end a connection; `close` follows.
  socket.on("error", () => {});
  const closed = new Promise<string>((resolve) => {
    socket.once("close", () => resolve(received));
  });
  await once(socket, "connect");
  return {
    socket,
    write: (text) => void socket.write(text),
    received: () => received,
    untilClosed: () => closed,
    untilReceived: async (text) => {
      for (let searched = 0; !received.includes(text, searched - text.length);) {
        searched = received.length;
        await once(socket, "data");
      }
      return received;
    },
  };
}

/** The head of a chat request with the test's key. */
export function chatHead(headers: readonly string[]): string {
  return [
    "POST /v1/chat/completions HTTP/1.1",
    "host: box",
    "authorization: Bearer sbx_inference",
    ...headers,
    "",
    "",
  ].join("\r\n");
}
