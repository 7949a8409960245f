import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLocalUrl, isLoopbackAddress, isPublicAddress } from "./public-address.ts";

describe("a public address", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e",
  ])("is %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ["this network", "0.0.0.0"],
    ["private", "10.0.0.1"],
    ["private", "172.16.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.1.1"],
    ["of a provider's customers", "100.64.0.1"],
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.255"],
    ["link-local, and the metadata of clouds", "169.254.169.254"],
    ["for protocols", "192.0.0.192"],
    ["for documentation", "192.0.2.1"],
    ["for documentation", "198.51.100.1"],
    ["for documentation", "203.0.113.1"],
    ["for measurements", "198.18.0.1"],
    ["for measurements", "198.19.255.255"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["one of IPv4", "::ffff:127.0.0.1"],
    ["one of IPv4", "::ffff:8.8.8.8"],
    ["one of IPv4", "::ffff:a9fe:a9fe"],
    ["one of IPv4", "::127.0.0.1"],
    ["NAT64 of a private one", "64:ff9b::a00:1"],
    ["NAT64 of a local network", "64:ff9b:1::1"],
    ["unique local", "fc00::1"],
    ["the metadata of a cloud", "fd00:ec2::254"],
    ["link-local", "fe80::1"],
    ["link-local, with its interface", "fe80::1%eth0"],
    ["site-local", "fec0::1"],
    ["multicast", "ff02::1"],
    ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    ["6to4 of a private one", "2002:a00:1::1"],
    ["for documentation", "2001:db8::1"],
    ["for documentation", "3fff::1"],
    ["discard-only", "100::1"],
  ])("is none that is %s: %s", (_kind, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    "",
    "localhost",
    "example.com",
    "127.1",
    "0x7f000001",
    "2130706433",
    "1.1.1.1 ",
    "[::1]",
  ])("is not %j, which is written otherwise", (text) => {
    expect(isPublicAddress(text)).toBe(false);
    expect(isLoopbackAddress(text)).toBe(false);
  });

  it("is never one that is loopback, and never holds one of IPv4 that it would not be itself", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        expect(isLoopbackAddress(address) && isPublicAddress(address)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
      }),
    );
  });
});

describe("an address of this machine", () => {
  it.each(["http://localhost", "http://127.0.0.1:8080/x", "https://[::1]/", "http://LOCALHOST:1/"])(
    "is %s",
    (url) => {
      expect(isLocalUrl(new URL(url))).toBe(true);
    },
  );

  it.each([
    "https://localhost.evil.example",
    "https://evil.example/localhost",
    "https://localhost@evil.example",
    "http://127.0.0.2",
    "http://10.0.0.1",
    "http://localhost.",
    "http://0.0.0.0",
  ])("is not %s", (url) => {
    expect(isLocalUrl(new URL(url))).toBe(false);
  });
});
