"""The results file and what follows from it: speeds and ratios. Not here: measuring (measure.py), tables (pages.py).

    {"builds": {NAME: {"compiler", "flags", "date", "machine": {...}, "versions": {...}, "passes", "repetitions", "rows": [...]}},
     "rivals": [...], "strictness": [...]}

A row is {"job", "input", "engine", "bytes", "records", "allocations", "ns", "instructions"}: bytes, records, allocations and
instructions (null where not counted) of one run of the body, and in "ns" the median time of each pass. All builds have the same form; each was
measured in a run of its own, so ratios are taken inside a build and never across.
"""

import json
import math
import statistics


def is_ours(engine):
    return engine == "tipring" or engine.startswith("tipring_")


# Rows of this job do a part of decoding only: they show what is possible, and nobody could use them instead.
CEILING = "ceiling"


def name_of(row):
    return f"{row['job']}/{row['input']}/{row['engine']}"


def find(build, name):
    """The row named job/input/engine, or None."""
    return next((row for row in build["rows"] if name_of(row) == name), None)


def rows_of(build, job, input_name):
    return [row for row in build["rows"] if row["job"] == job and row["input"] == input_name]


def pairs(build):
    """Every (job, input) in the order of the rows."""
    return list(dict.fromkeys((row["job"], row["input"]) for row in build["rows"]))


def best_time(row):
    """Nanoseconds of one run: the fastest pass's median, since what disturbs a pass only ever makes it slower."""
    return min(row["ns"])


def megabytes_per_second(row):
    return row["bytes"] / best_time(row) * 1e3


def ns_per_record(row):
    return best_time(row) / row["records"]


def instructions_per_byte(row):
    return None if row.get("instructions") is None else row["instructions"] / row["bytes"]


def times_faster(row, other):
    """How many times longer `other` takes than `row`: the median over the passes of the quotient inside each pass."""
    if len(row["ns"]) != len(other["ns"]):
        raise ValueError(f"{name_of(row)} and {name_of(other)} were not measured in the same passes")
    return statistics.median(theirs / ours for ours, theirs in zip(row["ns"], other["ns"]))


def best_rival(build, row):
    """(how many times longer it takes than `row`, its name) of the rival that is fastest at the same job, or None."""
    if row["job"] == CEILING:
        return None
    rivals = [other for other in rows_of(build, row["job"], row["input"]) if not is_ours(other["engine"])]
    return min(((times_faster(row, other), other["engine"]) for other in rivals), default=None)


def growth(rows):
    """The exponent with which time grows with records: 1 is linear. A least-squares line through the logarithms."""
    points = [(math.log(row["records"]), math.log(best_time(row))) for row in rows]
    return statistics.linear_regression(*zip(*points)).slope


def spread(build):
    """How far the passes lie apart, as a rule: the median over the rows of slowest pass divided by fastest."""
    return statistics.median(max(row["ns"]) / min(row["ns"]) for row in build["rows"])


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def dump(results):
    """The text of the file: keys sorted, one row a line, so that the next measurement is a readable difference."""
    def tidy(value, indent):
        inner = indent + "  "
        if isinstance(value, dict) and value and indent.count("  ") < 3:
            items = [f"{inner}{json.dumps(key)}: {tidy(value[key], inner)}" for key in sorted(value)]
            return "{\n" + ",\n".join(items) + "\n" + indent + "}"
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return "[\n" + ",\n".join(inner + json.dumps(item, sort_keys=True, ensure_ascii=False) for item in value) + "\n" + indent + "]"
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return tidy(results, "") + "\n"


def save(path, results):
    path.write_text(dump(results), encoding="utf-8")
