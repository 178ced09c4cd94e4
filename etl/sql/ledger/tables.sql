-- `$number` is how each kind of database counts its rows.
create table if not exists decisions (
    number $number,
    finding text not null,
    follows integer not null,
    county text not null,
    government text not null,
    year integer not null,
    check_id text not null,
    place text not null,
    printed text not null,
    expected text not null,
    quote text not null,
    verdict text not null,
    note text not null,
    who text not null,
    at text not null,
    -- Of two people who have seen the same state only one can follow it: the database itself decides which.
    unique (finding, follows)
);
create index if not exists ix_decisions_county on decisions (county);

create table if not exists own_rows (
    number $number,
    county text not null,
    year integer not null,
    unit text not null,
    figures text not null,
    who text not null,
    at text not null
);
create index if not exists ix_own_rows_county on own_rows (county);

create table if not exists imports (
    number $number,
    what text not null,
    sha256 text not null,
    path text not null,
    name text not null,
    government text not null,
    county text not null,
    year integer not null,
    who text not null,
    note text not null,
    at text not null
);
create index if not exists ix_imports_sha256 on imports (sha256);

create table if not exists determinations (
    number $number,
    subject text not null,
    follows integer not null,
    filing text not null,
    place text not null,
    printed text not null,
    sentence text not null,
    category text not null,
    outcome text not null,
    value text not null,
    metric text not null,
    why text not null,
    who text not null,
    at text not null,
    path text not null,
    county text not null,
    government text not null,
    year integer not null,
    -- As with decisions.
    unique (subject, follows)
);
create index if not exists ix_determinations_filing on determinations (filing);
create index if not exists ix_determinations_county on determinations (county);
