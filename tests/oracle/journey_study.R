# Journeys of a whole survey: touchpoints, shapes, what is remembered, moments of truth (F81 to F83). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: survey::svyratio and svymean; lm, AIC; all subsets of predictors for the parts of R2.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
set.seed(83)
n <- 70; points <- c("call", "desk", "offer", "pay", "wait")
weight <- sample(c(.5, 1, 1.5, 2.25), n, TRUE); cluster <- sample(1:14, n, TRUE)
log <- do.call(rbind, lapply(1:n, function(i) {
  steps <- c("call", sample(c("desk", "offer", "pay", "wait")), if (runif(1) < .3) "wait"); steps <- steps[runif(length(steps)) < c(call = 1, desk = .9, offer = .8, pay = .9, wait = .45)[steps]]
  base <- rnorm(1, 5, 1); rating <- pmin(7, pmax(1, round(rnorm(length(steps), base - (steps == "wait"), 1.2)))); rating[runif(length(steps)) < .06] <- NA
  data.frame(case = i, step = steps, minute = cumsum(sample(1:90, length(steps), TRUE)), rating = rating) }))
# one journey of one moment, and one whose moments nobody rated
log <- log[!(log$case == 3 & duplicated(log$case)), ]; log$rating[log$case == 3] <- 6; log$rating[log$case == 4] <- NA
rated <- split(log$rating, log$case); rated <- lapply(rated, function(m) m[!is.na(m)])
satisfaction <- sapply(1:n, function(i) { m <- rated[[i]]; if (length(m) == 0) 4 else min(10, max(1, round(1.3 * (mean(m) + m[length(m)]) / 2 + .6 + rnorm(1, sd = 1)))) }); satisfaction[sample(n, 4)] <- NA
interval <- function(m, se, df) list(low = m - qt(.975, df) * se, high = m + qt(.975, df) * se)
touch <- function(p, w, k) {
  here <- split(ifelse(log$step == p, log$rating, NA), log$case); count <- sapply(here, function(r) sum(!is.na(r))); sum <- sapply(here, function(r) sum(r, na.rm = TRUE)); came <- sapply(split(log$step == p, log$case), any)
  d <- data.frame(count, sum, w, k = if (is.null(k)) seq_len(n) else k); r <- svyratio(~sum, ~count, svydesign(ids = ~k, weights = ~w, data = d)); se <- as.vector(SE(r)); df <- (if (is.null(k)) min(sum(count > 0), n) else min(sum(count > 0), length(unique(k)))) - 1
  ends <- interval(as.vector(coef(r)), se, df); waits <- unlist(lapply(split(log, log$case), function(j) { d <- c(NA, diff(j$minute)); d[j$step == p] })); waits <- waits[!is.na(waits)] / 60
  heavy <- unlist(lapply(split(log, log$case), function(j) { d <- c(NA, diff(j$minute)); rep(w[j$case[1]], sum(!is.na(d[j$step == p]))) })); stopifnot(length(heavy) == length(waits))
  along <- unlist(lapply(split(log$step, log$case), function(j) (seq_along(j) - 1) / (length(j) - 1))); use <- log$step == p & !is.nan(along)
  list(touchpoint = p, n = sum(came), share = sum(w[came]) / sum(w), visits = sum(log$step == p), first = sum(log$step[!duplicated(log$case)] == p), last = sum(log$step[!duplicated(log$case, fromLast = TRUE)] == p),
    ratings = sum(count), rating = as.vector(coef(r)), se = se, ci_low = ends$low, ci_high = ends$high, waits = length(waits), wait_median = if (all(w == 1)) median(waits) else NA, wait_mean = if (length(waits)) sum(heavy * waits) / sum(heavy) else NA, place = weighted.mean(along[use], w[log$case[use]]))
}
summary_of <- function(m) {
  t <- length(m); far <- abs(m - 4); peak <- m[max(which(far == max(far)))]; slope <- if (t < 2) NA else cov(1:t, m) / var(1:t)
  c(mean = mean(m), start = m[1], end = m[t], peak = peak, peak_end = (peak + m[t]) / 2, max = max(m), min = min(m), prominence_up = max(m) - mean(m), prominence_down = mean(m) - min(m), trend = slope * (t - 1), slope = slope, final_step = if (t < 2) NA else m[t] - m[t - 1])
}
shapes <- t(sapply(rated, function(m) if (length(m)) summary_of(m) else rep(NA, 12))); colnames(shapes) <- names(summary_of(1:3)); shapes <- cbind(shapes, duration = sapply(split(log$minute, log$case), function(m) (max(m) - min(m)) / 60))
shape <- function(s, w, k) {
  use <- !is.na(shapes[, s]); d <- data.frame(x = shapes[use, s], w = w[use], k = if (is.null(k)) seq_len(sum(use)) else k[use]); m <- svymean(~x, svydesign(ids = ~k, weights = ~w, data = d)); se <- as.vector(SE(m)); ends <- interval(as.vector(coef(m)), se, length(unique(d$k)) - 1)
  list(summary = s, n = sum(use), value = as.vector(coef(m)), se = se, ci_low = ends$low, ci_high = ends$high)
}
r2_of <- function(y, x, w) if (ncol(x) == 0) 0 else summary(lm(y ~ ., data.frame(y, x), weights = w))$r.squared
lmg <- function(y, x, w) { p <- ncol(x); sapply(1:p, function(j) { others <- setdiff(1:p, j); sum(sapply(0:(p - 1), function(size) { sets <- if (size == 0) list(integer()) else combn(length(others), size, simplify = FALSE)
  factorial(size) * factorial(p - size - 1) / factorial(p) * sum(sapply(sets, function(s) r2_of(y, x[, c(others[s], j), drop = FALSE], w) - r2_of(y, x[, others[s], drop = FALSE], w))) })) }) }
memory <- function(w) {
  use <- sapply(rated, length) >= 2 & !is.na(satisfaction); y <- satisfaction[use]; x <- as.data.frame(shapes[use, ]); v <- w[use]
  fit <- function(names) { m <- if (all(v == 1)) lm(y ~ ., x[, names, drop = FALSE]) else lm(y ~ ., x[, names, drop = FALSE], weights = v); list(n = length(y), r2 = summary(m)$r.squared, r2_adjusted = summary(m)$adj.r.squared, aic = AIC(m), m = m) }
  all <- list(mean = fit("mean"), peak_end = fit("peak_end"), shape = fit(c("mean", "max", "min", "end", "trend"))); parts <- lmg(y, x[, c("mean", "max", "min", "end", "trend")], v); stopifnot(abs(sum(parts) - all$shape$r2) < 1e-10)
  list(models = lapply(all, function(a) a[1:4]), parts = Map(function(s, c, l) list(summary = s, coefficient = c, lmg = l, lmg_share = l / sum(parts)), c("mean", "max", "min", "end", "trend"), unname(coef(all$shape$m))[-1], parts))
}
truth <- function(w) {
  at <- sapply(points, function(p) sapply(split(ifelse(log$step == p, log$rating, NA), log$case), function(r) mean(r, na.rm = TRUE))); raters <- colSums(!is.na(at) & !is.na(satisfaction)); chosen <- points[raters >= .5 * sum(!is.na(satisfaction))]
  use <- !is.na(satisfaction) & rowSums(is.na(at[, chosen])) == 0; y <- satisfaction[use]; x <- as.data.frame(at[use, chosen]); v <- w[use]; parts <- lmg(y, x, v)
  Map(function(p, l, r, m) list(touchpoint = p, n = length(y), raters = unname(raters[p]), rating = m, lmg = l, importance = 100 * l / sum(parts), rank = r), chosen, parts, rank(-parts), sapply(x, function(c) sum(v * c) / sum(v)))
}
design <- function(label, w, k) list(label = label, touchpoints = lapply(points, touch, w = w, k = k), shapes = lapply(colnames(shapes), shape, w = w, k = k), memory = memory(w), truth = unname(truth(w)))
ones <- rep(1, n)
designs <- list(design("plain", ones, NULL), design("weights", weight, NULL), design("clusters", ones, cluster), design("weights and clusters", weight, cluster))
write_fixture("journey_study", "survey", list(note = "log: case, touchpoint number, minute, rating; touchpoints in the order of their names", points = points, log = cbind(log$case, match(log$step, points), log$minute, log$rating),
  satisfaction = I(satisfaction), weight = I(weight), cluster = I(cluster), designs = designs))
