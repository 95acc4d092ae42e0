# The worst item against every other: paired differences of gaps, Holm-adjusted, and the set that cannot be told from it. Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# t.test on the difference of two items' gaps over the people who have both pairs (F20, F26).
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
study <- function(label, e, p, confidence = .95) {
  g <- p - e; gaps <- colMeans(g, na.rm = TRUE); worst <- which.min(gaps); others <- setdiff(seq_along(gaps), worst)
  rows <- lapply(others, function(j) { d <- g[, j] - g[, worst]; d <- d[!is.na(d)]; r <- t.test(d); list(item = j, n = length(d), difference = mean(d), t = unname(r$statistic), df = unname(r$parameter), p = r$p.value) })
  holm <- p.adjust(vapply(rows, `[[`, 0, "p"), "holm")
  rows <- lapply(seq_along(rows), function(i) c(rows[[i]], list(p_holm = holm[i])))
  list(label = label, expectation = e, perception = p, confidence = confidence, gaps = I(gaps), worst = worst, others = rows, not_distinguishable = I(c(worst, others[holm >= 1 - confidence])))
}
set.seed(17)
draw <- function(n, shift, missing) { k <- length(shift); own <- rnorm(n, 0, .5)
  e <- sapply(1:k, function(j) pmin(5, pmax(1, round(4.1 + own + rnorm(n, 0, .7))))); p <- sapply(shift, function(s) pmin(5, pmax(1, round(4.1 + s + own + rnorm(n, 0, .8)))))
  if (missing) { e[sample(length(e), missing)] <- NA; p[sample(length(p), missing)] <- NA }
  list(e, p) }
a <- draw(60, c(-.2, -1.1, -.1, -.3, .1, -.2), 0); one <- study("one clear worst", a[[1]], a[[2]]); a <- draw(60, c(-.9, -1, -.1, -.8, .3), 5); two <- study("three alike, some missing", a[[1]], a[[2]]); a <- draw(12, c(-.5, -.6, -.4), 2); three <- study("too few to tell", a[[1]], a[[2]])
stopifnot(length(one$not_distinguishable) == 1, length(two$not_distinguishable) > 1, length(three$not_distinguishable) == 3)
write_fixture("contrasts", character(), list(note = "items count from 1; difference = gap of the item - gap of the worst item, over people with both", studies = list(one, two, three)))
