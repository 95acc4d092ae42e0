#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# "gapmeter study|respondent|token|key|backup|restore --db study.db: create a study from a study file, invite respondents (prints links,
# CSV of links, QR), see response rates, back up while serving, restore." (issue 4, 7) Without a server, and with one.
set -eu
root=$(cd "${GAPMETER_SOURCE_DIR:-$(dirname "$0")/../..}" && pwd)
gapmeter() { "${GAPMETER_BINARY:?must name the gapmeter program}" "$@"; }
scratch=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || :
    rm -rf "$scratch"
}
trap finish EXIT
cd "$scratch"

fail() {
    echo "FAILED: $1"
    exit 1
}
# says TEXT COMMAND…: the command succeeds and what it says holds TEXT
says() {
    wanted=$1
    shift
    "$@" >said 2>&1 || { cat said; fail "$* ended with $?"; }
    grep -qF -- "$wanted" said || { cat said; fail "$* does not say: $wanted"; }
}
# refuses CODE TEXT COMMAND…: the command ends with the code and says TEXT
refuses() {
    code=$1 wanted=$2 got=0
    shift 2
    "$@" >said 2>&1 || got=$?
    [ "$got" -eq "$code" ] || { cat said; fail "$* ended with $got, not $code"; }
    grep -qF -- "$wanted" said || { cat said; fail "$* does not say: $wanted"; }
}
# cell FILE ROW COLUMN: of a simple CSV, the header being row 1
cell() { awk -F, -v row="$2" -v name="$3" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i } NR == row { print $at }' "$1"; }

everything() { # DB BASE: the same with and without a server
    db=$1 base=$2
    says 'takes answers: Pharmacy counter (version 1, named)' gapmeter study create "$root/tests/studies/live_counter.json" --name counter --db "$db"
    refuses 2 'There is a study named counter already' gapmeter study create "$root/tests/studies/live_counter.json" --name counter --db "$db"
    refuses 2 "'gapmeter study lst': there is create, list, show" gapmeter study lst --db "$db"
    refuses 2 'did you mean list?' gapmeter study lst --db "$db"
    refuses 2 'Give --db DB' gapmeter study list
    refuses 66 'There is no study called "nowhere" here' gapmeter study show nowhere --db "$db"
    says 'counter' gapmeter study list --db "$db"
    says '"name": "counter"' gapmeter study list --json --db "$db"
    says 'name,title,state,identity,version,created' gapmeter study list --csv --db "$db"

    # People: of a file, and of whom nothing is known.
    printf 'name;email;reference;branch\nAda Berg;ada@example.org;C-1;Oslo\n=cmd();bo@example.org;C-2;Bergen\n' >people.csv
    says '2 invited' gapmeter respondent invite counter --contacts people.csv -o links.csv --qr qr $base --db "$db"
    grep -q "^encounter,name,email,phone,reference,planned,arm,expectation,during,perception\$" links.csv || fail 'the header of links.csv'
    [ "$(stat -c %a links.csv)" = 600 ] || fail 'links are for whoever made them alone'
    grep -qF "'=cmd()" links.csv || fail 'a formula in a name must be made harmless'
    grep -q 'http://[^,]*/s/[a-z2-7]\{26\}' links.csv || fail 'links are whole addresses'
    [ "$(find qr -name '*.svg' | wc -l)" -eq 4 ] || fail 'a QR code of each link'
    says '3 invited' gapmeter respondent invite counter --count 3 --attribute branch=Oslo -o more.csv $base --db "$db"
    [ "$(wc -l <more.csv)" -eq 4 ] || fail 'three rows of links'
    refuses 2 'Whom?' gapmeter respondent invite counter --db "$db"
    refuses 2 'branch' gapmeter respondent invite counter --count 1 --attribute brnch=Oslo --db "$db"
    says 'ada@example.org' gapmeter respondent list counter --db "$db"
    says 'perception: not open yet' gapmeter respondent show counter ada@example.org --db "$db"
    refuses 66 'no such respondent' gapmeter respondent show counter nobody@example.org --db "$db"
    encounter=$(cell links.csv 2 encounter)
    other=$(cell links.csv 3 encounter)

    # Both waves on paper: what is wrong is told by row, what is stored is not stored twice.
    printf 'encounter,expectation.q1,expectation.q2,expectation.q3,expectation.q4\n%s,6,7,5,na\n%s,9,1,1,1\n' "$encounter" "$other" >before.csv
    refuses 65 'form in row 3' gapmeter respondent enter counter before.csv --wave expectation --db "$db"
    grep -q '1 form is stored' said || fail 'the good row is stored'
    printf 'encounter,expectation.q1,expectation.q2,expectation.q3,expectation.q4\n%s,6,7,5,na\n%s,4,1,1,1\n' "$encounter" "$other" >before.csv
    says '2 forms are stored' gapmeter respondent enter counter before.csv --wave expectation --db "$db"
    printf 'encounter,perception.q1,perception.q2,perception.q3,perception.q4,outcome.satisfaction,comment.why\n%s,5,7,3,2,8,=1+1\n' "$encounter" >after.csv
    says '1 perception form opened' gapmeter respondent end counter "$encounter" --db "$db"
    says '1 form is stored' gapmeter respondent enter counter after.csv --wave perception --db "$db"
    says 'answered perception, after, by paper' gapmeter respondent show counter C-1 --db "$db"
    gapmeter study show counter --db "$db" >said
    grep -Eq '^expectation +both +5 +5 +2 +0 +0 +40\.0 % +40\.0 %$' said || { cat said; fail 'RR1 of expectations'; }
    grep -Eq '^perception +both +5 +1 +1 +0 +0 +100\.0 % +100\.0 %$' said || { cat said; fail 'RR1 of perceptions'; }
    grep -q '^pairs  *1 ' said || { cat said; fail 'one pair'; }
    grep -q '^unpaired  *1 expectations, 0 perceptions' said || { cat said; fail 'one unpaired'; }

    # Links as JSON.
    printf 'reference,branch\nC-3,Oslo\n' >one.csv
    gapmeter respondent invite counter --contacts one.csv --json $base --db "$db" >one.json 2>said || { cat said; fail 'invite --json'; }
    grep -q '"expectation": "http://[^"]*/s/[a-z2-7]\{26\}"' one.json || { cat one.json; fail 'links in JSON are whole addresses'; }
    grep -q '"reference": "C-3"' one.json || fail 'JSON says whom a link is for'
    head -n 2 one.json | tr -d ' \n' | grep -qx '{"invitations":\[' || { cat one.json; fail 'JSON as the operation gives it'; }

    # Links that were lost, doors, keys, the log.
    unknown=$(cell more.csv 2 encounter)
    says '/s/' gapmeter token reissue counter "$unknown" --wave expectation $base --db "$db"
    says '1 unused link is withdrawn' gapmeter token withdraw counter "$unknown" --wave expectation --db "$db"
    refuses 2 'Which form?' gapmeter token reissue counter "$unknown" --db "$db"
    refuses 2 'answered once' gapmeter token reissue counter "$encounter" --wave perception --db "$db"
    says '/kiosk/' gapmeter door create counter --kind kiosk --attribute branch=Oslo --qr door.svg $base --db "$db"
    grep -q '<svg' door.svg || fail 'the QR code of a door'
    says '/open/counter' gapmeter door create counter $base --db "$db"
    refuses 2 'has an open link already' gapmeter door create counter --db "$db"
    says 'kiosk' gapmeter door list counter --db "$db"
    door=$(gapmeter door list counter --csv --db "$db" | awk -F, '$2 == "kiosk" {print $1}')
    says 'is closed' gapmeter door close counter "$(printf %.12s "$door")" --db "$db"
    says 'shown this once' gapmeter key create till --study counter --access write --db "$db"
    refuses 2 'till' gapmeter key create till --all-studies --db "$db"
    says 'till' gapmeter key list --db "$db"
    says 'is revoked' gapmeter key revoke till --db "$db"
    says 'revoked' gapmeter key list --db "$db"
    says 'invited' gapmeter study events counter --db "$db"
    says 'Every line of the event log fits' gapmeter study verify --db "$db"

    # Closed, and opened again; a copy while everything goes on.
    says 'is closed' gapmeter study close counter --db "$db"
    refuses 2 'The study is closed' gapmeter respondent invite counter --count 1 --db "$db"
    says 'is open' gapmeter study open counter --db "$db"
    says 'version 2' gapmeter study update counter "$root/tests/studies/live_counter.json" --db "$db"
    says 'checked' gapmeter backup --db "$db" -o copy.db
    says '"title": "Pharmacy counter"' gapmeter study file counter --db "$db"
}

# The first study makes the store. A study file that cannot be asked makes nothing that would stand in the way of the next try.
refuses 66 'is not there' gapmeter study list --db alone.db
echo '{"gapmeter": 1}' >empty.json
refuses 78 '"columns" is missing' gapmeter study create empty.json --name first --db alone.db
says 'takes answers' gapmeter study create "$root/tests/studies/live_counter.json" --name first --db alone.db
everything alone.db '--base http://127.0.0.1:8080'

# What is written out says the same as the store: answers, what does not apply, segments, and nobody's name.
gapmeter study file counter -o file.json --db alone.db
gapmeter study responses counter -o responses.csv --db alone.db
head -n 1 responses.csv | grep -q '^respondent,encounter,branch,e1,e2,e3,e4,p1,p2,p3,p4,satisfaction,why$' || { cat responses.csv; fail 'the header of responses.csv'; }
grep -q "^p[0-9a-f]*,[0-9]*,Oslo,6,7,5,NA,5,7,3,2,8,'=1+1\$" responses.csv || { cat responses.csv; fail 'the row of Ada'; }
! grep -Eq 'Ada|ada@|cmd' responses.csv || fail 'a name in the answers'
gapmeter analyze responses.csv --study file.json --csv --table item_gap --min-cell 1 >of_file
gapmeter analyze alone.db --study counter --csv --table item_gap --min-cell 1 >of_store
cmp of_file of_store || fail 'the file and the store are analysed differently'

# All that is stored of one person, in their words.
says '"email": "ada@example.org"' gapmeter respondent export counter ada@example.org --db alone.db
for text in '"perception.q1": 5,' '"expectation.q4": "na"' '"outcome.satisfaction": 8' '"comment.why": "=1+1"' '"branch": "Oslo"'; do
    grep -qF -- "$text" said || { cat said; fail "the export lacks $text"; }
done

# Put back: what came since is gone, and who was erased stays erased.
says 'Erased' gapmeter respondent erase counter ada@example.org --db alone.db
refuses 66 'no such respondent' gapmeter respondent show counter ada@example.org --db alone.db
refuses 2 'Say --replace' gapmeter restore copy.db --db alone.db
says '1 respondent was erased since the backup and is erased again' gapmeter restore copy.db --db alone.db --replace
refuses 66 'no such respondent' gapmeter respondent show counter ada@example.org --db alone.db
says 'bo@example.org' gapmeter respondent list counter --db alone.db

# The same through the socket of a server.
says 'takes answers' gapmeter study create "$root/tests/studies/live_counter.json" --name first --db served.db
"$GAPMETER_BINARY" serve served.db --listen 127.0.0.1:0 --port-file port 2>log &
server=$!
tries=0
while [ ! -s port ] || [ ! -S served.db.sock ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || { cat log; fail 'the server does not start'; }
    sleep 0.05
done
[ "$(stat -c %a served.db.sock)" = 600 ] || fail 'the socket is for this user alone'
everything served.db ''
grep -q "http://$(cat port)/s/" links.csv || fail 'links begin with the address of the server'
refuses 69 'gapmeter serve' gapmeter restore copy.db --db served.db --replace
refuses 69 'gapmeter serve' timeout 20 "$GAPMETER_BINARY" serve served.db --listen 127.0.0.1:0
kill "$server"
wait "$server" || fail "the server ended with $?"
server=
[ ! -e served.db.sock ] || fail 'the socket stays behind'
says 'counter' gapmeter study list --db served.db
echo "live studies: every word of study, respondent, token, door, key, backup and restore, alone and through a server"
