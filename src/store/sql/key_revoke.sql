-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE api_key SET revoked_ms = $1 WHERE api_key = $2 AND revoked_ms = 0
