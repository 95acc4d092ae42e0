-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT 1 FROM api_key_study WHERE api_key = $1 AND study = $2
