import { z } from "zod";

/** What clients ask for: `maker/model`. */
export const modelId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
    "must be a model id such as maker/model: letters, digits, dots, dashes and underscores, with slashes between the parts",
  )
  .max(200);
