# Importance-performance maps and relative positions (F30, F32). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
words <- c("low priority", "possible overkill", "concentrate here", "keep up")
quadrant <- function(p, i, cut_p, cut_i) ifelse(p == cut_p | i == cut_i, "borderline", words[1 + (p > cut_p) + 2 * (i > cut_i)])
case <- function(label, p, i, shown) list(label = label, performance = p, importance = i,
  mean = c(mean(p), mean(i)), median = c(median(p), median(i)), by_means = quadrant(p, i, mean(p), mean(i)), by_medians = quadrant(p, i, median(p), median(i)),
  diagonal = ifelse(i == p, "borderline", ifelse(i > p, "concentrate here", "keep up")),
  shown = shown, relative_importance = i / mean(i), relative_performance = ifelse(shown > 0, p / mean(p), ifelse(shown < 0, -(p / mean(p))^-1, 0)))
set.seed(30)
round2 <- function(n, lo, hi) round(runif(n, lo, hi), 2)
cases <- list(case("twelve", round2(12, 2, 5), round2(12, 2, 5), sample(-1:1, 12, TRUE)), case("five, on the medians", c(3, 4, 2, 5, 1), c(4, 2, 3, 1, 5), c(1, 0, -1, 1, -1)),
  case("on the diagonal", c(2, 3, 4.5, 4), c(2, 3.5, 4, 4), c(0, 1, 0, -1)), case("one", 3.25, 4, -1), case("seven", round2(7, 1, 7), round2(7, 5, 7), c(-1, -1, 0, 1, 1, 0, -1)))
write_fixture("importance_map", character(), list(note = "mean, median: of performance, importance; shown: 1 above, -1 short, 0 neither", cases = cases))
