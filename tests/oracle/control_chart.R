# EWMA, CUSUM, p and Laney p' charts (F111 to F113). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# The definitions, each written in another way than as a running update: EWMA as a weighted sum with the closed variance,
# CUSUM as a maximum over starts, the mean moving range by diff.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
ewma <- function(y, v, centre, lambda, width) {
  i <- seq_along(y)
  z <- vapply(i, function(t) (1 - lambda)^t * centre + sum(lambda * (1 - lambda)^(t - 1:t) * y[1:t]), 0)
  half <- width * vapply(i, function(t) sqrt(sum((lambda * (1 - lambda)^(t - 1:t))^2 * v[1:t])), 0)
  if (length(unique(v)) == 1) stopifnot(max(abs(half - width * sqrt(v * lambda / (2 - lambda) * (1 - (1 - lambda)^(2 * i))))) < 1e-12)
  list(value = I(z), low = I(centre - half), high = I(centre + half), first = (which(z < centre - half | z > centre + half) - 1)[1])
}
cusum <- function(y, v, centre, k, h) {
  u <- (y - centre) / sqrt(v); side <- function(u) vapply(seq_along(u), function(t) max(0, rev(cumsum(rev(u[1:t] - k)))), 0)
  a <- side(u); b <- side(-u); list(above = I(a), below = I(b), first = (which(a > h | b > h) - 1)[1])
}
series <- function(y, v, centre, lambda = .2, width = 2.7, k = .5, h = 5) list(y = I(y), v = I(v), centre = centre, smoothing = lambda, width = width, slack = k, threshold = h, ewma = ewma(y, v, centre, lambda, width), cusum = cusum(y, v, centre, k, h))
shares <- function(d, n) {
  p <- d / n; centre <- sum(d) / sum(n); s <- sqrt(centre * (1 - centre) / n); z <- (p - centre) / s
  sigma <- mean(abs(diff(z))) / 1.128; width <- 3 * if (sigma > 1.3) sigma else 1
  list(p = I(p), n = I(n), centre = centre, sigma_z = sigma, low = I(pmax(0, centre - width * s)), high = I(pmin(1, centre + width * s)), outside = I(as.integer(which(p < centre - width * s | p > centre + width * s) - 1)))
}
sheet <- series(c(8.2, 7.6, 8.1, 7.4, 7.2, 7.3, 7.0, 7.1), rep(.2, 8), 8)
stopifnot(all(abs(sheet$ewma$value - c(8.04, 7.952, 7.9816, 7.86528, 7.732224, 7.6457792, 7.51662336, 7.433298688)) < 1e-12), abs(sheet$ewma$low[7] - 7.606458) < 5e-7, sheet$ewma$first == 6,
  all(abs(sheet$cusum$below - c(0, .394427, 0, .841641, 2.130495, 3.195743, 4.931811, 6.444272)) < 5e-7))
laney <- shares(c(22, 18, 30, 25, 41, 17, 28, 35, 20, 24), c(400, 380, 410, 395, 420, 370, 405, 398, 402, 390))
stopifnot(abs(laney$centre - .06549118) < 5e-9, abs(laney$sigma_z - 1.7570127) < 5e-8)
set.seed(111)
n <- sample(5:60, 40, TRUE); y <- -.3 + rnorm(40, 0, 1.1 / sqrt(n)) - c(rep(0, 25), (1:15) / 12)
stopifnot(!is.na(series(y, 1.21 / n, -.3)$ewma$first))
cases <- list(sheet, series(y, 1.21 / n, -.3), series(-y, 1.21 / n, .3, .4, 2.86, .25, 4), series(rnorm(6), rep(1, 6), 0, 1, 3))
m <- sample(20:90, 24, TRUE)
charts <- list(laney, shares(rbinom(24, m, .3), m), shares(c(rbinom(23, m[-1], .05), 15), c(m[-1], 40)), shares(rbinom(30, 5000, .4 + rnorm(30, 0, .03)), rep(5000, 30)), shares(c(1, 0, 2), c(3, 4, 5)))
write_fixture("control_chart", character(), list(note = "first: index of the first signal, null for none", series = cases, shares = charts))
