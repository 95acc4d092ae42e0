# Percentile, basic and BCa intervals from given replicates (F25). Made by R 4.2.2, boot.
# SPDX-License-Identifier: GPL-3.0-or-later
# boot::boot.ci where no replicate equals the estimate; the definitions written out, which must agree with it, where some do.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(boot))
interpolated <- function(t, p) { t <- sort(t); R <- length(t); rk <- (R + 1) * p; k <- floor(rk)
  if (k < 1) return(t[1]); if (k >= R) return(t[R]); if (rk == k) return(t[k])
  t[k] + (qnorm(p) - qnorm(k / (R + 1))) / (qnorm((k + 1) / (R + 1)) - qnorm(k / (R + 1))) * (t[k + 1] - t[k]) }
acceleration <- function(jack, w = rep(1, length(jack))) { u <- sum(w * jack) / sum(w) - jack
  if (all(u == 0)) 0 else sum(w * u^3) / (6 * sum(w * u^2)^1.5) }
written_out <- function(t0, t, a, conf) { z0 <- qnorm((sum(t < t0) + sum(t == t0) / 2) / length(t)); z <- qnorm(c((1 - conf) / 2, (1 + conf) / 2))
  vapply(pnorm(z0 + (z0 + z) / (1 - a * (z0 + z))), function(p) interpolated(t, p), 0) }
case <- function(label, x, statistic, R, conf = .95, digits = NULL) {
  b <- boot(x, function(d, i) statistic(d[i]), R)
  t <- b$t[, 1]; n <- length(x); jack <- vapply(seq_len(n), function(i) statistic(x[-i]), 0)
  if (!is.null(digits)) { t <- round(t, digits); b$t[, 1] <- t }
  L <- (n - 1) * (mean(jack) - jack); a <- acceleration(jack)
  ci <- suppressWarnings(boot.ci(b, conf, c("perc", "basic", "bca"), L = L))
  bca <- written_out(b$t0, t, a, conf)
  if (!any(t == b$t0)) stopifnot(abs(bca - ci$bca[4:5]) < 1e-12)
  list(label = label, confidence = conf, estimate = b$t0, replicates = t, jackknife = jack, ties = sum(t == b$t0), se = sd(t), acceleration = a,
    percentile = ci$percent[4:5], basic = ci$basic[4:5], bca = bca)
}
set.seed(25)
literal <- c(0, 0, 1, 0, -3, 2, 0, -6, 1, 0, -1, -5, 0, 1, -2)
stopifnot(abs(acceleration(vapply(1:15, function(i) mean(literal[-i]), 0)) - -0.0499319) < 5e-8)
skewed <- round(rexp(40), 3)
cases <- list(case("mean of gaps, with ties", literal, mean, 199), case("mean, skewed", skewed, mean, 199), case("variance, skewed, 90 %", skewed, var, 149, .90),
  case("ratio of mean to standard deviation, 99 %", rnorm(30, .4), function(x) mean(x) / sd(x), 399, .99), case("median", round(rnorm(25), 2), median, 99),
  case("coarse replicates", skewed, mean, 199, .95, 2))
stopifnot(cases[[1]]$ties > 0, cases[[2]]$ties == 0, cases[[3]]$ties == 0, cases[[4]]$ties == 0)
write_fixture("resample", "boot", list(note = "bca: boot.ci with L = (n-1)(mean(jackknife) - jackknife); where replicates equal the estimate, half of them count as below",
  literal = list(data = literal, acceleration = acceleration(vapply(1:15, function(i) mean(literal[-i]), 0))), cases = cases))
