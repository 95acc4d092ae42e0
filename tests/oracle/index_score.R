# Index on 0 ... 100 (F50, F60). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: the formula over the means, and the mean of every person's own weighted score put on 0 ... 100.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
case <- function(label, x, low, high, weight) {
  value <- 100 * sum(weight * (colMeans(x) - low)) / sum(weight * (high - low))
  own <- x %*% weight; least <- sum(weight * low); most <- sum(weight * high)
  stopifnot(abs(mean(100 * (own - least) / (most - least)) - value) < 1e-10)
  list(label = label, mean = I(colMeans(x)), low = I(low), high = I(high), weight = I(weight), index = value)
}
set.seed(60)
draw <- function(n, low, high) sapply(seq_along(low), function(j) sample(low[j]:high[j], n, TRUE))
three <- draw(40, rep(1, 3), rep(10, 3)); mixed <- draw(33, c(1, 0, -3), c(7, 10, 3))
cases <- list(case("equal weights", three, rep(1, 3), rep(10, 3), rep(1, 3)), case("weights", three, rep(1, 3), rep(10, 3), c(.0158, .0117, .0141)),
  case("three scales", mixed, c(1, 0, -3), c(7, 10, 3), c(.5, .2, .3)), case("a weight of 0", mixed, c(1, 0, -3), c(7, 10, 3), c(1, 0, 2)), case("one item", mixed[, 1, drop = FALSE], 1, 7, 1))
stopifnot(abs(cases[[1]]$index - (sum(colMeans(three)) - 3) / 27 * 100) < 1e-10)
write_fixture("index_score", character(), list(note = "means of indicators with the ends of their scales and weights", cases = cases))
