"""Measuring the programs of benchmarks/firmware/parts: flash, static RAM, stack and instructions, each less those of the program that
it is compared with."""

import concurrent.futures
import os
import pathlib
import re

import stack
import target

PARTS = target.ROOT / "benchmarks" / "firmware"
FOLDER = target.ROOT / "build" / "size"
# Rounds of main.cpp, less the timer's own reading.
ROUNDS = 100

# What is measured and what it is compared with; see the first lines of each part.
ROWS = {
    "reader": "record",
    "writer": "value",
    "url": "empty",
    "steps": "request",
    "miarec_tables": "empty",
    "cloudlink_tables": "empty",
    "three": "empty",
    "miarec": "empty",
}
# On one core: what a choice costs, the same job by others, and the largest program, whose parameters alone are more than the smallest board has.
MAIN = "Cortex-M3"
PEERS = {"boost": "fields", "reader_and_tables": "fields"}
LARGEST = {"cloudlink": "empty"}
PROGRAMS = {"reader_and_tables": "reader"}

MACROS = {
    "TIPRING_SMALL=0": ("-DTIPRING_SMALL=0",),
    "TIPRING_SMALL=0 -O2": ("-DTIPRING_SMALL=0", "-O2"),
    "TIPRING_MAX_NESTING=6": ("-DTIPRING_MAX_NESTING=6",),
}


def boost_flags():
    """Boost's headers alone: beside them lie those of the C library of this machine."""
    include = pathlib.Path("/usr/include/boost")
    if not (include / "json.hpp").exists():
        raise target.Failed("Boost.JSON is not installed (tools/setup firmware)")
    folder = FOLDER / "boost"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "boost"
    if not link.is_symlink():
        link.symlink_to(include)
    return ["-isystem", folder, "-DBOOST_SYSTEM_DISABLE_THREADS", "-DBOOST_JSON_SOURCE"]


class Builder:
    """Programs for one core, with or without further flags."""

    def __init__(self, core, variant="", flags=()):
        self.core, self.flags = core, flags
        self.folder = FOLDER / core.board / (variant or "plain").replace(" ", "_")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.common = [self._object(target.FIRMWARE / "common" / "start.cpp"), self._object(PARTS / "main.cpp")]

    def _object(self, source, *more):
        to = self.folder / (source.stem + ".o")
        flags = target.flags_of(self.core, *target.WARNINGS, "-fstack-usage", "-fcallgraph-info=su", *self.flags, *more)
        target.run([target.COMPILER, *flags, "-c", source, "-o", to], cwd=self.folder)
        return to

    @staticmethod
    def own_code(program):
        """Bytes of the job itself, which calls the library and looks at what comes; the rest is what it calls."""
        own = re.compile(r"^[0-9a-f]+ ([0-9a-f]+) [tTwW] (?:_Z3jobv|_ZN12_GLOBAL__N_1L?\d+(?!handler)\w+)$", re.M)
        return sum(int(size, 16) for size in own.findall(target.run(["arm-none-eabi-nm", "-S", program])))

    def measure(self, part):
        """{flash, ram, stack, painted, ticks} of one program, which must have run and found all as it must be."""
        name = PROGRAMS.get(part, part)
        more = boost_flags() if name == "boost" else ()
        objects = [self._object(PARTS / "parts" / f"{name}.cpp", *more)]
        if name == "boost":
            objects.append(self._object(PARTS / "peers" / "boost_source.cpp", *more, "-w"))
        program = target.link(self.core, [*self.common, *objects], self.folder / f"{name}.elf")
        flash, ram = target.sizes(program)
        flash -= self.own_code(program)
        status, output = target.emulate(self.core, program, "-icount", "shift=0", timeout=120)
        told = re.fullmatch(r"ticks (\d+) stack (\d+)\s*", output)
        if status != 0 or not told:
            raise target.Failed(f"{name} on {self.core.board} ended with {status}: {output.strip()}")
        result = {"flash": flash, "ram": ram, "painted": int(told.group(2)),
                  "instructions": int(int(told.group(1)) * self.core.per_tick / ROUNDS)}
        if name != "boost":
            graph = stack.Program(program, [each.with_suffix(".ci") for each in [*self.common, *objects]])
            root = next(each for each in graph.frames if each.startswith("_Z3jobv"))
            result["stack"] = graph.deepest(root)[0]
            # Of each operation: what encode() and decode() need below their caller, who holds its parameters and its answer.
            users = [each for each in graph.frames if each.startswith("_ZN10operations3useI")]
            if users:
                result["stack_below"] = max(graph.below(each) for each in users)
        return result


def less(one, other):
    """What a program has more than the one that it is compared with."""
    difference = {key: one[key] - other[key] for key in ("flash", "ram", "painted", "instructions")}
    if "stack" in one:
        difference["stack"] = one["stack"]
    if "stack_below" in one:
        difference["stack_below"] = one["stack_below"]
    return difference


def measure_all(jobs):
    """(builder, part) for each of `jobs`, as {(builder, part): numbers}."""
    workers = int(os.environ.get("TIPRING_JOBS") or len(os.sched_getaffinity(0)))
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return dict(zip(jobs, pool.map(lambda job: job[0].measure(job[1]), jobs)))


def everything():
    """What benchmarks/size.json holds."""
    target.need_tools()
    builders = {name: Builder(core) for name, core in target.CORES.items()}
    variants = {name: Builder(target.CORES[MAIN], name.replace("=", "_"), flags) for name, flags in MACROS.items()}
    parts = sorted({*ROWS, *ROWS.values()})
    jobs = [(builder, part) for builder in builders.values() for part in parts]
    jobs += [(builders[MAIN], part) for part in sorted({*PEERS, *PEERS.values(), *LARGEST} - set(parts)) if part not in PROGRAMS]
    jobs += [(builder, part) for builder in variants.values() for part in ("empty", "record", "reader", "value", "writer", "three")]
    found = measure_all(jobs)
    cores = {name: {row: less(found[builder, row], found[builder, base]) for row, base in ROWS.items()}
             for name, builder in builders.items()}
    main = builders[MAIN]
    peers = {row: less(found[main, PROGRAMS.get(row, row)], found[main, base]) for row, base in PEERS.items()}
    macros = {name: {row: less(found[builder, row], found[builder, ROWS[row]]) for row in ("reader", "writer", "three")}
              for name, builder in variants.items()}
    return {"compiler": target.compiler_version(), "emulator": target.emulator_version(), "empty_program": found[main, "empty"]["flash"],
            "counts": counts(), "cores": cores, "peers": peers, "macros": macros,
            "largest": {row: less(found[main, row], found[main, base]) for row, base in LARGEST.items()}}


def counts():
    """How many described types and operations the tables of the two programs have."""
    result = {}
    for api in ("miarec", "cloudlink"):
        program = FOLDER / target.CORES[MAIN].board / "plain" / f"{api}_tables.elf"
        symbols = set(re.findall(r"\S+$", target.run(["arm-none-eabi-nm", program]), re.M))
        result[api] = {"types": sum("table_holder" in name and "value" in name for name in symbols),
                       "operations": sum("operation_of" in name for name in symbols)}
        sized = re.findall(r"^\S+ (\S+) \S (\S+)$", target.run(["arm-none-eabi-nm", "-S", program]), re.M)
        result[api]["bytes_of_types"] = sum(int(size, 16) for size, name in sized if "table_holder" in name or "table_data" in name)
    return result
