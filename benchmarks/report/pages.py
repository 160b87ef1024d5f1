"""The tables, on the terminal and between the markers of docs/benchmarks.md. Everything comes from the results; nothing is measured here.

A generated block of the page lies between `<!-- results: NAME -->` and `<!-- end of NAME -->`."""

import re

import gate
import results
import targets


def number(value, digits=0):
    return "–" if value is None else f"{value:,.{digits}f}"


def ratio(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


HEAD = ("job", "input", "engine", "MB/s", "ns/record", "allocations", "instr/byte", "time ÷ tipring's", "best rival ÷ this")


def cells(build, row):
    """One row of the table of a build, as HEAD has it."""
    ours = results.find(build, f"{row['job']}/{row['input']}/tipring")
    best = results.best_rival(build, row) if results.is_ours(row["engine"]) else None
    return [row["job"], row["input"], row["engine"],
            number(results.megabytes_per_second(row)) if row["bytes"] else "–",
            number(results.ns_per_record(row), 0 if results.ns_per_record(row) >= 100 else 1),
            number(row["allocations"], 0 if row["allocations"] == int(row["allocations"]) else 1),
            number(results.instructions_per_byte(row), 1) if row["bytes"] else "–",
            "" if ours is None or row is ours else ratio(results.times_faster(ours, row)),
            f"{ratio(best[0])} ({best[1]})" if best else ""]


def plain_table(build):
    """For the terminal: columns under each other, a blank line before each new input."""
    lines = [cells(build, row) for row in build["rows"]]
    widths = [max(len(line[at]) for line in [HEAD, *lines]) for at in range(len(HEAD))]

    def shown(line):
        return "  ".join(cell.ljust(width) if at < 3 or at == 8 else cell.rjust(width)
                         for at, (cell, width) in enumerate(zip(line, widths))).rstrip()

    out = [shown(HEAD), "  ".join("-" * width for width in widths)]
    inputs = [line[:2] for line in lines]
    before = None
    for line in lines:
        # An input without rivals is one line among its likes.
        group = line[:2] if inputs.count(line[:2]) != 1 else line[:1]
        if before not in (None, group):
            out.append("")
        out.append(shown(line))
        before = group
    return "\n".join(out)


def markdown(head, lines, left=1):
    """`left` columns are text, the others numbers."""
    rule = ["---" if at < left else "---:" for at in range(len(head))]
    return "\n".join("| " + " | ".join(line) + " |" for line in [list(head), rule, *lines])


def describe(build):
    """Lines that say where the numbers come from."""
    machine = build["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in sorted(build["versions"].items()))
    return [f"{build['compiler']}, {build['flags']}; {build['date']}",
            ", ".join([machine["cpu"], f"{machine['cores']} cores", *(["virtual"] if machine["virtual"] else []), machine["kernel"],
                       machine["libc"]]),
            f"{build['passes']} x {build['repetitions']} interleaved repetitions, {build['pinned']}"
            + (f"; from pass to pass a row differs by {results.spread(build) - 1:.0%} (median)" if build["passes"] > 1 else ""),
            *([versions] if versions else [])]


def builds_block(found, _):
    lines = [[name, build["compiler"], build["date"], f"{build['passes']} × {build['repetitions']}", f"{results.spread(build) - 1:.0%}"]
             for name, build in found["builds"].items()]
    first = main_build(found)[1]
    return (markdown(("build", "compiler", "measured", "passes × repetitions", "spread of the passes"), lines, 3)
            + "\n\nOn " + describe(first)[1] + ", " + first["pinned"] + ".")


def main_build(found):
    """The build of the detailed tables and the plot: GCC, optimised."""
    names = list(found["builds"])
    name = min(names, key=lambda name: (not targets.counts(found["builds"][name]), not name.startswith("GCC"), name))
    return name, found["builds"][name]


def page_block(found, _):
    name, build = main_build(found)
    rows = [row for row in build["rows"] if row["input"] == targets.PAGE]
    lines = [[cell or " " for cell in cells(build, row)[:1] + cells(build, row)[2:]] for row in rows]
    return f"{name}:\n\n" + markdown([head for head in HEAD if head != "input"], lines, 2)


def speeds_block(found, _):
    """A table for each job: inputs downwards, engines across. What neither reads nor writes bytes has no speed."""
    name, build = main_build(found)
    out = [f"MB/s, {name}; the fastest in bold."]
    for job in dict.fromkeys(row["job"] for row in build["rows"]):
        rows = [row for row in build["rows"] if row["job"] == job and row["bytes"]]
        engines = list(dict.fromkeys(row["engine"] for row in rows))
        lines = []
        for input_name in dict.fromkeys(row["input"] for row in rows):
            speeds = {row["engine"]: results.megabytes_per_second(row) for row in rows if row["input"] == input_name}
            best = max(speeds.values()) if job != results.CEILING else None
            lines.append([input_name] + [" " if engine not in speeds else f"**{number(speeds[engine])}**" if speeds[engine] == best
                                         else number(speeds[engine]) for engine in engines])
        out += ["", markdown([job, *engines], lines)]
    return "\n".join(out)


def ratios_block(found, _):
    """Every job and input against its best rival, in every build."""
    names = list(found["builds"])
    seen = dict.fromkeys(pair for build in found["builds"].values() for pair in results.pairs(build))
    lines = []
    for job, input_name in seen:
        line = []
        for build in found["builds"].values():
            ours = results.find(build, f"{job}/{input_name}/tipring")
            best = results.best_rival(build, ours) if ours else None
            line.append(f"{ratio(best[0])} ({best[1]})" if best else " ")
        if any(cell != " " for cell in line):
            lines.append([f"{job} {input_name}", *line])
    return markdown(("", *names), lines)


def losses(found):
    """[(build, row, rival, times)] where a rival is faster than the engine that a user gets by default."""
    lost = []
    for name, build in found["builds"].items():
        for job, input_name in results.pairs(build):
            ours = results.find(build, f"{job}/{input_name}/tipring")
            best = results.best_rival(build, ours) if ours else None
            if best and best[0] < 1:
                lost.append((name, f"{job} {input_name}", best[1], best[0]))
    return lost


def losses_block(found, _):
    lost = losses(found)
    if not lost:
        return "In no build and on no input measured here."
    lines = [[name, where, rival, ratio(times)] for name, where, rival, times in lost]
    return markdown(("build", "where", "rival", "its time ÷ tipring's"), lines, 3)


def verdict(target, value, met):
    if value is None:
        return "not measured"
    shown = f"{value:.2f}" if target.unit == "x" and value < 10 else f"{value:,.0f}" if value >= 10 or value == 0 else f"{value:.2f}"
    return f"{shown} {'met' if met else '**missed**'}"


def targets_block(found, _):
    names = list(found["builds"])
    judged = [targets.judge(build) for build in found["builds"].values()]
    lines = [[target.says, f"{target.bound()}{'' if target.unit == 'x' else ' ' + target.unit}",
              *(verdict(target, *[one[at][1], one[at][3]]) for one in judged)] for at, target in enumerate(targets.TARGETS)]
    return markdown(("target", "bound", *names), lines, 2)


CHECKED = {"utf8": "UTF-8", "duplicate_keys": "doubled keys", "numbers": "the form of numbers",
           "skipped_values": "values that are passed over"}


def rivals_block(found, _):
    """How each engine is used and what it claims to check, then what it was seen to accept."""
    lines = []
    for one in found["rivals"]["engines"]:
        unchecked = [words for check, words in CHECKED.items() if not one["checks"][check]]
        lines.append([one["engine"], f"{one['library']} {one['version']}", one["use"], ", ".join(unchecked) or "–"])
    accepted = found["strictness"]["accepted"]
    # What everybody accepts is the valid document, and shows that the others are refused for their faults.
    faults = [fault for fault in found["strictness"]["documents"] if fault != "valid"]
    seen = [[fault, *("accepts" if fault in accepted[engine] else " " for engine in accepted)] for fault in faults]
    return "\n".join([markdown(("engine", "library", "how it is used", "does not check"), lines, 4), "",
                      "Seen in this program (`benchmarks --strictness`), a document with one fault each:", "",
                      markdown(("fault", *accepted), seen, len(accepted) + 1)])


def gate_block(_, recorded):
    counts = recorded["counts"]
    lines = [[name, number(counts[name])] for name in sorted(counts)]
    return (f"Recorded with {recorded['compiler']}, {recorded['flags']}, {recorded['libc']}: instructions of one run, and bytes of code "
            f"({gate.CODE} at most {gate.MOST_CODE:,}).\n\n" + markdown(("case", "count"), lines))


BLOCKS = {"builds": builds_block, "page": page_block, "speeds": speeds_block, "ratios": ratios_block, "losses": losses_block,
          "targets": targets_block, "rivals": rivals_block, "gate": gate_block}


def replace_blocks(page, blocks):
    """The page with what is between the markers made anew. A marker without its end, an unknown name, and a block that has no place
    in the page are errors."""
    used = set()

    def fill(found):
        name = found.group(1)
        if name not in blocks:
            raise ValueError(f"the page has a block {name}, which nothing makes")
        used.add(name)
        return f"<!-- results: {name} -->\n{blocks[name]}\n<!-- end of {name} -->"

    done = re.sub(r"<!-- results: ([\w-]+) -->\n(?:(?!<!-- results: ).)*?<!-- end of \1 -->", fill, page, flags=re.S)
    starts = re.findall(r"<!-- results: ([\w-]+) -->", done)
    ends = re.findall(r"<!-- end of ([\w-]+) -->", done)
    if starts != ends or len(starts) != len(set(starts)) or set(starts) != used:
        raise ValueError(f"the markers do not pair: {starts} and {ends}")
    if used != set(blocks):
        raise ValueError(f"the page has no place for {sorted(set(blocks) - used)}")
    return done
