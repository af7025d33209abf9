/** A model as a client names it, for example `signalbox/nano`. */
export type ModelId = string;

/** What a model id may look like: letters, digits, dots, dashes and underscores, with slashes between the parts. */
export const MODEL_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/** The longest model id, in characters. */
export const MODEL_ID_MAX_LENGTH = 200;

/** Whether a text can be a model's id. */
export function isModelId(text: string): boolean {
  return text.length <= MODEL_ID_MAX_LENGTH && MODEL_ID_PATTERN.test(text);
}

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
