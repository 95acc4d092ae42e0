# The effect of asking for expectations on what is perceived: a random share of people is asked afterwards only (F27). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: t.test and the definitions of plain answers, survey::svyby with svycontrast under clusters.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
set.seed(2007)
n <- 80
arm <- sample(c(rep(1L, 48), rep(2L, 24), rep(0L, 8)))
draw <- function(j) { x <- pmin(7, pmax(1, round(rnorm(n, ifelse(arm == 2, 5.6, 4.4 + .1 * j), 1.2)))); x[sample(n, 4)] <- NA; x }
perception <- sapply(1:3, draw); expectation <- sapply(1:3, function(j) { x <- pmin(7, pmax(1, round(rnorm(n, 5, 1)))); x[arm == 2 | runif(n) < .2] <- NA; x })
cluster <- sample(1:16, n, TRUE)
mean_of <- function(columns) { x <- perception[, columns, drop = FALSE]; ifelse(rowSums(!is.na(x)) >= ceiling(length(columns) / 2), rowMeans(x, na.rm = TRUE), NA) }
d1 <- mean_of(1:2); d2 <- mean_of(3); both <- cbind(d1, d2); overall <- ifelse(rowSums(!is.na(both)) >= 1, rowMeans(both, na.rm = TRUE), NA)
subjects <- list(q1 = perception[, 1], q2 = perception[, 2], q3 = perception[, 3], d1 = d1, d2 = d2, overall = overall)
compare <- function(y, k) {
  use <- arm > 0 & !is.na(y); x <- arm[use]; v <- y[use]; m <- c(mean(v[x == 1]), mean(v[x == 2])); d <- m[1] - m[2]
  if (is.null(k)) { t <- t.test(v[x == 1], v[x == 2]); se <- t$stderr; df <- unname(t$parameter); p <- t$p.value; e <- as.vector(t$conf.int)
    s <- c(var(v[x == 1]) / sum(x == 1), var(v[x == 2]) / sum(x == 2)); stopifnot(abs(se - sqrt(sum(s))) < 1e-12, abs(df - sum(s)^2 / sum(s^2 / (c(sum(x == 1), sum(x == 2)) - 1))) < 1e-9) }
  else {
    kk <- k[use]; by <- svyby(~v, ~f, svydesign(ids = ~kk, weights = ~w, data = data.frame(v, f = factor(x), kk, w = 1)), svymean, covmat = TRUE)
    con <- svycontrast(by, c("1" = 1, "2" = -1)); se <- as.vector(SE(con)); stopifnot(abs(coef(con) - d) < 1e-12)
    u <- tapply(ifelse(x == 1, (v - m[1]) / sum(x == 1), -(v - m[2]) / sum(x == 2)), kk, sum); stopifnot(abs(se - sqrt(length(u) / (length(u) - 1) * sum(u^2))) < 1e-12)
    df <- length(u) - 1; p <- 2 * pt(-abs(d / se), df); e <- d + c(-1, 1) * qt(.975, df) * se
  }
  list(n_asked = sum(x == 1), mean_asked = m[1], n_only = sum(x == 2), mean_only = m[2], difference = d, se = se, ci_low = e[1], ci_high = e[2], df = df, p = p)
}
design <- function(label, k) {
  rows <- lapply(subjects, compare, k); holm <- p.adjust(sapply(rows, function(r) r$p), "holm")
  list(label = label, rows = Map(function(name, r, h) c(list(subject = name), r, list(p_holm = h)), names(subjects), rows, holm))
}
strip <- function(d) { d$rows <- unname(d$rows); d }
designs <- list(strip(design("plain", NULL)), strip(design("clusters", cluster)))
stopifnot(designs[[1]]$rows[[6]]$p_holm < .05)
write_fixture("asking", "survey", list(note = "arm: 1 asked before and afterwards, 2 afterwards only, 0 not drawn; items 1 and 2 are dimension d1, 3 is d2",
  arm = I(arm), expectation = expectation, perception = perception, cluster = I(cluster), designs = designs))
