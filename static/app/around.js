// Who else is in this draft, asked again while the page stays open. Without it the page shows who was there when it was loaded.

const EVERY = 30_000;

for (const place of document.querySelectorAll("[data-around]")) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.around, { redirect: "error", headers: { "X-Unattended": "1" } });
      const text = answer.ok ? await answer.text() : place.innerHTML;
      if (text.trim() !== place.innerHTML.trim()) place.innerHTML = text;
    } catch {
      // the network is away: what was last known stays
    }
  }, EVERY);
}
