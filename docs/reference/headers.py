#!/usr/bin/env python3
"""Prints a reference page of the public headers, made from what they say themselves: the comment on their first lines, and of every
documented name outside of detail the first sentence of its docstring. tools/reference puts it into docs/reference."""

import pathlib
import re

INCLUDE = pathlib.Path(__file__).resolve().parent.parent.parent / "include" / "tipring"
ROOMS = {
    "": "Everything",
    "core": "core: views, memory, errors, time",
    "json": "json: decoding, encoding, descriptions",
    "http": "http: requests, answers, pages, retries, the wire",
    "auth": "auth: Basic, Bearer, OAuth 2.0, sessions",
    "miarec": "miarec: the MiaRec API",
    "cloudlink": "cloudlink: the CloudLink APIs",
    "server": "server: the other side of both",
}
# Operations and their types stand in pages of their own.
OPERATIONS = "TIPRING_OPERATION"

NAME = re.compile(r"""
    ^(?:template\s*<.*>\s*)?(?:requires\b.*\s)?
    (?:\[\[.*?\]\]\s*)*
    (?:(?:inline|constexpr|consteval|static|explicit|const|friend)\s+)*
    (?:
        (?:class|struct|enum\ class|enum|concept|using)\s+(?:\[\[.*?\]\]\s*)?(?P<type>\w+)
      | \#\s*(?:define|ifndef)\s+(?P<macro>TIPRING_\w+)
      | [\w:<>,\s&*\[\].]*?\b(?P<called>\w+)\(
      | [\w:<>,\s&*]*?\b(?P<constant>\w+)\s*(?:=|\{|\[)
    )""", re.X)


def first_paragraph(lines, mark):
    """Of the comment that `lines` begin with."""
    taken = []
    for line in lines:
        if not line.startswith(mark) or not line[len(mark):].strip():
            break
        taken.append(line[len(mark):].strip())
    return " ".join(taken)


def first_sentence(comment):
    # A dot in code ends nothing, and what goes on in lower case is the name of an error.
    found = re.match(r"((?:`[^`]*`|[^`])+?[.:])(?=\s+[^a-z\s]|\s*$)", comment)
    sentence = found.group(1) if found else comment
    return sentence[:-1] + "." if sentence.endswith(":") else sentence


def declared(lines, at):
    """The declaration that begins at line `at`, as one line as far as its name."""
    text = ""
    for line in lines[at:at + 6]:
        text += (" " if text else "") + line.strip()
        if re.search(r"[({=;]", re.sub(r"template\s*<.*?>(?=\s|$)|requires.*", "", line)):
            break
    return text


def names_of(text):
    """(name, first sentence) of every documented name."""
    lines = text.split("\n")
    hidden, at = 0, 0
    seen = {}
    while at < len(lines):
        line = lines[at]
        if re.match(r"namespace (?:.*::)?detail \{$", line):
            hidden += 1
        elif re.match(r"\} // namespace (?:.*::)?detail$", line):
            hidden -= 1
        elif not hidden and line.startswith("///"):
            comment = first_paragraph(lines[at:], "///")
            while lines[at].startswith("///"):
                at += 1
            found = NAME.match(declared(lines, at))
            name = found and (found["type"] or found["macro"] or found["called"] or found["constant"])
            if name and name != "operator":
                seen.setdefault(name, first_sentence(comment))
            continue
        at += 1
    return seen


def main():
    print("# Headers\n")
    print("Where things are. What each header says of itself, and of what it has the first sentence; all of it stands in the header.")
    print("Operations and their types are in [miarec.md](miarec.md) and [cloudlink.md](cloudlink.md). Made by `tools/reference`.")
    for room, title in ROOMS.items():
        print(f"\n## {title}")
        for header in sorted((INCLUDE / room).glob("*.hpp")):
            text = header.read_text(encoding="utf-8")
            print(f"\n### `{header.relative_to(INCLUDE).as_posix()}`\n")
            print(first_paragraph(text.split("\n"), "//"))
            names = {} if OPERATIONS in text and room in ("miarec", "cloudlink") else names_of(text)
            if names:
                print("\n| | |\n|---|---|")
            for name, sentence in names.items():
                sentence = sentence.replace("|", "\\|")
                print(f"| `{name}` | {sentence} |")


main()
