# Paired t test, effect size and Hedges' correction (F20, F21). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# t.test on the paired answers; J from the gamma function by exact half-integer products; the limits of dz stand in noncentral_t.json.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
# J = Gamma(m/2) / (Gamma((m-1)/2) sqrt(m/2)), m = n - 1, by Gamma(x+1) = x Gamma(x): no large gammas are divided.
hedges_j <- function(n) {
  m <- n - 1
  if (m < 2) return(NA_real_)
  if (m %% 2 == 0) ratio <- gamma(1) / gamma(.5) else ratio <- gamma(1.5) / gamma(1)
  from <- if (m %% 2 == 0) 2 else 3
  while (from < m) { ratio <- ratio * (from / 2) / ((from - 1) / 2); from <- from + 2 }
  ratio / sqrt(m / 2)
}
for (n in c(3, 4, 10, 11, 100)) stopifnot(abs(hedges_j(n) - exp(lgamma((n - 1) / 2) - lgamma((n - 2) / 2)) / sqrt((n - 1) / 2)) < 1e-13)
case <- function(label, expectation, perception) {
  g <- perception - expectation; n <- length(g); gap <- mean(g); s <- sd(g)
  row <- list(label = label, expectation = I(expectation), perception = I(perception), n = n, mean_expectation = mean(expectation), mean_perception = mean(perception),
    sd_expectation = sd(expectation), sd_perception = sd(perception), gap = gap, sd_gap = s)
  if (n < 2 || s == 0) return(c(row, list(se = if (n < 2) NA else 0, t = NA, df = n - 1, p = NA, dz = NA, gz = NA, j = hedges_j(n), intervals = list())))
  r <- t.test(perception, expectation, paired = TRUE)
  stopifnot(abs(r$statistic - gap / (s / sqrt(n))) < 1e-10)
  intervals <- lapply(c(.9, .95, .99, 1 - .05 / 12), function(c) { i <- t.test(perception, expectation, paired = TRUE, conf.level = c)$conf.int
    list(confidence = c, low = i[1], high = i[2]) })
  both <- sd(expectation) > 0 && sd(perception) > 0
  c(row, list(se = s / sqrt(n), t = unname(r$statistic), df = n - 1, p = r$p.value, r = if (both) cor(expectation, perception) else NA, dz = gap / s, gz = hedges_j(n) * gap / s,
    j = hedges_j(n), d_av = gap / ((sd(expectation) + sd(perception)) / 2), share_short = mean(g < 0), intervals = intervals))
}
set.seed(20)
answers <- function(n, shift, lo, hi) { e <- pmin(hi, pmax(lo, round(rnorm(n, (lo + hi) / 2 + 1, 1.2)))); p <- pmin(hi, pmax(lo, round(.5 * e + rnorm(n, (lo + hi) / 4 + shift, 1)))); list(e, p) }
cases <- list(case("two", c(4, 5), c(5, 3)), case("three", c(4, 5, 4), c(4, 4, 4)), case("one", 4, 5), case("constant gap", c(3, 4, 5), c(2, 3, 4)), case("no gap at all", c(3, 4, 5), c(3, 4, 5)),
  case("constant expectation", rep(5, 6), c(3, 4, 5, 4, 2, 4)), case("nearly constant", c(rep(4, 49), 5), rep(4, 50)))
for (n in c(10, 30, 100, 250)) { a <- answers(n, -.2, 1, 7); cases <- c(cases, list(case(paste("drawn", n), a[[1]], a[[2]]))) }
a <- answers(40, .3, 0, 10); cases <- c(cases, list(case("above, 0 to 10", a[[1]], a[[2]])))
a <- answers(300, -2.5, 1, 9); cases <- c(cases, list(case("far in the tail", a[[1]], a[[2]])))
write_fixture("paired_t", character(), list(note = "gap is perception - expectation; null where a value does not exist", cases = cases,
  hedges_j = lapply(c(3:12, 20, 21, 50, 100, 101, 1000, 1001), function(n) list(n = n, j = hedges_j(n)))))
