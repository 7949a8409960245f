import type { BookingDetail } from "@lectern/contract/bookings";
import type { RunDetail } from "@lectern/contract/runs";
import ical from "ical-generator";

interface Words {
  readonly title: string;
  readonly description: string;
  readonly online: string;
}

/**
 * Writes the calendar file (RFC 5545) of a booking, an event for each session. Times are instants, so
 * that every calendar shows them on its owner's clock. It is made in the browser: no address has to
 * carry the booking's key.
 *
 * @param sessions of the run; without any, the run itself is one event
 */
export function calendarFile(
  booking: BookingDetail,
  sessions: RunDetail["sessions"],
  words: Words,
): string {
  const { run, reference } = booking;
  const { venue } = run;
  const place =
    venue === null
      ? words.online
      : [venue.name, venue.street, venue.city].filter(Boolean).join(", ");
  const calendar = ical({ name: words.title, prodId: "//Lectern//Lectern//EN" });
  const sittings = sessions.length > 0 ? sessions : [{ ...run, room: null }];
  for (const sitting of sittings) {
    calendar.createEvent({
      // The same event again replaces it, when a run was moved.
      id: `${sitting.id}@${reference.toLowerCase()}.lectern`,
      start: new Date(sitting.startsAt),
      end: new Date(sitting.endsAt),
      stamp: new Date(booking.confirmedAt ?? booking.createdAt),
      summary: words.title,
      description: words.description,
      location: sitting.room === null ? place : `${sitting.room.name}, ${place}`,
    });
  }
  return calendar.toString();
}
