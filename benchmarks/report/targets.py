"""What the benchmarks must show, as data, and whether they do. Every target is a number taken from one build's rows and a bound."""

import dataclasses
import typing

import builds
import results

# What the rows are called, in one place.
PAGE = "calls_1000"
CONST, IN_PLACE, BOOST = "tipring", "tipring_in_place", "tipring_boost"
DOM = ("boost_dom", "rapidjson", "nlohmann", "simdjson_dom", "cjson")


class NotMeasured(Exception):
    """Names the row that is not there."""


def need(build, name):
    row = results.find(build, name)
    if row is None:
        raise NotMeasured(name)
    return row


def against(name, rival):
    """How many times longer `rival` takes than the row `name`."""
    def value(build):
        row = need(build, name)
        return results.times_faster(row, need(build, f"{row['job']}/{row['input']}/{rival}")), ""
    return value


def against_all(name, rivals=None):
    """The same for the best rival, or the best of those named: all of these must be there."""
    def value(build):
        row = need(build, name)
        if rivals is None:
            best = results.best_rival(build, row)
            if best is None:
                raise NotMeasured(f"a rival of {name}")
            return best
        return min((against(name, rival)(build)[0], rival) for rival in rivals)
    return value


def share(name, of):
    """How much of the speed of the row `of`, in bytes a second, the row `name` has."""
    def value(build):
        row, other = need(build, name), need(build, of)
        return results.times_faster(row, other) * row["bytes"] / other["bytes"], ""
    return value


def slower(name, of):
    """How many times longer a byte takes in the row `name` than in the row `of`."""
    def value(build):
        part, detail = share(name, of)(build)
        return 1 / part, detail
    return value


def nanoseconds(name):
    return lambda build: (results.best_time(need(build, name)), "")


def allocations(*names):
    """The most of them, and where."""
    return lambda build: max((need(build, name)["allocations"], name) for name in names)


def growth(pattern, sizes):
    return lambda build: (results.growth([need(build, pattern.format(size)) for size in sizes]), "")


@dataclasses.dataclass(frozen=True)
class Target:
    says: str
    value: typing.Callable
    at_least: float | None = None
    at_most: float | None = None
    unit: str = "x"

    def bound(self):
        return f"≥ {self.at_least:.4g}" if self.at_least is not None else f"≤ {self.at_most:.4g}"

    def is_aim(self):
        """What would be fine to have; a miss is shown, and is no failure."""
        return self.says.startswith("aim: ")

    def met(self, value):
        return value >= self.at_least if self.at_least is not None else value <= self.at_most


def times(says, value, at_least):
    return Target(says, value, at_least=at_least)


def most(says, value, at_most, unit="x"):
    return Target(says, value, at_most=at_most, unit=unit)


DECODE, ENCODE, ROWS = f"decode/{PAGE}/{CONST}", f"encode/{PAGE}/{CONST}", f"rows/{PAGE}/{CONST}"
DECODE_IN_PLACE, PUSH = f"decode/{PAGE}/{IN_PLACE}", f"decode/{PAGE}/boost_push"
BOTH = {"const": DECODE, "in place": DECODE_IN_PLACE}
VARIANTS = {"unknown_members": "20 unknown members a record", "escaped": "escapes", "utf8": "non-ASCII names", "spaced": "spaces",
            "pretty": "spaces and indentation"}
SIZES = (1, 10, 100, 1000, 10000)
SMALL = [(job, name) for name in ("call", "user", "token") for job in ("decode", "encode")]
SEARCH = f"build/search_6/{CONST}"
REQUESTS = {"with path and query (list_calls)": f"build/list_calls/{CONST}", "with path, headers and body (update_user)": f"build/update_user/{CONST}",
            "of CloudLink with OData options (list_users)": f"build/cloudlink_list_users/{CONST}",
            "of CloudLink with path, headers and body (update_user)": f"build/cloudlink_update_user/{CONST}"}
ODATA, SESSION = f"build/odata_6/{CONST}", f"build/session_step/{CONST}"

TARGETS = (
    *(times(f"decode the calls page, {how}, against Boost's push parser", against(name, "boost_push"), 3) for how, name in BOTH.items()),
    *(times(f"decode, {how}, against simdjson On-Demand", against(name, "simdjson_ondemand"), 2.5) for how, name in BOTH.items()),
    *(times(f"decode, {how}, against every DOM with extraction", against_all(name, DOM), 6) for how, name in BOTH.items()),
    most("allocations of decode (const, in place) and encode", allocations(DECODE, DECODE_IN_PLACE, ENCODE), 0, ""),
    most("another, steady key order: time a byte against the declared one", slower(f"decode/{PAGE}_other_order/{CONST}", DECODE), 1.1),
    times("another key order in every record, against every rival", against_all(f"decode/{PAGE}_random_order/{CONST}"), 1),
    *(times(f"{says}, against every rival", against_all(f"decode/{PAGE}_{name}/{CONST}"), 1.8) for name, says in VARIANTS.items()),
    times("encode the calls page, against every rival", against_all(ENCODE), 4),
    times("encode, against the speed at which Boost's push parser decodes (4 GB/s where that has 1.4)", share(ENCODE, PUSH), round(4 / 1.4, 2)),
    *(most(f"{job} one {name}", nanoseconds(f"{job}/{name}/{CONST}"), 1000, "ns") for job, name in SMALL),
    *(times(f"{job} one {name}, against every rival", against_all(f"{job}/{name}/{CONST}"), 2) for job, name in SMALL),
    times("rows from chunks of 1,460 bytes, against Boost's push parser on the same", against(ROWS, "boost_push"), 2),
    times("rows from chunks, share of the speed with the whole body", share(ROWS, DECODE), 0.6),
    most("a search of 6 conditions", nanoseconds(SEARCH), 500, "ns"),
    *(most(f"a request {what}", nanoseconds(name), 1000, "ns") for what, name in REQUESTS.items()),
    most("allocations of a search, of OData options and of requests", allocations(SEARCH, ODATA, SESSION, *REQUESTS.values()), 0, ""),
    most("Boost engine: time against a push parser written by hand", slower(f"decode/{PAGE}/{BOOST}", PUSH), 1.1),
    most("growth from 1 to 10,000 calls: the exponent of time", growth(f"decode/calls_{{}}/{CONST}", SIZES), 1.1, ""),
    times("aim: decode in place against Boost's push parser", against(DECODE_IN_PLACE, "boost_push"), 4),
    most("aim: OData options with a filter of 6 terms", nanoseconds(ODATA), 500, "ns"),
    times("aim: decode in place against simdjson's structural index alone", share(DECODE_IN_PLACE, f"ceiling/{PAGE}/simdjson_stage1"), 1),
)


def judge(build):
    """[(target, value or None, detail, met)] of one build; a target whose rows were not measured is not met."""
    judged = []
    for target in TARGETS:
        try:
            value, detail = target.value(build)
            judged.append((target, value, detail, target.met(value)))
        except NotMeasured as missing:
            judged.append((target, None, f"not measured: {missing}", False))
    return judged


def counts(build):
    """The targets hold for the fast builds; the others are shown for information."""
    return build["flags"] == builds.FAST


def is_failure(build, target, met):
    return counts(build) and not met and not target.is_aim()
