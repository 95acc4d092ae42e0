-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT hash, api_key, name, access, all_studies, created_ms, expires_ms, revoked_ms FROM api_key ORDER BY name
