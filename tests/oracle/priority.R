# Importance and performance, relative positions, order of gaps (F30, F32, F33). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
set.seed(30)
n <- 90; k <- 5
clip <- function(x, lo, hi) pmin(hi, pmax(lo, round(x)))
expected <- sapply(c(6, 5.5, 6.2, 4.8, 5.6), function(m) clip(rnorm(n, m, 1), 1, 7)); got <- sapply(c(4.9, 5.6, 5.4, 4.6, 5.5), function(m) clip(rnorm(n, m, 1.2), 1, 7))
rating <- sapply(c(6.1, 4.4, 5.9, 3.6, 5.2), function(m) clip(rnorm(n, m, 1.1), 1, 7))
got[cbind(sample(n, 8), sample(k, 8, TRUE))] <- NA; expected[cbind(sample(n, 8), sample(k, 8, TRUE))] <- NA; rating[cbind(sample(n, 5), sample(k, 5, TRUE))] <- NA
weights <- sample(c(.5, 1, 2), n, TRUE)
words <- c("low priority", "possible overkill", "concentrate here", "keep up")
quadrant <- function(p, i, cp, ci) ifelse(abs(p - cp) < 1e-9 | abs(i - ci) < 1e-9, "borderline", words[1 + (p > cp) + 2 * (i > ci)])
means <- function(x, w) apply(x, 2, weighted.mean, w = w, na.rm = TRUE)
figures <- function(w) list(p = means(got, w), i = means(rating, w), g = means(got - expected, w))
map <- function(w) {
  f <- figures(w); p <- f$p; i <- f$i; g <- f$g
  again <- replicate(4000, { f <- figures(w * tabulate(sample(n, n, TRUE), n)); c(quadrant(f$p, f$i, mean(f$p), mean(f$i)), rank(f$i * f$g, ties.method = "min"), which.min(f$i * f$g)) })
  now <- quadrant(p, i, mean(p), mean(i))
  lapply(seq_len(k), function(j) list(n = sum(!is.na(got[, j])), n_importance = sum(!is.na(rating[, j])), performance = p[j], importance = i[j], quadrant = now[j], quadrant_medians = quadrant(p, i, median(p), median(i))[j],
    quadrant_midpoint = quadrant(p[j], i[j], 4, 4), diagonal = if (i[j] > p[j]) "concentrate here" else "keep up", shortfall = -g[j], priority = rank(i * g, ties.method = "min")[j], drawn_same = mean(again[j, ] == now[j]), drawn_first = mean(again[2 * k + 1, ] == j)))
}
ratings <- list(plain = map(rep(1, n)), weighted = map(weights))
f <- figures(rep(1, n)); tests <- lapply(1:k, function(j) t.test(got[, j], expected[, j], paired = TRUE)); holm <- p.adjust(vapply(tests, `[[`, 0, "p.value"), "holm")
shown <- ifelse(holm < .05, sign(f$g), 0); rp <- ifelse(shown > 0, f$p / mean(f$p), ifelse(shown < 0, -mean(f$p) / f$p, 0)); ri <- f$i / mean(f$i)
relative <- lapply(1:k, function(j) list(n = sum(!is.na(got[, j] - expected[, j])), performance = f$p[j], importance = f$i[j], difference = f$g[j], difference_ci_low = tests[[j]]$conf.int[1], difference_ci_high = tests[[j]]$conf.int[2],
  p = tests[[j]]$p.value, p_holm = holm[j], relative_performance = rp[j], relative_importance = ri[j], quadrant = quadrant(rp[j], ri[j], 0, 1)))
order <- lapply(1:k, function(j) { w <- f$i / sum(f$i); list(n = sum(!is.na(got[, j] - expected[, j])), gap = f$g[j], weight = 100 * w[j], weighted = w[j] * f$g[j], priority = rank(w * f$g, ties.method = "min")[j]) })

# Drivers: each share of R squared by all orders of entry.
m <- 120; mood <- rnorm(m); x <- sapply(c(.7, .5, .6, .2), function(l) clip(4 + 1.3 * (l * mood + sqrt(1 - l^2) * rnorm(m)), 1, 7)); y <- clip(5 + .5 * x[, 1] + .3 * x[, 2] - .1 * x[, 4] + rnorm(m, 0, 1.2), 1, 10)
r2 <- function(s) if (length(s)) summary(lm(y ~ x[, s]))$r.squared else 0
orders <- as.matrix(expand.grid(1:4, 1:4, 1:4, 1:4)); orders <- orders[apply(orders, 1, function(o) length(unique(o)) == 4), ]
lmg <- rowMeans(apply(orders, 1, function(o) { add <- numeric(4); for (at in 1:4) add[o[at]] <- r2(o[seq_len(at)]) - r2(o[seq_len(at - 1)]); add }))
stopifnot(nrow(orders) == 24, abs(sum(lmg) - r2(1:4)) < 1e-12)
importance <- lmg / sum(lmg); p <- colMeans(x)
drivers <- list(perception = x, satisfaction = y, items = lapply(1:4, function(j) list(performance = p[j], importance = importance[j], quadrant = quadrant(p, importance, mean(p), mean(importance))[j],
  quadrant_midpoint = quadrant(p[j], importance[j], 4, .25), shortfall = 7 - p[j], priority = rank(-importance * (7 - p), ties.method = "min")[j])))

# Points: three dimensions of two items; sums of 95 to 105 are rescaled, others left out.
h <- 40; marks <- matrix(sample(1:7, h * 6, TRUE), h); marks[3, 1:2] <- NA; marks[4, 1] <- NA; points <- t(apply(matrix(rexp(h * 3), h), 1, function(a) round(100 * a / sum(a)))); points[5, ] <- c(50, 50, 50); points[6, ] <- points[6, ] * 0 + c(52, 30, 20)
score <- sapply(1:3, function(d) rowMeans(marks[, 2 * d - 1:0], na.rm = TRUE)); score[is.nan(score)] <- NA
sums <- rowSums(points); usable <- sums >= 95 & sums <= 105; share <- 100 * points / sums
by_points <- list(perception = marks, points = points, dimensions = lapply(1:3, function(d) list(n = sum(!is.na(score[, d])), n_importance = sum(usable), performance = mean(score[, d], na.rm = TRUE), importance = mean(share[usable, d]))))
write_fixture("priority", character(), list(note = "a row per person; null: no answer; drawn: of 4000 samples", expectation = expected, perception = got, rating = rating, weights = weights,
  importance_performance = ratings, ipga = relative, gap_priority = order, drivers = drivers, points = by_points))
