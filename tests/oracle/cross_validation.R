# Foretelling rows not seen, and Akaike's criterion (F82). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Folds of one unit each need no chance: R fits a regression without each of them. Witness for single rows: the leverages of the whole fit.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
case <- function(label, x, y, w = NULL, unit = NULL) {
  n <- length(y); weighted <- !is.null(w); v <- if (weighted) w else rep(1, n); u <- if (is.null(unit)) seq_len(n) else unit; d <- data.frame(y, x)
  told <- numeric(n); mean_told <- numeric(n)
  for (k in unique(u)) { out <- u == k; m <- lm(y ~ ., d[!out, ], weights = v[!out]); told[out] <- predict(m, d[out, ]); mean_told[out] <- sum((v * y)[!out]) / sum(v[!out]) }
  fit <- if (weighted) lm(y ~ ., d, weights = w) else lm(y ~ ., d)
  if (is.null(unit)) stopifnot(all(abs(y - told - residuals(fit) / (1 - hatvalues(fit))) < 1e-8))
  list(label = label, x = as.matrix(x), y = y, weights = if (weighted) w else NULL, units = if (is.null(unit)) NULL else unit, r_squared = 1 - sum(v * (y - told)^2) / sum(v * (y - mean_told)^2), aic = AIC(fit))
}
set.seed(82)
n <- 40; x <- cbind(a = round(rnorm(n), 2), b = round(rnorm(n), 2), c = round(runif(n), 2)); y <- round(2 + x[, 1] - .5 * x[, 2] + rnorm(n, sd = 1.2), 2)
cases <- list(case("rows", x, y), case("weights", x, y, w = sample(c(.5, 1, 2), n, TRUE)), case("units", x, y, unit = rep(0:7, each = 5)[sample(n)]), case("one predictor that tells nothing", x[, 3, drop = FALSE], y))
write_fixture("cross_validation", character(), list(note = "each row, or each unit, held back once", cases = cases))
