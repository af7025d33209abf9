import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { editorSchema } from "../src/config/editor-schema.ts";

const file = fileURLToPath(new URL("../config/schema/appliance.schema.json", import.meta.url));
writeFileSync(file, editorSchema());
process.stderr.write(`wrote ${file}\n`);
