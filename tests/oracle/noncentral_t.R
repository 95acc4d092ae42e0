# Non-central t: both tails, and confidence limits of a standardised mean difference (F21). Made by R 4.2.2, Rmpfr 0.9.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# The definition itself is integrated: P(T' > t) = E[ 1 - Phi(t S - ncp) ] with S = sqrt(chi-square(df)/df), in 256-bit
# arithmetic, by the trapezoid rule on log S, which there converges faster than any power of the step; a value stands
# only when halving the step leaves 22 digits unchanged. A second route, the incomplete-beta series (Lenth 1989),
# checks a sample of the cases; R's own pt is compared, never used.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
source(file.path(oracle_folder, "support", "exact_tails.R"))
source(file.path(oracle_folder, "support", "noncentral_tail.R"))

# Lenth 1989, for t > 0: lower = Phi(-ncp) + 1/2 sum over j of p_j I_x(j + 1/2, df/2) + q_j I_x(j + 1, df/2).
noncentral_by_series <- function(t, df, ncp) {
  t <- mp(t); ncp <- mp(ncp); x <- t^2 / (t^2 + df); y <- df / (t^2 + df); half <- ncp^2 / 2; b <- mp(df) / 2
  a1 <- mp(1) / 2; a2 <- mp(1); i1 <- beta_both(x, y, a1, b)$lower; i2 <- beta_both(x, y, a2, b)$lower
  g1 <- exp(a1 * log(x) + b * log(y) - log_beta(a1, b)) / a1; g2 <- exp(a2 * log(x) + b * log(y) - log_beta(a2, b)) / a2
  p <- exp(-half); q <- ncp * exp(-half) / (sqrt(mp(2)) * gamma(mp(3) / 2)); sum <- mp(0)
  for (j in 0:9000) {
    sum <- sum + p * i1 + q * i2
    if (j > half && p < mp(10)^-40) break
    i1 <- i1 - g1; g1 <- g1 * x * (a1 + b) / (a1 + 1); a1 <- a1 + 1
    i2 <- i2 - g2; g2 <- g2 * x * (a2 + b) / (a2 + 1); a2 <- a2 + 1
    p <- p * half / (j + 1); q <- q * half / (j + mp(3) / 2)
  }
  normal_upper(ncp) + sum / 2
}

grid <- rbind(
  expand.grid(t = c(-2.5, 0, 1.25, 3, 8), df = c(1, 2, 4.5, 9, 29, 99, 499), ncp = c(-2, .5, 2.75, 9)),
  data.frame(t = c(30, 36, 40, 45, 38, 36, 41, 60, 48, 75, 100, 90, 110, 200, 5, -40, -36, 40, 12, 3.75, 1e4, 40, 60, 39, 2, -3),
    df = c(29, 29, 29, 29, 249, 249, 249, 99, 99, 9, 999, 999, 999, 4, 49, 29, 249, 2, 1e6, 1e5, 3, 1e4, 1e4, 1e4, 99999, 99999),
    ncp = c(37.5, 37.5, 38, 38, 38, 40, 40, 60, 60, 60, 100, 100, 100, 50, 38, -38, -40, 40, 10, 0.25, 2, 40, 55, 45, 5, -1)))
tails <- lapply(seq_len(nrow(grid)), function(i) with(grid[i, ], list(t = t, df = df, ncp = ncp,
  lower = asNumeric(noncentral_tail(t, df, ncp, TRUE)), upper = asNumeric(noncentral_tail(t, df, ncp, FALSE)))))
tails <- Filter(function(r) min(r$lower, r$upper) > 1e-300, tails)

for (r in tails) if (r$t > 0 && r$ncp > 0 && r$lower > 1e-15) {
  if (r$df > 2000 || r$t > 500 || r$ncp > 60) next
  d <- abs(asNumeric(noncentral_by_series(r$t, r$df, r$ncp)) - r$lower) / r$lower
  if (d > 1e-15) stop("the two routes differ by ", d, " at ", paste(unlist(r), collapse = " "))
}
off <- vapply(tails, function(r) suppressWarnings(max(abs(pt(r$t, r$df, r$ncp) / r$lower - 1), abs(pt(r$t, r$df, r$ncp, lower.tail = FALSE) / r$upper - 1))), 0)
for (i in order(-off)[1:12]) cat("  R's pt is off by", off[i], "at", unlist(tails[[i]]), "\n")

interval <- function(n, dz, confidence) {
  level <- (1 - confidence) / 2; t <- dz * sqrt(n)
  low <- asNumeric(limit_of(t, n - 1, level, FALSE)); high <- asNumeric(limit_of(t, n - 1, level, TRUE))
  list(n = n, dz = dz, confidence = confidence, ncp_low = low, ncp_high = high, dz_low = low / sqrt(n), dz_high = high / sqrt(n))
}
cases <- rbind(
  data.frame(n = 250, dz = .1668157841, confidence = .95),
  expand.grid(n = c(3, 10, 60, 100.75, 1000), dz = c(-.44, 0, .2, 1.5), confidence = .95),
  expand.grid(n = c(5, 40, 250), dz = c(-.15, .8), confidence = c(.9, .99, 1 - .05 / 12)),
  data.frame(n = c(2000, 300, 20, 100000), dz = c(1.2, -3, 12, -.4), confidence = .95))
limits <- lapply(seq_len(nrow(cases)), function(i) with(cases[i, ], interval(n, dz, confidence)))
stopifnot(abs(limits[[1]]$dz_low - .0418296) < 5e-8, abs(limits[[1]]$dz_high - .2914715) < 5e-8)

write_fixture("noncentral_t", "Rmpfr", list(
  note = "lower = P(T' < t), upper = P(T' > t), each correct to the last digit; limits: dz_low and dz_high of F21, t = dz sqrt(n), df = n - 1 (n may be an effective n)",
  tails = tails, limits = limits))
