import Table from "cli-table3";
import { toUsd } from "../core/money.ts";

/** Where a command writes what it found. Progress and errors go to stderr, so that stdout can be piped. */
export interface Output {
  /** One line of text. */
  line(text: string): void;
  /** A value as JSON, for `--json`. */
  json(value: unknown): void;
  /** Rows under headings, as wide as they need to be. */
  table(headings: readonly string[], rows: readonly (readonly string[])[]): void;
}

/** Output to the process's own stdout. */
export function standardOutput(): Output {
  const write = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  return {
    line: write,
    json: (value) => write(JSON.stringify(value, undefined, 2)),
    table: (headings, rows) => {
      const table = new Table({
        head: [...headings],
        style: { head: [], border: [], compact: true },
        chars: PLAIN_BORDERS,
      });
      table.push(...rows.map((row) => [...row]));
      write(table.toString());
    },
  };
}

/** Columns parted by spaces alone: readable, and easy to cut in a shell. */
const PLAIN_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

const BINARY_UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** A size for people, for example `1.3 GiB`; unknown sizes are a dash. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined) return "-";
  const power = bytes < 1 ? 0 : Math.min(BINARY_UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${BINARY_UNITS[power]}`;
}

/** Micro-USD as USD for people, for example `$0.0012`; unknown amounts are a dash. */
export function formatUsd(microUsd: number | undefined): string {
  return microUsd === undefined ? "-" : `$${toUsd(microUsd).toFixed(microUsd % 10_000 === 0 ? 2 : 6)}`;
}
