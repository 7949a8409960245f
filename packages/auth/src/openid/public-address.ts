import { BlockList, isIP } from "node:net";

/**
 * Which addresses of the Internet Protocol lead out into the public network. Whatever the server fetches
 * because somebody told it an address must not lead to its own machine, to its neighbours, or to the
 * services of a cloud that trust whoever is inside.
 */

type Family = "ipv4" | "ipv6";

function networks(family: Family, list: readonly string[]): BlockList {
  const found = new BlockList();
  for (const network of list) {
    const [address = "", bits] = network.split("/");
    found.addSubnet(address, Number(bits), family);
  }
  return found;
}

/** IANA, IPv4 Special-Purpose Address Registry, and multicast: everything that is not globally reachable. */
const NOT_PUBLIC_IPV4 = networks("ipv4", [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]);

/** All that is given out to be reached from everywhere; not addresses that hold one of IPv4. */
const UNICAST_IPV6 = networks("ipv6", ["2000::/3"]);

/** IANA, IPv6 Special-Purpose Address Registry, within 2000::/3. 6to4 and Teredo hold addresses of IPv4. */
const NOT_PUBLIC_IPV6 = networks("ipv6", [
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "2620:4f:8000::/48",
  "3fff::/20",
]);

/**
 * @param address as numbers, such as `192.0.2.1` or `2001:db8::1`
 * @returns whether it is one of the public network; never for what is no address
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !NOT_PUBLIC_IPV4.check(address, "ipv4");
    case 6:
      return UNICAST_IPV6.check(address, "ipv6") && !NOT_PUBLIC_IPV6.check(address, "ipv6");
    default:
      return false;
  }
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** @returns whether the address is that of the machine itself */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && LOOPBACK.check(address, family === 4 ? "ipv4" : "ipv6");
}

const LOCAL_HOSTS: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** @returns whether an address of the web names this machine, as on the machines of developers */
export function isLocalUrl(url: URL): boolean {
  return LOCAL_HOSTS.includes(url.hostname);
}
