# Logistic regression: coefficients, errors, deviances (F84). glm, iterated to the last digit.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
case <- function(label, x, y, w = NULL, intercept = TRUE) {
  k <- if (is.null(w)) rep(1, length(y)) else w
  m <- suppressWarnings(glm(if (intercept) y ~ x else y ~ x - 1, binomial, weights = k, control = list(epsilon = 1e-15, maxit = 60)))
  # the second witness: the likelihood's slopes are 0 there, and its curvature gives the errors
  X <- model.matrix(m); p <- fitted(m)
  stopifnot(max(abs(crossprod(X, k * (y - p)))) < 1e-8, max(abs(solve(crossprod(X * sqrt(k * p * (1 - p)))) - vcov(m))) < 1e-7 * max(abs(vcov(m))))
  list(label = label, x = unname(t(x)), y = y, weights = w, intercept = intercept, coefficients = I(unname(coef(m))), se = I(unname(sqrt(diag(solve(crossprod(X * sqrt(k * p * (1 - p)))))))),
    deviance = m$deviance, null_deviance = m$null.deviance, fitted = unname(p)[1:5])
}
set.seed(84)
x <- cbind(sample(0:1, 60, TRUE), sample(1:5, 60, TRUE), sample(1:7, 60, TRUE)); y <- rbinom(60, 1, plogis(-3 + 1.1 * x[, 1] + .5 * x[, 2] + .1 * x[, 3]))
w <- sample(1:4, 60, TRUE); rare <- rbinom(60, 1, plogis(-3 + x[, 1] + .3 * x[, 2]))
cases <- list(case("plain", x, y), case("frequencies", x, y, w), case("no intercept", x[, 2:3], y, intercept = FALSE), case("one predictor", x[1:20, 2, drop = FALSE], y[1:20]), case("rare", x[, 1:2], rare),
  case("strong", cbind(c(1:20)), c(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1)))
write_fixture("logistic_regression", character(), list(note = "x: one row per predictor", cases = cases))
