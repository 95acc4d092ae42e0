# Fleiss' kappa, its error under chance and p (F47). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
# From the single ratings, pair by pair, not from the counts.
case <- function(label, ratings, categories) {
  n <- nrow(ratings); m <- ncol(ratings); pairs <- combn(m, 2)
  observed <- if (m < 2) NA else mean(apply(pairs, 2, function(p) mean(ratings[, p[1]] == ratings[, p[2]])))
  share <- tabulate(ratings, categories) / length(ratings); expected <- sum(share^2); spread <- 1 - expected
  counts <- t(apply(ratings, 1, tabulate, categories))
  kappa <- if (spread == 0) NA else (observed - expected) / spread
  se <- if (spread == 0) NA else sqrt(2 * (spread^2 - sum(share * (1 - share) * (1 - 2 * share))) / (n * m * (m - 1) * spread^2))
  list(label = label, counts = counts, raters = m, observed = observed, expected = expected, kappa = kappa, se = se, p = if (is.na(kappa)) NA else 2 * pnorm(-abs(kappa / se)))
}
set.seed(47)
agreeing <- function(n, m, categories, likelihood) { truth <- sample(categories, n, TRUE); sapply(1:m, function(j) ifelse(runif(n) < likelihood, truth, sample(categories, n, TRUE))) }
cases <- list(case("three raters, four categories", agreeing(12, 3, 4, .6), 4), case("four raters", agreeing(22, 4, 4, .8), 4), case("by chance", agreeing(30, 3, 5, 0), 5), case("all agree", agreeing(10, 4, 4, 1), 4),
  case("one category only", matrix(2, 6, 3), 3), case("two raters never agree", cbind(rep(1:2, 4), rep(2:1, 4)), 2), case("many", agreeing(60, 14, 6, .5), 6))
write_fixture("fleiss_kappa", character(), list(note = "counts: a row per subject; null: undefined", cases = cases))
