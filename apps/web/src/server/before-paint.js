document.documentElement.dataset.scripts = "on";
try {
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
