// Two issuers in one process, by a certified implementation (npm oidc-provider): one as FAS is, one as itsme is.
// Told by one JSON line on standard input; answers by one on standard output once both listen, and ends with its input.
// A person "identifies" by posting to the interaction: who, claims, acr, amr as the test wants them; or cancel.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const FAS = 'urn:be:fedict:iam:fas:';
const ITSME = 'http://itsme.services/v2/claim/';
const people = new Map();

function key(kid, alg, kind, options) {
  const jwk = generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' });
  return { ...jwk, kid, alg, use: 'sig' };
}

// The default refuses loopback addresses, against requests forged by way of the server; here everything is loopback.
const fetched = (url, { dispatcher, ...options }) => globalThis.fetch(url, options);

const common = (name) => ({
  cookies: {
    keys: [randomUUID()],
    names: { session: `${name}_session`, interaction: `${name}_interaction`, resume: `${name}_resume` },
  },
  fetch: fetched,
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  responseTypes: ['code'],
  loadExistingGrant: async (ctx) => {
    const { provider, client, session } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope([...ctx.oidc.requestParamScopes].join(' '));
    grant.addOIDCClaims([...ctx.oidc.requestParamClaims]);
    await grant.save();
    return grant;
  },
  renderError: (ctx, out) => { ctx.body = JSON.stringify(out); },
  ttl: { AccessToken: 300, AuthorizationCode: 180, IdToken: 300, Interaction: 600, Grant: 600, Session: 3600 },
});

const features = {
  devInteractions: { enabled: false },
  jwtUserinfo: { enabled: true },
  backchannelLogout: { enabled: true },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (ctx, form) => { ctx.body = `<!doctype html><title>Logout</title>${form}`; },
  },
};

function fas(told) {
  const client = {
    client_secret: told.secret,
    token_endpoint_auth_method: 'client_secret_basic',
    redirect_uris: [told.fas_return],
    post_logout_redirect_uris: [told.after_logout],
    backchannel_logout_uri: told.told_of_logout,
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code'],
    response_types: ['code'],
  };
  return {
    ...common('fas'),
    acrValues: ['citizen:', ''].flatMap((family) => [400, 450, 500].map((level) => `${FAS}${family}Level${level}`)),
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time'], profile: ['givenName', 'surname', 'prefLanguage'], egovnrn: ['egovNRN'],
    },
    clients: ['RS256', 'ES384'].map((alg) => ({
      ...client,
      client_id: alg === 'RS256' ? 'monespace' : `monespace-${alg}`,
      id_token_signed_response_alg: alg,
      userinfo_signed_response_alg: alg,
    })),
    features: { ...features, pushedAuthorizationRequests: { enabled: true } },
    jwks: {
      keys: [key('fas-rs', 'RS256', 'rsa', { modulusLength: 2048 }), key('fas-es', 'ES384', 'ec', { namedCurve: 'P-384' })],
    },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES384'], userinfoSigningAlgValues: ['RS256', 'ES384'] },
  };
}

function itsme(told) {
  return {
    ...common('itsme'),
    acrValues: [`${ITSME}acr_basic`, `${ITSME}acr_advanced`],
    scopes: ['openid', 'profile', 'eid', 'service:MONESPACE'],
    claims: {
      openid: ['sub', 'acr', 'auth_time'], profile: ['name', 'given_name', 'family_name', 'locale'],
      eid: [`${ITSME}BENationalNumber`],
    },
    // It reads a client's key set once a minute at most: the second one reads it for the first time after a rotation.
    clients: ['monespace-itsme', 'monespace-itsme-later'].map((client_id) => ({
      client_id,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      jwks_uri: told.jwks_uri,
      redirect_uris: [told.itsme_return],
      backchannel_logout_uri: told.told_of_logout,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      ...Object.fromEntries(['id_token', 'userinfo'].flatMap((token) => [
        [`${token}_signed_response_alg`, 'RS256'],
        [`${token}_encrypted_response_alg`, 'RSA-OAEP-256'],
        [`${token}_encrypted_response_enc`, 'A128CBC-HS256'],
      ])),
    })),
    features: {
      ...features,
      claimsParameter: { enabled: true },
      encryption: { enabled: true },
      pushedAuthorizationRequests: { enabled: false },
    },
    jwks: { keys: [key('itsme-rs', 'RS256', 'rsa', { modulusLength: 2048 })] },
    enabledJWA: { idTokenEncryptionAlgValues: ['RSA-OAEP-256'], userinfoEncryptionAlgValues: ['RSA-OAEP-256'] },
  };
}

async function interaction(provider, request, response) {
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'application/json');
    return response.end(JSON.stringify({ prompt: prompt.name, asked: params }));
  }
  let body = '';
  for await (const part of request) body += part;
  const said = Object.fromEntries(new URLSearchParams(body));
  if (said.cancel) {
    return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'cancelled' });
  }
  people.set(said.who, JSON.parse(said.claims));
  const login = { accountId: said.who, acr: said.acr, amr: said.amr ? said.amr.split(' ') : undefined, remember: true };
  return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

async function listen(configuration) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  provider.on('server_error', (ctx, error) => console.error(error));
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) return callback(request, response);
    return interaction(provider, request, response).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  return issuer;
}

const lines = createInterface({ input: process.stdin });
const [line] = await once(lines, 'line');
const told = JSON.parse(line);
const issuers = { fas: await listen(fas(told)), itsme: await listen(itsme(told)) };
console.log(JSON.stringify(issuers));
lines.on('close', () => process.exit(0));
