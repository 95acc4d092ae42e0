-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE token SET withdrawn_ms = $1
WHERE study = $2 AND encounter = $3 AND wave = $4 AND used_ms = 0 AND withdrawn_ms = 0
