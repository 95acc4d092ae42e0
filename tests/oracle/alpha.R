# Cronbach's alpha, Feldt's interval, item-total correlations, alpha if deleted (F13, F14). Made by R 4.2.2, psych 2.2.9.
# SPDX-License-Identifier: GPL-3.0-or-later
# The definitions written out on the covariance matrix; psych::alpha must agree where it accepts the input.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(psych))
alpha_of <- function(c) { k <- ncol(c); if (k < 2 || sum(c) == 0) NA_real_ else k / (k - 1) * (1 - sum(diag(c)) / sum(c)) }
case <- function(label, x, confidence = .95) {
  n <- nrow(x); k <- ncol(x); c <- cov(x); alpha <- alpha_of(c); constant <- diag(c) == 0
  standardized <- if (k < 2 || any(constant)) NA else { r <- cov2cor(c); rbar <- (sum(r) - k) / (k * (k - 1)); k * rbar / (1 + (k - 1) * rbar) }
  tail <- (1 - confidence) / 2
  low <- 1 - (1 - alpha) * qf(tail, n - 1, (n - 1) * (k - 1), lower.tail = FALSE)
  high <- 1 - (1 - alpha) * qf(tail, n - 1, (n - 1) * (k - 1))
  total <- rowSums(x)
  items <- lapply(seq_len(k), function(j) {
    rest <- total - x[, j]
    item_total <- if (constant[j] || sd(total) == 0) NA else cor(x[, j], total)
    item_rest <- if (constant[j] || sd(rest) == 0) NA else cor(x[, j], rest)
    if (!is.na(item_rest)) { s_t <- sd(total); s_j <- sd(x[, j])
      stopifnot(abs((item_total * s_t - s_j) / sqrt(s_t^2 + s_j^2 - 2 * item_total * s_t * s_j) - item_rest) < 1e-9) }
    list(item_total_r = item_total, item_rest_r = item_rest, alpha_if_deleted = if (k < 3) NA else alpha_of(c[-j, -j, drop = FALSE]))
  })
  if (k >= 2 && !any(constant)) {
    p <- suppressMessages(suppressWarnings(psych::alpha(x, check.keys = FALSE, warnings = FALSE)))
    stopifnot(abs(p$total$raw_alpha - alpha) < 1e-10, abs(p$total$std.alpha - standardized) < 1e-10, abs(p$feldt$lower.ci - low) < 1e-10 || confidence != .95,
      max(abs(p$item.stats$raw.r - vapply(items, `[[`, 0, "item_total_r"))) < 1e-10)
    if (k > 2) stopifnot(max(abs(p$alpha.drop$raw_alpha - vapply(items, `[[`, 0, "alpha_if_deleted"))) < 1e-10)
  }
  list(label = label, answers = unname(x), n = n, k = k, confidence = confidence, alpha = alpha, alpha_standardized = standardized,
    low = if (is.na(alpha)) NA else low, high = if (is.na(alpha)) NA else high, items = items)
}
set.seed(13)
draw <- function(n, loadings, lo = 1, hi = 7) { f <- rnorm(n)
  x <- sapply(loadings, function(l) pmin(hi, pmax(lo, round((lo + hi) / 2 + .5 + 1.3 * (l * f + sqrt(1 - l^2) * rnorm(n))))))
  dimnames(x) <- list(NULL, paste0("v", seq_along(loadings))); x }
cases <- list(case("two items", draw(30, c(.7, .8))), case("three items", draw(40, c(.7, .8, .6))), case("five items", draw(60, c(.5, .6, .7, .8, .4))), case("nine items", draw(80, rep(c(.5, .7, .8), 3), 1, 9)),
  case("five items, 99 %", draw(60, c(.5, .6, .7, .8, .4)), .99))
negative <- draw(25, c(.8, .8, .8)); negative[, 2] <- 8 - negative[, 2]; negative[, 3] <- sample(1:7, 25, TRUE)
constant <- draw(20, c(.7, .7, .7)); constant[, 2] <- 4
identical <- draw(12, .9)[, c(1, 1, 1)]; colnames(identical) <- paste0("v", 1:3)
nothing <- matrix(4, 10, 3, dimnames = list(NULL, paste0("v", 1:3)))
cases <- c(cases, list(case("negative alpha", negative), case("one item without variance", constant), case("identical items", identical), case("nothing varies", nothing),
  case("two people", rbind(c(v1 = 3, v2 = 4, v3 = 5), c(5, 5, 6)))))
stopifnot(cases[[6]]$alpha < 0)
feldt <- function(alpha, n, k) 1 - (1 - alpha) * c(qf(.025, n - 1, (n - 1) * (k - 1), lower.tail = FALSE), qf(.025, n - 1, (n - 1) * (k - 1)))
stopifnot(all(abs(feldt(.8724063714, 250, 7) - c(.8466999853, .8951803335)) < 1e-9))
write_fixture("alpha", "psych", list(note = "answers: one row per person; null: undefined", cases = cases))
