import type { AcademySettings } from "@lectern/contract/academy";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { useCall } from "../../../../account/use-call.ts";
import { useCallForm } from "../../../../account/use-call-form.ts";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { fieldText } from "../../../../forms/contract-shape.ts";
import { Form } from "../../../../forms/form.tsx";
import { TimeZoneField, zoneWords } from "../../../../office/time-zone-field.tsx";
import { useUndo } from "../../../../office/undo.tsx";
import { ZonePreview } from "./zone-preview.tsx";

async function loadShape() {
  return (await import("@lectern/contract/academy")).AcademyUpdateInput;
}

/** Chooses the zone. What it would be like there is shown before. */
export function ZoneForm({ settings }: { settings: AcademySettings }) {
  const t = useTranslations("officeSettings");
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const [chosen, setChosen] = useState(settings.timeZone);
  const changed = () =>
    Promise.all([
      queryClient.invalidateQueries(api.academy.pathFilter()),
      queryClient.invalidateQueries(api.reports.pathFilter()),
    ]);
  const back = useCall(api.academy.update.mutationOptions());
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      timeZone: fieldText(data, "timeZone"),
      version: settings.version,
    }),
    call: api.academy.update.mutationOptions(),
    judgedByServer: ["timeZone"],
    onDone: ({ timeZone, version }) => {
      undo.done({
        words: t("zoneChanged", { zone: zoneWords(timeZone) }),
        undo: async () => {
          const wish = { timeZone: settings.timeZone, version };
          await back.mutateAsync({ ...wish, idempotencyKey: back.keyOf(wish) });
          void changed();
        },
      });
      void changed();
    },
  });
  const isOther = chosen !== settings.timeZone;
  return (
    <Form
      {...formProps}
      onInput={({ currentTarget }) =>
        setChosen(fieldText(new FormData(currentTarget), "timeZone") ?? settings.timeZone)
      }
    >
      <CallFailure call={sending} />
      <TimeZoneField
        name="timeZone"
        label={t("zone")}
        value={settings.timeZone}
        problems={problems}
      />
      <ZonePreview now={settings.timeZone} chosen={chosen} />
      <p>
        <Button type="submit" isBusy={sending.isPending} isDisabled={!isOther}>
          {t("saveZone")}
        </Button>
      </p>
    </Form>
  );
}
