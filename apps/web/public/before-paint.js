// What has to be known before anything is painted: that scripts run, and whether light or dark was chosen. A classic
// script in a file of its own, because pages allow no inline scripts.
document.documentElement.dataset.scripts = "on";
try {
  const colours = localStorage.getItem("lectern-colours");
  if (colours === "light" || colours === "dark") {
    document.documentElement.dataset.mantineColorScheme = colours;
  }
} catch {
  // Storage is switched off: the system decides.
}
