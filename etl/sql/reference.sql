-- What every partition of the base holds alike, and the catalogue too: the build, the forms, the metrics, the checks.

create table builds (
    built_at timestamp not null,
    reader_version varchar not null,
    schema_version integer not null,
    sample boolean not null,
    determined integer not null
);
comment on table builds is 'One row: the build that made this file; a partition that has not changed keeps its own';
comment on column builds.built_at is 'When the build finished, local time';
comment on column builds.reader_version is 'Version of the reading code; a change reads every filing again';
comment on column builds.schema_version is 'Version of this schema';
comment on column builds.sample is 'True when the invented sample county is part of the build';
comment on column builds.determined is 'Number of the last determination of a person that the build knew of; of the catalogue alone';

create table form_lines (
    form varchar not null,
    schedule varchar not null,
    position integer not null,
    line varchar not null,
    label varchar not null,
    parent varchar,
    depth integer not null,
    basis varchar not null,
    heading boolean not null
);
comment on table form_lines is 'The lines of the statutory forms in the order of print';
comment on column form_lines.form is 'Generation of the form';
comment on column form_lines.schedule is 'Schedule';
comment on column form_lines.position is 'Order of print, from 1';
comment on column form_lines.line is 'Key of the line';
comment on column form_lines.label is 'Label as printed, without numbering';
comment on column form_lines.parent is 'Key of the line it is a part of';
comment on column form_lines.depth is '0 for a line of its own, 1 and 2 below it';
comment on column form_lines.basis is 'Article the line rests on';
comment on column form_lines.heading is 'True for a line without numbers of its own';

create table form_columns (
    form varchar not null,
    schedule varchar not null,
    position integer not null,
    "column" varchar not null,
    label varchar not null
);
comment on table form_columns is 'The columns of the statutory forms in the order of print, each once';
comment on column form_columns.form is 'Generation of the form';
comment on column form_columns.schedule is 'Schedule';
comment on column form_columns.position is 'Order of print, from 1';
comment on column form_columns."column" is 'Key of the column';
comment on column form_columns.label is 'Label as printed';

create table metric_definitions (
    metric varchar primary key,
    label_zh varchar not null,
    label_en varchar not null,
    unit varchar not null,
    tier varchar not null
);
comment on table metric_definitions is 'What may be read from prose';
comment on column metric_definitions.metric is 'Key of the metric';
comment on column metric_definitions.label_zh is 'Chinese name';
comment on column metric_definitions.label_en is 'English name';
comment on column metric_definitions.unit is 'Unit of the value';
comment on column metric_definitions.tier is 'core, best_effort or extension: only core is compared across townships';

create table checks (
    check_id varchar primary key,
    kind varchar not null,
    severity varchar not null,
    basis varchar not null,
    message_zh varchar not null,
    message_en varchar not null
);
comment on table checks is 'The rules the filings are held against';
comment on column checks.check_id is 'Key of the check, kebab-case';
comment on column checks.kind is 'arithmetic, plausibility, law, cross-table, continuity, prose, completeness, format, copied-text, privacy or timeliness';
comment on column checks.severity is 'error, doubt or hint';
comment on column checks.basis is 'The rule''s source in law or on the form';
comment on column checks.message_zh is 'What the rule says, in Chinese';
comment on column checks.message_en is 'What the rule says, in English';
