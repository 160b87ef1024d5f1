// Holds our filters against two programs that nobody here wrote, from the lines of odata_filters:
//
//   trees  each filter travels as encoded, is accepted by @odata/parser, and its tree says what ours says
//   rows   a running OData service (@sap-ux/fe-mockserver-core) returns the rows that C++ says
//
// Usage: node odata.mjs trees|rows MODULES < LINES
// Prints each difference (at most 10), then `N same, N different`; the status is 0 when none is different.
//
// What they cannot do, so that their filters are made without it: the service (1.7.16) answers 500 for quotes of all kinds and
// backslashes in text, says that null is not null, takes `ne true` for `eq true`, and forgets a `not` that is not around the whole;
// the parser (0.2.14) takes a
// %27 in decoded text for a quote.

import { createRequire } from "node:module";
import { readFileSync, mkdtempSync, mkdirSync, writeFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

const [what, modules] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), "x.js"));
const lines = readFileSync(0, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));

let same = 0;
let different = 0;
function compare(filter, theirs, ours) {
    if (JSON.stringify(theirs) === JSON.stringify(ours)) {
        same += 1;
        return;
    }
    different += 1;
    if (different <= 10) {
        console.log(`${filter}\n  ${decodeURIComponent(filter)}\n  theirs ${JSON.stringify(theirs)}\n  ours   ${JSON.stringify(ours)}`);
    }
}

/** and and or as flat lists, since both are associative. */
function flat(name, sides) {
    return [name, ...sides.flatMap((side) => (side[0] === name ? side.slice(1) : [side]))];
}

const comparisons = {
    EqualsExpression: "eq", NotEqualsExpression: "ne", GreaterThanExpression: "gt",
    GreaterOrEqualsExpression: "ge", LesserThanExpression: "lt", LesserOrEqualsExpression: "le",
};

/** A literal as the parser saw it: its type by the standard, its value by JavaScript. */
function theirLiteral(token) {
    const type = token.value;
    if (type === "null" || token.raw === "null") return ["null", null];
    if (type === "Edm.Boolean") return ["boolean", token.raw === "true"];
    if (type === "Edm.String") return ["string", token.raw.slice(1, -1).replaceAll("''", "'")];
    if (type === "Edm.Guid") return ["guid", token.raw];
    if (type === "Edm.Date") return ["date", Date.parse(token.raw) / 86400000];
    if (type === "Edm.DateTimeOffset") return ["time", Date.parse(token.raw)];
    if (["Edm.SByte", "Edm.Byte", "Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.Decimal", "Edm.Double"].includes(type)) {
        return ["number", Number(token.raw)];
    }
    throw new Error(`a literal of type ${type}`);
}
function theirProperty(token) {
    if (token.type !== "FirstMemberExpression") throw new Error(`${token.type} in place of a property`);
    return token.raw;
}
function theirTree(token) {
    switch (token.type) {
        case "AndExpression": return flat("and", [theirTree(token.value.left), theirTree(token.value.right)]);
        case "OrExpression": return flat("or", [theirTree(token.value.left), theirTree(token.value.right)]);
        case "NotExpression": return ["not", theirTree(token.value)];
        case "BoolParenExpression":
        case "ParenExpression":
        case "CommonExpression": return theirTree(token.value);
        case "MethodCallExpression": {
            const [property, words] = token.value.parameters;
            return [token.value.method, theirProperty(property), theirLiteral(words)];
        }
        default:
            if (!(token.type in comparisons)) throw new Error(`${token.type} is not expected`);
            return [comparisons[token.type], theirProperty(token.value.left), theirLiteral(token.value.right)];
    }
}

function ourTree(tree) {
    const [name, ...rest] = tree;
    if (name === "and" || name === "or") return flat(name, rest.map(ourTree));
    if (name === "not") return ["not", ourTree(rest[0])];
    const [property, [kind, value]] = rest;
    // A time in quotes is text for the standard.
    if (kind === "quoted_time") return [name, property, ["string", new Date(value).toISOString().replace(".000Z", "Z")]];
    return [name, property, [kind, value]];
}

function checkTrees() {
    const { defaultParser } = require("@odata/parser");
    for (const { filter, tree } of lines) {
        let theirs;
        try {
            if (!/^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/.test(filter)) throw new Error("not only unreserved characters and %XX");
            theirs = theirTree(defaultParser.filter(decodeURIComponent(filter)));
        } catch (error) {
            theirs = `refused: ${error.message}`;
        }
        compare(filter, theirs, ourTree(tree));
    }
}

const metadata = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="tipring" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityContainer Name="Container"><EntitySet Name="Items" EntityType="tipring.Item"/></EntityContainer>
      <EntityType Name="Item">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.Int32" Nullable="false"/>
        <Property Name="name" Type="Edm.String"/>
        <Property Name="active" Type="Edm.Boolean"/>
        <Property Name="age" Type="Edm.Int32"/>
        <Property Name="score" Type="Edm.Double"/>
        <Property Name="born" Type="Edm.Date"/>
        <Property Name="createdOn" Type="Edm.DateTimeOffset"/>
      </EntityType>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`;

async function checkRows() {
    const MockServer = require("@sap-ux/fe-mockserver-core").default;
    const [rows, ...filters] = lines;
    const folder = mkdtempSync(path.join(tmpdir(), "tipring-odata-"));
    try {
        mkdirSync(path.join(folder, "data"));
        writeFileSync(path.join(folder, "metadata.xml"), metadata);
        writeFileSync(path.join(folder, "data", "Items.json"), JSON.stringify(rows));
        const service = new MockServer({
            services: [{ urlPath: "/s", metadataPath: path.join(folder, "metadata.xml"), mockdataPath: path.join(folder, "data"),
                         generateMockData: false, watch: false, noETag: true }],
        });
        await service.isReady;
        const router = service.getRouter();
        const server = createServer((request, response) => router(request, response, () => response.writeHead(404).end()));
        await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
        for (const { filter, ids } of filters) {
            const answer = await fetch(`http://127.0.0.1:${server.address().port}/s/Items?$filter=${filter}&$top=1000`);
            const body = await answer.text();
            let theirs = `${answer.status} ${body.slice(0, 100)}`;
            if (answer.ok) theirs = JSON.parse(body).value.map((row) => row.id).sort((a, b) => a - b);
            compare(filter, theirs, ids);
        }
        server.closeAllConnections();
        server.close();
    } finally {
        rmSync(folder, { recursive: true });
    }
}

if (what === "trees") checkTrees();
else await checkRows();
console.log(`${same} same, ${different} different`);
process.exit(different === 0 && same > 0 ? 0 : 1);
