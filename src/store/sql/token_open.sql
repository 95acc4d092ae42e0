-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE token SET opens_ms = $1, expires_ms = $2
WHERE study = $3 AND encounter = $4 AND wave = $5 AND used_ms = 0 AND withdrawn_ms = 0
