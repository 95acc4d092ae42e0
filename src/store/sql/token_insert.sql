-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO token (hash, study, encounter, wave, created_ms, opens_ms, expires_ms, used_ms, withdrawn_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
