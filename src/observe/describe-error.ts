/** Causes that are followed before the rest is left out; an error may be its own cause. */
const MAX_CAUSES = 5;

/**
 * An error for the log: its type, message, code, stack and causes. Its other properties are left out, because
 * libraries attach requests, headers and bodies to their errors.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const code: unknown = "code" in error ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
