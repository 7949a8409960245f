/** Where the tools of the repository speak to whoever started them. */

/** @param {string} text one or several lines, without the last line feed */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {string} text one or several lines, without the last line feed */
export function complain(text) {
  process.stderr.write(`${text}\n`);
}
