# Shared by the scripts of tools/ and .ci/, which source it. Sets `root`; goes there.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 2

# The comment at the top of the calling script is its help.
show_help() {
    sed -n '2,/^[^#]/{/^#/!d;s/^# \{0,1\}//p}' "$0"
}

cores() {
    nproc 2>/dev/null || getconf _NPROCESSORS_ONLN
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# result_counts FILE...: sums what the test programs and the checks wrote there, as "PASSED FAILED".
result_counts() {
    cat "$@" 2>/dev/null | awk '
        /^\[doctest\] test cases:/ {
            line = $0; gsub(/[^0-9|]/, "", line); split(line, part, "|")
            passed += part[2]; failed += part[3]
        }
        /^\[[a-z_]+\] [0-9]+ passed, [0-9]+ failed$/ { passed += $2; failed += $4 }
        END { printf "%d %d\n", passed, failed }'
}
