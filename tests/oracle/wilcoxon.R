# Wilcoxon signed rank (F22): exact with ties by enumeration, normal with continuity and tie correction. Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Up to 16 non-zero differences the exact p counts all 2^N sign patterns one by one; above, it counts sums of doubled
# mid-ranks as whole numbers, a route that must agree with the enumeration wherever both run and with wilcox.test
# (no ties: its exact p; ties: its corrected normal p).
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))

enumerated_p <- function(ranks, t_plus) {
  sums <- 0
  for (r in ranks) sums <- c(sums, sums + r)
  min(1, 2 * min(mean(sums <= t_plus), mean(sums >= t_plus)))
}
counted_p <- function(ranks, t_plus) {
  doubled <- as.integer(round(2 * ranks)); counts <- c(1, rep(0, sum(doubled)))
  for (r in doubled) counts <- counts + c(rep(0, r), counts)[seq_along(counts)]
  stopifnot(sum(counts) == 2^length(ranks), sum(counts) < 2^53)
  at <- round(2 * t_plus) + 1
  min(1, 2 * min(sum(counts[1:at]), sum(counts[at:length(counts)])) / 2^length(ranks))
}
signed_rank <- function(label, x) {
  d <- x[x != 0]; n <- length(d); row <- list(label = label, x = I(x), n_nonzero = n)
  if (n == 0) return(c(row, list(t_plus = 0, t_minus = 0, z = NA, p_normal = 1, p_exact = 1, rank_biserial = NA)))
  ranks <- rank(abs(d)); t_plus <- sum(ranks[d > 0]); t_minus <- sum(ranks[d < 0])
  ties <- table(abs(d)); mean_t <- n * (n + 1) / 4
  var_t <- n * (n + 1) * (2 * n + 1) / 24 - sum(ties^3 - ties) / 48
  z <- (t_plus - mean_t - .5 * sign(t_plus - mean_t)) / sqrt(var_t)
  p_normal <- min(1, 2 * pnorm(-abs(z)))
  exact <- if (n <= 50) counted_p(ranks, t_plus) else NA
  if (n <= 16) stopifnot(abs(enumerated_p(ranks, t_plus) - exact) < 1e-15)
  r <- suppressWarnings(wilcox.test(x, exact = FALSE, correct = TRUE))
  stopifnot(r$statistic == t_plus, abs(r$p.value - p_normal) < 1e-14)
  if (all(ties == 1) && all(x != 0) && n < 50) stopifnot(abs(wilcox.test(x, exact = TRUE)$p.value - exact) < 1e-12)
  c(row, list(t_plus = t_plus, t_minus = t_minus, z = z, p_normal = p_normal, p_exact = if (n <= 25) exact else NA,
    rank_biserial = (t_plus - t_minus) / (t_plus + t_minus)))
}
set.seed(22)
likert <- function(n, p) sample(-3:3, n, TRUE, prob = p)
down <- c(.1, .15, .25, .3, .1, .06, .04); flat <- c(1, 2, 4, 6, 4, 2, 1) / 20
cases <- list(
  signed_rank("formula sheet", c(1, -2, 0, 3, 3, -1, 2, 4, 0, 2, -1, 1)),
  signed_rank("all zero", c(0, 0, 0)), signed_rank("one", 2), signed_rank("one and a zero", c(0, -1)), signed_rank("two opposite", c(-1, 1)),
  signed_rank("all equal", rep(-1, 8)), signed_rank("no ties", c(1, -2, 3, 4, -5, 6, 7)), signed_rank("no ties, twenty", c(1:14, -(15:17), 18:20)),
  signed_rank("two ties of four", c(1, 1, -1, 1, 2, -2, 2, 2)))
for (n in c(5, 8, 11, 12, 16, 20, 25, 26, 31, 40)) for (kind in list(down, flat)) cases <- c(cases, list(signed_rank(paste("drawn", n), likert(n, kind))))
cases <- c(cases, list(signed_rank("twenty-five non-zero", sample(c(-3:-1, 1:3), 25, TRUE)), signed_rank("twenty-six non-zero", sample(c(-3:-1, 1:3), 26, TRUE)),
  signed_rank("two hundred", likert(200, down)), signed_rank("four hundred, flat", likert(400, flat)), signed_rank("far in the tail", rep(c(-3, -2, -1), c(300, 200, 100)))))
first <- cases[[1]]
stopifnot(first$t_plus == 44, first$t_minus == 11, abs(first$z - 1.64699) < 5e-6, abs(first$p_normal - .09956) < 5e-6, abs(first$p_exact - .1172) < 5e-5, first$rank_biserial == .6)
write_fixture("wilcoxon", character(), list(
  note = "x: differences; zeros dropped, mid-ranks; p_exact for 1 to 25 non-zero differences, else null; p_normal and z with continuity correction",
  cases = cases))
