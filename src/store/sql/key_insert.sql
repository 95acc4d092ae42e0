-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO api_key (hash, api_key, name, access, all_studies, created_ms, expires_ms, revoked_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
