-- The catalogue of a base: which partition to ask. Beside these tables it has those of reference.sql.

create table counties (
    county varchar not null,
    sample boolean not null,
    first integer not null,
    last integer not null
);
comment on table counties is 'The counties with reports, with their first and last year';

create table places (
    digest varchar not null,
    division varchar not null
);
comment on table places is 'The partition that holds a filing, by the first sixteen digits of its SHA-256, in their order';
