import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../../account/use-account-words.ts";
import { useCall } from "../../../../account/use-call.ts";
import { useClient } from "../../../../data/api.ts";
import { useUndo } from "../../../../office/undo.tsx";
import { useVenuesChanged } from "../venues/use-venues-changed.ts";

interface Move {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey: string;
}

interface Moved {
  readonly version: number;
}

interface Movable {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** @returns ways to retire a venue or a room, which can be undone, and to take it back into use */
export function useMoves(kind: "venue" | "room", { id, name, version }: Movable) {
  const t = useTranslations("officeVenues");
  const { venues } = useClient();
  const undo = useUndo();
  const words = useAccountWords();
  const changed = useVenuesChanged();
  const retiring = useCall<Move, Moved, Error, unknown>({
    mutationFn: (move) =>
      kind === "venue" ? venues.retire.mutate(move) : venues.retireRoom.mutate(move),
  });
  const restoring = useCall<Move, Moved, Error, unknown>({
    mutationFn: (move) =>
      kind === "venue" ? venues.restore.mutate(move) : venues.restoreRoom.mutate(move),
  });
  async function takeBack(at: number): Promise<void> {
    const wish = { id, version: at };
    await restoring.mutateAsync({ ...wish, idempotencyKey: restoring.keyOf(wish) });
    changed();
  }
  return {
    isBusy: restoring.isPending,
    /** @throws as the call does */
    retire: async (): Promise<void> => {
      const wish = { id, version };
      const after = await retiring.mutateAsync({ ...wish, idempotencyKey: retiring.keyOf(wish) });
      changed();
      undo.done({ words: t("retiredNow", { name }), undo: () => takeBack(after.version) });
    },
    restore: async (): Promise<void> => {
      try {
        await takeBack(version);
        undo.say(t("restoredNow", { name }));
      } catch (failure) {
        undo.alert(words(failure));
        changed();
      }
    },
  };
}
