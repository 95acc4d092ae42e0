#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tools/layers accepts the house as it stands, and rejects each kind of wrong include in a small tree of its own.
set -eu
root=${GAPMETER_SOURCE_DIR:-$(dirname "$0")/../..}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# A tree with three floors, a seal and a library that one file may use.
begin() {
    rm -rf "$scratch/src"
    mkdir -p "$scratch/src/base" "$scratch/src/model" "$scratch/src/report" "$scratch/src/render" "$scratch/src/disclose"
    cat >"$scratch/src/LAYERS" <<'END'
# floors
room base     :
room model    : base
room disclose : base model
room report   : base model
room render   : base model
seal released_table_seal.h : disclose
system jansson.h : render/json.c
END
    echo '#include "base/arena.h"' >"$scratch/src/model/study.h"
    echo '#include <stdio.h>' >"$scratch/src/base/arena.h"
    echo '#include "base/arena.h"' >"$scratch/src/model/released_table_seal.h"
    echo '#include "model/released_table_seal.h"' >"$scratch/src/model/released_table_seal.c"
    echo '#include "model/released_table_seal.h"' >"$scratch/src/disclose/small_cells.c"
    echo '#include <jansson.h>' >"$scratch/src/render/json.c"
}

# expect FILE:LINE WORDS: layers must fail and say so.
expect() {
    if said=$("$root/tools/layers" "$scratch" 2>&1); then
        echo "not rejected: $1 $2"
        failed=1
    elif ! printf '%s\n' "$said" | grep -F "src/$1:" | grep -qF "$2"; then
        printf 'expected "%s: …%s…", got:\n%s\n' "$1" "$2" "$said"
        failed=1
    fi
}

begin
"$root/tools/layers" "$scratch" || { echo "a tree that keeps the rules was rejected"; failed=1; }

# "Call downwards, never sideways, never up"
begin && printf '\n#include "model/study.h"\n' >"$scratch/src/base/text.c"
expect base/text.c:2 'base may include no other room, not model'
begin && echo '#include "render/chart.h"' >"$scratch/src/report/gaps.c"
expect report/gaps.c:1 'report may include base model, not render'
# "may be included by disclose/ alone"
begin && echo '#  include "model/released_table_seal.h"' >"$scratch/src/report/gaps.c"
expect report/gaps.c:1 'sealed: only disclose may include it'
begin && echo '#include "model/released_table_seal.h"' >"$scratch/src/model/study.c"
expect model/study.c:1 'sealed: only disclose may include it'
# "system HEADER : FILES  only these files or rooms may include <HEADER>"
begin && echo '#include <jansson.h>' >"$scratch/src/render/html.c"
expect render/html.c:1 'only render/json.c may include it'
begin && echo '#include <sqlite3.h>' >"$scratch/src/model/study.c"
expect model/study.c:1 'unknown library'
# Paths that would hide the room.
begin && echo '#include "../base/arena.h"' >"$scratch/src/report/gaps.c"
expect report/gaps.c:1 'write the path relative to src'
begin && echo '#include "study.h"' >"$scratch/src/model/study.c"
expect model/study.c:1 'write the path relative to src'
begin && echo '#include HEADER' >"$scratch/src/model/study.c"
expect model/study.c:1 'an include must name its file'
# Rooms that nobody wrote down.
begin && mkdir "$scratch/src/utils" && echo '#include <stdio.h>' >"$scratch/src/utils/string.c"
expect utils/string.c:1 'room utils has no line in src/LAYERS'
begin && echo '#include <stdio.h>' >"$scratch/src/main.c"
expect main.c:1 'a file belongs to a room'

"$root/tools/layers" "$root" || failed=1
exit $failed
