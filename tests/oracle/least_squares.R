# Least squares: coefficients, R², robust and cluster covariances, leverages, Cook's distances, VIF, constraint test (F34, F74, F76).
# SPDX-License-Identifier: GPL-3.0-or-later
# lm on literal or simulated rows; the sandwiches by the package, by hand they must come out equal.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(sandwich))
case <- function(label, x, y, w = NULL, unit = NULL, intercept = TRUE, small = NULL) {
  colnames(x) <- paste0("x", seq_len(ncol(x)))
  d <- data.frame(x, y = y); d$w <- if (is.null(w)) 1 else w
  m <- if (intercept) lm(y ~ . - w, d, weights = w) else lm(y ~ . - w - 1, d, weights = w)
  s <- summary(m); X <- model.matrix(m); n <- nrow(X); k <- ncol(X); h <- hatvalues(m)
  hc3 <- vcovHC(m, "HC3"); bread <- chol2inv(qr.R(m$qr))
  stopifnot(max(abs(hc3 - bread %*% crossprod(X * (d$w * residuals(m) / (1 - h))) %*% bread)) < 1e-6 * max(abs(hc3)))
  cluster <- if (is.null(unit)) NULL else {
    v <- vcovCL(m, unit, type = "HC1"); g <- length(unique(unit)); u <- rowsum(X * (d$w * residuals(m)), unit)
    stopifnot(max(abs(v - g / (g - 1) * (n - 1) / (n - k) * bread %*% crossprod(u) %*% bread)) < 1e-9 * max(abs(v))); v }
  vif <- if (intercept && ncol(x) > 1) sapply(seq_len(ncol(x)), function(j) 1 / (1 - summary(lm(x[, j] ~ x[, -j], weights = d$w))$r.squared)) else NULL
  test <- if (is.null(small)) NULL else { a <- anova(lm(y ~ x[, small], weights = d$w), m)
    list(columns = I(small - 1), f = a$F[2], df1 = a$Df[2], df2 = a$Res.Df[2], p = a$`Pr(>F)`[2]) }
  list(label = label, x = unname(t(x)), y = y, weights = w, units = if (is.null(unit)) NULL else match(unit, unique(unit)) - 1, intercept = intercept,
    coefficients = I(unname(coef(m))), r_squared = s$r.squared, adjusted = s$adj.r.squared, sigma_squared = s$sigma^2, df = m$df.residual,
    classical = I(unname(sqrt(diag(vcov(m))))), hc3 = I(unname(sqrt(diag(hc3)))), hc3_first_pair = hc3[1, 2], cluster = if (is.null(cluster)) NULL else I(unname(sqrt(diag(cluster)))),
    leverages = unname(h), cook = unname(cooks.distance(m)), vif = vif, test = test)
}
set.seed(34)
likert <- function(n, p) { f <- rnorm(n); sapply(seq_len(p), function(j) pmin(7, pmax(1, round(4 + f + 1.1 * rnorm(n))))) }
x <- likert(60, 3); y <- pmin(10, pmax(1, round(2 + .5 * x[, 1] + .4 * x[, 2] - .2 * x[, 3] + rnorm(60))))
w <- round(runif(60, .3, 3), 2); unit <- sample(rep(1:12, 5))
e <- likert(40, 1) - 4; p <- likert(40, 1) - 4; q <- cbind(e, p, e^2, e * p, p^2); s <- 5 + p + .2 * e + rnorm(40)
cases <- list(case("plain", x, y, unit = unit, small = 1:2), case("weighted", x, y, w, unit, small = 2), case("no intercept", x, y, intercept = FALSE), case("weighted, no intercept", x, y, w, intercept = FALSE),
  case("one predictor", x[1:9, 1, drop = FALSE], y[1:9]), case("squares and products", q, round(as.vector(s), 3), small = c(1, 2)),
  case("Longley", as.matrix(longley[, 1:6]), longley[, 7], small = c(1, 6)), case("one df", likert(5, 3)[, 1:3] + matrix(runif(15), 5), rnorm(5)))
cases[[length(cases)]]$cook <- I(unname(cases[[length(cases)]]$cook))
# NIST StRD's certified coefficients, in the units of R's copy of the data
certified <- c(-3482.25863459582, .0150618722713733, -.0358191792925910, -.0202022980381683, -.0103322686717359, -.0511041056535807, 1.82915146461355)
stopifnot(max(abs(cases[[7]]$coefficients / certified - 1)) < 1e-8)
cases[[7]]$coefficients <- I(certified)
cases[[7]]['hc3'] <- list(NULL) # lm's residuals hold too few digits for it
write_fixture("least_squares", "sandwich", list(note = "x: one row per predictor; se: roots of the diagonals", cases = cases))
