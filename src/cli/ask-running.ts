import { CommandFailure } from "./command-failure.ts";
import { readInstallation } from "./installation.ts";

/** Asks the server that runs on the data folder. Throws CommandFailure with its refusal, or where none answers. */
export async function askRunning(
  method: "GET" | "POST",
  path: string,
  body?: object,
  patienceMs?: number,
): Promise<unknown> {
  const { dataDir } = readInstallation();
  const { askServer } = await import("../app/ask-server.ts");
  const answer = await askServer(dataDir, {
    method,
    path,
    ...(body === undefined ? {} : { body }),
    ...(patienceMs === undefined ? {} : { timeoutMs: patienceMs }),
  });
  if (answer.kind === "answered") return answer.body;
  if (answer.kind === "refused") throw new CommandFailure(answer.message);
  throw new CommandFailure(`no server answers on ${dataDir}: ${answer.because} Start one with \`signalbox serve\`.`);
}
