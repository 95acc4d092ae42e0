# Analysis of covariance of groups (F27). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# anova of two linear models, with the sums of squares written out beside it.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
case <- function(label, x, y, g) {
  g <- factor(g); full <- lm(y ~ x + g); a <- anova(lm(y ~ x), full); k <- nlevels(g); n <- length(y)
  sxx <- sum((x - ave(x, g))^2); sxy <- sum((x - ave(x, g)) * (y - ave(y, g))); w <- sum((y - ave(y, g))^2) - sxy^2 / sxx
  t <- sum((y - mean(y))^2) - sum((x - mean(x)) * (y - mean(y)))^2 / sum((x - mean(x))^2)
  f <- (t - w) / (k - 1) / (w / (n - k - 1)); stopifnot(abs(f - a$F[2]) < 1e-8 * (1 + f), abs(sxy / sxx - coef(full)["x"]) < 1e-10)
  groups <- lapply(levels(g), function(l) { i <- g == l; z <- function(v) if (is.na(v)) 0 else v; list(n = sum(i), mean_x = mean(x[i]), mean_y = mean(y[i]), variance_x = z(var(x[i])), variance_y = z(var(y[i])), covariance = z(cov(x[i], y[i]))) })
  list(label = label, groups = groups, slope = sxy / sxx, f = f, df1 = k - 1, df2 = n - k - 1, p = a$`Pr(>F)`[2])
}
set.seed(27)
g <- rep(1:3, c(20, 31, 9)); x <- rnorm(60, g); y <- .5 * x + rnorm(60)
two <- rep(1:2, c(12, 15)); e <- round(runif(27, 1, 7)); p <- pmin(7, pmax(1, e + round(rnorm(27, -two, 1))))
lone <- rep(1:3, c(1, 14, 10)); q <- rnorm(25)
write_fixture("ancova", character(), list(cases = list(case("three groups", x, y, g), case("two groups of answers", e, p, two), case("a group of one", q, q + rnorm(25), lone))))
