import type { Preset, PresetCatalog } from "../core/preset.ts";
import { openReader } from "../journal/connection.ts";
import { databaseFileOf } from "../journal/data-dir.ts";

/** One version as a listing shows it. */
export interface PresetVersion {
  readonly version: number;
  readonly createdAtMs: number;
  /** Whether it ended the preset. */
  readonly removed: boolean;
}

/** The presets of a data folder, for reading. */
export interface PresetReader extends PresetCatalog {
  /** The newest version of every preset, by name. */
  list(): readonly Preset[];
  /** One version, also an old one or one of a preset that was removed. */
  version(name: string, version: number): Preset | undefined;
  /** Every version of a name, the newest first; none for a name that was never used. */
  versions(name: string): readonly PresetVersion[];
  close(): void;
}

interface Row {
  readonly name: string;
  readonly version: number;
  readonly fields: string | null;
  readonly createdAtMs: number;
}

const COLUMNS = "name, version, fields, created_at_ms AS createdAtMs";

/** Opens the presets in the database of `dataDir`; what another process stores is seen at once. */
export function openPresetReader(dataDir: string): PresetReader {
  const database = openReader(databaseFileOf(dataDir));
  const newest = database.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM preset_version WHERE name = ? ORDER BY version DESC LIMIT 1`,
  );
  const one = database.prepare<[string, number], Row>(
    `SELECT ${COLUMNS} FROM preset_version WHERE name = ? AND version = ?`,
  );
  const ofName = database.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM preset_version WHERE name = ? ORDER BY version DESC`,
  );
  const all = database.prepare<[], Row>(
    `SELECT ${COLUMNS} FROM preset_version AS newest WHERE fields IS NOT NULL
     AND version = (SELECT max(version) FROM preset_version WHERE name = newest.name) ORDER BY name`,
  );
  const list = (): readonly Preset[] => all.all().flatMap((row) => presetOf(row) ?? []);
  return {
    find: (name) => presetOf(newest.get(name)),
    names: () => list().map(({ name }) => name),
    list,
    version: (name, version) => presetOf(one.get(name, version)),
    versions: (name) =>
      ofName.all(name).map(({ version, createdAtMs, fields }) => ({ version, createdAtMs, removed: fields === null })),
    close: () => database.close(),
  };
}

function presetOf(row: Row | undefined): Preset | undefined {
  if (row === undefined || row.fields === null) return undefined;
  const { name, version, createdAtMs } = row;
  return { name, version, createdAtMs, fields: JSON.parse(row.fields) as Preset["fields"] };
}
