-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT request, http_status, body, created_ms, phase, encounter FROM reply WHERE study = $1 AND key = $2
