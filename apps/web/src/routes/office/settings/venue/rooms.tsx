import type { RoomDetail } from "@lectern/contract/venues";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../../components/button.tsx";
import { RecordSection } from "../../../../office/record-page.tsx";
import { StateBadge } from "../../../../office/state-badge.tsx";
import { ChangeRoomDialog, NewRoomDialog } from "./room-dialog.tsx";
import { RetireDialog } from "./retire-dialog.tsx";
import { useMoves } from "./use-moves.ts";

interface RoomsProps {
  /** `null`: they are nowhere. */
  readonly venueId: string | null;
  readonly rooms: readonly RoomDetail[];
  /** Nothing is planned here any more. */
  readonly isClosed?: boolean;
}

/** The rooms of a place: how many people fit, what is planned in each, and what can be done with it. */
export function Rooms({ venueId, rooms, isClosed = false }: RoomsProps) {
  const t = useTranslations("officeVenues");
  const [isAdding, setIsAdding] = useState(false);
  return (
    <RecordSection
      title={t("rooms")}
      actions={
        isClosed ? undefined : (
          <Button variant="outline" size="small" onClick={() => setIsAdding(true)}>
            {t("addRoom")}
          </Button>
        )
      }
    >
      {rooms.length === 0 ? <p>{t("noRooms")}</p> : null}
      <ul className="office-venue-rooms">
        {rooms.map((room) => (
          <Room key={room.id} room={room} isClosed={isClosed} />
        ))}
      </ul>
      {isAdding ? <NewRoomDialog venueId={venueId} onClose={() => setIsAdding(false)} /> : null}
    </RecordSection>
  );
}

function Room({ room, isClosed }: { room: RoomDetail; isClosed: boolean }) {
  const t = useTranslations("officeVenues");
  const [open, setOpen] = useState<"change" | "retire">();
  const moves = useMoves("room", room);
  const { name, capacity, upcomingRuns, retiredAt } = room;
  const close = () => setOpen(undefined);
  return (
    <li aria-label={name}>
      <div className="office-venue-room">
        <h3>
          {name} {retiredAt === null ? null : <StateBadge tone="over">{t("retired")}</StateBadge>}
        </h3>
        <div className="facts">
          <span>{t("seats", { count: capacity })}</span>
          <span>{t("datesUpcoming", { count: upcomingRuns })}</span>
        </div>
      </div>
      {isClosed ? null : (
        <div className="office-venue-do">
          {retiredAt === null ? (
            <>
              <Button variant="outline" size="small" onClick={() => setOpen("change")}>
                {t("change")} <span className="visually-hidden">{name}</span>
              </Button>
              <Button variant="outline" size="small" onClick={() => setOpen("retire")}>
                {t("retire")} <span className="visually-hidden">{name}</span>
              </Button>
            </>
          ) : (
            <Button
              variant="outline"
              size="small"
              isBusy={moves.isBusy}
              onClick={() => void moves.restore()}
            >
              {t("restore")} <span className="visually-hidden">{name}</span>
            </Button>
          )}
        </div>
      )}
      {open === "change" ? <ChangeRoomDialog room={room} onClose={close} /> : null}
      {open === "retire" ? (
        <RetireDialog
          name={name}
          upcomingRuns={upcomingRuns}
          words={t("retireRoomWords")}
          onRetire={moves.retire}
          onClose={close}
        />
      ) : null}
    </li>
  );
}
