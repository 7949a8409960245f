/** What the driver takes for "TLS or nothing"; `prefer` and `allow` go on without, where the server has none. */
const ENCRYPTED: readonly string[] = ["require", "verify-ca", "verify-full", "true"];
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/iu;

function isOfThisMachine(host: string): boolean {
  // A folder is that of a Unix socket.
  return LOOPBACK.test(host) || host.startsWith("/");
}

/**
 * Whether what goes to a PostgreSQL can be read on the way: it runs on another machine, and TLS is not demanded.
 *
 * @param url as the driver takes it: TLS is demanded by `sslmode`, several hosts are separated by commas
 * @param defaultHost where it is if the address does not say (`PGHOST`)
 */
export function isReadableOnTheWay(url: string, defaultHost = "localhost"): boolean {
  const { hostname, searchParams } = new URL(url);
  const mode = searchParams.get("sslmode") ?? searchParams.get("ssl") ?? "disable";
  if (ENCRYPTED.includes(mode) || searchParams.get("sslrootcert") === "system") return false;
  const hosts = decodeURIComponent(hostname === "" ? defaultHost : hostname).split(",");
  return !hosts.every((host) => isOfThisMachine(host));
}
