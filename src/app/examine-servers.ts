import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { EndpointFacts, EndpointState } from "../core/endpoint.ts";
import { askServer } from "./ask-server.ts";
import type { Finding } from "./examine.ts";

/** An endpoint as `GET /admin/endpoints` has it. */
type ReportedEndpoint = EndpointFacts & { readonly state: EndpointState };

/**
 * What the running box hears from the servers on the site; nothing while no box runs. Only a running box asks them: a
 * command has no leave to.
 */
export async function examineServers(
  dataDir: string,
  providers: ApplianceConfig["providers"],
): Promise<readonly Finding[]> {
  const answer = await askServer<readonly ReportedEndpoint[]>(dataDir, { method: "GET", path: "/admin/endpoints" });
  if (answer.kind !== "answered") return [];
  return answer.body.flatMap(({ id, providerId, state: { server, unavailableBecause } }): readonly Finding[] => {
    if (server === undefined) return [];
    if (unavailableBecause !== undefined) return [{ verdict: "wrong", subject: id, message: unavailableBecause }];
    const { engine, running, queued, slots: ownSlots } = server;
    const load = [
      ...(running === undefined ? [] : [`${running} running`]),
      ...(queued === undefined ? [] : [`${queued} waiting`]),
      ...(ownSlots === undefined ? [] : [`${ownSlots} slots`]),
    ];
    const found: Finding = {
      verdict: "good",
      subject: id,
      message: `served by ${engine}${load.length === 0 ? ", which does not say how busy it is" : `: ${load.join(", ")}`}`,
    };
    const maxConcurrency = providers.find((provider) => provider.id === providerId)?.maxConcurrency ?? 0;
    if (ownSlots === undefined || ownSlots >= maxConcurrency) return [found];
    const remedy = `Set maxConcurrency of its provider to ${ownSlots}, so that requests wait here, in fair order.`;
    const message = `it is sent up to ${maxConcurrency} requests at a time, and its server runs ${ownSlots}`;
    return [found, { verdict: "note", subject: id, message, remedy }];
  });
}
