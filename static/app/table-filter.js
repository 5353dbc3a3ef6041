/* A field that narrows a table of more than ten rows as one types; without it, the whole table stands there. */
const ENOUGH = 10;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const box of document.querySelectorAll("[data-filter-for]")) {
  const rows = [...document.querySelectorAll(`#${box.dataset.filterFor} tbody > tr, ul#${box.dataset.filterFor} > li`)];
  if (rows.length <= ENOUGH) continue;
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  box.hidden = false;
  input.addEventListener("input", () => {
    const wanted = plain(input.value).split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      const text = plain(row.textContent);
      row.hidden = !wanted.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    status.textContent = status.dataset.text.replace("{shown}", shown).replace("{all}", rows.length);
  });
}
