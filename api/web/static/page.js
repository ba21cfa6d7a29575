// What every page does: send a chooser's form, print, ask before what cannot be taken back, downloads, tables.
import { watchDownloads } from "./download.js";
import { watchHelp } from "./guide/help.js";
import { watchTour } from "./guide/tour.js";
import { watchSearch } from "./search/suggest.js";
import { watchDetails } from "./table/details.js";
import { watchTables } from "./table/tables.js";
import { watchTheme } from "./theme/switch.js";
import { watchUploads } from "./upload.js";

function each(selector, action) {
  for (const element of document.querySelectorAll(selector)) action(element);
}

each("[data-submit]", (select) => select.addEventListener("change", () => select.form.submit()));
// After Back a browser puts into a form what was chosen last: it is to say what the page shows.
window.addEventListener("pageshow", () => each("[data-submit]", (select) => select.form.reset()));
each("[data-print]", (button) => button.addEventListener("click", () => window.print()));
each("[data-confirm]", (button) => {
  button.addEventListener("click", (event) => {
    if (!window.confirm(button.dataset.confirm)) event.preventDefault();
  });
});
watchDetails();
watchTables();
watchDownloads();
watchSearch();
watchTheme();
watchUploads();
watchHelp();
watchTour();
