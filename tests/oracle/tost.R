# Equivalence by two one-sided tests (F24). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Two one-sided t.test calls; the 90 % interval must lie inside (-delta, delta) exactly when the larger p is below 5 %.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
case <- function(label, g, delta) {
  lower <- t.test(g, mu = -delta, alternative = "greater"); upper <- t.test(g, mu = delta, alternative = "less"); i <- t.test(g, conf.level = .9)$conf.int
  p <- max(lower$p.value, upper$p.value)
  stopifnot((p < .05) == (i[1] > -delta && i[2] < delta))
  list(label = label, g = I(g), delta = delta, t_lower = unname(lower$statistic), p_lower = lower$p.value, t_upper = unname(upper$statistic), p_upper = upper$p.value,
    p = p, low_90 = i[1], high_90 = i[2], equivalent = p < .05)
}
set.seed(24)
draw <- function(n, m) pmin(3, pmax(-3, round(rnorm(n, m, 1))))
cases <- list(case("small", c(0, 1, -1, 0), 1 / 3), case("clearly met", draw(200, 0), .5), case("too few", draw(15, 0), 1 / 3), case("short", draw(80, -.8), .5),
  case("small but shown short", draw(400, -.2), .5), case("delta of 1 to 5", draw(100, -.05), 4 / 12), case("delta of 1 to 9", draw(60, .2), 8 / 12), case("exactly centred", rep(c(-1, 1), 50), .5),
  case("far inside", rep(c(-1, 0, 0, 0, 1), 100), 1))
write_fixture("tost", character(), list(note = "p is the larger of the two one-sided p; equivalent: p < .05, the same as the 90 % interval inside (-delta, delta)", cases = cases))
