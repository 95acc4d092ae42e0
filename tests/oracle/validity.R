# Is the gap a good score: gap_validity, surface, disconfirmation and gap_caution of a simulated study (F7, F16 to F18, F71 to F76).
# SPDX-License-Identifier: GPL-3.0-or-later
# lm, sandwich; the interval of the loss by 20000 samples of our own, so that ours of fewer must come near it.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(sandwich))
set.seed(74)
n <- 72; m <- 5; of <- c(0, 0, 0, 1, 1); centre <- 4
clip <- function(x, lo, hi) pmin(hi, pmax(lo, round(x)))
own <- rnorm(n)
E <- sapply(1:m, function(j) clip(5.2 + .5 * own + rnorm(n), 1, 7)); P <- sapply(1:m, function(j) clip(4.6 + .6 * own + c(0, 0, 0, .8, .8)[j] * rnorm(n) + 1.1 * rnorm(n), 1, 7))
S <- clip(5.8 + 1.1 * (rowMeans(P) - 4) - .4 * (rowMeans(E) - 4) - .45 * (rowMeans(P) - rowMeans(E))^2 + rnorm(n), 1, 10); D <- clip(3 + .7 * (rowMeans(P) - rowMeans(E)) + .8 * rnorm(n), 1, 5)
E[cbind(c(3, 3, 8, 20, 21), c(1, 2, 5, 4, 5))] <- NA; P[cbind(c(9, 9, 22, 30, 41), c(4, 5, 3, 1, 2))] <- NA; S[c(5, 6)] <- NA; D[c(6, 7)] <- NA
w <- sample(c(.5, 1, 1.5, 2), n, TRUE); unit <- sample(rep(1:12, 6))
score <- function(x, y, d) { a <- x[, of == d, drop = FALSE]; b <- y[, of == d, drop = FALSE]; a[is.na(b)] <- NA; ok <- rowSums(!is.na(a)) >= ceiling(ncol(a) / 2); ifelse(ok, rowMeans(a, na.rm = TRUE), NA) }
side <- function(x, y) { s <- sapply(0:1, function(d) score(x, y, d)); ok <- rowSums(!is.na(s)) >= 1; list(s[, 1], s[, 2], ifelse(ok, rowMeans(s, na.rm = TRUE), NA)) }
es <- side(E, P); ps <- side(P, E); names_of <- c("d1", "d2", "overall")
adjusted <- function(r2, n, k) 1 - (1 - r2) * (n - 1) / (n - k)
r2w <- function(X, y, k) { X <- cbind(1, X); f <- lm.wfit(X, y, k); mu <- sum(k * y) / sum(k); 1 - sum(k * f$residuals^2) / sum(k * (y - mu)^2) }
loss_of <- function(a, b, y, k) adjusted(r2w(cbind(a, b, a^2, a * b, b^2), y, k), length(y), 6) - adjusted(r2w(cbind(b - a), y, k), length(y), 2)
wald <- function(b, v, K, df2) { c <- K %*% b; f <- sum(c * solve(K %*% v %*% t(K), c)) / nrow(K); c(f, nrow(K), df2, pf(f, nrow(K), df2, lower.tail = FALSE)) }
K_gap <- rbind(c(0, 1, 1, 0, 0, 0), c(0, 0, 0, 1, 0, 0), c(0, 0, 0, 0, 1, 0), c(0, 0, 0, 0, 0, 1)); K_square <- rbind(c(0, 1, 0, 0, 0, 0), c(0, 0, 1, 0, 0, 0), c(0, 0, 0, 1, 0, -1), c(0, 0, 0, 2, 1, 0))
C <- rbind(c(0, 1, 1, 0, 0, 0), c(0, 0, 0, 1, 1, 1), c(0, 1, -1, 0, 0, 0), c(0, 0, 0, 1, -1, 1), c(0, 0, 0, 1, 0, -1))
shape <- function(b) { H <- matrix(c(2 * b[4], b[5], b[5], 2 * b[6]), 2); o <- solve(H, -b[2:3]); s <- { e <- eigen(H)$vectors; e[2, ] / e[1, ] }; c(o + centre, o[2] - s[1] * o[1], s[1], o[2] - s[2] * o[1], s[2]) }
row_of <- function(k, design, draws = 0) {
  ok <- !is.na(es[[k]]) & !is.na(ps[[k]]) & !is.na(S); a <- es[[k]][ok] - centre; b <- ps[[k]][ok] - centre; y <- S[ok]; n <- length(y); ww <- if (design == "weights") w[ok] else rep(1, n); u <- unit[ok]
  fit <- function(f) lm(f, weights = ww); full <- fit(y ~ a + b + I(a^2) + I(a * b) + I(b^2)); linear <- fit(y ~ a + b); gap <- fit(y ~ I(b - a)); square <- fit(y ~ I((b - a)^2)); beta <- unname(coef(full))
  v <- if (design == "clusters") vcovCL(full, u, type = "HC1") else vcovHC(full, "HC3"); df <- if (design == "clusters") length(unique(u)) - 1 else n - 6
  if (design == "plain") { t1 <- anova(gap, full); t2 <- anova(square, full); t1 <- c(t1$F[2], t1$Df[2], t1$Res.Df[2], t1$`Pr(>F)`[2]); t2 <- t2$`Pr(>F)`[2] } else { t1 <- wald(beta, v, K_gap, df); t2 <- wald(beta, v, K_square, df)[4] }
  curved <- wald(beta, v, cbind(matrix(0, 3, 3), diag(3)), df)[4]
  slopes <- c(beta[-1], as.vector(C %*% beta)); se <- c(sqrt(diag(v))[-1], sqrt(diag(C %*% v %*% t(C)))); keep <- cooks.distance(full) <= 4 / n
  less <- coef(lm(y ~ a + b + I(a^2) + I(a * b) + I(b^2), weights = ww, subset = keep))
  low <- high <- NA
  if (draws > 0) { blocks <- if (design == "clusters") split(seq_len(n), u) else as.list(seq_len(n))
    x <- replicate(draws, { i <- unlist(blocks[sample.int(length(blocks), replace = TRUE)]); loss_of(a[i], b[i], y[i], ww[i]) }); l <- loss_of(a, b, y, ww); q <- quantile(x, c(.025, .975), names = FALSE) - (mean(x) - l); low <- q[1]; high <- q[2] }
  list(dimension = names_of[k], n = n, r2_gap = summary(gap)$r.squared, r2_linear = summary(linear)$r.squared, r2_polynomial = summary(full)$r.squared, r2_squared = summary(square)$r.squared, f = t1[1], df1 = t1[2], df2 = t1[3], p = t1[4],
    p_squared = t2, loss = loss_of(a, b, y, ww), loss_low = low, loss_high = high, b_expectation = unname(coef(linear)[2]), b_perception = unname(coef(linear)[3]),
    curved = curved, estimates = c(slopes, shape(beta)), se = unname(se), p_slopes = unname(2 * pt(-abs(slopes / se), df)), low_slopes = unname(slopes - qt(.975, df) * se), influential = sum(!keep),
    without = c(unname(less)[-1], as.vector(C %*% less), shape(unname(less))))
}
rows <- lapply(c(plain = "plain", weights = "weights", clusters = "clusters"), function(design) lapply(1:3, row_of, design = design, draws = if (design == "weights") 0 else 4000))
# which explains the outcome better, the direct question or the gap (F7)
direct <- lapply(c(plain = "plain", weights = "weights"), function(design) { g <- ps[[3]] - es[[3]]; ok <- !is.na(g) & !is.na(S) & !is.na(D); k <- if (design == "weights") w[ok] else rep(1, sum(ok)); g <- g[ok]; y <- S[ok]; d <- D[ok]
  f <- function(x) r2w(cbind(x), y, k); r <- cov.wt(cbind(g, d), k, cor = TRUE)$cor[1, 2]
  x <- replicate(4000, { i <- sample.int(length(y), replace = TRUE); r2w(cbind(d[i]), y[i], k[i]) - r2w(cbind(g[i]), y[i], k[i]) })
  list(n = length(y), r = r, r2_direct = f(d), r2_gap = f(g), difference = f(d) - f(g), difference_low = quantile(x, .025, names = FALSE), difference_high = quantile(x, .975, names = FALSE)) })
# cautions: reliabilities and restriction of the gaps
alpha_of <- function(x) { x <- x[complete.cases(x), , drop = FALSE]; c <- cov(x); k <- ncol(x); k / (k - 1) * (1 - sum(diag(c)) / sum(c)) }
caution <- lapply(1:3, function(k) { a <- es[[k]]; b <- ps[[k]]; ok <- !is.na(a) & !is.na(b); a <- a[ok]; b <- b[ok]; g <- b - a; i <- if (k == 3) 1:5 else which(of == k - 1)
  list(dimension = names_of[k], n = length(g), sd_ratio = sd(a) / sd(b), r_gap_expectation = cor(g, a), r_gap_perception = cor(g, b), gap_reliability = alpha_of(P[, i] - E[, i])) })
d <- sapply(1:2, function(k) ps[[k]] - es[[k]]); both <- complete.cases(d); r <- sapply(caution[1:2], `[[`, "gap_reliability"); v <- apply(d[both, ], 2, var)
sum_reliability <- 1 - sum(v * (1 - r)) / var(rowSums(d[both, ]))
stopifnot(abs(sum_reliability - (1 - sum(v / 4 * (1 - r)) / var(rowMeans(d[both, ])))) < 1e-12)
write_fixture("validity", "sandwich", list(expectation = E, perception = P, satisfaction = S, disconfirmation = D, weights = w, clusters = unit, rows = rows, direct = direct, caution = caution, sum_reliability = sum_reliability))
