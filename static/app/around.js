// Who else is in this draft, asked again while the page stays open. Without it the page shows who was there when it was loaded.

const EVERY = 30_000;

const words = (element) => element.textContent.replace(/\d{1,2}\D\d{2}\b/g, "").trim();

// The same people on the same pages are not announced again: a later time is shown, and said to nobody.
function tell(place, html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  if (fresh.textContent.trim() === place.textContent.trim()) return;
  place.setAttribute("aria-live", words(fresh) === words(place) ? "off" : "polite");
  place.replaceChildren(...fresh.childNodes);
}

for (const place of document.querySelectorAll("[data-around]")) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.around, { redirect: "error", headers: { "X-Unattended": "1" } });
      if (answer.ok) tell(place, await answer.text());
    } catch {
      // the network is away: what was last known stays
    }
  }, EVERY);
}
