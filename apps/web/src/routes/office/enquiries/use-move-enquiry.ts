import type { EnquiryListItem } from "@lectern/contract/enquiries";
import { EnquiryKind, EnquiryStatus } from "@lectern/contract/vocabulary";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { useCall } from "../../../account/use-call.ts";
import { useApi, useClient } from "../../../data/api.ts";
import { useUndo } from "../../../office/undo.tsx";
import { type Asked, type Shown, isListed, wayBack, withEnquiry } from "./moves.ts";

/** A move that somebody wants. */
export interface Move {
  readonly enquiry: EnquiryListItem;
  readonly to: EnquiryStatus;
  readonly note?: string | undefined;
}

export interface Moving {
  /** Makes a move, says that it is done or why it is not, and offers a way back where there is one. */
  move(this: void, move: Move): Promise<void>;
  /** As `move`, but throws what goes wrong instead of saying it. */
  attempt(this: void, move: Move): Promise<void>;
  /** Whether an enquiry is on its way, which is not the moment to move it again. */
  isMoving(this: void, id: string): boolean;
}

const KEY = ["enquiries", "move"];

const ListKey = z.tuple([
  z.unknown(),
  z.object({
    input: z.object({
      statuses: z.array(EnquiryStatus).nullish(),
      kinds: z.array(EnquiryKind).nullish(),
      query: z.string().nullish(),
      course: z.string().nullish(),
    }),
  }),
]);

/** @returns what a list was asked for, out of its name in the cache; `undefined` for what is no list */
function askedOf(key: QueryKey): Asked | undefined {
  const parsed = ListKey.safeParse(key);
  return parsed.success ? parsed.data[1].input : undefined;
}

/** Moves enquiries from state to state. What comes of it is shown at once, and taken back where the API refuses. */
export function useMoveEnquiry(): Moving {
  const t = useTranslations("officeEnquiries");
  const client = useClient();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const words = useAccountWords();
  const show = useShowEnquiry();
  const lists = useApi().enquiries.pathFilter();
  const [moving, setMoving] = useState<ReadonlySet<string>>(new Set());
  const calling = useCall<Move & { idempotencyKey: string }, EnquiryListItem, Error, void>({
    mutationKey: KEY,
    mutationFn: async ({ enquiry, to, note = null, idempotencyKey }) => {
      const { id, version } = enquiry;
      const moved = await client.enquiries.move.mutate({ id, version, to, note, idempotencyKey });
      return { ...enquiry, ...moved };
    },
    onMutate: async ({ enquiry, to }) => {
      setMoving((all) => new Set([...all, enquiry.id]));
      // What is on its way would overwrite it.
      await queryClient.cancelQueries(lists);
      show({ ...enquiry, status: to });
    },
    onSuccess: show,
    onError: (_error, { enquiry }) => show(enquiry),
    onSettled: (_answer, _error, { enquiry }) => {
      setMoving((all) => new Set([...all].filter((id) => id !== enquiry.id)));
      // Of several that are on their way, the last asks: before, an answer would not know of the others.
      if (queryClient.isMutating({ mutationKey: KEY }) === 1) {
        void queryClient.invalidateQueries(lists);
      }
    },
  });
  function send(move: Move): Promise<EnquiryListItem> {
    const { enquiry, to, note } = move;
    const wish = { id: enquiry.id, version: enquiry.version, to, note };
    return calling.mutateAsync({ ...move, idempotencyKey: calling.keyOf(wish) });
  }
  async function attempt(move: Move): Promise<void> {
    const { enquiry, to } = move;
    const moved = await send(move);
    const said = t("moved", { name: enquiry.name, state: t(`status_${to}`) });
    const back = wayBack(enquiry.status, to);
    if (back === undefined) {
      undo.say(said);
      return;
    }
    undo.done({
      words: said,
      undo: async () => {
        let last = moved;
        for (const state of back) last = await send({ enquiry: last, to: state });
      },
    });
  }
  return {
    attempt,
    move: (move) => attempt(move).catch((error: unknown) => undo.alert(words(error))),
    isMoving: (id) => moving.has(id),
  };
}

/** @returns shows an enquiry as it is now, or will be: in all lists that have it or should, and on its page */
function useShowEnquiry(): (enquiry: EnquiryListItem) => void {
  const queryClient = useQueryClient();
  const api = useApi();
  const filter = api.enquiries.list.infiniteQueryFilter();
  return (enquiry) => {
    const { id, status, version } = enquiry;
    queryClient.setQueryData(
      api.enquiries.byId.queryKey({ id }),
      (known) => known && { ...known, status, version },
    );
    const lists = queryClient.getQueriesData<Shown>(filter).flatMap(([key, shown]) => {
      const asked = askedOf(key);
      return shown === undefined || asked === undefined ? [] : [{ key, shown, asked }];
    });
    const texts = new Set(
      lists.flatMap(({ shown, asked }) =>
        asked.query != null && isListed(shown, enquiry.id) ? [asked.query] : [],
      ),
    );
    for (const { key, shown, asked } of lists) {
      queryClient.setQueryData<Shown>(key, withEnquiry(shown, asked, enquiry, texts));
    }
  };
}
