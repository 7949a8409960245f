import { isLecternError } from "@lectern/client";
import type { JoiningInput } from "@lectern/contract/calendar";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { useAccountWords } from "../account/use-account-words.ts";
import { useClient } from "../data/api.ts";

/** Whose session it is: of a place, by the key of a link, or of a run, by who is signed in. */
export type Coming = z.input<typeof JoiningInput>;

/** The messages for why nobody can come in. */
const CLOSED = {
  ahead: "failed_ahead",
  over: "failed_over",
  cancelled: "failed_cancelled",
  no_link: "failed_no_link",
} as const;

function isClosed(detail: string | null): detail is keyof typeof CLOSED {
  return detail !== null && Object.hasOwn(CLOSED, detail);
}

/**
 * Comes to a session: where it is, is asked for when somebody goes there, and kept nowhere.
 *
 * @returns the call, and what is to be said of it when it failed
 */
export function useJoin(coming: Coming, position: number) {
  const client = useClient();
  const t = useTranslations("joining");
  const words = useAccountWords();
  const joining = useMutation({
    mutationFn: () => client.calendar.join.query({ ...coming, position }),
    onSuccess: ({ url }) => globalThis.location.assign(url),
    gcTime: 0,
  });
  function failureWords(failure: unknown): string {
    if (isLecternError(failure, "Conflict") && isClosed(failure.data.detail)) {
      return t(CLOSED[failure.data.detail]);
    }
    return words(failure);
  }
  return { joining, failureWords };
}
