// What has to be known before anything is painted: that scripts run, which language and whether light or dark was chosen,
// and whether somebody is signed in. A classic script in a file of its own, because pages allow no inline scripts.
document.documentElement.dataset.scripts = "on";
try {
  // An address that names no language, and somebody who has chosen one: that is where they are led.
  const chosen = localStorage.getItem("lectern-language");
  const { languages = "" } = document.currentScript.dataset;
  if (languages.split(" ").includes(chosen)) {
    location.replace(`/${chosen}${location.pathname}${location.search}${location.hash}`);
  }
  const colours = localStorage.getItem("lectern-colours");
  if (colours === "light" || colours === "dark") {
    document.documentElement.dataset.mantineColorScheme = colours;
  }
  if (localStorage.getItem("lectern-signed-in") !== null) {
    document.documentElement.dataset.account = "known";
  }
} catch {
  // Storage is switched off: the system decides.
}
