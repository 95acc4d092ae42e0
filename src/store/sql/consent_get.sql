-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT text FROM consent WHERE study = $1 AND hash = $2
