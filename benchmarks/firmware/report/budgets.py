"""What firmware may cost, and what it costs. A budget that is missed is shown as missed and is still held: it has a ceiling, which fails
like a budget when it is passed."""

import dataclasses
import typing

MAIN = "Cortex-M3"


@dataclasses.dataclass(frozen=True)
class Budget:
    what: str
    unit: str
    most: int
    measured: typing.Callable
    # Where the budget is missed: what it must not pass meanwhile.
    ceiling: int | None = None


def part(row, key="flash"):
    return lambda found: found["cores"][MAIN][row][key]


def per_type(found):
    return max(counts["bytes_of_types"] // counts["types"] for counts in found["counts"].values())


def fewest_of_peers(found):
    return min([29_400, *(row["instructions"] for name, row in found["peers"].items() if name != "reader_and_tables")])


def most_stack(found):
    core = found["cores"][MAIN]
    return max(program["stack_below"] for program in (core["three"], core["miarec"], found["largest"]["cloudlink"]))


BUDGETS = (
    Budget("reader and decoder", "bytes of flash", 5 * 1024, part("reader"), 6912),
    Budget("encoder and writer", "bytes of flash", 3 * 1024, part("writer")),
    Budget("URL, query and headers", "bytes of flash", 3 * 1024, part("url"), 5248),
    Budget("session, pager and retry", "bytes of flash", 3 * 1024, part("steps"), 8768),
    Budget("a described type in the tables, on average", "bytes of flash", 400, per_type),
    Budget("a program with three operations, more than an empty one", "bytes of flash", 16 * 1024, part("three"), 25088),
    Budget("stack of any operation, below its caller", "bytes", 1024, most_stack),
    Budget("decoding the record of 897 bytes", "instructions", 29_400, lambda found: found["peers"]["reader_and_tables"]["instructions"]),
)


def judge(found):
    """(budget, number, whether it is met, whether that is a failure) of each."""
    for budget in BUDGETS:
        number = budget.measured(found)
        met = number <= budget.most
        yield budget, number, met, not met and number > (budget.ceiling or budget.most)
