# Reliability of a difference score (F16) beside the alpha of the gaps. Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# The published formula, and the same quantity as true difference variance over difference variance; both must agree.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
alpha_of <- function(x) { c <- cov(x); k <- ncol(x); if (k < 2 || sum(c) == 0) NA_real_ else k / (k - 1) * (1 - sum(diag(c)) / sum(c)) }
from_summary <- function(label, sd_e, sd_p, rel_e, rel_p, r) {
  bottom <- sd_p^2 + sd_e^2 - 2 * r * sd_p * sd_e
  value <- if (bottom == 0) NA else (sd_p^2 * rel_p + sd_e^2 * rel_e - 2 * r * sd_p * sd_e) / bottom
  if (bottom != 0) stopifnot(abs(1 - (sd_p^2 * (1 - rel_p) + sd_e^2 * (1 - rel_e)) / bottom - value) < 1e-12)
  list(label = label, sd_expectation = sd_e, sd_perception = sd_p, reliability_expectation = rel_e, reliability_perception = rel_p, r = r, difference_reliability = value)
}
summaries <- list(from_summary("textbook", 1, 1, .7, .7, .5), from_summary("correlation above the reliabilities", 1, 1, .5, .5, .7), from_summary("unequal spread", .8, 1.3, .82, .9, .35),
  from_summary("no correlation", 1, 2, .6, .8, 0), from_summary("same twice", 1, 1, .9, .9, 1), from_summary("negative alpha in", 1, 1, -.2, .6, .1))
stopifnot(abs(summaries[[1]]$difference_reliability - .4) < 1e-15, summaries[[2]]$difference_reliability < 0)
from_answers <- function(label, e, p) {
  ms <- rowMeans(e); mp <- rowMeans(p)
  c(list(label = label, expectation = e, perception = p, gap_reliability = alpha_of(p - e)), from_summary(label, sd(ms), sd(mp), alpha_of(e), alpha_of(p), cor(ms, mp))[-1])
}
set.seed(16)
draw <- function(n, k) { f <- rnorm(n); own <- rnorm(n)
  e <- sapply(1:k, function(j) pmin(7, pmax(1, round(5 + .8 * f + .9 * rnorm(n))))); p <- sapply(1:k, function(j) pmin(7, pmax(1, round(4.6 + .5 * f + .7 * own + .9 * rnorm(n)))))
  list(e, p) }
studies <- lapply(c(2, 3, 5), function(k) { a <- draw(30, k); from_answers(paste(k, "items"), a[[1]], a[[2]]) })
write_fixture("difference_reliability", character(), list(note = "summaries: F16 from five figures; studies: all of it from answers, dimension score = mean of its items", summaries = summaries, studies = studies))
