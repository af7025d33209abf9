import type { SignalboxError } from "../core/errors.ts";

/** The attempts that dispatch lists in an error's metadata, in order; none where nothing was tried. */
export function failedAttempts(
  error: SignalboxError,
): readonly { readonly endpointId: string; readonly errorCode: string }[] {
  const attempts: unknown = error.details.metadata?.["attempts"];
  if (!Array.isArray(attempts)) return [];
  return attempts.flatMap((attempt: { readonly endpoint?: unknown; readonly error?: unknown } | null) =>
    typeof attempt?.endpoint === "string" && typeof attempt.error === "string"
      ? [{ endpointId: attempt.endpoint, errorCode: attempt.error }]
      : [],
  );
}
