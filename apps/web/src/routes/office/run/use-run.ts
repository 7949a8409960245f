import type { RunForStaff, StaffSession } from "@lectern/contract/run-office";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";

/** @returns the date of a page, as staff see it */
export function useRun(id: string) {
  const api = useApi();
  return useQuery(api.runs.forStaff.queryOptions({ id }));
}

/** @returns asks anew for what a page shows of a date, once something was changed */
export function useRunChanged(id: string): () => void {
  const api = useApi();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(api.runs.forStaff.queryFilter({ id }));
    void queryClient.invalidateQueries(api.runs.roster.infiniteQueryFilter());
    void queryClient.invalidateQueries(api.runs.ledger.infiniteQueryFilter());
    void queryClient.invalidateQueries(api.runs.history.infiniteQueryFilter());
    void queryClient.invalidateQueries(api.waitlist.list.infiniteQueryFilter());
    void queryClient.invalidateQueries(api.prices.byRun.queryFilter({ runId: id }));
  };
}

/**
 * @param now the moment by the server's clock
 * @returns the session that is on, else the next one, else the last
 */
export function sessionOfNow(run: RunForStaff, now: number): StaffSession | undefined {
  return run.sessions.find(({ endsAt }) => Date.parse(endsAt) > now) ?? run.sessions.at(-1);
}

/** @returns whether the caller can mark a session at a moment, or why not */
export function markingState(
  { attendance }: StaffSession,
  now: number,
): "open" | "not_yet" | "over" | "never" {
  if (attendance === null) return "never";
  if (now < Date.parse(attendance.opensAt)) return "not_yet";
  if (attendance.closesAt !== null && now > Date.parse(attendance.closesAt)) return "over";
  return "open";
}
