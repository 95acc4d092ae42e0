# Kano's classes from 5 x 5 tables of answers, and what their counts say (F40-F42). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
# The evaluation table, rows functional, columns dysfunctional; like, must be, neutral, live with, dislike.
evaluation <- rbind(c("Q", "A", "A", "A", "O"), c("R", "I", "I", "I", "M"), c("R", "I", "I", "I", "M"), c("R", "I", "I", "I", "M"), c("R", "R", "R", "R", "Q"))
letters6 <- c("M", "O", "A", "I", "R", "Q")
summary_of <- function(counts) {
  names(counts) <- letters6; n <- sum(counts); share <- counts / n
  top <- function(which) { x <- counts[which]; names(x)[order(-x, match(names(x), letters6))][1] }
  effect <- sum(counts[c("M", "O", "A", "I")]); ordered <- sort(counts, decreasing = TRUE)
  # two equally likely cells of one multinomial: the variance of their difference at p = (a + b)/2n each
  p <- (ordered[1] + ordered[2]) / (2 * n); sigma <- matrix(c(p * (1 - p), -p * p, -p * p, p * (1 - p)), 2) * n
  bound <- qnorm(.95) * sqrt(as.numeric(t(c(1, -1)) %*% sigma %*% c(1, -1)))
  list(counts = unname(counts), n = n, mode = top(letters6),
    category = if (sum(counts[c("M", "O", "A")]) > sum(counts[c("I", "R", "Q")])) top(c("M", "O", "A")) else top(c("I", "R", "Q")),
    better = if (effect) sum(counts[c("A", "O")]) / effect else NA, worse = if (effect) -sum(counts[c("O", "M")]) / effect else NA,
    total_strength = sum(share[c("M", "O", "A")]), category_strength = unname(ordered[1] - ordered[2]) / n, bound = bound,
    distinct = unname(ordered[1] - ordered[2] >= bound), questionable_share = unname(share["Q"]))
}
set.seed(40)
tables <- lapply(1:12, function(i) { m <- matrix(rpois(25, c(.5, 1, 2, 4)[1 + i %% 4] * rexp(25)), 5); m[1, 2] <- m[1, 2] + 1
  counts <- vapply(letters6, function(l) sum(m[evaluation == l]), 0)
  points <- c(4, 2, 0, -1, -2)
  c(list(answers = m), summary_of(counts), list(functional_mean = sum(rowSums(m) * points) / sum(m), dysfunctional_mean = sum(colSums(m) * rev(points)) / sum(m))) })
counts <- list(summary_of(c(20, 30, 35, 10, 3, 2)), summary_of(c(10, 10, 10, 10, 0, 0)), summary_of(c(5, 9, 9, 2, 0, 0)), summary_of(c(10, 9, 8, 26, 0, 0)), summary_of(c(0, 0, 0, 0, 4, 3)), summary_of(c(0, 0, 0, 7, 0, 0)),
  summary_of(c(12.5, 7.25, 3.5, 20, 1, .75)), summary_of(c(10, 10, 10, 15, 8, 7)), summary_of(c(1, 0, 0, 0, 0, 0)), summary_of(c(6, 5, 4, 5, 5, 5)))
stopifnot(any(vapply(counts, function(x) x$mode != x$category, NA)))
write_fixture("kano", character(), list(note = "counts: M O A I R Q; null: undefined", evaluation = evaluation, tables = tables, counts = counts))
