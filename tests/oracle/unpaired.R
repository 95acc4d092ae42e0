# Expectations of some people against perceptions of others: Welch's t test, Holm-adjusted. Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# t.test(p, e) over those who have only the one answer; pairs among them are left out.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
set.seed(29)
n <- 70; k <- 4
e <- matrix(pmin(5, pmax(1, round(rnorm(n * k, 4, .8)))), n); p <- matrix(pmin(5, pmax(1, round(rnorm(n * k, rep(c(3.2, 3.9, 3.6, 4.2), each = n), 1.1)))), n)
e[1:30, ] <- NA; p[41:70, ] <- NA; e[45, 2] <- NA
rows <- lapply(1:k, function(j) { x <- e[is.na(p[, j]), j]; y <- p[is.na(e[, j]), j]; x <- x[!is.na(x)]; y <- y[!is.na(y)]; r <- t.test(y, x)
  list(n_expectation = length(x), mean_expectation = mean(x), n_perception = length(y), mean_perception = mean(y), difference = mean(y) - mean(x), se = r$stderr, ci_low = r$conf.int[1], ci_high = r$conf.int[2], t = unname(r$statistic), df = unname(r$parameter), p = r$p.value) })
holm <- p.adjust(vapply(rows, `[[`, 0, "p"), "holm")
write_fixture("unpaired", character(), list(note = "items q1 to q4; ten people answered both and count on neither side", expectation = e, perception = p, rows = lapply(1:k, function(j) c(rows[[j]], list(p_holm = holm[j])))))
