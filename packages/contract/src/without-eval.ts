import { config } from "zod/v4/core";

/**
 * Has shapes checked without making functions out of text. Where a policy forbids that, as that of the site does,
 * even trying it out is reported. Has to be called before a module with shapes is loaded; it is much slower than
 * otherwise, which nobody notices in a form.
 */
export function checkWithoutEval(): void {
  config({ jitless: true });
}
