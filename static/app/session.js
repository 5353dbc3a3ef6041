/* Two minutes before the session ends: a dialog, one action to stay. A page load or «stay» starts the delay again, in every tab. */
const WARNING = 2 * 60 * 1000;
const KEY = "monespace-seen";
const dialog = document.querySelector("[data-session-dialog]");

if (typeof dialog?.showModal === "function") {
  const part = (name) => dialog.querySelector(`[data-session-${name}]`);
  const length = Number(dialog.dataset.minutes) * 60 * 1000;
  const seen = () => localStorage.setItem(KEY, String(Date.now()));
  const remaining = () => Number(localStorage.getItem(KEY)) + length - Date.now();
  let closed = false;

  const finish = () => {
    part("warning").hidden = true;
    part("ended").hidden = false;
  };

  const stay = async () => {
    const answer = await fetch(dialog.dataset.extend, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return finish();
    seen();
    return dialog.close();
  };

  const look = () => {
    const rest = remaining();
    if (closed) return;
    if (rest > WARNING) {
      if (dialog.open) dialog.close();
      return;
    }
    if (!dialog.open) dialog.showModal();
    if (rest <= 0) finish();
  };

  part("stay").addEventListener("click", stay);
  part("reload").addEventListener("click", () => location.reload());
  part("close").addEventListener("click", () => {
    closed = true;
    dialog.close();
  });
  seen();
  setInterval(look, 5000);
}
