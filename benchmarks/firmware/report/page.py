"""docs/size.md from benchmarks/size.json: each block between its markers is made here, the words around it are written by hand."""

import re

import budgets

NAMES = {
    "reader": "reader and decoder",
    "writer": "encoder and writer",
    "url": "URL, query and headers",
    "steps": "pager, session and retry",
    "miarec_tables": "MiaRec: all tables",
    "cloudlink_tables": "CloudLink: all tables",
    "three": "a program with three operations of MiaRec",
    "miarec": "a program with all 46 operations of MiaRec",
}
# Measured once for docs of this project, on the same compiler, with another record of 897 bytes of that shape; none of them is in Debian.
OTHER_PEERS = (
    ("FreeRTOS coreJSON, validate and search", 5_276, 104_000, 536),
    ("Azure SDK for C, `az_json_reader`", 7_436, 45_700, 400),
    ("Boost.JSON DOM in an arena, patched to do without exceptions", 48_884, 44_900, 1_072),
)


def number(value):
    return f"{value:,}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---", *["--:"] * (len(head) - 1)]) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def block_budgets(found):
    rows = []
    for budget, value, met, _ in budgets.judge(found):
        rows.append((budget.what, number(budget.most), number(value), budget.unit, "met" if met else "**missed**"))
    return table(("Cortex-M3, -Os", "at most", "measured", "", ""), rows)


def block_flash(found):
    largest = found["largest"]["cloudlink"]
    operations = found["counts"]["cloudlink"]["operations"]
    return (table(("bytes of flash", *found["cores"]), [(name, *(number(core[row]["flash"]) for core in found["cores"].values()))
                                                          for row, name in NAMES.items()]) +
            f"\n\nA program with all {operations} operations of CloudLink has {number(largest['flash'])} bytes on a Cortex-M3.")


def block_rest(found):
    rows = []
    for row, name in NAMES.items():
        if row.endswith("_tables"):
            continue
        for what, key in (("instructions", "instructions"), ("stack, by the call graph", "stack"), ("stack, painted", "painted")):
            if key == "instructions" and row in ("three", "miarec"):
                continue
            rows.append((name, what, *(number(core[row][key]) for core in found["cores"].values())))
    return table(("", "", *found["cores"]), rows)


def block_slope(found):
    core = found["cores"][budgets.MAIN]
    rows = []
    for api, name in (("miarec", "MiaRec"), ("cloudlink", "CloudLink")):
        counts = found["counts"][api]
        rows.append((name, number(counts["types"]), number(counts["bytes_of_types"]), number(counts["bytes_of_types"] // counts["types"]),
                     number(counts["operations"]), number(core[f"{api}_tables"]["flash"])))
    more = found["counts"]["miarec"]["operations"] - 3
    each = (core["miarec"]["flash"] - core["three"]["flash"]) // more
    return (table(("Cortex-M3", "described types", "their bytes", "for each", "operations", "all, with what answers and searches need"), rows) +
            f"\n\nFrom three operations to all of MiaRec, one more operation, with the types that only it has, costs {number(each)} bytes.")


def block_peers(found):
    own, boost = found["peers"]["reader_and_tables"], found["peers"]["boost"]
    rows = [("tipring, with tables, `TIPRING_SMALL`", number(own["flash"]), number(own["instructions"]), number(own["stack"]), "measured"),
            ("Boost.JSON 1.81, push parser and handler", number(boost["flash"]), number(boost["instructions"]), number(boost["painted"]),
             "measured")]
    rows += [(name, number(flash), number(instructions), number(stack), "recorded, see below") for name, flash, instructions, stack in OTHER_PEERS]
    return table(("nine fields of 897 bytes, Cortex-M3, -Os", "flash", "instructions", "stack", ""), rows)


def block_macros(found):
    plain = found["cores"][budgets.MAIN]
    rows = [("`TIPRING_SMALL=1`, as everywhere above", *(number(plain[row]["flash"]) for row in ("reader", "writer", "three")),
             number(plain["reader"]["instructions"]), number(plain["three"]["stack_below"]))]
    for name, variant in found["macros"].items():
        change = [f"{variant[row]['flash'] - plain[row]['flash']:+,}" for row in ("reader", "writer", "three")]
        rows.append((f"`{name}`", *change, f"{variant['reader']['instructions'] - plain['reader']['instructions']:+,}",
                     f"{variant['three']['stack_below'] - plain['three']['stack_below']:+,}"))
    return table(("Cortex-M3", "reader", "writer", "three operations", "instructions of the record", "stack of an operation of the three"), rows)


def block_conditions(found):
    return (f"GCC {found['compiler']} for bare-metal ARM, `-Os -fno-exceptions -fno-rtti`, sections that nothing uses left out; QEMU {found['emulator']}. "
            f"The empty program has {number(found['empty_program'])} bytes.")


BLOCKS = {name.removeprefix("block_"): make for name, make in list(globals().items()) if name.startswith("block_")}


def made(text, found):
    """The page with its blocks made anew. One without markers is an error."""
    for name, make in BLOCKS.items():
        pattern = re.compile(rf"(<!-- size: {name} -->\n).*?(<!-- end -->)", re.S)
        if not pattern.search(text):
            raise ValueError(f"no block {name}")
        text = pattern.sub(lambda match, make=make: match.group(1) + make(found) + "\n" + match.group(2), text)
    return text
