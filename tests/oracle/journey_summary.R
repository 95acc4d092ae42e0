# Summaries of a journey (F81). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses for the slope: lm(), and cov/var; the peak by which() over the distances.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
case <- function(m, neutral) {
  n <- length(m); distance <- abs(m - neutral); peak <- m[max(which(distance == max(distance)))]
  slope <- if (n < 2) NA else { t <- seq_len(n); s <- unname(coef(lm(m ~ t))[2]); stopifnot(abs(s - cov(t, m) / var(t)) < 1e-12); cov(t, m) / var(t) }
  list(ratings = I(m), neutral = neutral, mean = mean(m), max = max(m), min = min(m), start = m[1], end = m[n], peak = peak, peak_end = (peak + m[n]) / 2,
    prominence_up = max(m) - mean(m), prominence_down = mean(m) - min(m), slope = slope, trend = slope * (n - 1), final_slope = if (n < 2) NA else m[n] - m[n - 1])
}
set.seed(81)
cases <- c(list(case(c(5, 4, 2, 6, 5, 7), 4), case(3, 4), case(c(1, 7), 4), case(c(7, 1, 4), 4), case(c(4, 4, 4, 4), 4), case(c(2, 6, 3), 4)), lapply(c(2, 5, 12, 30), function(n) case(sample(1:10, n, TRUE), 5.5)))
e <- cases[[1]]
stopifnot(abs(e$mean - 4.833) < 5e-4, e$peak == 7, e$peak_end == 7, abs(e$slope - .4857) < 5e-5)
write_fixture("journey_summary", character(), list(note = "null: undefined", cases = cases))
