# Keyness of words: G² and weighted log-odds with a Dirichlet prior (F118). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: the likelihood ratio of loglin's model of independence, and the deviance of a Poisson glm; the log-odds by the logit
# function of the posterior shares. quanteda and tidylo are not in Debian; their formulas are these.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
case <- function(y1, n1, y2, n2, prior) {
  o <- matrix(c(y1, n1 - y1, y2, n2 - y2), 2); e <- outer(rowSums(o), colSums(o)) / sum(o)
  g2 <- 2 * sum(ifelse(o > 0, o * log(o / e), 0)); lrt <- loglin(o, list(1, 2), print = FALSE)$lrt
  stopifnot(abs(g2 - lrt) < 1e-8 * max(1, g2))
  d <- data.frame(n = as.vector(o), w = factor(c(1, 2, 1, 2)), b = factor(c(1, 1, 2, 2))); dev <- suppressWarnings(deviance(glm(n ~ w + b, poisson, d, control = list(epsilon = 1e-14))))
  stopifnot(abs(g2 - dev) < 1e-7 * max(1, g2))
  alpha <- (y1 + y2) / (n1 + n2) * prior; share <- c((y1 + alpha) / (n1 + prior), (y2 + alpha) / (n2 + prior)); delta <- qlogis(share[1]) - qlogis(share[2])
  stopifnot(abs(delta - (log((y1 + alpha) / (n1 + prior - y1 - alpha)) - log((y2 + alpha) / (n2 + prior - y2 - alpha)))) < 1e-10)
  list(first = y1, first_all = n1, second = y2, second_all = n2, prior = prior, g2 = g2, p = pchisq(g2, 1, lower.tail = FALSE), log_odds = delta, z = delta / sqrt(1 / (y1 + alpha) + 1 / (y2 + alpha)))
}
cases <- list(case(18, 240, 3, 310, 120), case(0, 240, 9, 310, 120), case(7, 100, 14, 200, 50), case(1, 50, 0, 60, 10), case(60, 400, 10, 900, 333), case(120000, 5000000, 90000, 4200000, 20000), case(2, 3, 1, 3, 2))
stopifnot(abs(cases[[3]]$g2) < 1e-12, cases[[3]]$log_odds < 1e-12)
write_fixture("keyness", character(), list(note = "uses of a word of all uses in two bodies of text; the prior is worth so many uses", cases = cases))
