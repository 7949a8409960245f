/** Time zones as people write them. */

function canonical(text: string): string | undefined {
  // An offset such as +01:00 is accepted by the runtime, but it is no zone: it knows no summer time.
  if (!/^[A-Za-z]/u.test(text)) return undefined;
  try {
    return Temporal.Now.zonedDateTimeISO(text).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

let zonesByCity: Map<string, string[]> | undefined;

function zonesOfCity(city: string): readonly string[] {
  if (zonesByCity === undefined) {
    zonesByCity = new Map();
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      const name = zone.slice(zone.lastIndexOf("/") + 1).toLowerCase();
      zonesByCity.set(name, [...(zonesByCity.get(name) ?? []), zone]);
    }
  }
  return zonesByCity.get(city.trim().toLowerCase().replaceAll(/\s+/gu, "_")) ?? [];
}

export type ZoneReading =
  | { readonly zone: string; readonly isGuess: boolean }
  | { readonly zone: undefined };

/**
 * @param text an IANA identifier in any letter case, or the one city that a zone is named after
 * @returns the IANA identifier, and whether it was only found by its city
 */
export function readTimeZone(text: string): ZoneReading {
  const trimmed = text.trim();
  const zone = canonical(trimmed);
  if (zone !== undefined) return { zone, isGuess: false };
  const [found, another] = zonesOfCity(trimmed);
  return found !== undefined && another === undefined
    ? { zone: found, isGuess: true }
    : { zone: undefined };
}
