# SPDX-License-Identifier: GPL-3.0-or-later
# What the R peers share: time_work prints task, seconds and megabytes of each run, and how many times as much the whole work is
# when only a part of it was done.
folder <- commandArgs(trailingOnly = TRUE)[1]
sink_of_results <- NULL

megabytes <- function() {
    line <- grep("^VmHWM:", readLines("/proc/self/status"), value = TRUE)
    round(as.numeric(gsub("[^0-9]", "", line)) / 1024)
}

time_work <- function(task, work, whole = 1) {
    runs <- 5
    run <- 0
    while (run < runs) {
        seconds <- unname(system.time(sink_of_results <<- work())["elapsed"])
        cat(sprintf("%s\t%.6f\t%.0f\t%g\n", task, seconds * whole, megabytes(), whole))
        if (seconds > 10) runs <- 3
        if (seconds > 60) runs <- 1
        run <- run + 1
    }
}

version_print <- function(...) cat(sprintf("version\tR %s.%s, %s\n", R.version$major, R.version$minor, paste(...)))

# Answers as doubles, a column an answer; missing ones are NA.
answers_read <- function(name) {
    path <- file.path(folder, name)
    bytes <- as.integer(readBin(path, "raw", file.size(path)))
    bytes[bytes == 255L] <- NA
    answers <- t(matrix(as.double(bytes), nrow = 46))
    colnames(answers) <- c(paste0("e", 1:22), paste0("p", 1:22), "sat", "loyal")
    answers
}

# Five dimensions and all items, of expectation, perception and gap: 18 sets of columns.
alpha_sets <- function(answers) {
    ends <- c(0, 4, 9, 13, 17, 22)
    items <- c(lapply(1:5, function(d) (ends[d] + 1):ends[d + 1]), list(1:22))
    sides <- list(answers[, 1:22], answers[, 23:44], answers[, 23:44] - answers[, 1:22])
    unlist(lapply(sides, function(side) lapply(items, function(columns) side[, columns])), recursive = FALSE)
}
