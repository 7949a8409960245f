import { prose } from "./prose.ts";
import type { CourseTranslation } from "./types.ts";

/** Course pages in Norwegian Bokmål, by course code. */
export const translationsNb: Readonly<Record<string, CourseTranslation>> = {
  "CLD-110": {
    title: "Grunnkurs i sky",
    summary:
      "Regioner, kontoer, nettverk og fakturaer: det alle de store leverandørene har felles, lært ved å bygge ett lite system tre ganger.",
    body: prose`
      Hver sky har sitt eget ordforråd, og de fleste innføringer handler om ordforrådet. Dette kurset
      handler om det som ligger under. Du møter regnekraft, lagring, nettverk og identitet som ideer
      først, og ser deretter hvordan tre store leverandører staver dem. Neste gang du åpner en ny
      konsoll, er den en dialekt og ikke lenger et fremmedspråk.

      Kurset er for deg som skal begynne å arbeide med skytjenester: utviklere som bare har satt ut
      programmer på en server nede i gangen, driftsfolk som skal over, og prosjektledere som vil
      henge med i samtalen. Du trenger ikke kunne programmere.

      I løpet av to dager legger du en liten bibliotekkatalog på nett, først på en virtuell maskin,
      så i containere og til slutt bare med ferdige tjenester. Etter hver runde ser vi på regningen,
      på hva som kan gå galt, og på hvor mange timer det koster å holde det i gang. Til slutt har du
      en mening om hvilken av de tre du ville ha valgt, og du kan forsvare den.
    `,
  },
  "DAT-120": {
    title: "SQL for analyse",
    summary:
      "Fra den første SELECT til vindusfunksjoner på to dager, med spørsmål noen faktisk kunne ha stilt.",
    body: prose`
      Et sted i virksomheten din finnes det en database som vet svaret, og en kø av folk som venter
      på at noen andre skal spørre den. Etter dette kurset kan du gå ut av køen.

      Du arbeider med dataene til et oppdiktet fergeselskap: avganger, billetter, vær og klager.
      Spørsmålene begynner lett (hvilken rute fraktet flest biler i juli?) og slutter med slike som
      regneark ikke klarer i det hele tatt. Vi lærer aldri bort et nytt ord før det finnes et spørsmål
      som trenger det, og hvert svar kontrolleres på en annen måte, for en spørring som kjører, er ennå
      ikke en spørring som er riktig.

      Ingen erfaring kreves, utover at du er vant til tabeller. Analytikere, produktledere,
      journalister og forskere har sittet i dette rommet og gått hjem med nye krefter.
    `,
  },
  "AIM-110": {
    title: "Maskinlæring på vanlig norsk",
    summary:
      "Hva modeller kan og ikke kan, forklart med blyant, små datasett og uten tåkeprat, for dem som skal ta beslutninger om dem.",
    body: prose`
      Du trenger ikke derivasjon for å forstå hvorfor en modell virker på mandag og svikter på
      torsdag. Du trenger en håndfull ideer, noen ærlige forsøk og noen som ikke skifter tema når du
      spør hva tallet betyr.

      På to dager trener du små modeller i en notatbok der hver celle er skrevet ferdig, og hver celle
      kan endres. Du anslår boligpriser, sorterer brev og anbefaler bøker til en fremmed. Hver gang
      stiller vi de samme fire spørsmålene: Hva fikk den se? Hva ble den spurt om? Hvordan vet vi det?
      Og hvem betaler når den tar feil?

      Vi skrev kurset for produkteiere, jurister, saksbehandlere, leger, redaktører og ledere. Den som
      programmerer, er velkommen og får et godt grunnlag for kursene som følger.
    `,
  },
  "AIM-230": {
    title: "Bygg med språkmodeller",
    summary:
      "Instruksjoner, gjenfinning, verktøy og rekkverk: lag en assistent som svarer ut fra dokumentene dine, oppgir kilder og vet når den skal si nei.",
    body: prose`
      En demonstrasjon med en språkmodell tar en formiddag og overbeviser alle. Et produkt tar mye
      lengre tid, for modellen må ha rett også på spørsmål ingen tenkte på, til en pris noen vil
      betale. Dette kurset dekker avstanden mellom de to.

      Du bygger en assistent for byggereglene i en oppdiktet by. Den begynner som en enkelt instruksjon
      og vokser: gjenfinning i fire hundre sider, kildehenvisninger, strukturerte svar, verktøy som
      slår opp en tomt, hukommelse, og en avvisning som er høflig og bestemt. Etter hvert steg kjører
      du de samme to hundre spørsmålene, så du ser hva som hjalp og hva som bare føltes slik.

      Vi bruker én modell som tjeneste og én som går på din egen maskin, gjennom det samme lille
      grensesnittet. Ingenting av det du lærer, er bundet til noen av dem.
    `,
  },
  "SEC-110": {
    title: "Sikkerhet for alle i IT",
    summary:
      "En dag om hvordan angrep virkelig skjer, hva som stanser dem for en billig penge, og hva du gjør de første ti minuttene når noe ser galt ut.",
    body: prose`
      Sikkerhetskurs er kjent for hengelåser, hettegensere og en prøve til slutt. Dette er i stedet en
      dag med historier: åtte angrep på virksomheter omtrent som din, fortalt i rekkefølge, med
      pauser der vi spør hva du ville ha lagt merke til.

      Du knekker en liste med passord og forstår hvorfor lengde slår lurhet. Du skriver en
      overbevisende svindelmelding og ser hvor få av kollegene i rommet som oppdager den. Før lunsj har
      du satt opp passordbehandler og tilgangsnøkkel, og etter lunsj øver vi på fagets nyttigste setning:
      «Jeg tror jeg har gjort en feil.»

      For brukerstøtte, testere, utviklere, prosjektledere og alle andre med en konto det lønner seg
      å stjele. Vi forutsetter ikke mer enn daglig arbeid med datamaskin.
    `,
  },
  "SEC-210": {
    title: "Sikre nettapplikasjoner",
    summary:
      "Angrip en nettapplikasjon i halvannen dag, og bruk resten av tiden på å gjøre hvert angrep umulig i stedet for bare vanskeligere.",
    body: prose`
      De vanlige sårbarhetene på nettet har vært kjent i tjue år, og de skrives fortsatt hver dag,
      stort sett av dyktige folk som har dårlig tid. Dette kurset lærer deg å se dem i kode du ellers
      ville ha godkjent.

      Du får et nettapotek med elleve feil. Ingen forteller deg hvor de er. Du finner dem med
      nettleser, proxy og litt tålmodighet: tilgangssjekker som stoler på klienten, spørringer
      satt sammen av tekst, en filopplasting med egne meninger, nøkler som aldri dør. Så bytter du side
      og retter dem, alltid på jakt etter den rettingen som fjerner hele klassen av feil: en
      spørringsbygger som ikke kan skjøte tekst, en mal som er trygg uten at du ber om det, en
      tilgangskontroll det er umulig å glemme.

      Eksemplene er i TypeScript, med Java og Python ved siden av. Alt du angriper, kjører på din egen
      maskin.
    `,
  },
  "WEB-110": {
    title: "HTML og CSS fra grunnen",
    summary:
      "Tre dager til et eget nettsted: oppmerking med mening, moderne utforming og tekst det er en glede å lese.",
    body: prose`
      HTML og CSS er eldre enn mange av dem som bruker språkene, og de har aldri vært bedre. Sideoppsett
      som før krevde et helt rammeverk, tar nå fire linjer. Dette kurset lærer bort språkene slik de er i
      dag, uten arkeologien.

      Du lager ett nettsted fra begynnelse til slutt: sidene til en liten kino, med program,
      bestillingsskjema og en historie i bilder. Den første dagen er for ord og struktur. Du hører siden
      lest opp av en skjermleser før den har en eneste farge. Den andre dagen er for utforming på alle
      skjermer, fra en klokke til en vegg. Den tredje dagen blir nettstedet vakkert: skrift, farge, mørk
      drakt og bevegelse med måte.

      Her er nybegynnere hjemme, og det samme er tjenerutviklere som har unngått emnet i ti år.
    `,
  },
  "WEB-220": {
    title: "React med TypeScript",
    summary:
      "Tilstand, data, skjemaer og tester i en ekte applikasjon, med typer som fanger feil og komponenter du tør å endre.",
    body: prose`
      React er lite. Det er ikke applikasjonene som bygges med det, og det som gjør dem vanskelige, er
      sjelden React: det er tilstand på feil sted, data som hentes to ganger, effekter som jager
      hverandre, og typer som ble brakt til taushet da de hadde et poeng.

      I løpet av fire dager bygger du rutetabellen for en lokaljernbane. Den har søk, forsinkelser i
      sanntid, bestillinger som kan mislykkes, reisende uten nett og en presseavdeling som vil ha alt
      på fire språk. Du legger tilstanden der den hører hjemme, lar et spørrebibliotek eie dataene fra
      tjeneren, skriver skjemaer som tåler dårlige nett, og tester det et menneske ville ha sett på
      skjermen.

      Vi bruker dagens React hele veien, med gjengivelse på tjeneren, og TypeScript i strengeste
      innstilling fra første linje.
    `,
  },
  "LNG-110": {
    title: "Programmering med Python",
    summary:
      "Et første kurs i programmering, som slutter med programmer du fortsatt bruker neste måned.",
    body: prose`
      Et sted i uken din finnes det en oppgave som en datamaskin burde ha gjort: gi filer nye navn, slå
      sammen rapporter, sammenligne to lister. Den oppgaven tar du med deg den første dagen. Den fjerde
      dagen tar du med deg hjem programmet som løser den.

      Vi går langsomt i begynnelsen og hopper aldri over et steg. Hva er en verdi? Hva er et navn på
      den? Hva skjer, helt nøyaktig, når denne linjen kjører? Den andre dagen skriver du funksjoner, og
      den tredje leser du filer, henter data fra nettet og håndterer det som går galt. Hver time har ti
      minutter forklaring og femti minutter skriving, og det er alltid noen i nærheten når du står fast.

      Du trenger ingen bakgrunn i data. Biologer, regnskapsførere, bibliotekarer og lærere har klart
      seg fint her, og mange har kommet tilbake.
    `,
  },
  "OPS-210": {
    title: "Containere og Kubernetes",
    summary:
      "Fra et enkelt image til en klynge som reparerer seg selv, med nok teori til å feilsøke og nok arr til å ha respekt.",
    body: prose`
      Kubernetes er en løkke som sammenligner det som er, med det du ba om, gjentatt to hundre steder.
      Sett slik lar det seg lære. Sett som to hundre slags YAML gjør det ikke det.

      Den første dagen handler bare om containere: hva kjernen gjør, hva et image inneholder, og hvorfor
      ditt er for stort. Så får du en egen klynge i tre dager. Du setter ut en plattform for podkaster
      med seks tjenester, gjør den tilgjengelig, gir den lagring, skalerer den og oppgraderer den. Hver
      ettermiddag svikter noe, og du finner ut hva ved å spørre klyngen i riktig rekkefølge.

      Den siste dagen snakker vi om når du bør la være. Ganske mange deltakere går lettet hjem.
    `,
  },
  "DBS-210": {
    title: "PostgreSQL for utviklere",
    summary:
      "Alt mellom koden din og disken: typer, indekser, låser, planer og funksjonene som sparer deg for enda en tjeneste.",
    body: prose`
      Mange applikasjoner bruker PostgreSQL som et sted å legge objekter. Den er langt mer: en kø, en
      søkemotor, en dommer for timeplaner og en svært tålmodig kollega som nekter å godta feilene dine.
      Dette kurset presenterer dere ordentlig for hverandre.

      Eksemplet er timeboken til en klinikk, og den er full av feller. To pasienter må aldri ha samme
      lege samtidig, noe som viser seg å være en regel på én linje. Tidene må stemme i tre tidssoner.
      Søket må tilgi skrivefeil. En rapport må ikke stanse resepsjonen. For hvert problem lærer du
      funksjonen og deretter hva den koster, ved å lese planer og følge med på låser.

      Tre dager, mye av tiden ved tastaturet, med en egen tjener som du oppfordres til å overbelaste.
    `,
  },
  "ARC-250": {
    title: "Fra utvikler til teamleder",
    summary:
      "Det første året som leder: lytte, delegere, gi tilbakemelding, planlegge og slippe tastaturet.",
    body: prose`
      Du var flink til noe, og derfor fikk du en annen jobb. Ingen nevnte at det i de første månedene
      ville føles som om du ikke gjorde noe nyttig hele dagen.

      Kurset er for deg som er der nå, eller snart kommer dit. Vi øver på samtalene som arbeidet består
      av: den første medarbeidersamtalen, uenigheten om en løsning, kollegaen som ikke leverer som før,
      lederen som vil ha en dato. Den andre dagen får vi besøk av skuespillere, så du kan ha den samme
      vanskelige samtalen tre ganger og se hva som endrer seg. Mellom øvelsene er det tid til å
      sammenligne erfaringer med andre som er like usikre.

      To dager, ingen lysbilder etter den første timen, og en samtale i gruppen seks uker senere.
    `,
  },
  "UXD-250": {
    title: "Universell utforming i praksis",
    summary:
      "Bygg og test grensesnitt for tastatur, skjermleser, forstørring og et trøtt hode, og oppfyll standarden på veien.",
    body: prose`
      Universell utforming læres ofte bort som en liste med åtti krav. Vi lærer det bort som en rekke
      bekjentskaper. Hver dag tilbringer du tid med folk som bruker nettet med tastatur, med hørselen,
      med stemmen og i firedobbel størrelse, og som tålmodig viser deg hvordan.

      Innimellom reparerer du ting: en meny, en datovelger, et diagram, en kasse. Du lærer den håndfullen
      HTML-elementer som gjør det meste av arbeidet gratis, de få mønstrene som krever programmering, og
      hvordan du tester på ti minutter med det som allerede finnes på maskinen din. Kravene i standarden
      dukker opp etter hvert som vi møter dem, med en enkel forklaring på hvem hvert av dem er for.

      Utviklere, designere og testere skal alle gå hjem med en kort liste over hva de gjør på mandag.
    `,
  },
};
