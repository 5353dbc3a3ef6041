/* Switches on the borrowed behaviours (error summary, character count, conditional fields), after saying that scripts run. */
import { initAll } from "../vendor/govuk.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

/* The name menu closes on Escape and when attention moves elsewhere. */
for (const menu of document.querySelectorAll("details[data-menu]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
