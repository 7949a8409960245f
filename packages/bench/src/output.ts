/** Where the benchmark speaks to whoever started it: results to standard output, what it is doing to standard error. */

/** Prints a result. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints what is being done, or what went wrong. */
export function mention(text: string): void {
  process.stderr.write(`${text}\n`);
}
