import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { useApi } from "../data/api.ts";
import { CallFailure } from "./call-failure.tsx";
import { ConfirmWay, type ConfirmingWay } from "./confirm-way.tsx";
import { EntryFrame } from "./entry-frame.tsx";
import { Loaded } from "./loaded.tsx";
import { OtherWays } from "./other-ways.tsx";
import { ShownWay } from "./shown-way.tsx";
import { useMe } from "./use-me.ts";
import { useSignOut } from "./use-sign-out.ts";

/** Stands in the place of any page of somebody who is signed in, and has yet to show their second factor. */
export function ShowFactor({ onShown }: { onShown: () => void }) {
  const t = useTranslations("signIn");
  const tAccount = useTranslations("account");
  const mine = useQuery(useApi().factors.mine.queryOptions());
  const email = useMe().data?.me?.email ?? "";
  const { signOut, isPending, failure } = useSignOut();
  return (
    <EntryFrame title={t("showHeading")} lede={t("showLede")}>
      <Loaded query={mine}>
        {({ totp, passkeys }) => (
          <Ways
            ways={[
              ...(totp === null ? [] : (["totp"] as const)),
              ...(passkeys.length === 0 ? [] : (["passkey"] as const)),
            ]}
            email={email}
            onShown={onShown}
          />
        )}
      </Loaded>
      {failure === null ? null : <CallFailure call={failure} />}
      <p>
        <Button variant="outline" size="small" isBusy={isPending} onClick={signOut}>
          {tAccount("signOut")}
        </Button>
      </p>
    </EntryFrame>
  );
}

interface WaysProps {
  readonly ways: readonly ConfirmingWay[];
  readonly email: string;
  readonly onShown: () => void;
}

function Ways({ ways, email, onShown }: WaysProps) {
  const [way, setWay] = useState<ConfirmingWay>(ways[0] ?? "totp");
  return (
    <>
      <ShownWay of={way}>
        <ConfirmWay key={way} way={way} email={email} onDone={onShown} />
      </ShownWay>
      <OtherWays ways={ways} now={way} onChoose={setWay} />
    </>
  );
}
