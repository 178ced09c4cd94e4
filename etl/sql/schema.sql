-- The database of a build. Every table and column carries its meaning; docs/data-dictionary.md is made from them.
-- Rows are written sorted by county, township and year, so that a county's question reads a county's rows.

create table governments (
    county varchar not null,
    government varchar not null,
    code varchar,
    level varchar not null,
    since integer,
    until integer,
    sample boolean not null,
    primary key (county, government)
);
comment on table governments is 'The register: townships, subdistricts and departments that owe a report';
comment on column governments.county is 'County the government belongs to; with the name it is the key, since names repeat';
comment on column governments.government is 'Full name, e.g. 青溪镇人民政府';
comment on column governments.code is 'Administrative division code, where known';
comment on column governments.level is 'township, subdistrict, department or county';
comment on column governments.since is 'First report year owed; null for always';
comment on column governments.until is 'Last report year owed; null for still';
comment on column governments.sample is 'True for the invented sample county (示例，虚构)';

create table deadlines (
    county varchar not null,
    year integer not null,
    due date not null,
    sample boolean not null,
    primary key (county, year, sample)
);
comment on table deadlines is 'The dates set by which reports are due; where none is set it is 31 January of the following year';
comment on column deadlines.county is 'The county; empty text for every county without a date of its own';
comment on column deadlines.year is 'Year reported on';
comment on column deadlines.due is 'Last day in time';
comment on column deadlines.sample is 'True for dates of the invented sample county';

create table filings (
    sha256 varchar primary key,
    path varchar not null,
    bytes bigint not null,
    media_type varchar,
    url varchar,
    published date,
    published_from varchar,
    status varchar not null check (status in ('report', 'unreadable', 'unknown_form', 'unidentified')),
    sample boolean not null
);
comment on table filings is 'Every file found, read or not, identified by its content';
comment on column filings.sha256 is 'The filing''s key: SHA-256 of the file as published; for one of several reports in a file, of that and its place (docs/decisions/0006)';
comment on column filings.path is 'Path below the folder of filings, going on into the archive it lies in; further copies of the same content are problems of kind duplicate-file';
comment on column filings.bytes is 'Size of the file in bytes';
comment on column filings.media_type is 'Format found in the content, never taken from the extension';
comment on column filings.url is 'Address the filing was published at, where the file tells';
comment on column filings.published is 'Date of publication, where known';
comment on column filings.published_from is 'Where that date comes from: page, url, metadata, manifest';
comment on column filings.status is 'report: understood; unreadable: no document; unknown_form: no report of a known form; unidentified: whose or which year is not known';
comment on column filings.sample is 'True for the invented sample county';

create table documents (
    sha256 varchar primary key,
    body blob not null
);
comment on table documents is 'The document of a filing as read, for the page that shows it';
comment on column documents.sha256 is 'The filing';
comment on column documents.body is 'Zstandard-compressed JSON: blocks (paragraphs and tables with spans) and places (fact to cell)';

create table reports (
    report_id integer primary key,
    sha256 varchar not null,
    county varchar not null,
    government varchar not null,
    year integer not null,
    form varchar,
    form_requests varchar,
    form_review_litigation varchar,
    current boolean not null,
    refiling integer not null
);
comment on table reports is 'One row a filing understood; governments refile, the newest filing of a government and year is current';
comment on column reports.report_id is 'Number in the order of county, government, year, refiling; new with every build';
comment on column reports.sha256 is 'The filing the report was read from';
comment on column reports.county is 'County of the government; empty text for a government that has none, such as a city';
comment on column reports.government is 'Full name of the government';
comment on column reports.year is 'Year reported on';
comment on column reports.form is 'Generation of table 2 as recognised by its labels: 2019 or 2021; 2014 for the statistical table; null when not found';
comment on column reports.form_requests is 'Generation of table 3: 2019 has 23 lines, 2021 has 25';
comment on column reports.form_review_litigation is 'Generation of table 4; its cells are the same in both';
comment on column reports.current is 'True for the filing that counts for its government and year';
comment on column reports.refiling is '1 for the first filing of a government and year, 2 for the next …';

create table proactive (
    report_id integer not null,
    line varchar not null,
    issued decimal(18, 6),
    repealed decimal(18, 6),
    in_force decimal(18, 6),
    newly_made decimal(18, 6),
    newly_disclosed decimal(18, 6),
    total_disclosed decimal(18, 6),
    prior_year_items decimal(18, 6),
    change decimal(18, 6),
    decisions decimal(18, 6),
    amount_10k_yuan decimal(18, 6),
    projects decimal(18, 6),
    amount decimal(18, 6)
);
comment on table proactive is 'Table 2, proactive disclosure: a row a line; a column that the line or form does not have is null';
comment on column proactive.report_id is 'The report';
comment on column proactive.line is 'Line of the form: rules, normative_documents, licensing, other_services, penalties, compulsion, fees, procurement';
comment on column proactive.issued is '本年制发件数 (2021), documents';
comment on column proactive.repealed is '本年废止件数 (2021), documents';
comment on column proactive.in_force is '现行有效件数 (2021), documents';
comment on column proactive.newly_made is '本年新制作数量 (2019), documents';
comment on column proactive.newly_disclosed is '本年新公开数量 (2019), documents';
comment on column proactive.total_disclosed is '对外公开总数量 (2019), documents; not comparable with in_force';
comment on column proactive.prior_year_items is '上一年项目数量 (2019), items';
comment on column proactive.change is '本年增/减 (2019), items, may be negative';
comment on column proactive.decisions is '(本年)处理决定数量, decisions, comparable in both forms';
comment on column proactive.amount_10k_yuan is '本年收费金额 (2021), 10,000 yuan';
comment on column proactive.projects is '采购项目数量 (2019), projects';
comment on column proactive.amount is '采购总金额 (2019), as printed; the form gives no unit';

create table requests (
    report_id integer not null,
    line varchar not null,
    natural_person decimal(18, 6),
    enterprise decimal(18, 6),
    research decimal(18, 6),
    public_interest decimal(18, 6),
    legal_service decimal(18, 6),
    other decimal(18, 6),
    total decimal(18, 6)
);
comment on table requests is 'Table 3, requests received and what became of them: a row a line, a column a kind of applicant, unit 件';
comment on column requests.report_id is 'The report';
comment on column requests.line is 'Line of the form: received, carried_in, disclosed … closed, carried_out';
comment on column requests.natural_person is '自然人';
comment on column requests.enterprise is '商业企业';
comment on column requests.research is '科研机构';
comment on column requests.public_interest is '社会公益组织';
comment on column requests.legal_service is '法律服务机构';
comment on column requests.other is '其他';
comment on column requests.total is '总计, as printed';

create table review_litigation (
    report_id integer not null,
    line varchar not null,
    upheld decimal(18, 6),
    corrected decimal(18, 6),
    other_result decimal(18, 6),
    pending decimal(18, 6),
    total decimal(18, 6)
);
comment on table review_litigation is 'Table 4, administrative reconsideration and litigation: a row a path, a column a result, unit 件';
comment on column review_litigation.report_id is 'The report';
comment on column review_litigation.line is 'reconsideration, direct_suit or suit_after_reconsideration';
comment on column review_litigation.upheld is '结果维持';
comment on column review_litigation.corrected is '结果纠正';
comment on column review_litigation.other_result is '其他结果';
comment on column review_litigation.pending is '尚未审结';
comment on column review_litigation.total is '总计, as printed';

create table statistics_2014 (
    report_id integer not null,
    line varchar not null,
    count decimal(18, 6)
);
comment on table statistics_2014 is 'The statistical table of reports on 2014 to 2018, a row a line; not to be joined with tables 2 to 4';
comment on column statistics_2014.report_id is 'The report';
comment on column statistics_2014.line is 'Line of the form: items_disclosed … persons_trained';
comment on column statistics_2014.count is '统计数, in the unit of the line; money in 10,000 yuan';

create table cell_notes (
    report_id integer not null,
    schedule varchar not null,
    line varchar not null,
    "column" varchar not null,
    state varchar not null check (state in ('stated', 'blank', 'dashed', 'illegible')),
    text varchar not null,
    corrected_by varchar
);
comment on table cell_notes is 'Cells that are not plainly a printed number: blank, dashed, illegible, or printed oddly (footnote, thousands separator)';
comment on column cell_notes.report_id is 'The report';
comment on column cell_notes.schedule is 'proactive, requests, review_litigation or statistics_2014';
comment on column cell_notes.line is 'Line of the form';
comment on column cell_notes."column" is 'Column of the form';
comment on column cell_notes.state is 'stated, blank, dashed or illegible';
comment on column cell_notes.text is 'The cell as printed; one that a person read as we made it out';
comment on column cell_notes.corrected_by is 'Who read the cell where we could not, see table corrections; null for a cell as read';

create table tables_read (
    report_id integer not null,
    schedule varchar not null,
    form varchar not null,
    block integer,
    page integer,
    by_order integer not null,
    by_grid integer not null,
    confirmed integer not null
);
comment on table tables_read is 'How each statutory table was read, one row a table found; view readings adds what its cells say';
comment on column tables_read.report_id is 'The report';
comment on column tables_read.schedule is 'Schedule of the form';
comment on column tables_read.form is 'Generation of the form by the table''s own labels';
comment on column tables_read.block is 'Block of the document its first cell stands in, from 0';
comment on column tables_read.page is 'Page of that block, from 1; null where the format has no pages';
comment on column tables_read.by_order is 'Cells made out by the order in which labels and values follow one another';
comment on column tables_read.by_grid is 'Cells made out by the head above and the label beside them';
comment on column tables_read.confirmed is 'Cells on which both ways of reading agree';

create table metrics (
    report_id integer not null,
    ordinal integer not null,
    metric varchar not null,
    value decimal(18, 6) not null,
    unit varchar not null,
    approximate boolean not null,
    bound varchar,
    scope varchar,
    part_of varchar,
    category varchar,
    basis varchar,
    section varchar not null,
    sentence varchar not null,
    block integer,
    "at" integer,
    corrected_by varchar
);
comment on table metrics is 'Numbers stated in prose, each with its sentence';
comment on column metrics.report_id is 'The report';
comment on column metrics.ordinal is 'Place in the order of reading, from 1';
comment on column metrics.metric is 'Key of the metric, e.g. website_items';
comment on column metrics.value is 'The number in the metric''s unit';
comment on column metrics.unit is 'Measure word as printed';
comment on column metrics.approximate is 'True if the text hedges or rounds the number';
comment on column metrics.bound is 'lower (余, 多, 以上) or upper (近, 不到); null otherwise';
comment on column metrics.scope is 'cumulative for a sum over several years; null for the report''s own year';
comment on column metrics.part_of is 'The metric this one is a part of, by the text''s own words';
comment on column metrics.category is 'For category_items, the content named';
comment on column metrics.basis is 'verbal_zero, implied_all or derived when no digit says the value';
comment on column metrics.section is 'Number of the section the sentence stands in';
comment on column metrics.sentence is 'The words that state the number, exactly as printed';
comment on column metrics.block is 'Block of the document in which the sentence begins, from 0; null where it stands in a table';
comment on column metrics."at" is 'Character of the block with which the sentence begins, from 0';
comment on column metrics.corrected_by is 'Who corrected our reading, see table corrections; null for a number as read';

create table metric_doubts (
    report_id integer not null,
    ordinal integer not null,
    metric varchar not null,
    printed decimal(18, 6) not null,
    unit varchar not null,
    approximate boolean not null,
    category varchar,
    kind varchar not null,
    section varchar not null,
    sentence varchar not null,
    block integer,
    "at" integer
);
comment on table metric_doubts is 'Numbers of the prose that allow more than one reading and are not taken, until a person decides on the filing page or in corrections.csv';
comment on column metric_doubts.report_id is 'The report';
comment on column metric_doubts.ordinal is 'Place in the order of reading, from 1';
comment on column metric_doubts.metric is 'Key of the metric that the number most likely states';
comment on column metric_doubts.printed is 'The number as printed, in the metric''s unit';
comment on column metric_doubts.unit is 'Measure word as printed';
comment on column metric_doubts.approximate is 'True if the text hedges or rounds the number';
comment on column metric_doubts.category is 'For category_items, the content named';
comment on column metric_doubts.kind is 'Why it is not taken: period, actor, aim, channel, content, shared, handled, rivals';
comment on column metric_doubts.section is 'Number of the section the sentence stands in';
comment on column metric_doubts.sentence is 'The words that state the number, exactly as printed';
comment on column metric_doubts.block is 'Block of the document in which the sentence begins, from 0';
comment on column metric_doubts."at" is 'Character of the block with which the sentence begins, from 0';

create table corrections (
    report_id integer not null,
    ordinal integer not null,
    metric varchar,
    schedule varchar,
    line varchar,
    "column" varchar,
    read_text varchar,
    read_value decimal(18, 6),
    right_value decimal(18, 6),
    approximate boolean not null,
    sentence varchar not null,
    why varchar not null,
    corrected_by varchar not null,
    corrected_at timestamp
);
comment on table corrections is 'What people read otherwise than we did, or where we could not, the filing itself being as it is';
comment on column corrections.report_id is 'The report';
comment on column corrections.ordinal is 'Order of the corrections of a report, from 1';
comment on column corrections.metric is 'Key of the metric that the number counts as; null for a cell';
comment on column corrections.schedule is 'Schedule of a cell; null for a number of the prose';
comment on column corrections.line is 'Line of a cell';
comment on column corrections."column" is 'Column of a cell';
comment on column corrections.read_text is 'A cell as we made it out';
comment on column corrections.read_value is 'The number of the prose we read; null where we missed it';
comment on column corrections.right_value is 'The number stated; null where the text or the cell states none';
comment on column corrections.approximate is 'True if the text hedges the right value';
comment on column corrections.sentence is 'The filing''s own words; empty for a cell';
comment on column corrections.why is 'Why our reading was wrong, or what the person went by; may be empty for one of the readings offered';
comment on column corrections.corrected_by is 'Who corrected it';
comment on column corrections.corrected_at is 'When, local time; null for a row of corrections.csv';

create table sections (
    report_id integer not null,
    ordinal integer not null,
    number varchar not null,
    heading varchar not null,
    text varchar not null
);
comment on table sections is 'The numbered parts of a report, without their tables';
comment on column sections.report_id is 'The report';
comment on column sections.ordinal is 'Place in the order of reading, from 1';
comment on column sections.number is 'Number as printed: 一, 二 …';
comment on column sections.heading is 'Heading as printed';
comment on column sections.text is 'Running text of the section';

create table findings (
    report_id integer not null,
    ordinal integer not null,
    check_id varchar not null,
    schedule varchar,
    line varchar,
    "column" varchar,
    expected decimal(24, 6),
    actual decimal(24, 6),
    quote varchar,
    other_quote varchar
);
comment on table findings is 'Breaches the filing itself made, kept as numbers and places';
comment on column findings.report_id is 'The report';
comment on column findings.ordinal is 'Number within the report, from 1';
comment on column findings.check_id is 'The check, see table checks';
comment on column findings.schedule is 'Schedule at fault; null when words are';
comment on column findings.line is 'Line at fault; null when the whole table or words are';
comment on column findings."column" is 'Column at fault; null when a whole line or words are';
comment on column findings.expected is 'What the rule makes of the other cells';
comment on column findings.actual is 'What is printed';
comment on column findings.quote is 'The filing''s own words at fault, or what is missing';
comment on column findings.other_quote is 'The words it disagrees with, where there are some';

create table proposals (
    report_id integer not null,
    fault integer not null,
    alternative integer not null,
    alternatives integer not null,
    schedule varchar not null,
    line varchar not null,
    "column" varchar not null,
    printed decimal(24, 6) not null,
    proposed decimal(24, 6) not null
);
comment on table proposals is 'Where identities fail: the fewest cells whose change would satisfy them all; proposals, never facts';
comment on column proposals.report_id is 'The report';
comment on column proposals.fault is 'Number of the independent fault within the report, from 1';
comment on column proposals.alternative is 'Number of the equally small set of changes, from 1';
comment on column proposals.alternatives is 'How many equally small sets there are; 1 means the proposal is unique';
comment on column proposals.schedule is 'Schedule of the cell';
comment on column proposals.line is 'Line of the cell';
comment on column proposals."column" is 'Column of the cell';
comment on column proposals.printed is 'What is printed';
comment on column proposals.proposed is 'What would make the identities hold';

create table clauses (
    report_id integer not null,
    clause bigint not null
);
comment on table clauses is 'What the prose of each current report says, clause by clause, so that copied text is found without reading it again';
comment on column clauses.report_id is 'The report';
comment on column clauses.clause is 'Digest of a clause, numbers, punctuation and own names set aside';

create table leftovers (
    report_id integer not null,
    ordinal integer not null,
    text varchar not null,
    reason varchar not null,
    suggestion varchar
);
comment on table leftovers is 'Text in a statutory table that was not understood';
comment on column leftovers.report_id is 'The report';
comment on column leftovers.ordinal is 'Place in the order of reading, from 1';
comment on column leftovers.text is 'The text as printed';
comment on column leftovers.reason is 'Why it was left over';
comment on column leftovers.suggestion is 'The label of the form that it looks most like; whoever agrees adds it to etl/lookups/labels.yaml';

create table problems (
    sha256 varchar,
    path varchar not null,
    kind varchar not null,
    detail varchar not null
);
comment on table problems is 'Failures of ours and choices only a person can make, one row each';
comment on column problems.sha256 is 'The filing, where its bytes could be read';
comment on column problems.path is 'Path below the folder of filings';
comment on column problems.kind is 'unreadable, unknown-form, no-year, no-government, year-disagrees, table-not-found, line-not-found, duplicate-file …';
comment on column problems.detail is 'The fact in one sentence; what can be done about it follows from the kind';

create table claims (
    sha256 varchar not null,
    ordinal integer not null,
    subject varchar not null check (subject in ('government', 'county', 'year')),
    value varchar not null,
    origin varchar not null,
    text varchar not null
);
comment on table claims is 'What a filing, its name and its folders say of whose report it is and on which year; where they disagree a person decides';
comment on column claims.sha256 is 'The filing';
comment on column claims.ordinal is 'Place in the order of trust, from 1';
comment on column claims.subject is 'government, county or year';
comment on column claims.value is 'The name or year as understood';
comment on column claims.origin is 'Where it stands: title, heading, body, period, signature, url, file-name, folder';
comment on column claims.text is 'The words that say so';
