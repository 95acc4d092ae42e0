# SPDX-License-Identifier: GPL-3.0-or-later
# needs: apt-get install python3-numpy, and OpenBLAS beside it (./dev bench --peers unpacks it, so that the system's BLAS stays)
import os
import sys
import time

import numpy as np

FOLDER = sys.argv[1]
ENDS = [0, 4, 9, 13, 17, 22]
REPLICATES = 10000


def time_work(task, work, whole=1):
    runs, run = 5, 0
    while run < runs:
        begun = time.perf_counter()
        work()
        seconds = time.perf_counter() - begun
        print(f"{task}\t{seconds * whole:.6f}\t\t{whole}", flush=True)
        if seconds > 10:
            runs = 3
        run += 1


def answers_read(name):
    answers = np.fromfile(f"{FOLDER}/{name}", np.uint8).reshape(-1, 46).astype(np.float64)
    answers[answers == 255] = np.nan
    return answers


def gaps_overall(answers):
    gaps = answers[:, 22:44] - answers[:, :22]
    return np.nanmean(gaps, axis=0), np.nanstd(gaps, axis=0, ddof=1)


def moments(answers):
    """X'X, M'M, X'M and X²'M of all pairs, by matrix products."""
    there = ~np.isnan(answers)
    x, m = np.where(there, answers, 0), there.astype(np.float64)
    return x.T @ x, m.T @ m, x.T @ m, (x * x).T @ m


def alphas(answers):
    sides = [answers[:, :22], answers[:, 22:44], answers[:, 22:44] - answers[:, :22]]
    columns = [(ENDS[d], ENDS[d + 1]) for d in range(5)] + [(0, 22)]
    out = []
    for side in sides:
        for begin, end in columns:
            block = side[:, begin:end]
            block = block[~np.isnan(block).any(axis=1)]
            covariance = np.cov(block, rowvar=False)
            k = end - begin
            out.append(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))
    return out


def gaps_drawn(answers, replicates, batch):
    """Samples as counts of rows, their means by matrix products."""
    gaps = answers[:, 22:44] - answers[:, :22]
    there = ~np.isnan(gaps)
    x, m, n = np.where(there, gaps, 0), there.astype(np.float64), len(gaps)
    rng = np.random.default_rng(1)
    for _ in range(replicates // batch):
        counts = np.stack([np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(batch)]).astype(np.float64)
        (counts @ x) / (counts @ m)


print(f"version\tnumpy {np.__version__}", flush=True)
small = answers_read("small.bytes")
time_work("bootstrap_gaps_small", lambda: gaps_drawn(small, REPLICATES // 10, 250), 10)
if os.path.exists(f"{FOLDER}/answers.bytes"):  # else there are too many rows to hold them as doubles
    big = answers_read("answers.bytes")
    time_work("memory_gaps", lambda: gaps_overall(big))
    time_work("moments", lambda: moments(big))
    time_work("alphas", lambda: alphas(big))
    time_work("bootstrap_gaps_all", lambda: gaps_drawn(big, 10, 5), REPLICATES // 10)
