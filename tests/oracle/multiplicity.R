# Holm, Benjamini-Hochberg and Benjamini-Yekutieli adjusted p-values (F26). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# p.adjust, and the definitions of the formula sheet written out; both must agree.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
by_definition <- function(p) {
  m <- length(p); o <- order(p); s <- p[o]; back <- order(o)
  holm <- vapply(1:m, function(i) max(pmin(1, (m - 1:i + 1) * s[1:i])), 0)
  bh <- vapply(1:m, function(i) min(pmin(1, m * s[i:m] / (i:m))), 0)
  by <- vapply(1:m, function(i) min(pmin(1, sum(1 / 1:m) * m * s[i:m] / (i:m))), 0)
  list(holm[back], bh[back], by[back])
}
case <- function(label, p) {
  mine <- by_definition(p)
  r <- list(p.adjust(p, "holm"), p.adjust(p, "BH"), p.adjust(p, "BY"))
  for (k in 1:3) stopifnot(all(abs(mine[[k]] - r[[k]]) <= 1e-15 * r[[k]]))
  list(label = label, p = I(p), holm = I(r[[1]]), bh = I(r[[2]]), by = I(r[[3]]))
}
set.seed(26)
cases <- list(case("formula sheet", c(.001, .008, .039, .041, .042, .06, .074, .205)), case("one", .03), case("not sorted", c(.04, .001, .3, .002, .02)),
  case("ties", c(.02, .01, .02, .01, .02)), case("all one", rep(1, 4)), case("tiny", c(1e-300, 1e-200, 3e-17, .9)), case("zero", c(0, .01, .5)),
  case("twenty-two", round(runif(22)^3, 6)), case("sixty-six", round(runif(66)^2, 6)))
f <- cases[[1]]
stopifnot(all(abs(f$holm - c(.008, .056, rep(.234, 6))) < 1e-12))
stopifnot(all(abs(f$bh - c(.008, .032, .0672, .0672, .0672, .08, .0845714, .205)) < 5e-8))
stopifnot(all(abs(f$by - c(.0217429, .0869714, .18264, .18264, .18264, .2174286, .2298531, .5571607)) < 5e-8))
write_fixture("multiplicity", character(), list(note = "adjusted values stand in the order of p", cases = cases))
