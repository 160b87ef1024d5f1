#!/bin/bash -eu
# Builds every target of fuzz/targets.txt with the flags that ClusterFuzzLite gives ($CC, $CXX, $CXXFLAGS, $LIB_FUZZING_ENGINE)
# into $OUT, each with its corpus and seeds, dictionary and options.
common=(-std=c++20 -Iinclude -Itests -isystem "${BOOST_ROOT:-/opt/boost}" -DTIPRING_TEST_BOOST=1 -DDOCTEST_CONFIG_DISABLE=1)
work=${WORK:-/tmp/work}
mkdir -p "$work"

$CXX $CXXFLAGS "${common[@]}" fuzz/make_seeds.cpp -o "$work/make_seeds"
rm -rf "$work/seeds"
(cd tests && "$work/make_seeds" "$work/seeds")

$CXX $CXXFLAGS "${common[@]}" -w -c tests/boost_json.cpp -o "$work/boost_json.o"
# No counters in the mutator: what runs there says nothing about the target.
$CXX $CXXFLAGS -fno-sanitize=all -fno-sanitize-coverage=trace-pc-guard,inline-8bit-counters "${common[@]}" -c fuzz/mutator.cpp -o "$work/mutator.o"

grep -v '^#' fuzz/targets.txt | while read -r target longest kind; do
    parts=("$work/$target.o" "$work/boost_json.o")
    [ "$kind" != json ] || parts+=("$work/mutator.o")
    $CXX $CXXFLAGS "${common[@]}" -c "fuzz/$target.cpp" -o "$work/$target.o"
    $CXX $CXXFLAGS "${parts[@]}" $LIB_FUZZING_ENGINE -o "$OUT/fuzz_$target"

    printf '[libfuzzer]\nmax_len = %s\ntimeout = 20\n' "$longest" >"$OUT/fuzz_$target.options"
    if [ "$kind" = json ]; then
        cp "$work/seeds/dictionary" "$OUT/fuzz_$target.dict"
    elif [ -r "fuzz/dictionaries/$target" ]; then
        cp "fuzz/dictionaries/$target" "$OUT/fuzz_$target.dict"
    fi
    inputs=$work/corpus/$target
    rm -rf "$inputs"
    mkdir -p "$inputs"
    find "fuzz/corpus/$target" -type f -exec cp {} "$inputs" \;
    [ ! -d "$work/seeds/$target" ] || for seed in "$work/seeds/$target"/*; do cp "$seed" "$inputs/seed_$(basename "$seed")"; done
    (cd "$inputs" && zip -q -r "$OUT/fuzz_${target}_seed_corpus.zip" .)
done
