import { isLecternError } from "@lectern/client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { DetailsFields } from "../../../organisation/details-fields.tsx";
import { detailsOf } from "../../../organisation/organisation-details.ts";

async function loadShape() {
  return (await import("@lectern/contract/organisations")).OrganisationCreateInput;
}

const NOTHING = {
  name: "",
  country: "NO",
  registrationNumber: null,
  billingEmail: null,
  billingAddress: null,
};

/** Writes down a company, and goes to its page, where people are invited to it. */
export function NewOrganisation({ onClose }: { onClose: () => void }) {
  const t = useTranslations("officeOrganisations");
  return (
    <Dialog title={t("new")} onClose={onClose}>
      {(close) => <NewForm close={close} />}
    </Dialog>
  );
}

function NewForm({ close }: { close: () => void }) {
  const t = useTranslations("officeOrganisations");
  const tOffice = useTranslations("office");
  const tCompany = useTranslations("organisation");
  const api = useApi();
  const router = useRouter();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: api.organisations.create.mutationOptions(),
    inputOf: detailsOf,
    onDone: ({ id, name }) => {
      close();
      undo.say(t("made", { name }));
      void queryClient.invalidateQueries(api.organisations.list.pathFilter());
      void router.navigate({ href: `/office/organisations/${id}` });
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure
        call={sending}
        words={(failure) =>
          isLecternError(failure, "Conflict") ? tCompany("numberTaken") : undefined
        }
      />
      <ProblemCount problems={problems} />
      <DetailsFields organisation={NOTHING} problems={problems} />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t("make")}
        </Button>
      </DialogActions>
    </Form>
  );
}
