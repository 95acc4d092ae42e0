-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE token SET used_ms = $1, encounter = NULL WHERE hash = $2 AND study = $3 AND used_ms = 0
