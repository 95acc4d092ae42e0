-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO api_key_study (api_key, study) VALUES ($1, $2)
ON CONFLICT DO NOTHING
