/* The page of the card: asks for the card's answer, says how long it waits and what went wrong, and begins again in one action. */
import { authenticate } from "./web-eid.js";

const CALLED = {
  ERR_WEBEID_EXTENSION_UNAVAILABLE: "extension",
  ERR_WEBEID_NATIVE_UNAVAILABLE: "application",
  ERR_WEBEID_VERSION_MISMATCH: "version",
  ERR_WEBEID_VERSION_INVALID: "version",
  ERR_WEBEID_CONTEXT_INSECURE: "insecure",
  ERR_WEBEID_USER_CANCELLED: "cancelled",
  ERR_WEBEID_USER_TIMEOUT: "timeout",
  ERR_WEBEID_ACTION_TIMEOUT: "timeout",
  ERR_WEBEID_ACTION_PENDING: "pending",
};
const SPARE = 10; // seconds that a challenge must still be good for after the wait

/* The application says of a card or a reader only in words. */
function called(error) {
  const words = String(error?.message ?? "");
  if (/block|locked/i.test(words)) return "blocked";
  if (/reader|no card|card (is )?(missing|removed)/i.test(words)) return "reader";
  return CALLED[error?.code] ?? "other";
}

function start(box) {
  const part = (name) => box.querySelector(`[data-card-${name}]`);
  const form = box.querySelector("form");
  const { limit, validFor } = box.dataset;
  const status = part("status");
  let made = performance.now();
  let turn = 0;
  let clock;

  const show = (state) => {
    clearInterval(clock);
    box.dataset.state = state;
    for (const name of ["ready", "waiting", "failed"]) part(name).hidden = name !== state;
  };

  const say = (name) => {
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = part("words").querySelector(`[data-say="${name}"]`).textContent; });
  };

  const count = () => {
    const until = performance.now() + limit * 1000;
    const tick = () => { part("left").textContent = String(Math.max(0, Math.ceil((until - performance.now()) / 1000))); };
    tick();
    clock = setInterval(tick, 1000);
  };

  /* A challenge that would be over before the wait is: the page gives another. */
  const challenge = async () => {
    if ((performance.now() - made) / 1000 + Number(limit) + SPARE < validFor) return form.elements.challenge.value;
    const answer = await fetch(location.href, { cache: "no-store", redirect: "error" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-card] form");
    form.elements.challenge.value = fresh.elements.challenge.value;
    made = performance.now();
    return form.elements.challenge.value;
  };

  const fail = (name) => {
    show("failed");
    for (const one of part("failed").querySelectorAll("[data-problem]")) one.hidden = one.dataset.problem !== name;
    status.textContent = "";
    part("failed").focus();
  };

  const begin = async () => {
    turn += 1;
    const mine = turn;
    show("waiting");
    say("waiting");
    count();
    part("cancel").focus();
    try {
      const answer = await authenticate(await challenge(), { lang: document.documentElement.lang, userInteractionTimeout: limit * 1000 });
      if (mine !== turn) return;
      form.elements.token.value = JSON.stringify(answer);
      clearInterval(clock);
      say("checking");
      form.requestSubmit();
    } catch (error) {
      if (mine === turn) fail(called(error));
    }
  };

  part("start").addEventListener("click", begin);
  part("again").addEventListener("click", begin);
  part("cancel").addEventListener("click", () => {
    turn += 1;
    fail("cancelled");
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  show("ready");
  box.hidden = false;
}

for (const box of document.querySelectorAll("[data-card]")) start(box);
