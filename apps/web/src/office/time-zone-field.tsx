import { useMemo } from "react";
import { SelectField } from "../account/select-field.tsx";
import type { FieldProps } from "../forms/fields.tsx";

/** What is in no part of the world. */
const WORLD = "UTC";

/** @returns a time zone as it is read: `Europe/Oslo`, `America/New York` */
export function zoneWords(zone: string): string {
  return zone.replaceAll("_", " ");
}

/** The zones that this browser knows, and the one that is there, by parts of the world. */
function zonesByPart(own: string): readonly (readonly [part: string, zones: readonly string[]])[] {
  const all = new Set([WORLD, ...Intl.supportedValuesOf("timeZone"), own]);
  const byPart = Map.groupBy([...all].toSorted(), (zone) =>
    zone.includes("/") ? zone.slice(0, zone.indexOf("/")) : WORLD,
  );
  return [...byPart];
}

/** A time zone, out of all that there are. */
export function TimeZoneField(props: Omit<FieldProps, "isOptional"> & { readonly value: string }) {
  const { value } = props;
  const parts = useMemo(() => zonesByPart(value), [value]);
  return (
    <SelectField {...props}>
      {parts.map(([part, zones]) => (
        <optgroup key={part} label={part}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zoneWords(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
