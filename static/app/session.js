/* Before the session ends: a dialog, one action to stay. Two ends: `idle`, which each page and each «stay» puts off, and `fixed`,
which nothing does. Both are shared between tabs: the last page loaded, in whichever, knows best. */
const WARNING = { idle: 2 * 60_000, fixed: 5 * 60_000 };
const KEY = "monespace-ends";
const dialog = document.querySelector("[data-session-dialog]");

if (typeof dialog?.showModal === "function") {
  const form = dialog.querySelector("form");
  const said = document.querySelector("[data-session-said]");
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels" });
  const dismissed = new Set();
  let shown = "";

  const keep = (idle, fixed) => {
    const now = Date.now();
    localStorage.setItem(KEY, JSON.stringify({ idle: now + idle * 1000, fixed: now + fixed * 1000 }));
    tell();
  };
  const ends = () => JSON.parse(localStorage.getItem(KEY) ?? "null") ?? { idle: Date.now(), fixed: Date.now() };
  const first = () => {
    const { idle, fixed } = ends();
    return fixed <= idle ? { kind: "fixed", at: fixed } : { kind: "idle", at: idle };
  };

  // The time in the footer, which without scripts is that of the page's loading.
  function tell() {
    for (const place of document.querySelectorAll("[data-session-time]")) place.textContent = clock.format(first().at);
  }

  function show(state) {
    if (state !== shown) {
      for (const part of dialog.querySelectorAll("[data-session-when]")) part.hidden = part.dataset.sessionWhen !== state;
      tell();
      shown = state;
      if (dialog.open) dialog.close(); // opened again: whoever listens hears the new words
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("button:not([hidden])").focus();
  }

  function hide() {
    shown = "";
    if (dialog.open) dialog.close();
  }

  async function stay() {
    const asked = { redirect: "manual", cache: "no-store" };
    const post = { ...asked, method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "text/plain" } };
    let answer = await fetch(form.action, post).catch(() => null);
    // Signed in again in another tab: this page's token is an old one, but any page that is seen prolongs the session.
    if (answer?.status === 403) answer = await fetch(form.action, asked).catch(() => null);
    const left = answer?.ok && answer.headers.get("Session-Seconds")?.split(" ").map(Number);
    if (!left) return show("ended");
    keep(...left);
    hide();
    said.textContent = said.dataset.text.replace("{time}", clock.format(first().at));
  }

  function look() {
    const { kind, at } = first();
    const rest = at - Date.now();
    const state = rest <= 0 ? "ended" : rest <= WARNING[kind] ? kind : "";
    if (!state) return hide();
    if (!dismissed.has(state) && (shown !== state || !dialog.open)) show(state);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    stay();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (shown === "idle") stay(); // Escape: somebody is there
    else close();
  });
  function close() {
    dismissed.add(shown);
    hide();
  }
  for (const button of dialog.querySelectorAll("[data-session-close]")) button.addEventListener("click", close);
  dialog.querySelector("[data-session-reload]").addEventListener("click", () => location.reload());
  keep(Number(dialog.dataset.idle), Number(dialog.dataset.fixed));
  setInterval(look, 5000);
}
