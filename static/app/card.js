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
  PORTAL: "portal",
};
const SOON = 20; // seconds left at which those who hear the page are told so

/* Of a card or a reader the program says in words only; it has no codes for them. */
function called(error) {
  const words = String(error?.message ?? "");
  if (CALLED[error?.code]) return CALLED[error.code];
  if (/block|locked/i.test(words)) return "blocked";
  if (/reader|no card|card (is )?(missing|removed)/i.test(words)) return "reader";
  return "other";
}

function start(box) {
  const part = (name) => box.querySelector(`[data-card-${name}]`);
  const form = box.querySelector("form");
  const limit = Number(box.dataset.limit);
  const status = part("status");
  let asked = null; // what was asked of the card and is not answered yet
  let until = 0;
  let turn = 0;
  let clock;

  const show = (state) => {
    clearInterval(clock);
    for (const name of ["ready", "waiting", "checking", "failed"]) part(name).hidden = name !== state;
  };

  const say = (name) => {
    status.textContent = part("words").querySelector(`[data-say="${name}"]`).textContent;
  };

  const count = () => {
    const tick = () => {
      const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      part("left").textContent = String(left);
      if (left === SOON) say("soon");
    };
    tick();
    clock = setInterval(tick, 1000);
  };

  const fail = (name) => {
    show("failed");
    for (const one of part("failed").querySelectorAll("[data-problem]")) one.hidden = one.dataset.problem !== name;
    status.textContent = "";
    part("failed").focus();
  };

  /* A challenge is asked for when it is needed: it is never one of before. A page that is no longer of this session is loaded anew. */
  const challenge = async () => {
    const sent = new URLSearchParams(new FormData(form));
    const answer = await fetch(box.dataset.card, { method: "POST", body: sent, redirect: "error" }).catch(() => null);
    if (answer?.ok) return (await answer.json()).challenge;
    if (!answer || answer.status === 429 || answer.status >= 500) throw Object.assign(new Error("no challenge"), { code: "PORTAL" });
    location.reload();
    return new Promise(() => {});
  };

  const ask = async () => {
    form.elements.token.value = "";
    form.elements.challenge.value = await challenge();
    const options = { lang: document.documentElement.lang, userInteractionTimeout: limit * 1000 };
    form.elements.token.value = JSON.stringify(await authenticate(form.elements.challenge.value, options));
  };

  /* Who stopped waiting here and tries again while the window of Web eID is still open waits for that same window. */
  const begin = async () => {
    turn += 1;
    const mine = turn;
    if (!asked) {
      until = performance.now() + limit * 1000;
      asked = ask().finally(() => { asked = null; });
    }
    show("waiting");
    count();
    say("waiting");
    part("cancel").focus();
    try {
      await asked;
      if (mine !== turn) return;
      show("checking");
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
    fail("stopped");
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  show("ready");
  part("plain").hidden = true;
  part("live").hidden = false;
}

for (const box of document.querySelectorAll("[data-card]")) start(box);
