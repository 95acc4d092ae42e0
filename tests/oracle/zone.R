# Zone of tolerance: adequacy, superiority, width, position with Fieller's interval, inversions, status (F9 to F12). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything of an item from its triple-complete cases. Fieller's limits are found as the roots of the t statistic of
# A - position * Z by root search and by the quadratic; statuses from Holm-adjusted p-values over the items of the table,
# adequacy and superiority each a family of its own.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
fieller <- function(a, z, confidence) {
  n <- length(a); t2 <- qt((1 - confidence) / 2, n - 1, lower.tail = FALSE)^2
  if (mean(z)^2 <= t2 * var(z) / n) return(c(NA, NA))
  q <- c(mean(z)^2 - t2 * var(z) / n, -2 * (mean(a) * mean(z) - t2 * cov(a, z) / n), mean(a)^2 - t2 * var(a) / n)
  roots <- sort((-q[2] + c(-1, 1) * sqrt(q[2]^2 - 4 * q[1] * q[3])) / (2 * q[1]))
  statistic <- function(r) { d <- a - r * z; mean(d)^2 / (var(d) / n) - t2 }
  middle <- mean(a) / mean(z)
  stopifnot(abs(uniroot(statistic, c(roots[1] - .01, middle), tol = 1e-13)$root - roots[1]) < 1e-9, abs(uniroot(statistic, c(middle, roots[2] + .01), tol = 1e-13)$root - roots[2]) < 1e-9)
  roots
}
item <- function(minimum, desired, perceived, confidence) {
  ok <- !is.na(minimum) & !is.na(desired) & !is.na(perceived); m <- minimum[ok]; d <- desired[ok]; p <- perceived[ok]
  adequacy <- p - m; superiority <- p - d; width <- d - m
  ta <- t.test(adequacy, conf.level = confidence); ts <- t.test(superiority, conf.level = confidence); zone <- fieller(adequacy, width, confidence)
  positive <- mean(d) > mean(m)
  list(n = sum(ok), mean_minimum = mean(m), mean_desired = mean(d), mean_perception = mean(p), adequacy = mean(adequacy), adequacy_low = ta$conf.int[1], adequacy_high = ta$conf.int[2], adequacy_p = ta$p.value,
    superiority = mean(superiority), superiority_low = ts$conf.int[1], superiority_high = ts$conf.int[2], superiority_p = ts$p.value, zone_width = mean(width),
    zone_position = if (positive) 100 * mean(adequacy) / mean(width) else NA, zone_position_low = if (positive) 100 * zone[1] else NA, zone_position_high = if (positive) 100 * zone[2] else NA,
    inversions = sum(m > d), no_zone = sum(m == d))
}
status_of <- function(r, alpha) {
  a <- if (r$adequacy_p_holm < alpha) sign(r$adequacy) else 0; s <- if (r$superiority_p_holm < alpha) sign(r$superiority) else 0
  if (r$mean_minimum > r$mean_desired) "inverted" else if (a < 0) "below" else if (s > 0) "above" else if (a > 0 && s < 0) "within" else if (a > 0) "at_least_minimum" else "uncertain"
}
study <- function(label, minimum, desired, perceived, confidence = .95) {
  k <- ncol(minimum)
  rows <- lapply(1:k, function(j) item(minimum[, j], desired[, j], perceived[, j], confidence))
  pa <- p.adjust(vapply(rows, `[[`, 0, "adequacy_p"), "holm"); ps <- p.adjust(vapply(rows, `[[`, 0, "superiority_p"), "holm")
  rows <- lapply(1:k, function(j) { r <- c(rows[[j]], list(adequacy_p_holm = pa[j], superiority_p_holm = ps[j])); c(r, list(status = status_of(r, 1 - confidence))) })
  cat(label, vapply(rows, `[[`, "", "status"), "\n")
  list(label = label, confidence = confidence, minimum = minimum, desired = desired, perception = perceived, items = rows)
}
set.seed(9)
clip <- function(x) pmin(9, pmax(1, round(x)))
draw <- function(n, low, high, got) { k <- length(low); own <- rnorm(n, 0, .5)
  m <- sapply(low, function(v) clip(v + own + rnorm(n))); d <- sapply(high, function(v) clip(v + own + rnorm(n, 0, .8))); p <- sapply(got, function(v) clip(v + own + rnorm(n)))
  m[sample(length(m), 4)] <- NA; d[sample(length(d), 3)] <- NA; p[sample(length(p), 5)] <- NA
  list(m, d, p) }
a <- draw(40, c(5, 6.3, 4, 6, 7.6, 5.5, 6), c(8, 8, 6, 7.2, 6.2, 8, 7), c(6.6, 5.2, 7.4, 7.2, 6.8, 5.7, 6.4)); one <- study("seven items", a[[1]], a[[2]], a[[3]])
a <- draw(14, c(5, 6, 6), c(8, 6.1, 7), c(6.5, 6, 7.8)); two <- study("small, a zone too narrow", a[[1]], a[[2]], a[[3]])
a <- draw(60, c(5, 6, 7), c(8, 8, 8), c(6.5, 7.2, 7)); three <- study("99 %", a[[1]], a[[2]], a[[3]], .99)
stopifnot(abs(100 * (7 - 6.2) / (7.9 - 6.2) - 47.0588235) < 1e-6, setequal(unique(vapply(one$items, `[[`, "", "status")), c("within", "below", "above", "at_least_minimum", "inverted", "uncertain")))
stopifnot(anyNA(vapply(two$items, function(r) as.numeric(r$zone_position_low), 0)))
write_fixture("zone", character(), list(note = "one matrix row per person, null = missing; an item uses the people who have all three; null limits of the position: zone too narrow", studies = list(one, two, three)))
