/** A model as a client names it, for example `signalbox/nano`. */
export type ModelId = string;

/** Who serves: a vendor, a server on the site, or this box (`box`). Also its slug in `provider.order`. */
export type ProviderId = string;

/** One model at one provider, the thing routed to: `<provider id>/<model id>`. */
export type EndpointId = string;

/** One client request, `req_` and a UUID; the answer's `x-request-id`. */
export type RequestId = string;

/** The public half of an API key; safe to log. */
export type KeyId = string;

/** The provider id of everything hosted by this process. */
export const BOX_PROVIDER_ID: ProviderId = "box";

/** The id of the endpoint that serves `modelId` at `providerId`. */
export function endpointIdOf(providerId: ProviderId, modelId: ModelId): EndpointId {
  return `${providerId}/${modelId}`;
}
