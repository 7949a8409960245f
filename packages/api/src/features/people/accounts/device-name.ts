/** Browsers, the most particular first: many call themselves by the names of others as well. */
const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdgA?\//u, "Edge"],
  [/\bOPR\//u, "Opera"],
  [/\bSamsungBrowser\//u, "Samsung Internet"],
  [/\bFxiOS\/|\bFirefox\//u, "Firefox"],
  [/\bCriOS\/|\bChrom(?:e|ium)\//u, "Chrome"],
  [/\bSafari\//u, "Safari"],
];

const SYSTEMS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\biPhone\b/u, "iPhone"],
  [/\biPad\b/u, "iPad"],
  [/\bAndroid\b/u, "Android"],
  [/\bWindows\b/u, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/u, "macOS"],
  [/\bCrOS\b/u, "ChromeOS"],
  [/\bLinux\b/u, "Linux"],
];

function firstOf(names: typeof BROWSERS, client: string): string | undefined {
  return names.find(([pattern]) => pattern.test(client))?.[1];
}

/**
 * @param client what a browser calls itself; anybody can call themselves anything, so that this is a help
 *   for memory and proves nothing
 * @returns a short name such as `Firefox on Windows`
 */
export function deviceName(client: string | null): string {
  if (client === null || client.trim() === "") return "Unknown device";
  const browser = firstOf(BROWSERS, client);
  const system = firstOf(SYSTEMS, client);
  if (browser === undefined) return system ?? client.trim().slice(0, 100);
  return system === undefined ? browser : `${browser} on ${system}`;
}
