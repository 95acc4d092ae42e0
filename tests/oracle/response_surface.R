# Response surface: nested models, slopes and curvatures with errors, stationary point, principal axes, constraint tests (F71 to F76).
# SPDX-License-Identifier: GPL-3.0-or-later
# Models by lm, errors by lm and sandwich; point and axes from the gradient and the eigenvectors of the matrix of second derivatives.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(sandwich))
C <- rbind(c(0, 1, 1, 0, 0, 0), c(0, 0, 0, 1, 1, 1), c(0, 1, -1, 0, 0, 0), c(0, 0, 0, 1, -1, 1), c(0, 0, 0, 1, 0, -1))
test <- function(small, full) { a <- anova(small, full); list(f = a$F[2], df1 = a$Df[2], df2 = a$Res.Df[2], p = a$`Pr(>F)`[2]) }
wald <- function(m, v, K) { b <- K %*% coef(m); f <- sum(b * solve(K %*% v %*% t(K), b)) / nrow(K); list(f = f, df1 = nrow(K), df2 = m$df.residual, p = pf(f, nrow(K), m$df.residual, lower.tail = FALSE)) }
case <- function(label, x, y, z, centre, w = NULL) {
  a <- x - centre; b <- y - centre; k <- if (is.null(w)) rep(1, length(x)) else w
  full <- lm(z ~ a + b + I(a^2) + I(a * b) + I(b^2), weights = k); linear <- lm(z ~ a + b, weights = k); gap <- lm(z ~ I(b - a), weights = k); square <- lm(z ~ I((b - a)^2), weights = k)
  v <- vcov(full); h <- vcovHC(full, "HC3"); beta <- unname(coef(full))
  H <- matrix(c(2 * beta[4], beta[5], beta[5], 2 * beta[6]), 2); point <- solve(H, -beta[2:3]); e <- eigen(H)
  slope <- e$vectors[2, ] / e$vectors[1, ]
  d <- rbind(c(0, 1, 1, 0, 0, 0), c(0, 0, 0, 1, 0, 0), c(0, 0, 0, 0, 1, 0), c(0, 0, 0, 0, 0, 1))
  stopifnot(abs(wald(full, v, d)$f / test(gap, full)$f - 1) < 1e-9)
  list(label = label, x = x, y = y, z = z, weights = w, centre = centre, coefficients = beta, a = as.vector(C %*% beta), se = sqrt(diag(C %*% v %*% t(C))), hc3 = sqrt(diag(C %*% h %*% t(C))),
    r2_gap = summary(gap)$r.squared, r2_linear = summary(linear)$r.squared, r2_full = summary(full)$r.squared, r2_square = summary(square)$r.squared,
    gap_test = test(gap, full), linear_test = test(linear, full), square_test = test(square, full), gap_test_hc3 = wald(full, h, d),
    # the first axis is the one of the larger curvature (eigen sorts so); both slopes, the first first
    point = point, slopes = slope, intercepts = point[2] - slope * point[1])
}
set.seed(71)
likert <- function(n, f, lo = 1, hi = 7) pmin(hi, pmax(lo, round((lo + hi) / 2 + f + rnorm(n))))
f <- rnorm(60); x <- likert(60, f); y <- likert(60, .5 * f)
z1 <- round(5 + .6 * (y - 4) - .1 * (x - 4) - .15 * (y - x)^2 + .5 * rnorm(60), 2); z2 <- round(4 + .5 * (y - x) + rnorm(60), 2); z3 <- round(3 + .3 * (x - 4) * (y - 4) + .2 * (y - 4) + rnorm(60), 2)
cases <- list(case("congruence", x, y, z1, 4), case("a true difference", x, y, z2, 4), case("a saddle", x, y, z3, 4), case("weighted", x[1:40], y[1:40], z1[1:40], 5, round(runif(40, .4, 2.5), 2)))
write_fixture("response_surface", "sandwich", list(note = "slopes[0], intercepts[0]: first principal axis", cases = cases))
