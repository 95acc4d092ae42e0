-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT hash, study, encounter, wave, created_ms, opens_ms, expires_ms, used_ms, withdrawn_ms FROM token
WHERE study = $1 AND encounter = $2 ORDER BY wave, created_ms, hash
