import { mkdir, mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * What stands at the start of the names of this process's private folders of one kind: `kind`, the numbering that its
 * process id belongs to, and the id.
 */
export async function privateFolderPrefix(kind: string): Promise<string> {
  return `${await ownerPrefix(kind)}${process.pid}-`;
}

/**
 * Makes a folder in `parent` that only this user can enter, and removes those of the same kind that processes which no
 * longer run have left there. The caller removes it at its end.
 */
export async function makePrivateFolder(parent: string, kind: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  await removeStale(parent, await ownerPrefix(kind));
  return await mkdtemp(join(parent, await privateFolderPrefix(kind)));
}

/** Process ids mean something only within their namespace: containers may share a folder, but not the numbers. */
async function ownerPrefix(kind: string): Promise<string> {
  const link = await readlink("/proc/self/ns/pid").catch(() => {
    // No namespaces, or none to see: one numbering for the whole machine.
    return "0";
  });
  return `${kind}-${/\d+/.exec(link)?.[0] ?? "0"}-`;
}

async function removeStale(parent: string, owner: string): Promise<void> {
  const names = await readdir(parent);
  const stale = names.filter(
    (name) => name.startsWith(owner) && !isAlive(Number.parseInt(name.slice(owner.length), 10)),
  );
  await Promise.all(
    stale.map((name) =>
      rm(join(parent, name), { recursive: true, force: true }).catch(() => {
        // Another user's: it is in nobody's way, because every process has a folder of its own.
      }),
    ),
  );
}

/** Whether a process has this id; a process of another user counts. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // ESRCH: there is none. EPERM: there is one that is not ours.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
