# Gaps with and without straight-liners: means, intervals and verdicts of items, dimensions and the overall score (F1, F2, F20, F24, F26). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# A straight-liner gave one answer to all expectation or to all perception questions, three or more of them.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
set.seed(45)
n <- 90; of <- c("a", "a", "a", "b", "b", "b"); lo <- 1; hi <- 5; clip <- function(x) pmin(hi, pmax(lo, round(x)))
E <- sapply(1:6, function(j) clip(rnorm(n, 3.9, .8))); P <- sapply(1:6, function(j) clip(rnorm(n, c(3.5, 3.85, 4.2, 3.6, 3.9, 3.3)[j], .8)))
E[1:22, ] <- sample(4:5, 22, TRUE); P[15:34, ] <- sample(3:5, 20, TRUE)       # straight on one side or both
E[cbind(c(3, 40, 41, 60), c(1, 2, 6, 3))] <- NA; P[cbind(c(20, 45, 61), c(5, 5, 1))] <- NA
E[35, ] <- c(2, 2, NA, NA, NA, NA)                                            # two equal answers say nothing
same <- function(x) { x <- x[!is.na(x)]; length(x) >= 3 && length(unique(x)) == 1 }
straight <- apply(E, 1, same) | apply(P, 1, same)
branch <- sample(c("east", "west"), n, TRUE)

scores <- function() { G <- P - E
  dims <- sapply(c("a", "b"), function(d) { g <- G[, of == d]; k <- rowSums(!is.na(g)); ifelse(k >= 2, rowMeans(g, na.rm = TRUE), NA) })
  k <- rowSums(!is.na(dims)); list(item = G, dimension = dims, overall = matrix(ifelse(k >= 1, rowMeans(dims, na.rm = TRUE), NA), n)) }
table_of <- function(x, rows) {
  all <- lapply(seq_len(ncol(x)), function(j) { g <- x[rows & !is.na(x[, j]), j]; t <- t.test(g); se <- t$stderr; d <- (hi - lo) / 12; df <- length(g) - 1
    list(n = length(g), gap = mean(g), low = t$conf.int[1], high = t$conf.int[2], p = t$p.value,
      met = max(pt((mean(g) + d) / se, df, lower.tail = FALSE), pt((mean(g) - d) / se, df))) })
  p <- p.adjust(sapply(all, `[[`, "p"), "holm"); met <- p.adjust(sapply(all, `[[`, "met"), "holm")
  Map(function(r, p, m) c(r, verdict = if (p < .05) { if (r$gap < 0) "short" else "above" } else if (m < .05) "met" else "undecided"), all, p, met)
}
rows <- list()
for (segment in c("everyone", "east", "west")) { of_segment <- segment == "everyone" | branch == segment; s <- scores()
  for (table in names(s)) { with <- table_of(s[[table]], of_segment); without <- table_of(s[[table]], of_segment & !straight)
    ids <- list(item = paste0("q", 1:6), dimension = c("a", "b"), overall = "overall")[[table]]
    for (j in seq_along(ids)) { a <- with[[j]]; b <- without[[j]]
      rows <- c(rows, list(list(table = table, id = ids[j], segment = segment, figures = list(n = a$n, gap = a$gap, ci_low = a$low, ci_high = a$high, verdict = a$verdict,
        n_without = b$n, gap_without = b$gap, without_ci_low = b$low, without_ci_high = b$high, verdict_without = b$verdict, n_straight = a$n - b$n,
        difference = b$gap - a$gap, moved = if (a$verdict == b$verdict) "no" else "yes")))) } } }
moved <- sapply(rows, function(r) r$figures$moved); stopifnot(any(moved == "yes"), any(moved == "no")); cat("straight:", sum(straight), "moved:", sum(moved == "yes"), "\n")
write_fixture("straight_lining", character(), list(note = "null answers are missing", straight = sum(straight), expectation = E, perception = P, branch = I(branch), rows = rows))
