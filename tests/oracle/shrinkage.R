# Shrunken values: tau², common mean, posterior intervals, beta-binomial shares (F115, F116). Made by R 4.2.2, metafor 3.8.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# metafor's rma for DL and PM, with the definitions beside it; the posterior over tau by R's integrate; beta-binomial by definition,
# its posterior over rho by integrate as well.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(metafor))
shrink <- function(y, v, t2) { w <- 1 / (v + t2); m <- sum(w * y) / sum(w); list(tau2 = t2, mean = m, se = 1 / sqrt(sum(w)), shrunken = I(m + t2 / (t2 + v) * (y - m))) }
posterior_ends <- function(y, v, confidence) {
  log_density <- function(t) { w <- 1 / (v + t^2); m <- sum(w * y) / sum(w); -log(sum(w)) / 2 - sum(log(v + t^2)) / 2 - sum((y - m)^2 * w) / 2 }
  grid <- exp(seq(-12, 12, length.out = 4001)); ld <- vapply(grid, log_density, 0); top <- max(ld)
  pieces <- c(0, grid[ld - top > -45]); span <- range(pieces); mode <- grid[which.max(ld)]
  cuts <- sort(unique(c(0, mode / c(100, 10, 4, 2, 1.4), mode * c(1, 1.4, 2, 4, 10, 100, 1e3, 1e5), Inf)))
  integral <- function(f) sum(vapply(seq_along(cuts)[-1], function(i) integrate(function(t) vapply(t, function(s) exp(log_density(s) - top) * f(s), 0), cuts[i - 1], cuts[i], rel.tol = 1e-11, abs.tol = 0, subdivisions = 2000, stop.on.error = FALSE)$value, 0))
  whole <- integral(function(t) 1)
  lower <- function(x, i) integral(function(t) { w <- 1 / (v + t^2); m <- sum(w * y) / sum(w); b <- v[i] / (v[i] + t^2); pnorm(x, (1 - b) * y[i] + b * m, sqrt((1 - b) * v[i] + b^2 / sum(w))) }) / whole
  a <- (1 - confidence) / 2
  lapply(seq_along(y), function(i) { s <- 4 * sqrt(v[i]) + 3 * diff(range(y)); c(uniroot(function(x) lower(x, i) - a, y[i] + c(-s, s), tol = 1e-11)$root, uniroot(function(x) lower(x, i) - 1 + a, y[i] + c(-s, s), tol = 1e-11)$root) })
}
case <- function(label, y, v, confidence = .95, intervals = TRUE) {
  dl <- rma(y, v, method = "DL"); pm <- rma(y, v, method = "PM", control = list(tol = 1e-14, maxiter = 10000))
  w <- 1 / v; q <- sum(w * (y - sum(w * y) / sum(w))^2); k <- length(y)
  d <- max(0, (q - k + 1) / (sum(w) - sum(w^2) / sum(w))); stopifnot(abs(d - dl$tau2) < 1e-10)
  q_at <- function(t2) { w <- 1 / (v + t2); sum(w * (y - sum(w * y) / sum(w))^2) - (k - 1) }
  p <- if (q_at(0) <= 0) 0 else uniroot(q_at, c(0, 1e3 * (1 + var(y))), tol = 1e-15)$root
  stopifnot(abs(p - pm$tau2) < 1e-7, abs(shrink(y, v, pm$tau2)$mean - pm$b[1]) < 1e-10, max(abs(shrink(y, v, dl$tau2)$shrunken - blup(dl)$pred)) < if (d > 0) 1e-10 else Inf)
  ends <- if (intervals && k >= 3) posterior_ends(y, v, confidence) else NULL
  list(label = label, y = I(y), v = I(v), confidence = confidence, dl = shrink(y, v, d), pm = shrink(y, v, p), low = if (is.null(ends)) NULL else I(vapply(ends, `[`, 0, 1)), high = if (is.null(ends)) NULL else I(vapply(ends, `[`, 0, 2)))
}
set.seed(115)
sheet <- case("formula sheet", c(7.9, 8.3, 6.8, 8.8, 7.2, 8.1), c(.1, .04, .2, .25, .05, .02))
stopifnot(abs(sheet$dl$tau2 - .2436709539) < 1e-10, abs(sheet$dl$mean - 7.85136) < 5e-7, all(abs(sheet$dl$shrunken - c(7.88585, 8.23674, 7.27394, 8.3196, 7.3109, 8.08114)) < 1e-5), abs(sheet$pm$tau2 - .3757259328) < 1e-9,
  abs(sheet$pm$mean - 7.848974) < 5e-7, all(abs(sheet$pm$shrunken - c(7.88927, 8.2566, 7.1644, 8.42003, 7.27622, 8.08731)) < 1e-5))
eight_schools <- case("eight schools", c(28, 8, -3, 7, -1, 1, 18, 12), c(15, 10, 16, 11, 9, 11, 10, 18)^2, .9)
cases <- list(sheet, eight_schools, case("nothing beyond error", c(.1, -.1, .05, 0), c(.2, .3, .1, .15)), case("three", c(-1, 0, 2.5), c(.01, .02, .01)),
  case("far apart", c(-3, -1, 0, 2, 6), c(1e-4, 2e-4, 1e-4, 5e-4, 1e-3)), case("two", c(0, 3), c(.5, .4)), case("forty", rnorm(40, -.4, .3), .02 + runif(40) / 10, .95, FALSE))
beta <- function(x, n, confidence = .95) {
  p <- sum(x) / sum(n); k <- length(x); chi2 <- sum((x - n * p)^2 / (n * p * (1 - p))); rho <- (chi2 - (k - 1)) / sum((n - 1) * (1 - n / sum(n)))
  m <- if (rho > 0) (1 - rho) / rho else NA
  # what is known of r = sqrt(rho), flat before, with the mean share that belongs to each r
  share <- function(r) { w <- n / (1 + (n - 1) * r^2); sum(w * x / n) / sum(w) }
  log_density <- function(r) { r <- max(r, 1e-4); m <- (1 - r^2) / r^2; q <- share(r); sum(lbeta(x + m * q, n - x + m * (1 - q)) - lbeta(m * q, m * (1 - q))) }
  top <- optimize(log_density, c(.001, .99), maximum = TRUE); cuts <- sort(unique(c(1e-7, 1e-4, 1e-3, pmin(.999, top$maximum * c(.02, .1, .3, .7, 1, 1.5, 2.5, 5)), .9999, 1 - 1e-7)))
  integral <- function(f) sum(vapply(seq_along(cuts)[-1], function(i) integrate(function(t) vapply(t, function(s) exp(log_density(s) - top$objective) * f(s), 0), cuts[i - 1], cuts[i], rel.tol = 1e-9, subdivisions = 2000, stop.on.error = FALSE)$value, 0))
  whole <- integral(function(r) 1); a <- (1 - confidence) / 2
  ends <- lapply(seq_along(x), function(i) { lower <- function(s) integral(function(r) { r <- max(r, 1e-4); m <- (1 - r^2) / r^2; q <- share(r); pbeta(s, x[i] + m * q, n[i] - x[i] + m * (1 - q)) }) / whole
    c(uniroot(function(s) lower(s) - a, c(1e-9, 1 - 1e-9), tol = 1e-10)$root, uniroot(function(s) lower(s) - 1 + a, c(1e-9, 1 - 1e-9), tol = 1e-10)$root) })
  list(x = I(x), n = I(n), share = p, chi2 = chi2, rho = rho, m = m, shrunken = I(if (rho > 0) (x + m * p) / (n + m) else rep(p, k)), confidence = confidence, low = I(vapply(ends, `[`, 0, 1)), high = I(vapply(ends, `[`, 0, 2)))
}
shares <- list(beta(c(4, 25, 2, 30, 7, 1), c(50, 120, 40, 110, 90, 30)), beta(c(5, 6, 4, 5, 7), c(20, 21, 19, 20, 22)), beta(c(0, 3, 9, 10, 2, 0), c(10, 12, 15, 10, 30, 4), .9), beta(c(2.5, 7.25, 30.125), c(20.5, 22.25, 61)))
s <- shares[[1]]; stopifnot(abs(s$share - .1568182) < 5e-8, abs(s$chi2 - 26.98008) < 5e-6, abs(s$rho - .0637104) < 5e-8, abs(s$m - 14.69603) < 5e-6, all(abs(s$shrunken - c(.09745, .20271, .0787, .25907, .08887, .07394)) < 5e-6))
write_fixture("shrinkage", "metafor", list(note = "y, v: values and their error variances; x of n: shares", values = cases, shares = shares))
