#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Times gapmeter and those of its peers that are installed on one generated file, in one run: bench/compare.sh BUILD FOLDER ROWS
# BUILD holds the release build, FOLDER is for the files (and what ./dev bench --peers put there). Writes FOLDER/results-ROWS.tsv, a
# line for each run: program, task, seconds, megabytes, and how many times as much the whole work is as what was run.
set -eu
LC_ALL=C.UTF-8
export LC_ALL
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd)
mkdir -p "$2"
folder=$(cd "$2" && pwd)
rows=$3
results=$folder/results-$rows.tsv
tab=$(printf '\t')

# Runs one program, unless a condition of it does not hold: peer NAME "what is missing" command…
peer() {
    name=$1
    missing=$2
    shift 2
    if [ -n "$missing" ]; then
        echo "[bench] $name is skipped: $missing (./dev bench --peers installs it)"
        return 0
    fi
    echo "[bench] $name"
    if "$@" >"$folder/$name.tsv" 2>"$folder/$name.log"; then
        sed "s/^/$name$tab/" "$folder/$name.tsv" >>"$results"
    else
        echo "[bench] $name did not succeed:"
        tail -n 5 "$folder/$name.log"
    fi
}

r_lacks() {
    command -v Rscript >/dev/null || {
        echo "apt-get install r-base-core"
        return 0
    }
    [ -z "${1-}" ] || [ -d "/usr/lib/R/site-library/$1" ] || [ -d "/usr/lib/R/library/$1" ] || echo "apt-get install $2"
}

node_lacks() {
    command -v node >/dev/null || {
        echo "apt-get install nodejs npm"
        return 0
    }
    [ -d "$folder/node/node_modules/$1" ] || echo "npm ci in a copy of bench/peers/package.json"
}

numpy_lacks() {
    /usr/bin/python3 -c 'import numpy' 2>/dev/null || echo "apt-get install python3-numpy"
}

r_script() {
    Rscript --vanilla "bench/peers/$1.R" "$folder"
}

node_script() {
    cp bench/peers/*.mjs "$folder/node/"
    POLARS_MAX_THREADS=2 node "$folder/node/$1.mjs" "$folder"
}

# The BLAS that numpy finds on a Debian system is the reference one unless OpenBLAS was installed; no comparison with that.
numpy_script() {
    blas=$(find "$folder/openblas" -name 'libblas.so.3' 2>/dev/null | head -n 1)
    LD_LIBRARY_PATH=${blas:+$(dirname "$blas")} OMP_NUM_THREADS=2 /usr/bin/python3 bench/peers/numpy_peer.py "$folder"
}

report_time() {
    "$build/bench/report_bench" 31 | sed -n 's/^report of .* html of [0-9]* bytes: \([0-9.]*\) ms.*/\1/p' | awk '{ printf "report_html\t%.6f\n", $1 / 1000 }'
}

"$build/bench/survey_make" "$folder" "$rows"
: >"$results"
peer gapmeter "" "$build/bench/gapmeter_peer" "$folder" "$build/gapmeter"
peer gapmeter "" report_time
peer data.table "$(r_lacks data.table r-cran-data.table)" r_script data_table
peer DuckDB "$(node_lacks @duckdb/node-api)" node_script duckdb
peer polars "$(node_lacks nodejs-polars)" node_script polars
peer numpy "$(numpy_lacks)" numpy_script
peer R "$(r_lacks)" r_script base_r
peer boot "$(r_lacks boot r-cran-boot)" r_script boot
peer psych "$(r_lacks psych r-cran-psych)" r_script psych
