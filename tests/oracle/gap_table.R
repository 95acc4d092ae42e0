# A whole simulated study and every figure of its gap, reliability and item tables. Made by R 4.2.2, Rmpfr 0.9.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# 60 people, three dimensions of 4, 2 and 3 items, 1 to 7, one reversed item, missing answers of two kinds, a segment with a
# group of 3. The answers and the study file stand in the fixture as text: a test writes both to files and runs the program.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
source(file.path(oracle_folder, "support", "exact_tails.R"))
source(file.path(oracle_folder, "support", "noncentral_tail.R"))
set.seed(60)
n <- 60; ids <- paste0("q", 1:9); of <- c(rep("place", 4), rep("staff", 2), rep("time", 3)); dims <- unique(of); reversed <- 5; lo <- 1; hi <- 7
clip <- function(x) pmin(hi, pmax(lo, round(x)))
own <- rnorm(n, 0, .7); shift <- c(-.9, -.1, .05, -.25, 0, .9, -.35, -1.4, -.1)
common <- sapply(dims, function(d) rnorm(n, 0, .5))
E <- sapply(1:9, function(j) clip(5.6 + own + .7 * rnorm(n))); P <- sapply(1:9, function(j) clip(5.5 + .6 * own + shift[j] + common[, of[j]] + .7 * rnorm(n)))
E[cbind(c(3, 3, 8, 20, 21, 30, 41, 41, 41), c(1, 2, 5, 9, 5, 1, 1, 2, 3))] <- NA; P[cbind(c(3, 9, 9, 20, 22, 22, 50), c(3, 7, 8, 4, 5, 6, 6))] <- NA
P[c(11, 33), ] <- NA; E[44, ] <- NA
branch <- sample(rep(c("north", "south", "east", "west"), c(28, 17, 12, 3)))

raw <- function(x) { x[, reversed] <- lo + hi - x[, reversed]; y <- matrix(as.character(x), n); hole <- which(is.na(x)); y[hole] <- rep(c("", "99"), length.out = length(hole)); y }
cells <- cbind(as.character(1:n), branch, raw(E), raw(P))
csv <- paste0(paste(c("id", "branch", paste0("e", 1:9), paste0("p", 1:9)), collapse = ","), "\n", paste0(apply(cells, 1, paste, collapse = ","), "\n", collapse = ""))
study <- paste0('{"gapmeter": 1, "title": "Simulated study of the oracle", "design": {"expectation": "will", "asked": "before"},\n "scale": {"min": 1, "max": 7, "step": 1},\n',
  ' "dimensions": [', paste0('{"id": "', dims, '", "title": "', dims, '"}', collapse = ", "), '],\n "items": [\n',
  paste0('  {"id": "', ids, '", "dimension": "', of, '", "text": "Item ', 1:9, '"', ifelse(1:9 == reversed, ', "reverse": true', ""), "}", collapse = ",\n"),
  '],\n "columns": {"respondent": "id", "expectation": "e{n}", "perception": "p{n}", "segments": ["branch"]},\n "missing": {"": "skipped", "99": "declared"}}\n')

alpha_of <- function(x) { x <- x[complete.cases(x), , drop = FALSE]; c <- cov(x); k <- ncol(x); k / (k - 1) * (1 - sum(diag(c)) / sum(c)) }
wilson <- function(x, n, confidence) { z <- qnorm((1 - confidence) / 2, lower.tail = FALSE); p <- x / n; m <- p + z^2 / (2 * n); h <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)); pmin(1, pmax(0, (m + c(-1, 1) * h) / (1 + z^2 / n))) }
exact_signed_rank <- function(g) {
  d <- g[abs(g) > 1e-9]; r <- rank(round(abs(d), 9)); t_plus <- sum(r[d > 0]); m <- length(d); ties <- table(round(abs(d), 9))
  z <- (t_plus - m * (m + 1) / 4 - .5 * sign(t_plus - m * (m + 1) / 4)) / sqrt(m * (m + 1) * (2 * m + 1) / 24 - sum(ties^3 - ties) / 48)
  if (m > 25) return(c(z, 2 * pnorm(-abs(z))))
  counts <- c(1, rep(0, sum(2 * r))); for (k in as.integer(2 * r)) counts <- counts + c(rep(0, k), counts)[seq_along(counts)]
  at <- round(2 * t_plus) + 1; c(z, min(1, 2 * min(sum(counts[1:at]), sum(counts[at:length(counts)])) / 2^m))
}
hedges <- function(n) exp(lgamma((n - 1) / 2) - lgamma((n - 2) / 2)) / sqrt((n - 1) / 2)
# One row from the scores of both sides; NA where a person has no score. e_there, p_there: has a score on that side alone.
row_of <- function(e, p, e_there, p_there, blocks = NULL, confidence = .95, limits = TRUE) {
  ok <- !is.na(e) & !is.na(p); x <- e[ok]; y <- p[ok]; g <- y - x; m <- length(g); r <- t.test(y, x, paired = TRUE, conf.level = confidence); short <- sum(g < -1e-9); s <- sd(g)
  w <- wilson(short, m, confidence); rank_test <- exact_signed_rank(g); dz <- mean(g) / s; level <- (1 - confidence) / 2; delta <- (hi - lo) / 12; se <- s / sqrt(m)
  positive <- sum(g > 1e-9)
  row <- list(n = m, mean_expectation = mean(x), mean_perception = mean(y), sd_expectation = sd(x), sd_perception = sd(y), gap = mean(g), sd_gap = s, se = se, ci_low = r$conf.int[1], ci_high = r$conf.int[2],
    t = unname(r$statistic), df = m - 1, p = r$p.value, dz = dz, gz = hedges(m) * dz, wilcoxon_z = rank_test[1], wilcoxon_p = rank_test[2],
    n_expectation_only = sum(!ok & e_there & !p_there), n_perception_only = sum(!ok & p_there & !e_there), n_negative = short, n_zero = m - short - positive, n_positive = positive,
    share_short = short / m, share_short_low = w[1], share_short_high = w[2], r_expectation_perception = cor(x, y), gap_reliability = NA, difference_reliability = NA,
    ceiling_share = mean(abs(x - hi) < 1e-9), sign_p = binom.test(short, short + positive)$p.value, r_gap_expectation = cor(g, x), r_gap_perception = cor(g, y),
    equivalence_p = max(pt((mean(g) + delta) / se, m - 1, lower.tail = FALSE), pt((mean(g) - delta) / se, m - 1)))
  if (!is.null(blocks)) {
    ae <- alpha_of(blocks$e); ap <- alpha_of(blocks$p); row$gap_reliability <- alpha_of(blocks$p - blocks$e)
    row$difference_reliability <- (var(y) * ap + var(x) * ae - 2 * cov(x, y)) / (var(y) + var(x) - 2 * cov(x, y))
  }
  if (limits) { row$dz_low <- asNumeric(limit_of(dz * sqrt(m), m - 1, level, FALSE)) / sqrt(m); row$dz_high <- asNumeric(limit_of(dz * sqrt(m), m - 1, level, TRUE)) / sqrt(m) }
  row
}
# What needs the whole table: Holm, simultaneous intervals, the adjusted equivalence p, the verdict.
finish <- function(rows, confidence = .95) {
  m <- length(rows); holm <- p.adjust(vapply(rows, `[[`, 0, "p"), "holm"); met <- p.adjust(vapply(rows, `[[`, 0, "equivalence_p"), "holm")
  bh <- p.adjust(vapply(rows, `[[`, 0, "p"), "BH"); by <- p.adjust(vapply(rows, `[[`, 0, "p"), "BY")
  lapply(seq_len(m), function(i) { r <- rows[[i]]; q <- qt((1 - confidence) / 2 / m, r$df, lower.tail = FALSE)
    r$p_holm <- holm[i]; r$p_bh <- bh[i]; r$p_by <- by[i]; r$equivalence_p <- met[i]; r$ci_simultaneous_low <- r$gap - q * r$se; r$ci_simultaneous_high <- r$gap + q * r$se
    r$verdict <- if (holm[i] < 1 - confidence) { if (r$gap < 0) "short" else "above" } else if (met[i] < 1 - confidence) "met" else "undecided"
    r$small <- if (holm[i] < 1 - confidence) { if (met[i] < 1 - confidence) "yes" else "no" } else NA; r })
}
half_mean <- function(x, needed) ifelse(rowSums(!is.na(x)) >= needed, rowMeans(x, na.rm = TRUE), NA)
score <- function(j) { paired <- !is.na(E[, j]) & !is.na(P[, j]); e <- E[, j]; p <- P[, j]; e[!paired] <- NA; p[!paired] <- NA; need <- ceiling(length(j) / 2)
  list(e = half_mean(e, need), p = half_mean(p, need), e_there = rowSums(!is.na(E[, j])) >= need, p_there = rowSums(!is.na(P[, j])) >= need) }
items <- finish(lapply(1:9, function(j) row_of(E[, j], P[, j], !is.na(E[, j]), !is.na(P[, j]))))
items <- lapply(1:9, function(j) c(list(item = ids[j], dimension = of[j]), items[[j]]))
parts <- lapply(dims, function(d) score(which(of == d)))
dimension_rows <- finish(lapply(1:3, function(d) { j <- which(of == dims[d]); s <- parts[[d]]; row_of(s$e, s$p, s$e_there, s$p_there, list(e = E[, j], p = P[, j])) }))
dimension_rows <- lapply(1:3, function(d) c(list(dimension = dims[d]), dimension_rows[[d]]))
side <- function(name) sapply(parts, `[[`, name)
overall <- finish(list(row_of(half_mean(side("e"), 2), half_mean(side("p"), 2), rowSums(side("e_there")) >= 2, rowSums(side("p_there")) >= 2, list(e = E, p = P))))
groups <- unlist(lapply(sort(unique(branch)), function(b) lapply(1:9, function(j) { in_b <- branch == b
  c(list(branch = b, item = ids[j]), row_of(ifelse(in_b, E[, j], NA), ifelse(in_b, P[, j], NA), in_b & !is.na(E[, j]), in_b & !is.na(P[, j]), limits = FALSE)) })), FALSE)
groups <- unlist(lapply(split(groups, vapply(groups, `[[`, "", "branch")), function(of) Map(c, lapply(of, `[`, c("branch", "item")), finish(lapply(of, function(r) r[-(1:2)])))), FALSE, FALSE)
groups <- lapply(groups, `[`, c("branch", "item", "n", "gap", "sd_gap", "ci_low", "ci_high", "p", "p_holm", "n_negative", "share_short", "ci_simultaneous_low", "ci_simultaneous_high", "verdict"))

sides <- list(expectation = E, perception = P, gap = P - E)
scales <- unlist(lapply(c(dims, NA), function(d) lapply(names(sides), function(s) { j <- if (is.na(d)) 1:9 else which(of == d); x <- sides[[s]][, j]; x <- x[complete.cases(x), ]; k <- length(j); m <- nrow(x); a <- alpha_of(x); c <- cor(x)
  rbar <- (sum(c) - k) / (k * (k - 1)); list(dimension = if (is.na(d)) "overall" else d, standard = s, n = m, k = k, alpha = a, alpha_ci_low = 1 - (1 - a) * qf(.025, m - 1, (m - 1) * (k - 1), lower.tail = FALSE),
    alpha_ci_high = 1 - (1 - a) * qf(.025, m - 1, (m - 1) * (k - 1)), alpha_standardized = k * rbar / (1 + (k - 1) * rbar)) })), FALSE)
totals <- unlist(lapply(c(dims, NA), function(d) unlist(lapply(names(sides), function(s) {
  j <- if (is.na(d)) 1:9 else which(of == d); x <- sides[[s]][, j]; x <- x[complete.cases(x), ]; total <- rowSums(x)
  lapply(seq_along(j), function(i) list(scope = if (is.na(d)) "overall" else "dimension", standard = s, item = ids[j[i]], dimension = of[j[i]], n = nrow(x), item_total_r = cor(x[, i], total),
    item_rest_r = cor(x[, i], total - x[, i]), alpha_if_deleted = if (length(j) > 2) alpha_of(x[, -i]) else NA))
}), FALSE)), FALSE)
cat("items:", vapply(items, `[[`, "", "verdict"), "\ndimensions:", vapply(dimension_rows, `[[`, "", "verdict"), "\n")
stopifnot(setequal(vapply(items, `[[`, "", "verdict"), c("short", "met", "undecided", "above")))
write_fixture("gap_table", "Rmpfr", list(note = "answers and study are the files to write; the reversed item's figures are those of the turned answers",
  answers = csv, study = study, item_gap = items, dimension_gap = dimension_rows, overall_gap = overall, item_gap_by_branch = groups, reliability = scales, item_total = totals))
