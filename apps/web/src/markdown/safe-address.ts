/** What addresses in texts may begin with; everything else is not linked. */
const SAFE = /^(?:https?:\/\/|mailto:)/iu;
/** A path of this site, but no address of another that begins with two slashes or a backslash. */
const OURS = /^\/(?![/\\])/u;

/**
 * @returns the address if a link may lead there, and whether it is a page of this site; `undefined` for
 *   scripts, data and whatever else is no address of a page or a mailbox
 */
export function safeAddress(address: string): { href: string; isOurs: boolean } | undefined {
  if (OURS.test(address)) return { href: address, isOurs: true };
  return SAFE.test(address) ? { href: address, isOurs: false } : undefined;
}
