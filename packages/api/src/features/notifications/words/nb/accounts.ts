import { button, facts, links, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";

export const accountsLetters = {
  verify_email: ({ name, email, url, expiresAt, zone }, say) => ({
    subject: "Bekreft adressen din",
    preheader: `Lenken virker til ${say.moment(expiresAt, zone)}`,
    heading: "Er dette adressen din?",
    blocks: [
      text(
        `Hei, ${name}!\nNoen, trolig du, har opprettet en konto med adressen ${email}. Bekreft at den er din, så kan du logge inn.`,
      ),
      ...facts([["Bekreft innen", say.moment(expiresAt, zone)]]),
      button("Bekreft adressen", url),
      note(
        "Til da kan den som har denne lenken, bekrefte adressen: ikke gi den videre. Hvis du ikke har opprettet noen konto, trenger du ikke å gjøre noe: ingen kan logge inn på den før adressen er bekreftet.",
      ),
    ],
  }),

  already_registered: ({ name, email, signInUrl, resetUrl }) => ({
    subject: "Du har allerede en konto",
    preheader: "Logg inn, eller velg et nytt passord",
    heading: "Du har allerede en konto",
    blocks: [
      text(
        `Hei, ${name}!\nNoen, trolig du, ville opprette en konto med adressen ${email}, som allerede har en. Du kan logge inn på den. Har du glemt passordet, kan du velge et nytt.`,
      ),
      button("Logg inn", signInUrl),
      ...links([{ label: "Nytt passord", url: resetUrl }]),
      note("Hvis det ikke var deg, trenger du ikke å gjøre noe: ingenting er endret."),
    ],
  }),

  reset_password: ({ name, email, url, expiresAt, zone }, say) => ({
    subject: "Velg et nytt passord",
    preheader: `Lenken virker til ${say.moment(expiresAt, zone)}`,
    heading: "Velg et nytt passord",
    blocks: [
      text(
        `Hei, ${name}!\nNoen, trolig du, har bedt om et nytt passord til kontoen med adressen ${email}.`,
      ),
      ...facts([["Velg innen", say.moment(expiresAt, zone)]]),
      button("Velg et nytt passord", url),
      note(
        "Til da kan den som har denne lenken, velge passordet ditt med den, én gang: ikke gi den videre. Hvis du ikke har bedt om det, trenger du ikke å gjøre noe: passordet ditt blir som det er.",
      ),
    ],
  }),

  password_changed: ({ name, email, securityUrl, resetUrl }) => ({
    subject: "Passordet ditt er endret",
    preheader: "Hvis det var deg, er det ingenting å gjøre",
    heading: "Passordet ditt er endret",
    blocks: [
      text(
        `Hei, ${name}!\nPassordet til kontoen din med adressen ${email} er endret. Hvis det var deg, er det ingenting å gjøre.`,
      ),
      text(
        "Hvis det ikke var deg, kan noen andre være inne på kontoen din: velg et nytt passord med en gang, og se så hvem som er logget inn.",
      ),
      button("Se hvem som er logget inn", securityUrl),
      ...links([{ label: "Nytt passord", url: resetUrl }]),
    ],
  }),

  email_change_asked: ({ name, email, url, expiresAt, zone }, say) => ({
    subject: "Bekreft den nye adressen din",
    preheader: `Lenken virker til ${say.moment(expiresAt, zone)}`,
    heading: "Er dette den nye adressen din?",
    blocks: [
      text(
        `Hei, ${name}!\nNoen, trolig du, vil bruke adressen ${email} til kontoen sin. Bekreft at den er din: før du gjør det, endres ingenting.`,
      ),
      ...facts([["Bekreft innen", say.moment(expiresAt, zone)]]),
      button("Bekreft den nye adressen", url),
      note(
        "Til da kan den som har denne lenken, bekrefte den nye adressen, én gang: ikke gi den videre. Hvis du ikke har bedt om det, trenger du ikke å gjøre noe: kontoen beholder adressen den har.",
      ),
    ],
  }),

  email_changed: ({ name, email, newEmail, securityUrl, contactUrl }) => ({
    subject: "Kontoen din har fått en annen adresse",
    preheader: `Du logger nå inn med ${newEmail}`,
    heading: "Kontoen din har fått en annen adresse",
    blocks: [
      text(
        `Hei, ${name}!\nKontoen din hadde adressen ${email}, og har nå en annen. Du logger inn med den nye, og dette er den siste e-posten om kontoen som går til den gamle. Hvis det var deg, er det ingenting å gjøre.`,
      ),
      ...facts([["Ny adresse", newEmail]]),
      text(
        "Hvis det ikke var deg, kan noen andre være inne på kontoen din: se hvem som er logget inn, hvis du fortsatt kan, og skriv til oss med en gang.",
      ),
      button("Se hvem som er logget inn", securityUrl),
      ...links([{ label: "Skriv til oss", url: contactUrl }]),
    ],
  }),

  new_sign_in: ({ name, email, at, zone, client, address, securityUrl }, say) => ({
    subject: "Ny innlogging på kontoen din",
    preheader: `Logget inn ${say.moment(at, zone)}`,
    heading: "Var det deg?",
    blocks: [
      text(
        `Hei, ${name}!\nNoen har logget inn på kontoen din med adressen ${email}, fra en nettleser vi ikke har sett før. Hvis det var deg, er det ingenting å gjøre.`,
      ),
      ...facts([
        ["Når", say.moment(at, zone)],
        ["Nettleser", client],
        ["Fra", address],
      ]),
      text(
        "Hvis det ikke var deg, vet noen andre hvordan de logger inn: logg ut den nettleseren, og velg et nytt passord.",
      ),
      button("Se hvem som er logget inn", securityUrl),
    ],
  }),

  factors_changed: ({ name, email, securityUrl }) => ({
    subject: "Måten du logger inn på, er endret",
    preheader: "Hvis det var deg, er det ingenting å gjøre",
    heading: "Måten du logger inn på, er endret",
    blocks: [
      text(
        `Hei, ${name}!\nDet er gjort endringer i hvordan du logger inn på kontoen din med adressen ${email}. Hvis det var deg, er det ingenting å gjøre.`,
      ),
      text(
        "Hvis det ikke var deg, kan noen andre være inne på kontoen din: fjern det du ikke kjenner igjen, logg ut andre nettlesere, og velg et nytt passord.",
      ),
      button("Se hvordan du logger inn", securityUrl),
    ],
  }),

  invitation: ({ name, inviter, organisation, url, expiresAt, zone }, say) => ({
    subject: organisation === null ? "Du er invitert: en konto" : `Du er invitert: ${organisation}`,
    preheader: `Invitasjonen gjelder til ${say.moment(expiresAt, zone)}`,
    heading: "Du er invitert",
    blocks: [
      text(
        `Hei, ${name}!\n${inviter === null ? "Du er invitert" : `${inviter} inviterer deg`} til ${organisation === null ? "å ha en konto hos oss" : `å bli med i ${organisation} med en egen konto`}.`,
      ),
      ...facts([
        ["Invitert av", inviter],
        ["Bedrift", organisation],
        ["Godta innen", say.moment(expiresAt, zone)],
      ]),
      button("Godta invitasjonen", url),
      note(
        "Til da kan den som har denne lenken, godta i ditt sted, én gang: ikke gi den videre. Hvis du ikke vet hva det gjelder, trenger du ikke å gjøre noe: da utløper den av seg selv.",
      ),
    ],
  }),

  account_suspended: ({ name, email, reason, contactUrl }) => ({
    subject: "Kontoen din er sperret",
    preheader: "Du kan ikke logge inn inntil videre",
    heading: "Kontoen din er sperret",
    blocks: [
      text(
        `Hei, ${name}!\nKontoen din med adressen ${email} er sperret: ingen kan logge inn på den inntil videre. Hvis du mener at dette er en feil, kan du skrive til oss.`,
      ),
      ...facts([["Årsak", reason]]),
      button("Skriv til oss", contactUrl),
    ],
  }),

  accounts_merged: ({ name, email, otherEmail, contactUrl }) => ({
    subject: "Kontoene dine er blitt til én",
    preheader: `Du logger inn med ${email}`,
    heading: "Kontoene dine er blitt til én",
    blocks: [
      text(
        `Hei, ${name}!\nEn annen konto er slått sammen med din: det som hørte til den, ligger nå på kontoen din, og du logger inn bare med adressen ${email}.`,
      ),
      ...facts([["Den andre kontoen", otherEmail]]),
      text(
        "Hvis du ikke kjenner til noen annen konto, eller ikke ønsket dette, må du skrive til oss med en gang.",
      ),
      button("Skriv til oss", contactUrl),
    ],
  }),

  export_ready: ({ name, email, url, until, zone, securityUrl }, say) => ({
    subject: "Kopien av opplysningene dine er klar",
    preheader: `Kan hentes til ${say.moment(until, zone)}`,
    heading: "Kopien av opplysningene dine er klar",
    blocks: [
      text(
        `Hei, ${name}!\nFra kontoen din med adressen ${email} ble det bedt om en kopi av det vi har lagret om deg. Den er klar. Logg inn for å hente den; etter tidspunktet under blir den slettet.`,
      ),
      ...facts([["Hent den innen", say.moment(until, zone)]]),
      button("Hent kopien", url),
      text(
        "Hvis det ikke var du som ba om den, kan noen andre være inne på kontoen din: logg ut andre nettlesere, og velg et nytt passord.",
      ),
      ...links([{ label: "Hvem som er logget inn", url: securityUrl }]),
    ],
  }),

  erasure_asked: ({ name, email, url, dueAt, zone, securityUrl }, say) => ({
    subject: "Kontoen din skal slettes",
    preheader: `Ikke før ${say.moment(dueAt, zone)}`,
    heading: "Kontoen din skal slettes",
    blocks: [
      text(
        `Hei, ${name}!\nFra kontoen din med adressen ${email} ble det bedt om at alt som sier hvem du er, blir slettet. Det kan ikke angres etterpå. Til tidspunktet under kan du ombestemme deg.`,
      ),
      ...facts([["Slettes etter", say.moment(dueAt, zone)]]),
      button("Behold kontoen", url),
      text(
        "Hvis det ikke var du som ba om det, kan noen andre være inne på kontoen din: trekk det tilbake, logg ut andre nettlesere, og velg et nytt passord.",
      ),
      ...links([{ label: "Hvem som er logget inn", url: securityUrl }]),
    ],
  }),

  erasure_done: ({ contactUrl }) => ({
    subject: "Kontoen din er slettet",
    preheader: "Dette er den siste e-posten om den",
    heading: "Kontoen din er slettet",
    blocks: [
      text(
        "Alt som sa hvem du er, er slettet, og ingen kan logge inn på kontoen lenger. Fakturaer blir oppbevart så lenge loven krever, med det de må inneholde.",
      ),
      text(
        "Dette er den siste e-posten om den. Hvis det ikke var du som ba om det, kan du skrive til oss.",
      ),
      button("Skriv til oss", contactUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  | "verify_email"
  | "already_registered"
  | "reset_password"
  | "password_changed"
  | "email_change_asked"
  | "email_changed"
  | "new_sign_in"
  | "factors_changed"
  | "invitation"
  | "account_suspended"
  | "accounts_merged"
  | "export_ready"
  | "erasure_asked"
  | "erasure_done"
>;
