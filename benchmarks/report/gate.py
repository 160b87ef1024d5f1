"""The gate that keeps speed from rotting: instructions of fixed jobs and bytes of code, against benchmarks/instructions.json. Counts do not
depend on how busy a machine is, and the conditions that they do depend on are pinned (measure.STEADY) or recorded: the compiler."""

import json
import pathlib
import re
import tempfile

import builds
import measure

FILE = builds.ROOT / "benchmarks" / "instructions.json"
TOLERANCE = 0.02
MOST_CODE = 40 * 1024

# One case for each path through the codecs. Pages of 100 records: what 1,000 would add is the same again.
CASES = (
    "decode/calls_100/tipring",
    "decode/calls_100/tipring_in_place",
    "encode/calls_100/tipring",
    "rows/calls_100/tipring",
    "decode/call/tipring",
    "encode/call/tipring",
    "decode/user/tipring",
    "encode/user/tipring",
    "decode/create_user/tipring",
    "encode/create_user/tipring",
    "decode/users_1000/tipring",
    "decode/calls_1000_other_order/tipring",
    "decode/calls_1000_random_order/tipring",
    "decode/calls_1000_unknown_members/tipring",
    "decode/calls_1000_escaped/tipring",
    "decode/calls_1000_utf8/tipring",
    "decode/calls_1000_pretty/tipring",
    "decode/calls_1000_spaced/tipring",
    "decode/cloudlink_users_1000/tipring",
    "rows/cloudlink_users_1000/tipring",
    "encode/cloudlink_users_1000/tipring",
    "decode/token/tipring",
    "encode/token/tipring",
    "build/search_6/tipring",
    "build/list_calls/tipring",
    "build/update_user/tipring",
    "build/call_file_url/tipring",
    "build/odata_6/tipring",
    "build/cloudlink_list_users/tipring",
    "build/cloudlink_update_user/tipring",
    "build/session_step/tipring",
    "parse/create_user/tipring",
    "parse/cloudlink_list_users/tipring",
    "answer/call/tipring",
)
CODE = "code_size/text"
# For information: how much it is, is not bounded.
CLOUDLINK_CODE = "code_size/cloudlink"


def weigh(compiler):
    """Bytes of .text of benchmarks/code_size.cpp, for each of the two APIs, at -O2, unused sections left out, more than an empty main has."""
    flags = ["-std=c++20", "-O2", "-DNDEBUG", f"-I{builds.ROOT / 'include'}", "-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"]
    with tempfile.TemporaryDirectory() as folder:
        empty = pathlib.Path(folder) / "empty.cpp"
        empty.write_text("int main() {}\n", encoding="utf-8")
        program = pathlib.Path(folder) / "program"

        def text_of(source, *defines):
            builds.run([*compiler.split(), *flags, *defines, source, "-o", program])
            return int(re.search(r"^\.text\s+(\d+)", builds.run(["size", "-A", program]), re.M).group(1))

        source, nothing = builds.ROOT / "benchmarks" / "code_size.cpp", text_of(empty)
        return {CODE: text_of(source) - nothing, CLOUDLINK_CODE: text_of(source, "-DWEIGH_CLOUDLINK") - nothing}


def judge(recorded, counted, tolerance=TOLERANCE):
    """One sentence for each case that is not within the tolerance of what is recorded."""
    said = []
    for name in sorted(set(recorded) | set(counted)):
        if name not in counted:
            said.append(f"{name}: recorded, but there is no such case any more (tools/bench --gate --update)")
        elif name not in recorded:
            said.append(f"{name}: {counted[name]} counted, nothing recorded (tools/bench --gate --update)")
        else:
            change = counted[name] / recorded[name] - 1
            if abs(counted[name] - recorded[name]) > tolerance * recorded[name]:
                advice = "worse" if change > 0 else "better: keep the gain with tools/bench --gate --update"
                said.append(f"{name}: {recorded[name]} recorded, {counted[name]} counted ({change:+.1%}, {advice})")
    return said


def count(compiler):
    if not measure.has_valgrind():
        raise builds.Failed("valgrind is not installed (tools/setup bench)")
    program = builds.build(compiler, builds.PLAIN, "benchmark_instructions")
    missing = sorted(set(CASES) - measure.countable(program))
    if missing:
        raise builds.Failed(f"benchmark_instructions does not have {', '.join(missing)}")
    return measure.count_all(program, CASES) | weigh(compiler)


def update(compiler):
    now = {"compiler": builds.compiler_name(compiler), "flags": builds.PLAIN, "libc": builds.machine()["libc"], "counts": count(compiler)}
    FILE.write_text(json.dumps(now, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return f"benchmarks/instructions.json written: {len(now['counts'])} cases, {now['compiler']}"


def check(compiler):
    """(passed, sentences about what failed). Another compiler than the recorded one cannot be judged, which is no pass."""
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    here = builds.compiler_name(compiler)
    if here != recorded["compiler"]:
        raise builds.Failed(f"NOT COMPARED: this is {here}, and {recorded['compiler']} is recorded; name that one with CXX, or record anew "
                            "with tools/bench --gate --update")
    counted = count(compiler)
    for name, number in counted.items():
        before = recorded["counts"].get(name)
        print(f"{name:<50} {number:>14} {'new' if before is None else f'{number / before - 1:+.2%}':>8}")
    said = judge(recorded["counts"], counted)
    if said and builds.machine()["libc"] != recorded["libc"]:
        print(f"The C library is {builds.machine()['libc']}; the counts were recorded with {recorded['libc']}.")
    if counted[CODE] > MOST_CODE:
        said.append(f"{CODE}: {counted[CODE]} bytes, and {MOST_CODE} is the most that it may be")
    return len(counted) + 1 - len(said), said
