// What has to be known before anything is painted: that scripts run, whether light or dark was chosen, and whether
// somebody is signed in. A classic script in a file of its own, because pages allow no inline scripts.
document.documentElement.dataset.scripts = "on";
try {
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
