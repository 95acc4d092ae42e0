# Number of customers for a paired study (F28), and the gap a given number can detect. Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# The smallest whole n whose two-sided power reaches the wish, both rejection tails counted (power.t.test, strict), found by
# trying n by n on the non-central t; power.t.test's own fractional n must round up to it.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
power_of <- function(n, dz, alpha) {
  t <- qt(alpha / 2, n - 1, lower.tail = FALSE); ncp <- dz * sqrt(n)
  # an integral of the definition, so that R's pt is not the only witness
  s <- function(q) integrate(function(u) { v <- exp(u); exp(log(2) + (n - 1) / 2 * log((n - 1) / 2) - lgamma((n - 1) / 2) + (n - 1) * u - (n - 1) * v^2 / 2) *
    (pnorm(t * v - ncp, lower.tail = FALSE) + pnorm(-t * v - ncp)) }, q[1], q[2], rel.tol = 1e-12, subdivisions = 2000)$value
  w <- 12 / sqrt(2 * (n - 1)); ends <- if (n < 8) c(-40, 3) else c(-w - 1, w + .5)
  v <- s(c(ends[1], 0)) + s(c(0, ends[2]))
  p <- suppressWarnings(pt(t, n - 1, ncp, lower.tail = FALSE) + pt(-t, n - 1, ncp))
  stopifnot(abs(v - p) < 1e-9)
  p
}
case <- function(dz, power, alpha) {
  z <- qnorm(alpha / 2, lower.tail = FALSE); first <- ((z + qnorm(power)) / dz)^2 + z^2 / 2
  n <- max(2, floor(first) - 15)
  while (power_of(n, dz, alpha) < power) n <- n + 1
  stopifnot(n == 2 || power_of(n - 1, dz, alpha) < power)
  r <- power.t.test(delta = dz, sd = 1, sig.level = alpha, power = power, type = "paired", strict = TRUE, tol = 1e-10)$n
  if (n > 2) stopifnot(ceiling(r) == n)
  list(dz = dz, power = power, alpha = alpha, first_guess = first, n = n, power_at_n = power_of(n, dz, alpha))
}
grid <- expand.grid(dz = 1:10 / 10, power = c(.8, .9), alpha = c(.05, .05 / 22, .05 / 12))
cases <- lapply(seq_len(nrow(grid)), function(i) with(grid[i, ], case(dz, power, alpha)))
cases <- c(cases, list(case(1.8, .8, .05), case(.03, .8, .05)))
stopifnot(cases[[2]]$n == 199, abs(power.t.test(delta = .2, sd = 1, power = .8, type = "paired")$n - 198.15) < .005)
detectable <- function(n, power, alpha) {
  dz <- uniroot(function(dz) power_of(n, dz, alpha) - power, c(.001, 20), tol = 1e-13)$root
  list(n = n, power = power, alpha = alpha, dz = dz)
}
small <- lapply(list(c(10, .8, .05), c(24, .8, .05 / 12), c(29, .8, .05 / 22), c(60, .9, .05), c(100, .8, .05 / 12), c(400, .8, .05)), function(v) detectable(v[1], v[2], v[3]))
margins <- lapply(list(c(1, .1, .95), c(.9, .2, .95), c(1.3, .25, .99)), function(v) { x <- (qnorm((1 - v[3]) / 2, lower.tail = FALSE) * v[1] / v[2])^2
  list(sd_gap = v[1], margin = v[2], confidence = v[3], n_exact = x, n = ceiling(x)) })
write_fixture("sample_size", character(), list(note = "n: smallest whole number with power_at_n >= power; detectable: dz with exactly that power (1e-10)", cases = cases, detectable = small, margins = margins))
