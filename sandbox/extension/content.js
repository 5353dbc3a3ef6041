/* In the sandbox's page: notes whose card is in the reader. In a page that asks for a card: plays Web eID, and asks for the PIN. */
const QUESTION = "web-eid:authenticate";
const ACK_FIRST = 100; // milliseconds: the page must have read that it was heard before a question stops it

document.addEventListener("DOMContentLoaded", async () => {
  const reader = document.querySelector("[data-reader]");
  if (!reader) return;
  await chrome.storage.local.set({ sandbox: location.origin, person: reader.dataset.reader, name: reader.dataset.name });
  reader.dataset.noted = "yes";
});

const failure = (code, message) => ({ action: `${QUESTION}-failure`, error: { code: `ERR_WEBEID_${code}`, message } });

async function answer(challenge) {
  const { sandbox, person, name } = await chrome.storage.local.get();
  if (!person) return failure("NATIVE_FATAL", "No card in the reader");
  await new Promise((resolve) => { setTimeout(resolve, ACK_FIRST); });
  const origin = location.origin.replace(/^http:/, "https:");
  for (let said = ""; ;) {
    const pin = prompt(`Web eID – ${origin}\n${name}\n${said}PIN:`);
    if (pin === null) return failure("USER_CANCELLED", "User cancelled");
    const { error, left, ...token } = await chrome.runtime.sendMessage({ sandbox, asked: { person, pin, origin, challenge } });
    if (!error) return { action: `${QUESTION}-success`, ...token };
    if (error !== "pin") return failure("NATIVE_FATAL", error === "blocked" ? "PIN is blocked" : "No card in the reader");
    said = `(${left}) `;
  }
}

window.addEventListener("message", async ({ source, data }) => {
  if (source !== window || data?.action !== QUESTION) return;
  window.postMessage({ action: `${QUESTION}-ack` }, location.origin);
  window.postMessage(await answer(data.challengeNonce), location.origin);
});
