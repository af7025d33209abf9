import { resolve } from "node:path";
import { z } from "zod";

const schema = z.object({
  SIGNALBOX_CONFIG: z.string().min(1).optional(),
  SIGNALBOX_DATA_DIR: z.string().min(1).optional(),
  SIGNALBOX_HOST: z.string().min(1).optional(),
  SIGNALBOX_PORT: z.coerce
    .number("must be a port: a whole number from 0 to 65535")
    .refine((port) => Number.isInteger(port) && port >= 0 && port <= 65_535, {
      error: "must be a port: a whole number from 0 to 65535",
    })
    .optional(),
  SIGNALBOX_ADMIN_KEY: z
    .string()
    .regex(/^sbx_[0-9a-fA-F]{48}$/, "must be sbx_ followed by 48 hexadecimal digits")
    .optional(),
  SIGNALBOX_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

/** What the process environment says; everything but the log level may be absent. */
export interface Environment {
  /** Absolute. */
  readonly configFile: string;
  /** Absolute. */
  readonly dataDir?: string;
  readonly host?: string;
  readonly port?: number;
  readonly adminKey?: string;
  readonly logLevel: string;
}

/** Reads the `SIGNALBOX_*` variables; a bad one is named without its value, which may be a secret. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  installFolder: string,
):
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const set = Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => name.startsWith("SIGNALBOX_") && value !== ""),
  );
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) };
  }
  const { SIGNALBOX_CONFIG, SIGNALBOX_DATA_DIR, SIGNALBOX_HOST, SIGNALBOX_PORT, SIGNALBOX_ADMIN_KEY } = parsed.data;
  return {
    ok: true,
    environment: {
      configFile: resolve(SIGNALBOX_CONFIG ?? `${installFolder}/config/appliance.yaml`),
      logLevel: parsed.data.SIGNALBOX_LOG_LEVEL,
      ...(SIGNALBOX_DATA_DIR === undefined ? {} : { dataDir: resolve(SIGNALBOX_DATA_DIR) }),
      ...(SIGNALBOX_HOST === undefined ? {} : { host: SIGNALBOX_HOST }),
      ...(SIGNALBOX_PORT === undefined ? {} : { port: SIGNALBOX_PORT }),
      ...(SIGNALBOX_ADMIN_KEY === undefined ? {} : { adminKey: SIGNALBOX_ADMIN_KEY }),
    },
  };
}
