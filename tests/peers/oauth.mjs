// Two servers that nobody here wrote, on free ports of 127.0.0.1, for oauth_client.cpp to sign in to:
//
//   oidc      oidc-provider, certified for OpenID Connect: authorization code, PKCE, rotation of refresh tokens
//   password  @node-oauth/oauth2-server: the password grant
//
// Usage: node oauth.mjs oidc|password MODULES
// Prints its origin, then serves until its input ends, so that it never outlives whoever started it.
//
// What is here is what each leaves to its user: who may sign in, what the clients are, and the memory for tokens. The pages on which a
// person would sign in and agree answer by themselves: `login_hint` is who signs in, and "nobody" does not agree.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [what, modules] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), "x.js"));

// As in oauth_client.cpp. The secret has all characters that one may have: both servers hold to RFC 6749, appendix A, and refuse others.
const oddId = "odd client:&+%/";
const oddSecret = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i));

async function bodyOf(request) {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    return Buffer.concat(pieces).toString("utf8");
}

/** Answers the interactions of the provider: first who it is, then that it agrees. */
async function agree(provider, request, response) {
    const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
    if (params.login_hint === "nobody") {
        return provider.interactionFinished(request, response, { error: "access_denied", error_description: "the user did not agree" });
    }
    if (prompt.name === "login") return provider.interactionFinished(request, response, { login: { accountId: params.login_hint } });
    const grant = (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
}

async function oidc(origin) {
    const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));
    const common = { redirect_uris: [`${origin}/back`], response_types: ["code"] };
    const provider = new Provider(origin, {
        clients: [
            { ...common, client_id: "public", application_type: "native", token_endpoint_auth_method: "none",
              grant_types: ["authorization_code", "refresh_token"] },
            { ...common, client_id: oddId, client_secret: oddSecret, token_endpoint_auth_method: "client_secret_basic",
              grant_types: ["authorization_code", "refresh_token", "client_credentials"] },
        ],
        features: { devInteractions: { enabled: false }, clientCredentials: { enabled: true }, revocation: { enabled: true } },
        interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
        findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
        pkce: { required: () => true },
        rotateRefreshToken: true,
        ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, RefreshToken: 3600, Session: 3600, Grant: 3600, Interaction: 600,
               ClientCredentials: 600 },
        cookies: { keys: ["only for this test"] },
    });
    const serve = provider.callback();
    return (request, response) => {
        if (request.url.startsWith("/back?")) return response.end("The application is back.");
        if (!request.url.startsWith("/interaction/")) return serve(request, response);
        return agree(provider, request, response).catch((error) => response.writeHead(500).end(`${error}`));
    };
}

function password() {
    const OAuth2Server = require("@node-oauth/oauth2-server");
    const tokens = [];
    const users = { "pat@example.com": 'p&ss+w%rd:é "=1' };
    const clients = { app: "s3cret", [oddId]: oddSecret };
    const server = new OAuth2Server({
        accessTokenLifetime: 4090,
        model: {
            getClient: (id, secret) => (id in clients && (secret === null || secret === clients[id])
                ? { id, grants: ["password", "refresh_token", "client_credentials"] } : false),
            getUser: (name, word) => (users[name] === word && { name }),
            getUserFromClient: (client) => ({ name: client.id }),
            saveToken: (token, client, user) => { tokens.push({ ...token, client, user }); return tokens.at(-1); },
            getAccessToken: (token) => tokens.find((each) => each.accessToken === token),
            getRefreshToken: (token) => tokens.find((each) => each.refreshToken === token),
            revokeToken: (token) => delete token.refreshToken,
        },
    });
    return async (request, response) => {
        if (request.url === "/expire") {
            for (const token of tokens) token.accessTokenExpiresAt = new Date(0);
            return response.end();
        }
        const body = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
        const theirs = new OAuth2Server.Response();
        const asked = new OAuth2Server.Request({ headers: request.headers, method: request.method, query: {}, body });
        try {
            if (request.url === "/oauth/token") await server.token(asked, theirs);
            else theirs.body = { sub: (await server.authenticate(asked, theirs)).user.name };
        } catch (error) {
            theirs.status = error.code;
            if (!theirs.body?.error) theirs.body = { error: error.name, error_description: error.message };
        }
        return response.writeHead(theirs.status, { ...theirs.headers, "content-type": "application/json" }).end(JSON.stringify(theirs.body));
    };
}

let handler;
const server = createServer((request, response) => handler(request, response));
server.listen(0, "127.0.0.1", async () => {
    const origin = `http://127.0.0.1:${server.address().port}`;
    handler = what === "oidc" ? await oidc(origin) : password();
    console.log(origin);
});
process.stdin.on("end", () => process.exit(0)).resume();
