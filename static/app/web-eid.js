/* The page's side of the Web eID messages (https://web-eid.eu): what the browser extension is asked, and what it answers.
   It offers the names of the official library (status, authenticate, ErrorCode, hasErrorCode, config), so that a file of that library can stand here instead. */

export const config = {
  VERSION: "2.1.0",
  EXTENSION_HANDSHAKE_TIMEOUT: 1000,
  NATIVE_APP_HANDSHAKE_TIMEOUT: 5000,
  DEFAULT_USER_INTERACTION_TIMEOUT: 120000,
};

export const ErrorCode = Object.freeze(Object.fromEntries([
  "ACTION_TIMEOUT", "USER_TIMEOUT", "VERSION_MISMATCH", "VERSION_INVALID", "EXTENSION_UNAVAILABLE", "NATIVE_UNAVAILABLE",
  "UNKNOWN_ERROR", "CONTEXT_INSECURE", "USER_CANCELLED", "NATIVE_INVALID_ARGUMENT", "NATIVE_FATAL", "ACTION_PENDING",
  "MISSING_PARAMETER",
].map((name) => [`ERR_WEBEID_${name}`, `ERR_WEBEID_${name}`])));

const known = new Set(Object.values(ErrorCode));

export const hasErrorCode = (error) => known.has(error?.code);

function problem(code, message) {
  return Object.assign(new Error(message || code), { name: "WebEidError", code: known.has(code) ? code : ErrorCode.ERR_WEBEID_UNKNOWN_ERROR });
}

/* One question: the extension says at once that it has heard (ack), then success or failure. */
function ask(action, content, patience) {
  if (!window.isSecureContext) return Promise.reject(problem(ErrorCode.ERR_WEBEID_CONTEXT_INSECURE));
  return new Promise((resolve, reject) => {
    let timer;
    const end = (settle, value) => {
      clearTimeout(timer);
      window.removeEventListener("message", hear);
      settle(value);
    };
    const wait = (milliseconds, code) => {
      clearTimeout(timer);
      timer = setTimeout(() => end(reject, problem(code)), milliseconds);
    };
    const hear = (event) => {
      if (event.source !== window || event.origin !== window.location.origin) return;
      const { action: said, error, warning, ...answer } = event.data ?? {};
      if (said === `${action}-ack`) wait(patience, ErrorCode.ERR_WEBEID_ACTION_TIMEOUT);
      if (said === `${action}-success`) end(resolve, answer);
      if (said === `${action}-failure`) end(reject, problem(error?.code, error?.message));
    };
    window.addEventListener("message", hear);
    wait(config.EXTENSION_HANDSHAKE_TIMEOUT, ErrorCode.ERR_WEBEID_EXTENSION_UNAVAILABLE);
    window.postMessage({ action, libraryVersion: config.VERSION, ...content }, window.location.origin);
  });
}

/* The versions of this library, of the extension and of the application of the computer. */
export async function status() {
  const found = await ask("web-eid:status", {}, config.NATIVE_APP_HANDSHAKE_TIMEOUT);
  return { library: config.VERSION, ...found };
}

/* The card's answer to a challenge (base64 text): unverifiedCertificate, algorithm, signature, format, appVersion. */
export async function authenticate(challengeNonce, options = {}) {
  if (!challengeNonce) throw problem(ErrorCode.ERR_WEBEID_MISSING_PARAMETER);
  const { lang, userInteractionTimeout = config.DEFAULT_USER_INTERACTION_TIMEOUT } = options;
  const patience = config.EXTENSION_HANDSHAKE_TIMEOUT + config.NATIVE_APP_HANDSHAKE_TIMEOUT + userInteractionTimeout;
  return ask("web-eid:authenticate", { challengeNonce, options: { lang, userInteractionTimeout } }, patience);
}
