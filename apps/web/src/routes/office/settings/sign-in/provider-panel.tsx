import type { IdentityProvider } from "@lectern/contract/identity";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { useCall } from "../../../../account/use-call.ts";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { Dialog, DialogActions } from "../../../../dialog/dialog.tsx";
import { CopyField } from "../../../../forms/copy-field.tsx";
import { OfficeLink } from "../../../../office/office-link.tsx";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { Facts } from "../../../../office/record-page.tsx";
import { SidePanel } from "../../../../office/side-panel.tsx";
import { StateBadge } from "../../../../office/state-badge.tsx";
import { useUndo } from "../../../../office/undo.tsx";

interface ProviderPanelProps {
  readonly provider: IdentityProvider;
  readonly onClose: () => void;
}

/** One provider beside the list: what was agreed with it, and whether people sign in there. */
export function ProviderPanel({ provider, onClose }: ProviderPanelProps) {
  const t = useTranslations("officeSignIn");
  const [isAsking, setIsAsking] = useState(false);
  const { name, isEnabled, organisation } = provider;
  return (
    <SidePanel
      title={name}
      badge={
        <StateBadge tone={isEnabled ? "good" : "over"}>
          {t(isEnabled ? "enabled" : "disabled")}
        </StateBadge>
      }
      onClose={onClose}
    >
      <div className="office-sign-in-one">
        <CopyField
          label={t("redirectUri")}
          text={provider.redirectUri}
          words={{ copy: t("copy"), copied: t("copied") }}
        />
        <Facts
          facts={[
            [
              t("whose"),
              organisation === null ? (
                t("staff")
              ) : (
                <OfficeLink key="whose" href={`/office/organisations/${organisation.id}`}>
                  {organisation.name}
                </OfficeLink>
              ),
            ],
            [t("people"), String(provider.people)],
            [t("issuer"), provider.issuer],
            [t("clientId"), provider.clientId],
            [t("slug"), provider.slug],
            [
              t("secondFactor"),
              t(provider.asksSecondFactor ? "secondFactorThere" : "secondFactorHere"),
            ],
            [t("acrValues"), listOr(provider.acrValues, t("nothing"))],
            [t("amrValues"), listOr(provider.amrValues, t("nothing"))],
            [
              t("maxAge"),
              provider.maxAgeSeconds === null
                ? t("anyAge")
                : t("minutes", { count: Math.ceil(provider.maxAgeSeconds / 60) }),
            ],
            [t("made"), <OfficeInstant key="made" instant={provider.createdAt} />],
          ]}
        />
        <p>
          <Button variant={isEnabled ? "outline" : "filled"} onClick={() => setIsAsking(true)}>
            {t(isEnabled ? "disable" : "enable")}
          </Button>
        </p>
        <p className="aside-note">{t("others")}</p>
        {isAsking ? <SwitchDialog provider={provider} onClose={() => setIsAsking(false)} /> : null}
      </div>
    </SidePanel>
  );
}

function listOr(values: readonly string[], nothing: string): string {
  return values.length === 0 ? nothing : values.join(", ");
}

/** Lets people sign in at a provider, or nobody any more. */
function SwitchDialog({ provider, onClose }: ProviderPanelProps) {
  const t = useTranslations("officeSignIn");
  const api = useApi();
  const undo = useUndo();
  const queryClient = useQueryClient();
  // As it was when it was asked about.
  const [{ id, name, version, isEnabled, people }] = useState(provider);
  const disabling = useCall(api.identity.disableProvider.mutationOptions());
  const enabling = useCall(api.identity.enableProvider.mutationOptions());
  const calling = isEnabled ? disabling : enabling;
  function change(close: () => void): void {
    const wish = { id, version };
    calling.mutate(
      { ...wish, idempotencyKey: calling.keyOf(wish) },
      {
        onSuccess: () => {
          close();
          undo.say(t(isEnabled ? "disabledNow" : "enabledNow", { name }));
          void queryClient.invalidateQueries(api.identity.pathFilter());
        },
      },
    );
  }
  return (
    <Dialog title={t(isEnabled ? "disableTitle" : "enableTitle", { name })} onClose={onClose}>
      {(close) => (
        <>
          <p>{t(isEnabled ? "disableWords" : "enableWords", { count: people })}</p>
          <CallFailure call={calling} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("keep")}
            </Button>
            <Button isBusy={calling.isPending} onClick={() => change(close)}>
              {t(isEnabled ? "disable" : "enable")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
