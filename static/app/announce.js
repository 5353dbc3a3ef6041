/* «Enregistré à 14:02» stands in the page from the start; put again a moment later, it is also read aloud, once and politely. */
const DELAY = 800;

for (const line of document.querySelectorAll("[role=status][data-announce]")) {
  const text = line.textContent;
  setTimeout(() => {
    line.textContent = "";
    requestAnimationFrame(() => { line.textContent = text; });
  }, DELAY);
}
