# Welch's t and F, Games-Howell pairs, the studentised range (F27). Made by R 4.2.2, Rmpfr 0.9.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# t.test and oneway.test with the definitions written out beside them; the studentised range by the trapezoid rule in 120-bit
# arithmetic, as ptukey has five digits with few degrees of freedom and none far out.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(Rmpfr))
set.seed(27)
summary_of <- function(groups) list(n = I(vapply(groups, length, 1L)), mean = I(vapply(groups, mean, 0)), sd = I(vapply(groups, sd, 0)))
pair <- function(a, b, confidence = .95) {
  t <- t.test(b, a, conf.level = confidence); va <- var(a) / length(a); vb <- var(b) / length(b)
  df <- (va + vb)^2 / (va^2 / (length(a) - 1) + vb^2 / (length(b) - 1))
  stopifnot(abs(df - t$parameter) < 1e-9 * df, abs((mean(b) - mean(a)) / sqrt(va + vb) - t$statistic) < 1e-9)
  c(summary_of(list(a, b)), list(confidence = confidence, difference = mean(b) - mean(a), se = sqrt(va + vb), t = unname(t$statistic), df = df, p = t$p.value, low = t$conf.int[1], high = t$conf.int[2]))
}
likert <- function(n, m, s = 1.2) pmin(7, pmax(1, round(rnorm(n, m, s))))
pairs <- list(pair(likert(12, 4), likert(40, 5, 2)), pair(rnorm(200), rnorm(3, 1, 5)), pair(rnorm(50, 100), rnorm(50, 120), .9), pair(c(1, 2), c(5, 9)), pair(c(3, 3, 3, 3), c(2, 3, 5)))
welch <- function(groups) {
  y <- unlist(groups); g <- factor(rep(seq_along(groups), vapply(groups, length, 1L))); o <- oneway.test(y ~ g)
  n <- vapply(groups, length, 1L); m <- vapply(groups, mean, 0); v <- vapply(groups, var, 0) / n; w <- 1 / v; k <- length(groups)
  lack <- sum((1 - w / sum(w))^2 / (n - 1)); centre <- sum(w * m) / sum(w)
  f <- sum(w * (m - centre)^2) / (k - 1) / (1 + 2 * (k - 2) * lack / (k^2 - 1)); df2 <- (k^2 - 1) / (3 * lack)
  stopifnot(abs(f - o$statistic) < 1e-9 * f, abs(df2 - o$parameter[2]) < 1e-9 * df2)
  all_pairs <- combn(k, 2)
  howell <- lapply(seq_len(ncol(all_pairs)), function(c) {
    i <- all_pairs[1, c]; j <- all_pairs[2, c]; s <- sqrt((v[i] + v[j]) / 2); df <- (v[i] + v[j])^2 / (v[i]^2 / (n[i] - 1) + v[j]^2 / (n[j] - 1))
    q <- abs(m[j] - m[i]) / s; h <- qtukey(.05, k, df, lower.tail = FALSE) * s; p <- ptukey(q, k, df, lower.tail = FALSE)
    list(first = i - 1, second = j - 1, difference = m[j] - m[i], q = q, df = df, p = if (p > 1e-3) p else NA, low = m[j] - m[i] - h, high = m[j] - m[i] + h)
  })
  c(summary_of(groups), list(f = unname(o$statistic), df1 = k - 1, df2 = df2, p = o$p.value, pairs = howell))
}
groups <- list(welch(list(likert(15, 4), likert(30, 4.5, 2), likert(8, 6))), welch(list(rnorm(9), rnorm(20, .5, 3))),
  welch(lapply(1:7, function(i) likert(10 + 3 * i, 4 + i / 10, .5 + i / 9))), welch(list(rnorm(5), rnorm(5, 4), rnorm(5, 8), rnorm(60, 3, 7))))
mp <- function(x) mpfr(x, 120)
far <- function(q, k, df) {
  h <- .25 / sqrt(df / 2); x0 <- log(df / (df + q^2 / 2)) / 2; x <- x0 + (-ceiling((32 / df + 8 / sqrt(df)) / h):ceiling((1 + 8 / sqrt(df)) / h)) * h
  log_density <- function(x) df * mp(x) - df * exp(2 * mp(x)) / 2
  inner <- function(w) { z <- mp(seq(w / 2 - 9, max(w / 2 + 9, sqrt(w^2 / 2 + 160)), by = .2)); all <- pnorm(z); below <- pnorm(z - w); k * .2 * sum(dnorm(z) * (all^(k - 1) - (all - below)^(k - 1))) }
  weights <- vapply(seq_along(x), function(i) asNumeric(log_density(x[i]) + log(inner(q * exp(x[i])))), 0)
  constant <- df / 2 * log(df / 2) - lgamma(df / 2) + log(2); top <- max(weights)
  list(q = q, k = k, df = df, upper = exp(top + constant + log(sum(exp(weights - top)) * h)))
}
tail <- list(far(20, 3, 12), far(12, 4, 200), far(400, 5, 8), far(8, 10, 60), far(4, 3, 12))
stopifnot(abs(tail[[5]]$upper / ptukey(4, 3, 12, lower.tail = FALSE) - 1) < 1e-8, abs(far(9, 2, 20)$upper / (2 * pt(9 / sqrt(2), 20, lower.tail = FALSE)) - 1) < 1e-11)
# The same integral in doubles, quick enough for a root search.
upper <- function(q, k, df) {
  h <- .08 / sqrt(df / 2); x <- log(df / (df + q^2 / 2)) / 2 + (-ceiling((32 / df + 8 / sqrt(df)) / h):ceiling((1 + 8 / sqrt(df)) / h)) * h
  z <- seq(-9, 40, by = .1); inner <- function(w) k * .1 * sum(dnorm(z) * (pnorm(z)^(k - 1) - (pnorm(z) - pnorm(z - w))^(k - 1)))
  sum(exp(df * x - df * exp(2 * x) / 2 + df / 2 * log(df / 2) - lgamma(df / 2) + log(2)) * vapply(q * exp(x), inner, 0)) * h
}
stopifnot(abs(upper(4, 3, 12) / tail[[5]]$upper - 1) < 1e-11)
grid <- expand.grid(q = c(.3, 2, 5), k = c(2, 3, 13, 40), df = c(2, 12, 150))
range <- lapply(seq_len(nrow(grid)), function(i) with(grid[i, ], list(q = q, k = k, df = df, upper = upper(q, k, df))))
for (r in range) stopifnot(abs(r$upper - ptukey(r$q, r$k, r$df, lower.tail = FALSE)) < 1e-3)
range_quantile <- function(tail, k, df) { s <- qtukey(tail, k, df, lower.tail = FALSE); q <- uniroot(function(q) upper(q, k, df) - tail, s * c(.9, 1.1), tol = 1e-13)$root; stopifnot(abs(q / s - 1) < 1e-2); q }
quantile_grid <- expand.grid(tail = c(.5, .1, .05, .01), k = c(2, 3, 13), df = c(3, 20, 400))
quantile <- lapply(seq_len(nrow(quantile_grid)), function(i) with(quantile_grid[i, ], list(tail = tail, k = k, df = df, q = range_quantile(tail, k, df))))
# p and interval of the pairs by the same integral.
groups <- lapply(groups, function(g) { k <- length(g$n)
  g$pairs <- lapply(g$pairs, function(p) { i <- p$first + 1; j <- p$second + 1; s <- sqrt((g$sd[i]^2 / g$n[i] + g$sd[j]^2 / g$n[j]) / 2); h <- as.numeric(range_quantile(.05, k, p$df) * s)
    stopifnot(abs(p$high - p$difference - h) < 1e-2 * h); p$low <- p$difference - h; p$high <- p$difference + h; if (!is.na(p$p)) p$p <- as.numeric(upper(p$q, k, p$df)); p }); g })
write_fixture("welch", "Rmpfr", list(note = "groups by n, mean and sd; p null: doubles have too few digits there", pairs = pairs, groups = groups, range = range, far = tail, quantile = quantile))
