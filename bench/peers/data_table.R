# SPDX-License-Identifier: GPL-3.0-or-later
# needs: apt-get install r-base-core r-cran-data.table
suppressPackageStartupMessages(library(data.table))
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
setDTthreads(2)
version_print("data.table", as.character(packageVersion("data.table")))
path <- file.path(folder, "answers.csv")
e <- paste0("e", 1:22)
p <- paste0("p", 1:22)
g <- paste0("g", 1:22)

time_work("csv_memory", function() fread(path, drop = "ts", showProgress = FALSE))

gaps_add <- function(table) for (i in 1:22) set(table, j = g[i], value = table[[p[i]]] - table[[e[i]]])
gaps_overall <- function(table) {
    gaps_add(table)
    list(table[, lapply(.SD, mean, na.rm = TRUE), .SDcols = g], table[, lapply(.SD, sd, na.rm = TRUE), .SDcols = g])
}
gaps_by_branch <- function(table) {
    gaps_add(table)
    list(table[, lapply(.SD, mean, na.rm = TRUE), by = branch, .SDcols = g],
         table[, lapply(.SD, sd, na.rm = TRUE), by = branch, .SDcols = g])
}
time_work("csv_gaps_branch", function() gaps_by_branch(fread(path, select = c("branch", e, p), showProgress = FALSE)))
answers <- fread(path, select = c("branch", e, p), showProgress = FALSE)
time_work("memory_gaps", function() gaps_overall(answers))
time_work("memory_gaps_branch", function() gaps_by_branch(answers))
