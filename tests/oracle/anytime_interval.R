# Anytime-valid interval of a mean (F121). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Two witnesses: the formula as printed, and the crossing point of a mixture of exponential martingales over a normal prior with variance rho^2,
# whose integral is taken numerically: M(w) = integral exp(t w - n t^2 / 2) dN(t; 0, rho^2) reaches 1/alpha where |w| is the half-width times n/s.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
rho_of <- function(alpha, tightest) sqrt((-2 * log(alpha) + log(-2 * log(alpha)) + 1) / tightest)
half_of <- function(s, n, alpha, tightest) {
  rho <- rho_of(alpha, tightest)
  s * sqrt(2 * (n * rho^2 + 1) / (n^2 * rho^2) * log(sqrt(n * rho^2 + 1) / alpha))
}
# ln M(w), scaled by the height of the integrand so that nothing overflows
log_mixture <- function(w, n, rho) {
  centre <- w / (n + 1 / rho^2); spread <- 1 / sqrt(n + 1 / rho^2); top <- w * centre - (n + 1 / rho^2) * centre^2 / 2
  f <- function(t) exp(t * w - (n + 1 / rho^2) * t^2 / 2 - top) / (rho * sqrt(2 * pi))
  top + log(integrate(f, centre - 12 * spread, centre + 12 * spread, rel.tol = 1e-12, subdivisions = 1000)$value)
}
case <- function(mean, s, n, confidence, tightest = 200) {
  alpha <- 1 - confidence
  half <- half_of(s, n, alpha, tightest)
  if (s > 0) stopifnot(abs(log_mixture(half * n / s, n, rho_of(alpha, tightest)) + log(alpha)) < 1e-8)
  list(mean = mean, deviation = s, n = n, confidence = confidence, tightest = tightest, low = mean - half, high = mean + half)
}
cases <- list(case(-.4, 1.2, 50, .95), case(-.4, 1.2, 200, .95), case(-.4, 1.2, 201, .95), case(0, 2.5, 1000, .95), case(1.75, .3, 99999, .95), case(-.4, 1.2, 200, .99),
  case(-.4, 1.2, 200, .9), case(-.4, 1.2, 200, .5), case(-3.2, .9, 5000, .9999), case(.1, 1, 200, .95, 1000), case(.1, 1, 1000, .95, 1000), case(-2, 4, 1e9, .95))
# "tightest at n0": of all rho, that of n0 = n gives the narrowest interval at n, to within the approximation that rho is
for (n in c(100, 200, 1000)) {
  best <- optimize(function(l) half_of(1, n, .05, exp(l)), log(c(n / 20, n * 20)), tol = 1e-10)
  stopifnot(half_of(1, n, .05, n) / best$objective < 1.0005)
}
write_fixture("anytime_interval", character(), list(note = "alpha is 1 - confidence; rho as for n0 = tightest", cases = cases))
