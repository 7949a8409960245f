import { useTranslations } from "use-intl";
import type { SchedulingOptions } from "./resource-rows.tsx";

/** All rooms, by their venues. */
export function RoomOptions({ options }: { options: SchedulingOptions | undefined }) {
  const t = useTranslations("officeSchedule");
  const virtual = options?.virtualRooms ?? [];
  return (
    <>
      {options?.venues.map((venue) =>
        venue.rooms.length === 0 ? null : (
          <optgroup key={venue.id} label={t("venueWords", { venue: venue.name, city: venue.city })}>
            <Rooms rooms={venue.rooms} />
          </optgroup>
        ),
      )}
      {virtual.length === 0 ? null : (
        <optgroup label={t("virtualRooms")}>
          <Rooms rooms={virtual} />
        </optgroup>
      )}
    </>
  );
}

/** Those of one place, with how many they hold. */
export function Rooms({ rooms }: { rooms: SchedulingOptions["virtualRooms"] }) {
  const t = useTranslations("officeSchedule");
  return rooms.map(({ id, name, capacity }) => (
    <option key={id} value={id}>
      {t("roomWords", { room: name, capacity })}
    </option>
  ));
}

export function InstructorOptions({ options }: { options: SchedulingOptions | undefined }) {
  return options?.instructors.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}
