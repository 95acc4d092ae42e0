-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT study, version, definition, scales, consent, created_ms FROM instrument_version
WHERE study = $1 AND version = $2
