"""Running the benchmark program: interleaved, in passes, pinned to a core; and counting instructions. Not here: what to make of it
(results.py)."""

import concurrent.futures
import datetime
import json
import os
import re
import shutil
import statistics
import subprocess

import builds


def parse_name(name):
    """(job, input, engine) of a benchmark's name; google-benchmark hangs its own settings on behind, such as /min_time:0.1."""
    parts = [part for part in name.split("/") if ":" not in part]
    if len(parts) < 3:
        raise builds.Failed(f"the benchmark {name} is not named job/input/engine")
    return tuple(parts[:3])


UNITS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}


def rows_of_pass(report):
    """One pass, in google-benchmark's JSON, as {(job, input, engine): row}, the time being the median of the repetitions. The time is
    that of the processor, so that a moment in which somebody else had our core is not ours."""
    rows = {}
    times = {}
    for entry in report["benchmarks"]:
        if entry.get("run_type", "iteration") != "iteration":
            continue
        key = parse_name(entry["name"])
        if entry.get("error_occurred"):
            raise builds.Failed(f"{'/'.join(key)}: {entry.get('error_message', 'error')}")
        ns = entry["cpu_time"] * UNITS[entry["time_unit"]]
        times.setdefault(key, []).append(ns)
        rows[key] = {"job": key[0], "input": key[1], "engine": key[2],
                     "bytes": round(entry["bytes"]), "records": round(entry["records"]),
                     "allocations": entry["allocations"]}
    for key, row in rows.items():
        row["ns"] = statistics.median(times[key])
    return rows


def significant(number):
    return float(f"{number:.5g}")


def merge(passes):
    """The rows of all passes as the results file has them. A benchmark that is not in every pass is a failure."""
    names = list(passes[0])
    if any(list(one) != names for one in passes):
        raise builds.Failed("the passes did not run the same benchmarks")
    rows = []
    for key in names:
        row = dict(passes[0][key])
        # A library that allocates less the second time it is used shows its later count: medians here too.
        row["allocations"] = statistics.median(one[key]["allocations"] for one in passes)
        row["ns"] = [significant(one[key]["ns"]) for one in passes]
        row["instructions"] = None
        rows.append(row)
    return rows


def pin():
    """For the child: the last core that we may use, since the first one has most of the interrupts."""
    try:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    except OSError:
        pass


# Big blocks stay with the process: otherwise rivals that build a tree pay for page faults with every body, which no server does.
MALLOC = "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824:glibc.malloc.top_pad=67108864"


def run_pass(program, repetitions, seconds, pattern):
    command = [str(program), f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true",
               f"--benchmark_min_time={seconds}", f"--benchmark_filter={pattern or '.'}", "--benchmark_format=json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, preexec_fn=pin,
                          env={**os.environ, "GLIBC_TUNABLES": MALLOC})
    if done.returncode != 0:
        print(done.stderr[-4000:])
        raise builds.Failed(f"the benchmarks ended with status {done.returncode}")
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise builds.Failed(f"the benchmarks did not print JSON ({error}); is there one that matches {pattern}?") from error


def order(program, pattern):
    """Names in the order in which the program lists them: the interleaved report may come in another."""
    listed = builds.run([program, "--benchmark_list_tests=true", f"--benchmark_filter={pattern or '.'}"]).split()
    return {parse_name(name): at for at, name in enumerate(listed)}


def timings(program, passes, repetitions, seconds, pattern):
    """(rows, the program's own account of itself) of so many passes."""
    places = order(program, pattern)
    if not places:
        raise builds.Failed(f"no benchmark matches {pattern}")
    done = []
    context = {}
    for number in range(passes):
        print(f"pass {number + 1} of {passes}: {len(places)} benchmarks, {repetitions} repetitions", flush=True)
        report = run_pass(program, repetitions, seconds, pattern)
        context = report["context"]
        rows = rows_of_pass(report)
        done.append({key: rows[key] for key in sorted(rows, key=lambda key: places.get(key, len(places)))})
    return merge(done), context


# What glibc's ifuncs choose (memcpy, memcmp, memset) depends on the processor, also under valgrind, which shows the programs the host's
# vector units as far as it knows them. These switches take away everything above baseline x86-64. They work under valgrind: without
# them callgrind's output names __memcpy_avx_unaligned_erms and __memcmp_avx2_movbe, with them memcpy's and memcmp's SSE2 forms. The
# cache sizes decide from which length on memcpy goes past the cache. LD_BIND_NOW keeps the look-up of symbols out of the count.
STEADY = {
    "GLIBC_TUNABLES": ":".join((
        "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX2,-AVX,-BMI1,-BMI2,-LZCNT,-MOVBE,-POPCNT,-ERMS,-FSRM,-RTM,-SSE4_2,-SSE4_1,"
        "-SSSE3,-AVX_Fast_Unaligned_Load,-Fast_Unaligned_Copy,-Fast_Copy_Backward,-Slow_BSF",
        "glibc.cpu.x86_data_cache_size=0x8000", "glibc.cpu.x86_shared_cache_size=0x100000",
        "glibc.cpu.x86_non_temporal_threshold=0x10000000")),
    "LD_BIND_NOW": "1",
}
TIMES = 2


def count_instructions(program, name, steady=True):
    """Instructions of one run of the body of `name`, by callgrind: those inside `tipring_measured` only."""
    command = ["valgrind", "--tool=callgrind", "--toggle-collect=tipring_measured", "--callgrind-out-file=/dev/null", str(program), name,
               str(TIMES)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
                          env={**os.environ, **(STEADY if steady else {})})
    found = re.search(r"Collected : (\d+)", done.stdout)
    if done.returncode != 0 or not found or int(found.group(1)) == 0:
        print("\n".join(done.stdout.splitlines()[-30:]))
        raise builds.Failed(f"callgrind counted nothing for {name} (status {done.returncode})")
    return int(found.group(1)) // TIMES


def countable(program):
    return set(builds.run([program, "--list"]).split())


def has_valgrind():
    return shutil.which("valgrind") is not None


def count_all(program, names, steady=True):
    """{name: instructions}, two at a time where there are two cores."""
    jobs = int(os.environ.get("TIPRING_JOBS") or len(os.sched_getaffinity(0)))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return dict(zip(names, pool.map(lambda name: count_instructions(program, name, steady), names)))


# What a short run looks at, and whose instructions are counted: the main inputs.
QUICK = "^(decode|encode)/(calls_1000|call|user|cloudlink_users_1000|token)/|^build/"
COUNTED = re.compile("^(decode|encode|rows)/(calls_1000|call|user|cloudlink_users_1000|token)/|^(build|parse|answer)/")


def add_instructions(program, rows):
    """Fills in what callgrind counts, for the main inputs. Here libc may use what the machine has, as it does when time is taken."""
    if not has_valgrind():
        print("no instructions: valgrind is not installed (tools/setup bench)")
        return
    here = countable(program)
    rows_by_name = {f"{row['job']}/{row['input']}/{row['engine']}": row for row in rows}
    names = [name for name in rows_by_name if name in here and COUNTED.search(name)]
    print(f"counting instructions of {len(names)} benchmarks", flush=True)
    for name, counted in count_all(program, names, steady=False).items():
        rows_by_name[name]["instructions"] = counted


def accounts(program):
    """What the program says about the rivals: versions and build, and which faults in a document each of them lets pass."""
    return {what: json.loads(builds.run([program, f"--{what}"])) for what in ("rivals", "strictness")}


STANDARD_CONTEXT = {"date", "host_name", "executable", "num_cpus", "mhz_per_cpu", "cpu_scaling_enabled", "caches", "load_avg",
                    "library_build_type", "library_version", "json_schema_version", "aslr_enabled", "compiler", "flags", "processor"}


def versions(context):
    """Of the libraries: what the program adds to google-benchmark's own context and is not known already."""
    return {name: value for name, value in context.items() if name not in STANDARD_CONTEXT}


def pinning():
    try:
        mine = os.sched_getaffinity(0)
        os.sched_setaffinity(0, mine)
        return f"pinned to core {max(mine)}"
    except OSError:
        return "not pinned to a core"


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
