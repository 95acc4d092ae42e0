# Drivers of an outcome: coefficients with the errors of three designs, importance and its interval (F34 to F36).
# SPDX-License-Identifier: GPL-3.0-or-later
# lm, sandwich; LMG as the mean over all orders of entry; its interval by 4000 samples of our own.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(sandwich))
set.seed(36)
n <- 80; p <- 4; clip <- function(x, lo, hi) pmin(hi, pmax(lo, round(x)))
f <- rnorm(n); E <- sapply(1:p, function(j) clip(5 + .6 * f + rnorm(n), 1, 7)); P <- sapply(1:p, function(j) clip(4.5 + .9 * f + rnorm(n), 1, 7))
S <- clip(1 + .7 * P[, 1] + .4 * P[, 2] - .3 * P[, 4] + .2 * E[, 3] + 1.2 * rnorm(n), 1, 10)
E[cbind(c(1, 9, 30), c(1, 2, 4))] <- NA; P[cbind(c(2, 9, 44), c(3, 2, 1))] <- NA; S[c(3, 50)] <- NA
w <- sample(c(.5, 1, 2, 3), n, TRUE); unit <- sample(rep(1:16, 5))
orders <- function(v) if (length(v) <= 1) list(v) else do.call(c, lapply(seq_along(v), function(i) lapply(orders(v[-i]), function(o) c(v[i], o))))
all_orders <- orders(1:p); sets <- lapply(0:(2^p - 1), function(m) which(bitwAnd(m, 2^(0:(p - 1))) > 0))
lmg_of <- function(x, y, k) { c <- cov.wt(cbind(x, y), k)$cov
  r2 <- vapply(sets, function(s) if (length(s)) sum(c[s, p + 1] * solve(c[s, s], c[s, p + 1])) / c[p + 1, p + 1] else 0, 0)
  at <- function(s) r2[1 + sum(2^(s - 1))]; l <- numeric(p); for (o in all_orders) for (i in 1:p) l[o[i]] <- l[o[i]] + at(o[1:i]) - (if (i > 1) at(o[1:(i - 1)]) else 0); l / length(all_orders) }
model <- function(x, design, draws = 0) {
  ok <- complete.cases(x, S); x <- x[ok, ]; y <- S[ok]; k <- if (design == "weights") w[ok] else rep(1, sum(ok)); u <- unit[ok]; n <- length(y)
  m <- lm(y ~ x, weights = k); v <- if (design == "clusters") vcovCL(m, u, type = "HC1") else vcovHC(m, "HC3"); df <- if (design == "clusters") length(unique(u)) - 1 else m$df.residual
  b <- unname(coef(m))[-1]; se <- unname(sqrt(diag(v)))[-1]; c <- cov.wt(cbind(x, y), k, cor = TRUE); R <- c$cor; s <- sqrt(diag(c$cov)); lmg <- lmg_of(x, y, k); r2 <- summary(m)$r.squared
  stopifnot(abs(sum(lmg) - r2) < 1e-12)
  e <- eigen(R[1:p, 1:p]); root <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors); low <- high <- rep(NA_real_, p)
  if (draws > 0) { q <- replicate(draws, { i <- sample.int(n, replace = TRUE); lmg_of(x[i, ], y[i], k[i]) }); low <- apply(q, 1, quantile, .025); high <- apply(q, 1, quantile, .975) }
  list(n = n, r = unname(R[1:p, p + 1]), b = b, beta = unname(b * s[1:p] / s[p + 1]), se = se, ci_low = b - qt(.975, df) * se, p = 2 * pt(-abs(b / se), df), lmg = lmg, lmg_share = lmg / r2, lmg_low = low, lmg_high = high,
    relative_weight = as.vector(root^2 %*% solve(root, R[1:p, p + 1])^2), vif = unname(diag(solve(R[1:p, 1:p]))), r2 = rep(r2, p))
}
models <- lapply(c(plain = "plain", weights = "weights", clusters = "clusters"), function(d) list(perception = model(P, d, if (d == "plain") 4000 else 0), expectation = model(E, d), gap = model(P - E, d)))
write_fixture("drivers", "sandwich", list(expectation = E, perception = P, satisfaction = S, weights = w, clusters = unit, models = models))
