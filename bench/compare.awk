# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the tables of docs/benchmarks.md from what bench/compare.sh wrote: medians, the best peer, and what was to be reached.
# Variables: rows, bytes, date, cpu.

function median(key,    i, j, n, list, swap) {
    n = count[key]
    for (i = 1; i <= n; i++) list[i] = seconds[key, i]
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && list[j] < list[j - 1]; j--) { swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap }
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

function shown(x) {
    return x >= 100 ? sprintf("%.0f s", x) : x >= 1 ? sprintf("%.2f s", x) : x >= .001 ? sprintf("%.3g ms", 1000 * x) : sprintf("%.3g µs", 1e6 * x)
}

function times(x) { return x >= 100 ? sprintf("%.0f ×", x) : x >= 10 ? sprintf("%.1f ×", x) : sprintf("%.2f ×", x) }

# The quickest of the peers named, or of all that did the work.
function quickest(task, names,    i, n, list, best) {
    n = split(names == "" ? peers : names, list, " ")
    for (i = 1; i <= n; i++)
        if (((list[i], task) in count) && (best == "" || median(list[i] SUBSEP task) < median(best SUBSEP task))) best = list[i]
    return best
}

function task_row(task, title,    i, n, list, line, best, ours, key) {
    if (!(("gapmeter", task) in count)) return
    ours = median("gapmeter" SUBSEP task)
    best = quickest(task, "")
    n = split(peers, list, " ")
    for (i = 1; i <= n; i++) {
        key = list[i] SUBSEP task
        if (list[i] != best && (key in count)) line = line (line ? "; " : "") list[i] " " shown(median(key)) (whole[key] > 1 ? "*" : "")
    }
    key = best SUBSEP task
    printf "| %s | %s | %s | %s | %s |\n", title, shown(ours), best ? best " " shown(median(key)) (whole[key] > 1 ? "*" : "") : "–",
        best ? times(median(key) / ours) : "–", line ? line : "–"
}

# A ratio to one of these peers that was to be reached.
function goal_ratio(title, task, names, least,    best, ratio) {
    best = quickest(task, names)
    if (best == "" || !(("gapmeter", task) in count)) {
        printf "| %s | ≥ %s × %s | not measured | – |\n", title, least, names
        return
    }
    ratio = median(best SUBSEP task) / median("gapmeter" SUBSEP task)
    printf "| %s | ≥ %s × %s | %s | %s |\n", title, least, names, times(ratio), (ratio >= least ? "yes" : "**no**")
}

function goal_most(title, got, most, unit) {
    printf "| %s | ≤ %s %s | %s %s | %s |\n", title, most, unit, got, unit, (got + 0 <= most ? "yes" : "**no**")
}

BEGIN { FS = "\t"; peers = "data.table DuckDB polars numpy R boot psych" }
$2 == "version" { versions = versions (versions ? "; " : "") $3; if ($1 == "gapmeter") kernel = $3; next }
NF >= 3 {
    key = $1 SUBSEP $2
    seconds[key, ++count[key]] = $3
    if ($4 + 0 > most[key]) most[key] = $4 + 0
    if ($5 + 0 > whole[key]) whole[key] = $5 + 0
}
END {
    printf "### %s rows, %.0f MB of CSV\n\n", rows, bytes / 1e6
    printf "%s, %s, two threads. %s.\n\n", date, cpu, versions
    print "| work | gapmeter | best peer | ratio | others |"
    print "|---|---|---|---|---|"
    task_row("csv_memory", "CSV file → answers in memory")
    task_row("csv_gaps_branch", "CSV file → gaps by branch (`analyze --by branch`)")
    task_row("memory_gaps", "gaps in memory, overall")
    task_row("memory_gaps_branch", "gaps in memory, by branch")
    task_row("moments", "pairwise-complete moments of 46 columns")
    task_row("alphas", "18 alphas from answers in memory")
    task_row("bootstrap_gaps_small", "10,000 bootstraps of gaps, n = 10,000 (`analyze --bootstrap`)")
    task_row("bootstrap_gaps_all", "10,000 bootstraps of gaps, all rows, from their tallies")
    task_row("bootstrap_alphas_small", "10,000 bootstraps of 18 alphas, n = 10,000 (`analyze --bootstrap`)")
    task_row("report_html", "HTML report after the numbers")
    print "\nMedians of five runs, of three where one takes more than ten seconds, of one above a minute. * a part was run and multiplied.\n"
    print "| to be reached | goal | reached | met |"
    print "|---|---|---|---|"
    goal_ratio("CSV → memory", "csv_memory", "data.table", rows >= 1e7 ? 10 : 8)
    goal_ratio("CSV → gaps by branch", "csv_gaps_branch", "DuckDB polars", 10)
    if (rows < 1e7) {
        goal_ratio("pairwise moments", "moments", "numpy", kernel ~ /avx512/ ? 40 : 15)
        goal_ratio("alphas", "alphas", "numpy", 25)
        goal_ratio("alphas", "alphas", "psych", 1000)
        goal_ratio("bootstrap of alphas", "bootstrap_alphas_small", "boot", 2000)
        goal_most("HTML report after the numbers", sprintf("%.1f", 1000 * median("gapmeter" SUBSEP "report_html")), 10, "ms")
    } else
        goal_most("memory of CSV → gaps by branch", sprintf("%.0f", most["gapmeter" SUBSEP "csv_gaps_branch"]), 800, "MB")
    goal_most("bootstrap of gaps, all rows", sprintf("%.3f", median("gapmeter" SUBSEP "bootstrap_gaps_all")), 1, "s")
}
