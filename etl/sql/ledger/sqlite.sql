create table if not exists decisions (
    number integer primary key autoincrement,
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
create trigger if not exists update_of_decisions_refused before update on decisions
begin select raise(abort, 'decisions are added to, never changed'); end;
create trigger if not exists delete_of_decisions_refused before delete on decisions
begin select raise(abort, 'decisions are added to, never changed'); end;

create table if not exists own_rows (
    number integer primary key autoincrement,
    county text not null,
    year integer not null,
    unit text not null,
    figures text not null,
    who text not null,
    at text not null
);
create index if not exists ix_own_rows_county on own_rows (county);
create trigger if not exists update_of_own_rows_refused before update on own_rows
begin select raise(abort, 'own_rows are added to, never changed'); end;
create trigger if not exists delete_of_own_rows_refused before delete on own_rows
begin select raise(abort, 'own_rows are added to, never changed'); end;

create table if not exists imports (
    number integer primary key autoincrement,
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
create trigger if not exists update_of_imports_refused before update on imports
begin select raise(abort, 'imports are added to, never changed'); end;
create trigger if not exists delete_of_imports_refused before delete on imports
begin select raise(abort, 'imports are added to, never changed'); end;

create table if not exists determinations (
    number integer primary key autoincrement,
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
create trigger if not exists update_of_determinations_refused before update on determinations
begin select raise(abort, 'determinations are added to, never changed'); end;
create trigger if not exists delete_of_determinations_refused before delete on determinations
begin select raise(abort, 'determinations are added to, never changed'); end;
