/** What the command says to whoever started it; documented in docs/importing.md and `--help`. */
export const EXIT = {
  ok: 0,
  /** Done, but not all is well: an import refused records, or doctor found trouble. */
  trouble: 1,
  /** The command line, the configuration or the input is not right; nothing was done. */
  usage: 2,
  /** The academy (or its database) can't be reached, or failed. */
  unavailable: 3,
  /** The academy said no: sold out, not found, not allowed … */
  refused: 4,
  /** A defect of this program. */
  defect: 70,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
