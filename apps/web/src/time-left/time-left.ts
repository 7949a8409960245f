/** Time until something lapses, on the server's clock. */

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;

/**
 * @param expiresAt on the server's clock
 * @param serverTime what that clock said when it answered
 * @param answeredAt when that was on this device's clock, in milliseconds
 * @returns the same moment on this device's clock, whatever that one says
 */
export function deadlineOf(expiresAt: string, serverTime: string, answeredAt: number): number {
  return answeredAt + Date.parse(expiresAt) - Date.parse(serverTime);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** `14:59` of seconds, `1:14:59` from an hour on. */
export function formatTimeLeft(seconds: number): string {
  const hours = Math.floor(seconds / SECONDS_PER_HOUR);
  const minutes = Math.floor((seconds % SECONDS_PER_HOUR) / SECONDS_PER_MINUTE);
  const rest = twoDigits(seconds % SECONDS_PER_MINUTE);
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${twoDigits(minutes)}:${rest}`;
}

/** What somebody who listens wants to know: the hours, then the minutes, and that it is about to end. */
export type TimeSpoken =
  | { readonly unit: "hours"; readonly value: number }
  | { readonly unit: "minutes"; readonly value: number }
  | { readonly unit: "seconds" };

export function spokenTimeLeft(seconds: number): TimeSpoken {
  if (seconds >= SECONDS_PER_HOUR) {
    return { unit: "hours", value: Math.floor(seconds / SECONDS_PER_HOUR) };
  }
  if (seconds >= SECONDS_PER_MINUTE) {
    return { unit: "minutes", value: Math.floor(seconds / SECONDS_PER_MINUTE) };
  }
  return { unit: "seconds" };
}
