# Penalty-reward contrasts, impact range and asymmetry (F43, F44). Made by R 4.2.2, sandwich 3.0.2.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(sandwich))
level_of <- function(x, low, high) ifelse(x <= low, -1, ifelse(x >= high, 1, 0))
case <- function(label, x, y, low, high, weights = NULL, units = NULL) {
  n <- nrow(x); level <- level_of(x, low, high)
  thick <- apply(level, 2, function(l) { counts <- c(sum(l == -1), sum(l == 0), sum(l == 1)); all(counts >= 20 & counts >= .05 * n) })
  d <- do.call(cbind, lapply(which(thick), function(j) cbind(as.numeric(level[, j] == -1), as.numeric(level[, j] == 1))))
  colnames(d) <- paste0("d", seq_len(ncol(d)))
  model <- if (is.null(weights)) lm(y ~ d) else lm(y ~ d, weights = weights)
  v <- if (is.null(units)) vcovHC(model, type = "HC3") else vcovCL(model, cluster = units, type = "HC1", cadjust = TRUE)
  df <- if (is.null(units)) df.residual(model) else length(unique(units)) - 1
  inflation <- if (is.null(weights)) vapply(seq_len(ncol(d)), function(k) 1 / (1 - summary(lm(d[, k] ~ d[, -k]))$r.squared), 0) else NA
  w <- if (is.null(weights)) rep(1, n) else weights
  b <- coef(model); at <- 2
  items <- lapply(seq_len(ncol(x)), function(j) {
    # an attribute that the outcome is linear in: its own values as the outcome, no other attribute beside it
    line <- coef(lm(x[, j] ~ I(level[, j] == -1) + I(level[, j] == 1), weights = w))
    bench <- (line[3] + line[2]) / (line[3] - line[2])
    if (!thick[j]) return(list(penalty = NA, reward = NA, penalty_se = NA, reward_se = NA, covariance = NA, range = NA, asymmetry = NA, symmetry_p = NA, low = NA, high = NA, linear = unname(bench)))
    p <- b[at]; r <- b[at + 1]; s <- v[at, at]; q <- v[at + 1, at + 1]; u <- v[at, at + 1]; at <<- at + 2
    pen <- max(0, -p); rew <- max(0, r); wald <- (p + r) / sqrt(s + q + 2 * u)
    list(penalty = unname(p), reward = unname(r), penalty_se = sqrt(s), reward_se = sqrt(q), covariance = u, range = pen + rew, asymmetry = rew / (pen + rew) - pen / (pen + rew),
      symmetry_p = unname(2 * pt(-abs(wald), df)), low = unname(p - qt(.975, df) * sqrt(s)), high = unname(p + qt(.975, df) * sqrt(s)), linear = unname(bench))
  })
  list(label = label, low = low, high = high, values = unname(x), y = y, weights = weights, units = if (is.null(units)) NULL else units - 1, r_squared = summary(model)$r.squared, df = df,
    inflation = if (anyNA(inflation)) NA else max(inflation), items = items)
}
set.seed(43)
draw <- function(n, k, lo, hi) { f <- rnorm(n); sapply(1:k, function(j) pmin(hi, pmax(lo, round((lo + hi) / 2 + (hi - lo) / 4 * (.6 * f + .8 * rnorm(n)))))) }
outcome <- function(x, lo, hi) { m <- (lo + hi) / 2; d <- x - m
  pmin(10, pmax(1, round(6 + .6 * pmin(d[, 1], 0) + .6 * pmax(d[, 2], 0) + .4 * d[, min(3, ncol(x))] + rnorm(nrow(x)))))}
a <- draw(180, 4, 1, 5); b <- draw(150, 3, 1, 10); thin <- draw(140, 3, 1, 7); thin[, 2] <- pmax(thin[, 2], 4); thin[1:3, 2] <- 1; one <- draw(120, 1, 0, 5)
cases <- list(case("four attributes", a, outcome(a, 1, 5), 2, 4), case("wide scale", b, outcome(b, 1, 10), 4, 7), case("one level is thin", thin, outcome(thin, 1, 7), 3, 5),
  case("with weights", b, outcome(b, 1, 10), 4, 7, weights = sample(c(.5, 1, 1.75), 150, TRUE)), case("with clusters", a, outcome(a, 1, 5), 2, 4, units = rep(1:30, each = 6)))
single <- outcome(cbind(one, one), 0, 5); l <- level_of(one, 1, 4)
apart <- list(values = as.vector(one), y = single, low = 1, high = 4, penalty = mean(single[l == -1]) - mean(single[l == 0]), reward = mean(single[l == 1]) - mean(single[l == 0]))
write_fixture("penalty_reward", "sandwich", list(note = "values: a row per person; null: not estimated", cases = cases, apart = apart))
