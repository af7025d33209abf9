import { closeSync, fsyncSync, openSync } from "node:fs";

/** Makes a new, renamed or removed name in `folder` survive a power cut. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
