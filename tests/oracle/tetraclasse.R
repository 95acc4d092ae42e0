# Tetraclasse: correspondence analysis of stacked 2 x 2 tables (F45). Made by R 4.2.2, MASS 7.3.58.2.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
# Rows in pairs: good and bad mark of one attribute; columns happy, unhappy. Empty rows have no profile: they stay out of the analysis.
analysis <- function(rows) {
  there <- rowSums(rows) > 0; x <- rows[there, ]; p <- x / sum(x)
  s <- diag(1 / sqrt(rowSums(p))) %*% (p - rowSums(p) %o% colSums(p)) %*% diag(1 / sqrt(colSums(p)))
  decomposition <- svd(s)
  row <- decomposition$u[, 1] / sqrt(rowSums(p)) * decomposition$d[1]; column <- decomposition$v[, 1] / sqrt(colSums(p))
  # corresp gives standard scores: row × correlation is the principal coordinate
  ca <- suppressWarnings(MASS::corresp(x, nf = 1))
  stopifnot(abs(abs(ca$rscore * ca$cor) - abs(row)) < 1e-9, abs(ca$cor - decomposition$d[1]) < 1e-9)
  coordinate <- rep(NA_real_, nrow(rows)); coordinate[there] <- if (column[1] > 0) row else -row
  good <- coordinate[c(TRUE, FALSE)]; bad <- -coordinate[c(FALSE, TRUE)]; placed <- !is.na(good) & !is.na(bad)
  good[!placed] <- NA; bad[!placed] <- NA
  high_good <- good > mean(good[placed]); high_bad <- bad > mean(bad[placed])
  list(rows = rows, x = good, y = bad, inertia = decomposition$d[1]^2, happy_share = sum(rows[, 1]) / sum(rows), x_cut = mean(good[placed]), y_cut = mean(bad[placed]),
    class = ifelse(!placed, NA, ifelse(high_good & high_bad, "key", ifelse(high_good, "plus", ifelse(high_bad, "basic", "secondary")))))
}
set.seed(45)
draw <- function(k, n) { quality <- rnorm(n); happy <- runif(n) < plogis(.4 + 1.5 * quality)
  do.call(rbind, lapply(1:k, function(j) { good <- runif(n) < plogis(1 + (j / k) * 2 * quality); rbind(c(sum(good & happy), sum(good & !happy)), c(sum(!good & happy), sum(!good & !happy))) })) }
published <- rbind(c(80, 20), c(10, 40), c(60, 10), c(30, 50), c(70, 40), c(20, 20))
nobody_bad <- published; nobody_bad[4, ] <- 0
weights <- draw(5, 80) * 1.375
cases <- lapply(list(published, draw(4, 60), draw(12, 300), draw(22, 2000), nobody_bad, weights), analysis)
write_fixture("tetraclasse", "MASS", list(note = "rows: good and bad mark in turn; columns: happy, unhappy; null: not classifiable", cases = cases))
