/** Style and script of the mailbox: small enough to live here, and not to need the site's build. */

export const MAILBOX_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf9f6, #141518);
  --raised: light-dark(#ffffff, #1b1d21);
  --ink: light-dark(#17181c, #ebe8e1);
  --soft: light-dark(#4c4d54, #b4b1aa);
  --rule: light-dark(#dcd9d0, #303238);
  --edge: light-dark(#84857f, #7a7c82);
  --accent: light-dark(#2336d4, #a3adff);
  --on-accent: light-dark(#ffffff, #12142b);
  --alert: light-dark(#a8201a, #ff9a90);
  --serif: "Newsreader", Georgia, serif;
  --sans: "Source Sans 3", system-ui, sans-serif;
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.5 var(--sans);
}
header, main { max-width: 64rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; padding-block: 1.5rem; }
header strong { font: 1.375rem/1.2 var(--serif); margin-inline-end: auto; }
main { padding-block-end: 4rem; }
h1 { font: clamp(1.75rem, 1.4rem + 1.6vw, 2.5rem)/1.15 var(--serif); margin: 0 0 1rem; }
h2 { font: 1.375rem/1.2 var(--serif); margin: 2rem 0 0.75rem; }
p { max-width: 42rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
.soft { color: var(--soft); }
.alert { color: var(--alert); }
.mails { list-style: none; margin: 0; padding: 0; border-block-start: 1px solid var(--rule); }
.mails li {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 0 1.5rem;
  padding-block: 0.75rem;
  border-block-end: 1px solid var(--rule);
}
.mails a { font-weight: 600; overflow-wrap: anywhere; }
.mails .soft { font-size: 0.9375rem; overflow-wrap: anywhere; }
.mails time { font-variant-numeric: tabular-nums; font-size: 0.9375rem; color: var(--soft); }
@media (max-width: 40rem) { .mails li { grid-template-columns: minmax(0, 1fr); } }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.25rem 1.25rem; margin: 0 0 1.5rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: min(46rem, 80vh); border: 1px solid var(--rule); background: var(--raised); resize: both; }
pre {
  margin: 0;
  padding: 1rem 1.25rem;
  overflow: auto;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  background: var(--raised);
  border: 1px solid var(--rule);
  font: 0.9375rem/1.5 ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", Menlo, Consolas, monospace;
}
form { display: grid; gap: 0.5rem; max-width: 34rem; }
label { font-weight: 600; }
input {
  font: inherit;
  padding: 0.6rem 0.75rem;
  color: inherit;
  background: var(--raised);
  border: 1px solid var(--edge);
  border-radius: 2px;
}
button {
  justify-self: start;
  margin-block-start: 0.5rem;
  font: 600 1.0625rem/1.2 var(--sans);
  padding: 0.7rem 1.4rem;
  color: var(--on-accent);
  background: var(--accent);
  border: 0;
  border-radius: 2px;
  cursor: pointer;
}
`;

/** What follows the # never leaves the browser by itself: the form carries it, in its body. */
export const MAILBOX_SCRIPT = `
const key = /[#&]key=([A-Za-z0-9_-]{43})$/.exec(location.hash)?.[1];
if (key !== undefined) {
  history.replaceState(null, "", location.pathname + location.search);
  const form = document.querySelector("form[data-sign-in]");
  if (form !== null) {
    form.elements.key.value = key;
    form.submit();
  }
}
`;
