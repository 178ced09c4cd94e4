create or replace function ledger_is_kept() returns trigger language plpgsql as
$$ begin raise exception '% are added to, never changed', tg_table_name; end $$;
create or replace trigger change_refused before update or delete on decisions
for each row execute function ledger_is_kept();
create or replace trigger change_refused before update or delete on own_rows
for each row execute function ledger_is_kept();
create or replace trigger change_refused before update or delete on imports
for each row execute function ledger_is_kept();
create or replace trigger change_refused before update or delete on determinations
for each row execute function ledger_is_kept();
