-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO reply (study, key, request, http_status, body, created_ms, phase, encounter)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
