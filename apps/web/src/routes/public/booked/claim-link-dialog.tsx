import type { ClaimLink } from "@lectern/contract/registrations";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useEffectEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { Place } from "../../../bookings/live-places.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { pathHere } from "../../../language/addresses.ts";
import { linkTo } from "../../../link-keys/link-key.ts";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import type { ChangeDialogProps } from "./cancel-dialog.tsx";
import { CopyField } from "../../../forms/copy-field.tsx";
import "./claim-link-dialog.css";

/** A link that lets whoever has it take an unnamed place: to copy, to send, or to make anew. */
export function ClaimLinkDialog(props: Omit<ChangeDialogProps, "onChanged"> & { place: Place }) {
  const { place, booking, accessKey, onClose } = props;
  const t = useTranslations("booked");
  return (
    <Dialog title={t("linkTitle", { position: place.position })} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("linkWords")}</p>
          <Link reference={booking.reference} accessKey={accessKey} registrationId={place.id} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("close")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

interface LinkProps {
  readonly reference: string;
  /** Nothing where it is their own: then they are signed in. */
  readonly accessKey: string | null;
  readonly registrationId: string;
}

/** What is asked of the link beside itself. */
interface LinkWish {
  readonly renew?: boolean;
  readonly sendTo?: string;
}

function addressOf({ registrationId, claimVersion, claimKey }: ClaimLink): string {
  const id = `${registrationId}.${claimVersion}`;
  return linkTo(globalThis.location.origin + pathHere(""), "claim", { id, key: claimKey });
}

function Link(proof: LinkProps) {
  const t = useTranslations("booked");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const api = useApi();
  const field = useId();
  const [wishes] = useState(() => new Wishes());
  const [link, setLink] = useState<ClaimLink>();
  const asking = useMutation(
    api.registrations.claimLink.mutationOptions({
      onSuccess: (answer) => {
        // A new link, or the same mail once more, is a new wish.
        wishes.fulfilled();
        setLink(answer);
      },
    }),
  );
  function ask(wish: LinkWish = {}): void {
    const input = { ...proof, ...wish };
    asking.mutate({ ...input, idempotencyKey: wishes.keyOf(input) });
  }
  const begin = useEffectEvent(ask);
  useEffect(() => begin(), []);

  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get("email");
    if (typeof email === "string" && !asking.isPending) ask({ sendTo: email.trim() });
  }
  const done = asking.isSuccess ? asking.variables : undefined;
  const isSending = asking.isPending && asking.variables.sendTo != null;
  return (
    <>
      {asking.isError ? (
        <FailureNotice key={asking.failureCount} title={tFailures("failedTitle")}>
          <p>{words(asking.error)}</p>
        </FailureNotice>
      ) : null}
      {link === undefined ? (
        asking.isError ? null : (
          <p role="status">{t("linkMaking")}</p>
        )
      ) : (
        <>
          <CopyField
            label={t("linkField")}
            text={addressOf(link)}
            words={{ copy: t("linkCopy"), copied: t("linkCopied") }}
          />
          <form className="claim-link-send" onSubmit={send}>
            <label htmlFor={field}>{t("linkSendTo")}</label>
            <div className="claim-link-row">
              <input
                id={field}
                name="email"
                type="email"
                className="field"
                required
                maxLength={254}
                autoComplete="off"
              />
              <button type="submit" className="plain-button" aria-disabled={isSending || undefined}>
                {t(isSending ? "linkSending" : "linkSend")}
              </button>
            </div>
            <p role="status" className="aside-note">
              {done?.sendTo == null ? "" : t("linkSent", { email: done.sendTo })}
            </p>
          </form>
          <div className="claim-link-renew">
            <button
              type="button"
              className="plain-button"
              onClick={() => {
                if (!asking.isPending) ask({ renew: true });
              }}
            >
              {t("linkRenew")}
            </button>
            <p role="status" className="aside-note">
              {t(done?.renew === true ? "linkRenewed" : "linkRenewWords")}
            </p>
          </div>
        </>
      )}
    </>
  );
}
