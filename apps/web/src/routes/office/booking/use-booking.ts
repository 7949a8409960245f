import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";

/** What others do with it shows up by itself. */
const AGAIN_MS = 5000;

/** @returns the booking of a page, as staff see it */
export function useBooking(reference: string) {
  const api = useApi();
  return useQuery(api.bookings.forStaff.queryOptions({ reference }, { refetchInterval: AGAIN_MS }));
}

/** @returns asks anew for what shows a booking, once something was changed */
export function useBookingChanged(): () => void {
  const api = useApi();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(api.bookings.pathFilter());
    void queryClient.invalidateQueries(api.registrations.pathFilter());
  };
}
