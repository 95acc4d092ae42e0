#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# LibreOffice opens the workbook of a report, and its cells say what the JSON of the same report says: tests/oracle/workbook.sh GAPMETER
# The workbook is exported twice, as numbers and as they are shown; support/workbook_cells.R compares every cell of every table.
set -eu
gapmeter=$1
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# All sheets of a workbook as CSV (44 comma, 34 quotes, 76 UTF-8, -1 every sheet): export FOLDER SHOWN
export_sheets() {
    mkdir "$scratch/$1"
    soffice "-env:UserInstallation=file://$scratch/profile" --headless \
        --convert-to "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,$2,$2,false,false,-1" \
        --outdir "$scratch/$1" "$scratch/report.xlsx" >"$scratch/$1.log" 2>&1 || {
        cat "$scratch/$1.log" >&2
        exit 1
    }
    # What a program says when it has to repair a file is no clean opening.
    ! grep -iE 'repair|corrupt|could not be loaded' "$scratch/$1.log" >&2
}

"$gapmeter" demo --out "$scratch/demo" >/dev/null 2>&1
for ending in json xlsx; do
    "$gapmeter" report "$scratch/demo/answers.csv" --study "$scratch/demo/study.json" --by hotel -o "$scratch/report.$ending" 2>/dev/null
done
export_sheets numbers false
export_sheets shown true
Rscript --vanilla "$here/support/workbook_cells.R" "$scratch/report.json" "$scratch/numbers" "$scratch/shown" "$here/../../src/model/reason.def"
