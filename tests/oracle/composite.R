# Scores of several items: dimensions, overall, 100 points, importance ratings, room-normalised gaps, bands (F2 to F6). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Person by person from the definitions; null where a person has no score.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
clip <- function(x, lo, hi) pmin(hi, pmax(lo, round(x)))
set.seed(2)
n <- 24; of <- c(1, 1, 1, 1, 2, 2, 3, 3, 3); k <- length(of)
own <- rnorm(n, 0, .6)
e <- sapply(1:k, function(j) clip(5.6 + own + rnorm(n), 1, 7)); p <- sapply(1:k, function(j) clip(5.1 + .6 * own + rnorm(n), 1, 7))
e[cbind(c(1, 2, 2, 3, 3, 3, 4, 5, 5, 6, 7, 7), c(1, 1, 2, 1, 2, 3, 5, 5, 6, 7, 7, 8))] <- NA
p[cbind(c(1, 2, 8, 9, 9, 10, 10, 10, 11, 12, 12), c(2, 3, 1, 5, 6, 7, 8, 9, 4, 1, 9))] <- NA
e[13, ] <- NA; p[14, ] <- NA; e[15, c(1:4, 5, 6)] <- NA; e[16, ] <- 7; e[17, of == 2] <- 7

score <- function(j) { paired <- !is.na(e[, j, drop = FALSE]) & !is.na(p[, j, drop = FALSE]); enough <- rowSums(paired) >= ceiling(length(j) / 2)
  mean_of <- function(x) { x <- x[, j, drop = FALSE]; x[!paired] <- NA; ifelse(enough, rowMeans(x, na.rm = TRUE), NA) }
  list(e = mean_of(e), p = mean_of(p), g = mean_of(p) - mean_of(e)) }
summary_of <- function(s) { keep <- !is.na(s$g); list(expectation = I(s$e), perception = I(s$p), gap = I(s$g), n = sum(keep), mean_expectation = mean(s$e[keep]), mean_perception = mean(s$p[keep]),
  mean_gap = mean(s$g[keep]), sd_gap = sd(s$g[keep]), n_negative = sum(s$g[keep] < -1e-9), n_zero = sum(abs(s$g[keep]) <= 1e-9), n_positive = sum(s$g[keep] > 1e-9), n_ceiling = sum(s$e[keep] == 7)) }
dims <- lapply(1:3, function(d) score(which(of == d)))
over <- function(part) { x <- sapply(dims, `[[`, part); ifelse(rowSums(!is.na(x)) >= 2, rowMeans(x, na.rm = TRUE), NA) }
overall <- list(e = over("e"), p = over("p")); overall$g <- overall$p - overall$e
all_items <- score(1:k)

# F3: sums from 95 to 105 are rescaled, others are no answer; dimensions without a gap leave if at least half of the points stay
points <- t(replicate(n, { x <- sample(5:60, 3); x <- round(100 * x / sum(x)); x[3] <- 100 - sum(x[1:2]); x }))
points[2, ] <- c(40, 30, 25); points[3, ] <- c(40, 40, 25); points[4, ] <- c(30, 30, 30); points[5, ] <- c(60, 30, 16); points[6, ] <- c(NA, 60, 40); points[7, ] <- NA; points[8, ] <- c(0, 0, 100); points[15, ] <- c(45, 5, 50)
points[12, ] <- c(20, 50, 30); points[9, ] <- c(20, 60, 20); points[10, ] <- c(25, 25, 50)
gaps <- sapply(dims, `[[`, "g")
weighted <- vapply(1:n, function(i) { a <- points[i, ]; if (all(is.na(a))) return(NA_real_); a[is.na(a)] <- 0; total <- sum(a)
  if (total < 95 || total > 105) return(NA_real_); a <- 100 * a / total; there <- !is.na(gaps[i, ]); if (sum(a[there]) < 50 - 1e-9) return(NA_real_); sum(a[there] * gaps[i, there]) / sum(a[there]) }, 0)
plain <- vapply(1:n, function(i) if (is.na(weighted[i])) NA_real_ else mean(gaps[i, ], na.rm = TRUE), 0)

# F4: over the items with expectation, perception and rating, when they are at least half of the items
rating <- sapply(1:k, function(j) sample(1:5, n, TRUE, c(1, 1, 2, 4, 4))); rating[cbind(c(1, 1, 20, 21, 22), c(3, 4, 9, 9, 1))] <- NA; rating[23, 2:9] <- NA
importance <- t(vapply(1:n, function(i) { there <- !is.na(e[i, ]) & !is.na(p[i, ]) & !is.na(rating[i, ]); if (sum(there) < k / 2) return(rep(NA_real_, 4))
  w <- rating[i, there]; c(mean(p[i, there] - e[i, there]), sum(w * (p[i, there] - e[i, there])) / sum(w), mean(p[i, there]), sum(w * p[i, there]) / sum(w)) }, numeric(4)))

# F5 and F6, per item
rooms <- lapply(1:k, function(j) { ok <- !is.na(e[, j]) & !is.na(p[, j]); x <- e[ok, j]; y <- p[ok, j]; g <- y - x; up <- g > 0; down <- g < 0
  v <- (mean(up) + mean(down) - (mean(up) - mean(down))^2) / length(g)
  list(n = length(g), n_ceiling = sum(x == 7), n_better = sum(up), better = if (any(up)) mean(g[up] / (7 - x[up])) else NA, n_worse = sum(down), worse = if (any(down)) mean(g[down] / (x[down] - 1)) else NA,
    bands = I(c(sum(g <= -2), sum(g == -1), sum(g == 0), sum(g == 1), sum(g >= 2))), net = mean(up) - mean(down), net_se = sqrt(v)) })

g5 <- c(-.4, -1.2, -.9, -.3, -.6); a5 <- c(11, 32, 22, 19, 16)
stopifnot(abs(mean(g5) + .68) < 1e-12, abs(sum(a5 * g5) / 100 + .779) < 1e-12)
write_fixture("composite", character(), list(
  note = "answers of 1 to 7, one row per person, null = missing; item j belongs to dimension dimension_of[j]; a score needs half of its items, the overall half of its dimensions",
  dimension_of = of, expectation = e, perception = p, dimensions = lapply(dims, summary_of), overall = summary_of(overall), all_items = summary_of(all_items),
  points = points, weighted_gap = list(person = I(weighted), n = sum(!is.na(weighted)), weighted = mean(weighted, na.rm = TRUE), gap = mean(plain, na.rm = TRUE),
    rescaled = sum(!is.na(weighted) & rowSums(points, na.rm = TRUE) != 100), refused = sum(is.na(weighted) & rowSums(!is.na(points)) > 0)),
  rating = rating, importance = list(columns = c("gap", "weighted_gap", "performance", "weighted_performance"), person = importance, n = sum(!is.na(importance[, 1])), mean = I(colMeans(importance, na.rm = TRUE))),
  items = rooms))
