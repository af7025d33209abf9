import { startUpstreamServer, type UpstreamBehaviour, type UpstreamServer } from "./upstream-server.ts";

/** A server on which each path plays a provider of its own, so that the faults of one say nothing about another. */
export interface FaultyProviders {
  readonly server: UpstreamServer;
  /** One entry of `providers:` for each behaviour; all serve the model `team/chat`. */
  readonly providers: readonly object[];
}

/** Starts the server. Each provider has its behaviour's name as its id. */
export async function startFaultyProviders(
  behaviours: Readonly<Record<string, UpstreamBehaviour>>,
): Promise<FaultyProviders> {
  const server = await startUpstreamServer({
    behave: (request, response) => {
      const behave = behaviours[request.path.split("/")[1] ?? ""];
      if (behave === undefined) throw new Error(`No behaviour is named in ${request.path}.`);
      return behave(request, response);
    },
  });
  const providers = Object.keys(behaviours).map((id) => cloudProvider(id, `${server.origin}/${id}/v1`));
  return { server, providers };
}

/** A provider in a cloud that serves `team/chat` at 1 USD per million prompt tokens and 2 USD per million answer tokens. */
export function cloudProvider(id: string, baseUrl: string, changes: object = {}): object {
  const model = { id: "team/chat", upstreamId: "chat", contextTokens: 32_768, price: { input: 1, output: 2 } };
  return { id, location: "cloud", baseUrl, models: [model], ...changes };
}
